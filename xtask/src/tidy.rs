//! Rules of the house that no other tool checks: length of files, which crate may import which, that no files name each
//! other in a circle, owners of tables, where routes and SQL may stand, how wide a line of a template is, how many packages
//! the build takes.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use regex::Regex;

use crate::{circles, shell};

const LONGEST: usize = 600;
/// Of a template's line: a page is reviewed as a diff.
const WIDEST: usize = 140;
/// Packages of others that are built before a crate. About 145 of the program's are the typesetter and the Word writer
/// (ADR 0012), for which no edit of the programme waits; two are the reader of Markdown in which the help is written, two
/// write the calendars, one knows the signs that HTML has names for.
const PACKAGES: [(&str, usize); 2] = [("dinh", 662), ("programme", 377)];

/// Floors: a crate imports only from lower ones, and no domain imports another. What is not named here is a domain.
const FLOORS: &[(&str, u8)] = &[
    ("derive", 0),
    ("grammar", 0),
    ("kernel", 0),
    ("plan-reader", 1),
    // Measures the reader; no crate of the program imports it.
    ("forge", 4),
    ("intake", 0),
    ("nd30", 0),
    ("nd30-write", 1),
    ("portfolio", 0),
    ("timestamp", 0),
    ("db", 1),
    ("webkit", 2),
    ("authz", 3),
    ("testkit", 4),
    ("dinh", 4),
];

const DOMAIN: u8 = 3;

fn floor(name: &str) -> u8 {
    FLOORS.iter().find(|(known, _)| *known == name).map_or(DOMAIN, |(_, floor)| *floor)
}

pub fn tidy() -> Result<()> {
    let mut faults = Vec::new();
    let files = rust_files(&shell::root().join("crates"))?;
    let every = [files.clone(), rust_files(&shell::root().join("xtask"))?].concat();
    for file in &every {
        let text = std::fs::read_to_string(file)?;
        let place = file.strip_prefix(shell::root()).unwrap_or(file).display().to_string();
        faults.extend(faults_of(&place, &text)?);
    }
    faults.extend(needs(&files)?);
    faults.extend(arrows()?);
    faults.extend(circles::circles(&every, &shell::root())?);
    for (name, most) in PACKAGES {
        faults.extend(packages(name, most)?);
    }
    faults.extend(baseline()?);
    if faults.is_empty() {
        return Ok(());
    }
    for fault in &faults {
        eprintln!("tidy: {fault}");
    }
    bail!("{} faults", faults.len())
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "target") {
            out.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    Ok(out)
}

fn faults_of(place: &str, text: &str) -> Result<Vec<String>> {
    let mut out = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST {
        out.push(format!("{place} has {lines} lines, more than {LONGEST}"));
    }
    let is_test = place.contains("/tests/")
        || place.contains("/examples/")
        || place.contains("testkit")
        || place.starts_with("xtask");
    let owner = place.split('/').nth(1).unwrap_or_default();
    if Regex::new(r"\.route\(")?.is_match(text) && owner != "webkit" && !is_test {
        out.push(format!("{place} builds a route outside webkit's route list"));
    }
    let domain = place.starts_with("crates/") && floor(owner) == DOMAIN && !is_test;
    if domain
        && !place.contains("/store/")
        && !place.ends_with("schema.rs")
        && !place.contains("/schema/")
        && !place.ends_with("state.rs")
        && Regex::new(r#""(SELECT|INSERT INTO|UPDATE|DELETE FROM) "#)?.is_match(text)
    {
        out.push(format!("{place} holds SQL outside the store"));
    }
    for table in Regex::new(r#"change\.table\("([a-z]+)_"#)?.captures_iter(text).filter(|_| owner != "db") {
        let prefix = if owner == "webkit" { "web" } else { owner };
        if &table[1] != prefix {
            out.push(format!("{place} makes the table {}_… that is not its own", &table[1]));
        }
    }
    let is_wire = place.contains("/pages/") || place.contains("/api/");
    if is_wire && !is_test && Regex::new(r"\.write\((&|ctx|req)")?.is_match(text) {
        out.push(format!("{place} opens a transaction outside a use case"));
    }
    if text.contains(".unguarded()") && owner != "db" && !is_test && !place.contains("/examples/") {
        out.push(format!("{place} writes past the ledger"));
    }
    if text.contains("db::hear(") && !is_test {
        out.push(format!("{place} listens to statements"));
    }
    out.extend(upward(place, text)?);
    Ok(out)
}

/// A service that a domain looks up stands among its needs, so that a start without it fails.
fn needs(files: &[PathBuf]) -> Result<Vec<String>> {
    let (taken, named) = (Regex::new(r"\.get::<([^(]+)>\(\)")?, Regex::new(r"Need::of::<([^(]+)>\(\)")?);
    let mut services: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
    for file in files {
        let place = file.strip_prefix(shell::root()).unwrap_or(file).display().to_string();
        let owner = place.split('/').nth(1).unwrap_or_default().to_owned();
        if floor(&owner) != DOMAIN || !place.contains("/src/") {
            continue;
        }
        let text = std::fs::read_to_string(file)?;
        let of = services.entry(owner).or_default();
        for (at, pattern) in [&taken, &named].into_iter().enumerate() {
            let names = pattern.captures_iter(&text).map(|found| found[1].rsplit("::").next().unwrap_or("").to_owned());
            of[at].extend(names);
        }
    }
    let fault = |(owner, [taken, named]): (String, [BTreeSet<String>; 2])| {
        taken
            .difference(&named)
            .map(|service| format!("{owner} takes {service} and does not name it among its needs"))
            .collect::<Vec<_>>()
    };
    Ok(services.into_iter().flat_map(fault).collect())
}

/// The folders of the programme in their order: a file names only those before its own.
const FOLDERS: [&str; 8] = ["files", "plans", "targets", "work", "reporting", "overview", "approve", "demo"];

fn upward(place: &str, text: &str) -> Result<Vec<String>> {
    let Some(inside) = place.strip_prefix("crates/programme/src/") else { return Ok(vec![]) };
    let own = FOLDERS.iter().position(|folder| inside.split('/').next() == Some(folder));
    let Some((own, later)) = own.and_then(|own| Some((FOLDERS[own], FOLDERS.get(own + 1..)?))) else {
        return Ok(vec![]);
    };
    let body = text.split("#[cfg(test)]").next().unwrap_or_default();
    let named =
        |folder: &str| Regex::new(&format!(r"(crate::|\n    |[ ({{,]){folder}::")).map(|named| named.is_match(body));
    let mut out = Vec::new();
    for folder in later {
        if named(folder)? {
            out.push(format!("{place}: {own} names {folder}, which comes after it"));
        }
    }
    Ok(out)
}

fn arrows() -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(shell::root().join("crates"))? {
        names.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    let mut out = Vec::new();
    for name in &names {
        let manifest = std::fs::read_to_string(shell::root().join(format!("crates/{name}/Cargo.toml")))?;
        let normal = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for line in normal.lines() {
            let Some(other) = line.split(['.', ' ']).next().filter(|other| names.contains(*other)) else { continue };
            if floor(other) >= floor(name) {
                out.push(format!("{name} imports {other}, which is not on a lower floor"));
            }
        }
    }
    Ok(out)
}

fn packages(name: &str, most: usize) -> Result<Option<String>> {
    let tree = shell::output(&mut shell::cargo(&[
        "tree",
        "--package",
        name,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--no-dedupe",
    ]))?;
    // Our own are named with their folder.
    let foreign = tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.contains("(/"));
    let count = foreign.collect::<BTreeSet<&str>>().len();
    println!("tidy: {count} packages before {name}");
    Ok((count > most).then(|| format!("{name} takes {count} packages, more than {most}")))
}

