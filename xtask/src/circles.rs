//! No file names one that names it, directly or over others: each can be read before those that need it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::names::{self, Names};

/// A crate: its files by their module paths.
struct House(BTreeMap<names::Path, (String, Names)>);

/// What a file names, and by which words.
type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

pub fn circles(files: &[PathBuf], root: &Path) -> Result<Vec<String>> {
    let tops = files.iter().filter(|file| {
        let is_top = ["src/lib.rs", "src/main.rs", "tests/it/main.rs"].iter().any(|top| file.ends_with(top));
        is_top && (file.ends_with("lib.rs") || !files.contains(&file.with_file_name("lib.rs")))
    });
    let mut out = Vec::new();
    for folder in tops.filter_map(|top| top.parent()) {
        let mut texts = Vec::new();
        for file in files.iter().filter(|file| file.starts_with(folder)) {
            texts.push((file.strip_prefix(folder)?.display().to_string(), std::fs::read_to_string(file)?));
        }
        let place = folder.strip_prefix(root).unwrap_or(folder).display().to_string();
        out.extend(of_crate(&texts).into_iter().map(|fault| format!("{place}: {fault}")));
    }
    Ok(out)
}

fn of_crate(texts: &[(String, String)]) -> Vec<String> {
    let house =
        House(texts.iter().map(|(place, text)| (module_of(place), (place.clone(), names::read(text)))).collect());
    let arrows = house.arrows();
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        arrows.keys().map(|from| (from, reached(&arrows, from))).collect();
    let is_back = |from: &String, to: &String| reach.get(to).is_some_and(|back| back.contains(from));
    let mut out = Vec::new();
    for (from, to) in &arrows {
        for (to, words) in to.iter().filter(|(to, _)| is_back(from, to)) {
            let words = words.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            out.push(format!("{from} names {to} ({words}), which names it in its turn, directly or over others"));
        }
    }
    out
}

fn module_of(place: &str) -> names::Path {
    let mut path: names::Path = place.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(path.last().map(String::as_str), Some("mod")) || matches!(place, "lib.rs" | "main.rs") {
        path.pop();
    }
    path
}

fn reached<'a>(arrows: &'a Arrows, from: &'a String) -> BTreeSet<&'a String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        open.extend(arrows.get(file).into_iter().flat_map(BTreeMap::keys).filter(|next| seen.insert(*next)));
    }
    seen
}

impl House {
    fn arrows(&self) -> Arrows {
        let mut out = Arrows::new();
        for (module, (file, names)) in &self.0 {
            let paths = names.taken.values().chain(&names.spelled).cloned();
            let by_glob = names.globs.iter().flat_map(|glob| {
                names.words.iter().map(|word| glob.iter().chain([word]).cloned().collect::<names::Path>())
            });
            let named = paths.filter_map(|path| Some((self.maker(module, &path, 0, true)?, path)));
            let named = named.chain(by_glob.filter_map(|path| Some((self.maker(module, &path, 0, false)?, path))));
            for (to, path) in named.filter(|(to, _)| *to != file) {
                out.entry(file.clone()).or_default().entry(to.clone()).or_default().extend(path.last().cloned());
            }
        }
        out
    }

    /// The file that makes what the path means in the module; none for a module itself, and for what another crate makes.
    fn maker(&self, module: &[String], path: &[String], steps: usize, or_deepest: bool) -> Option<&String> {
        if steps > 20 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let (_, names) = self.0.get(module)?;
        let child = [module, std::slice::from_ref(first)].concat();
        match first.as_str() {
            "crate" => return self.inside(&[], rest, steps, or_deepest),
            "self" => return self.inside(module, rest, steps, or_deepest),
            "super" => {
                let mut up = module;
                let mut rest = path;
                while rest.first().is_some_and(|word| word == "super") {
                    (up, rest) = (up.split_last()?.1, &rest[1..]);
                }
                return self.inside(up, rest, steps, or_deepest);
            }
            _ => {}
        }
        if self.0.contains_key(&child) && !rest.is_empty() {
            return self.inside(&child, rest, steps, or_deepest);
        }
        let taken = names.taken.get(first).filter(|taken| *taken != path)?;
        self.maker(module, &[taken, rest].concat(), steps + 1, or_deepest)
    }

