//! What one Rust file makes and which paths it names, read as words: enough to say which files name each other.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

pub type Path = Vec<String>;

#[derive(Default)]
pub struct Names {
    pub made: BTreeSet<String>,
    /// Those that are exported are named as if the crate's root had made them.
    pub macros: BTreeSet<String>,
    /// By the name that each has here.
    pub taken: BTreeMap<String, Path>,
    pub globs: Vec<Path>,
    /// Written out where they are used.
    pub spelled: BTreeSet<Path>,
    pub words: BTreeSet<String>,
}

const MAKERS: [&str; 10] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules", "mod"];

pub fn read(text: &str) -> Names {
    let (words, mut names, mut at, mut depth) = (words(text), Names::default(), 0, 0_usize);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    while at < words.len() {
        match word(at) {
            "#" if word(at + 1) == "[" && word(at + 2) == "cfg" && word(at + 4) == "test" => {
                at = after_item(&words, at);
                continue;
            }
            "use" if word(at + 1) != "<" => {
                let end = (at..words.len()).find(|end| word(*end) == ";").unwrap_or(words.len());
                tree(&words[at + 1..end], &[], &mut names);
                at = end;
            }
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            maker if depth == 0 && MAKERS.contains(&maker) => {
                let made = at + if word(at + 1) == "!" { 2 } else { 1 };
                if maker == "macro_rules" {
                    names.macros.insert(word(made).to_owned());
                }
                if maker != "mod" || word(made + 1) != ";" {
                    names.made.insert(word(made).to_owned());
                }
            }
            first if is_name(first) => {
                names.words.insert(first.to_owned());
                let mut path = vec![first.to_owned()];
                let inner = at > 0 && matches!(word(at - 1), "::" | ".");
                while word(at + 1) == "::" && is_name(word(at + 2)) {
                    path.push(word(at + 2).to_owned());
                    at += 2;
                }
                if path.len() > 1 && !inner {
                    names.spelled.insert(path);
                }
            }
            _ => {}
        }
        at += 1;
    }
    names
}

fn words(text: &str) -> Vec<String> {
    let pattern = Regex::new(
        r#"(?xs) //[^\n]* | /\*.*?\*/ | b?r\#".*?"\# | b?r"[^"]*" | b?"(?:\\.|[^"\\])*" | '(?:\\[^']+|\\'|[^'\\])'
        | (?P<word> (?:r\#)?[A-Za-z_]\w* | :: | [^\s\w] )"#,
    )
    .expect("a pattern");
    pattern.captures_iter(text).filter_map(|found| Some(found.name("word")?.as_str().to_owned())).collect()
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_' || word.starts_with("r#"))
}

/// Past an attribute and what it stands before.
fn after_item(words: &[String], from: usize) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate().skip(from) {
        match word.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && word == "}" && words.get(at + 1).is_none_or(|next| next != ";") {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    words.len()
}

fn tree(words: &[String], before: &[String], names: &mut Names) {
    let mut path = before.to_vec();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "{" => {
                let mut inside = &words[at + 1..words.len() - 1];
                while !inside.is_empty() {
                    let end = branch(inside);
                    tree(&inside[..end], &path, names);
                    inside = inside.get(end + 1..).unwrap_or_default();
                }
                return;
            }
            "*" => return names.globs.push(path),
            "as" => {
                names.taken.insert(words[at + 1].clone(), path);
                return;
            }
            "self" if !path.is_empty() => {}
            "::" => {}
            name => path.push(name.to_owned()),
        }
        at += 1;
    }
    if let Some(last) = path.last() {
        names.taken.insert(last.clone(), path);
    }
}

/// Where the first branch ends.
fn branch(words: &[String]) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        match word.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "," if depth == 0 => return at,
            _ => {}
        }
    }
    words.len()
}