fn wide(place: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.chars().count()));
    let wide = lines.filter(|(_, width)| *width > WIDEST);
    wide.map(|(at, width)| format!("{place}:{at} has {width} characters, more than {WIDEST}")).collect()
}

/// Styles newer than Chrome 109, which offices still run; in templates wide lines, and scripts, which the CSP forbids.
fn baseline() -> Result<Vec<String>> {
    let mut out = Vec::new();
    let css = std::fs::read_to_string(shell::root().join("web/src/app.css"))?;
    let newer = Regex::new(r"(:has\(|@scope|@starting-style|light-dark\(|text-wrap:|color-mix\(|anchor-name|&[ .:>])")?;
    out.extend(
        newer
            .find_iter(&css)
            .map(|found| format!("web/src/app.css uses {} which Chrome 109 does not have", found.as_str())),
    );
    let inline = Regex::new(r#"<script>|\sstyle="|\son[a-z]+=""#)?;
    for owner in std::fs::read_dir(shell::root().join("crates"))? {
        let Ok(templates) = std::fs::read_dir(owner?.path().join("templates")) else { continue };
        for entry in templates {
            let path = entry?.path();
            let text = std::fs::read_to_string(&path)?;
            let place = path.strip_prefix(shell::root()).unwrap_or(&path).display().to_string();
            out.extend(wide(&place, &text));
            // A letter has its styles inside: mail programs take no others.
            if inline.is_match(&text) && !path.ends_with("notify/templates/digest.html") {
                out.push(format!("{place} has a script or style inside the page"));
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_line_of_a_template_is_named() {
        let text = format!("{}\n{}\n", "đ".repeat(WIDEST), "đ".repeat(WIDEST + 1));
        assert_eq!(
            wide("crates/x/templates/y.html", &text),
            ["crates/x/templates/y.html:2 has 141 characters, more than 140"]
        );
    }

    #[test]
    fn no_files_of_the_workspace_name_each_other_in_a_circle() {
        let files = ["crates", "xtask"].map(|folder| rust_files(&shell::root().join(folder)).unwrap()).concat();
        assert_eq!(circles::circles(&files, &shell::root()).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_stands_in_the_wrong_place_is_named() {
        let act = "async fn post() { app.db().write(ctx, |tx| async move { Ok(()) }).await }";
        let count = |place: &str, text: &str| faults_of(place, text).unwrap().len();
        assert_eq!(count("crates/programme/src/work/pages/part.rs", act), 1);
        assert_eq!(count("crates/notify/src/api/x.rs", act), 1);
        assert_eq!(count("crates/programme/src/work/usecase/part_act.rs", act), 0);
        assert_eq!(count("crates/dinh/src/x.rs", "db.unguarded().exec(sql, vec![])"), 1);
        assert_eq!(count("crates/dinh/tests/it/x.rs", "db.unguarded().exec(sql, vec![])"), 0);
        assert_eq!(count("crates/dinh/src/x.rs", "db::hear(note);"), 1);
        assert_eq!(count("crates/dinh/tests/it/x.rs", "db::hear(note);"), 0);
        assert_eq!(count("crates/programme/src/plans/store/x.rs", "use crate::{\n    work::store::part,\n};"), 1);
        assert_eq!(count("crates/programme/src/plans/store/x.rs", "use crate::work::store::part;"), 1);
        assert_eq!(count("crates/programme/src/work/store/x.rs", "use crate::plans::store::plan;"), 0);
        assert_eq!(count("crates/programme/src/work/store/x.rs", "let work = network::of();"), 0);
    }
}