    /// Of a path that begins in the module and not in what its reader sees.
    fn inside(&self, module: &[String], path: &[String], steps: usize, or_deepest: bool) -> Option<&String> {
        let (first, rest) = path.split_first()?;
        let (file, names) = self.0.get(module)?;
        let child = [module, std::slice::from_ref(first)].concat();
        if self.0.contains_key(&child) && !rest.is_empty() {
            return self.inside(&child, rest, steps, or_deepest);
        }
        if names.made.contains(first) {
            return Some(file);
        }
        if names.taken.contains_key(first) {
            return self.maker(module, path, steps + 1, or_deepest);
        }
        let by_glob = |glob: &names::Path| self.maker(module, &[glob, path].concat(), steps + 1, false);
        if let Some(found) = names.globs.iter().find_map(by_glob) {
            return Some(found);
        }
        let is_macro = |(_, names): &&(String, Names)| module.is_empty() && names.macros.contains(first);
        if let Some((maker, _)) = self.0.values().find(is_macro) {
            return Some(maker);
        }
        (or_deepest && !self.0.contains_key(&child)).then_some(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(files: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<_> = files.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect();
        of_crate(&texts)
    }

    #[test]
    fn files_that_name_each_other_are_found() {
        let two = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::{self, Two};\npub struct One(Two);"),
            ("b.rs", "pub struct Two(Box<super::a::One>);"),
        ];
        assert_eq!(
            faults(&two),
            [
                "a.rs names b.rs (Two), which names it in its turn, directly or over others",
                "b.rs names a.rs (One), which names it in its turn, directly or over others",
            ]
        );
        let three = [
            ("lib.rs", "mod a; mod b; mod c; pub use a::One;"),
            ("a.rs", "use crate::b; pub struct One; fn f() { b::g(); }"),
            ("b/mod.rs", "mod deep; pub use deep::g;"),
            ("b/deep.rs", "use crate::c::*; pub fn g() { h(); }"),
            ("c.rs", "use crate::One; pub fn h() -> One { One }"),
        ];
        let found = faults(&three);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found.iter().all(|fault| !fault.contains("lib.rs") && !fault.contains("mod.rs")), "{found:#?}");
        let with_content =
            [("lib.rs", "mod a; pub use a::f; pub struct Top;"), ("a.rs", "pub fn f() -> crate::Top { }")];
        assert_eq!(faults(&with_content).len(), 2);
    }

    #[test]
    fn what_is_handed_on_is_where_it_is_made() {
        let files = [
            ("lib.rs", "mod a; mod b; mod m; pub use a::One; pub use b::Two; use kernel::Three;"),
            ("a.rs", "pub struct One; // crate::b::Two\nconst A: &str = \"crate::b::Two\";"),
            (
                "b.rs",
                "use crate::{One, Three, m::n}; pub struct Two(One); #[cfg(test)] mod tests { use crate::m::c::f; }",
            ),
            ("m/mod.rs", "mod c; mod d; pub use c::f; pub use d::n; #[macro_export] macro_rules! v { () => {} }"),
            ("m/c.rs", "use super::n; use crate::Two; pub fn f(two: Two) { n(); crate::v!(); }"),
            ("m/d.rs", "pub fn n() {}"),
        ];
        // The macro is made beside what is handed on.
        assert_eq!(faults(&files).len(), 2);
        let files = files.map(|(place, text)| (place, if place == "m/c.rs" { "use super::n;" } else { text }));
        assert_eq!(faults(&files), Vec::<String>::new());
    }
}
