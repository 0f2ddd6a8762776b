//! `cargo xtask new-domain NAME`: the skeleton of a domain crate, compiling and tested, wired with one line.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::shell;

pub fn new_domain(args: &[String]) -> Result<()> {
    let name = args.first().context("which name?")?;
    if !name.chars().all(|c| c.is_ascii_lowercase()) {
        bail!("a domain's name is lower-case letters only: {name}");
    }
    make(&shell::root(), name)?;
    shell::run(&mut shell::cargo(&["fmt", "--all"]))?;
    shell::run(&mut shell::cargo(&["check", "--package", "dinh"]))?;
    println!("crates/{name} is wired in; its first test: cargo nextest run -p {name}");
    Ok(())
}

/// Writes the crate and its lines in the files of the workspace.
fn make(root: &Path, name: &str) -> Result<()> {
    let folder = root.join("crates").join(name);
    if folder.exists() {
        bail!("crates/{name} is there already");
    }
    let replace = |file: &str, old: &str, new: &str| replace(root, file, old, new);
    for (file, text) in files(name) {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        std::fs::write(path, text)?;
    }
    replace("Cargo.toml", "testkit = { path", &format!("{name} = {{ path = \"crates/{name}\" }}\ntestkit = {{ path"))?;
    replace("crates/dinh/Cargo.toml", "figment.workspace", &format!("{name}.workspace = true\nfigment.workspace"))?;
    let mark = "        // xtask new-domain: next module";
    replace("crates/dinh/src/wiring.rs", mark, &format!("        {name}::module(),\n{mark}"))?;
    Ok(())
}

fn replace(root: &Path, file: &str, old: &str, new: &str) -> Result<()> {
    let path = root.join(file);
    let text = std::fs::read_to_string(&path)?;
    if !text.contains(old) {
        bail!("{file} has no “{old}” to build on");
    }
    std::fs::write(path, text.replacen(old, new, 1))?;
    Ok(())
}

fn files(name: &str) -> Vec<(&'static str, String)> {
    let fill = |text: &str| text.replace("NAME", name);
    vec![
        ("Cargo.toml", fill(CARGO)),
        ("README.md", fill("# NAME\n\nPurpose, tables owned, facts out, invariants: write them here.\n")),
        ("src/lib.rs", fill(LIB)),
        ("tests/it/main.rs", fill(TESTS)),
        (
            "src/policies.cedar",
            fill(
                "// Every signed-in person may read.\npermit (principal, action == Action::\"NAME.read\", resource);\n",
            ),
        ),
        ("locales/vi.ftl", fill("nav-NAME = NAME\n")),
        ("locales/en.ftl", fill("nav-NAME = NAME\n")),
        (
            "templates/home.html",
            fill(
                "{% extends \"webkit/layout.html\" %}{% block title %}{{ t(\"nav-NAME\") }}{% endblock %}{% block main %}<h1>{{ t(\"nav-NAME\") }}</h1>{% endblock %}\n",
            ),
        ),
    ]
}

const CARGO: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[lints]
workspace = true

[dependencies]
kernel.workspace = true
minijinja.workspace = true
webkit.workspace = true

[dev-dependencies]
axum.workspace = true
testkit = { workspace = true, features = ["house"] }
tokio.workspace = true
"#;

const LIB: &str = r#"//! NAME: what it owns, what it must never do. Start with [`module`].

use kernel::Lang;
use minijinja::context;
use webkit::{Access, Area, Module, NavItem, Outcome, Req, Route};

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        actions: &[("NAME.read", "Installation")],
        policies: include_str!("policies.cedar"),
        nav: &[NavItem { href: "/NAME", area: Area::Data, action: "NAME.read", pages: &[] }],
        templates: &[("NAME/home.html", include_str!("../templates/home.html"))],
        locales: &[(Lang::Vi, include_str!("../locales/vi.ftl")), (Lang::En, include_str!("../locales/en.ftl"))],
        ..Module::new("NAME")
    }
}

fn routes() -> Vec<Route> {
    vec![Route::get("/NAME", Access::Action("NAME.read"), home)]
}

async fn home(req: Req) -> Outcome {
    req.page("NAME/home.html", context! {}).await
}
"#;

const TESTS: &str = r#"//! NAME in a house of its own: made-up people and units, and no other domain.

use axum::http::StatusCode;
use kernel::Role;

#[tokio::test]
async fn who_signed_in_reads_and_a_stranger_signs_in_first() {
    let house = testkit::house([NAME::module()]).await;
    let officer = house.person("can-bo", "Sở Tài chính", Role::OFFICER).await;
    let page = officer.get("/NAME").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(house.client().get("/NAME").await.location, "/sign-in?next=%2FNAME");
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_domain_is_written_into_a_copy_of_the_workspace() {
        let copy = tempfile::tempdir().unwrap();
        let touched = ["Cargo.toml", "crates/dinh/Cargo.toml", "crates/dinh/src/wiring.rs"];
        for file in touched {
            let to = copy.path().join(file);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(shell::root().join(file), to).unwrap();
        }
        make(copy.path(), "sample").unwrap();
        for file in touched {
            let text = std::fs::read_to_string(copy.path().join(file)).unwrap();
            let added = text.lines().filter(|line| line.contains("sample")).count();
            assert_eq!(added, 1, "{file}");
        }
        let test = std::fs::read_to_string(copy.path().join("crates/sample/tests/it/main.rs")).unwrap();
        assert!(test.contains("testkit::house([sample::module()])"), "{test}");
        assert!(make(copy.path(), "sample").is_err(), "it is there already");
    }
}
