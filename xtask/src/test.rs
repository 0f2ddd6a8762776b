//! The test run: everything on SQLite, then the integration suites on PostgreSQL.

use std::time::Instant;

use anyhow::Result;

use crate::{package, setup, shell, tidy};

fn step(name: &str, act: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    println!("== {name}");
    act()?;
    println!("== {name}: {} s", start.elapsed().as_secs());
    Ok(())
}

pub fn test() -> Result<()> {
    step("set-up", || {
        setup::web()?;
        setup::browser()?;
        setup::readers()?;
        setup::openssl()?;
        setup::xz()?;
        setup::nginx()?;
        setup::holidays()?;
        setup::nextest()
    })?;
    // What was just installed is there: a test that would pass over it without a word fails instead.
    step("tests on SQLite", || {
        shell::run(shell::cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]).env("CI", "1"))
    })?;
    // How a page looks and what a document costs is the same over either: its words are read there by `every_template`. `foreign`
    // throws chance at readers. The other packages have no database.
    step("tests on PostgreSQL", || {
        let postgres = setup::postgres(false)?;
        let mut suites = shell::cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "-E",
            "kind(test) - test(seeds::) - test(/^looks/) - test(/^hostile::/) - test(/^foreign::/) - package(plan-reader) \
             - package(grammar) - package(forge) - package(nd30-write) - package(timestamp) - package(intake)",
        ]);
        shell::run(suites.env("TESTKIT_POSTGRES", &postgres.url).env("CI", "1"))
    })
}

pub fn ci() -> Result<()> {
    step("fmt", || shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])))?;
    step("tidy", tidy::tidy)?;
    step("web", || {
        setup::web()?;
        shell::run(shell::program("npm", &["run", "--silent", "lint"]).current_dir(shell::root().join("web")))
    })?;
    step("clippy", || {
        shell::run(&mut shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    test()?;
    // Of the build that the tests have just used.
    step("package", package::tried::tried)
}

/// Records every snapshot anew.
pub fn bless() -> Result<()> {
    setup::nextest()?;
    let mut run = shell::cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "-E", "test(snapshot)"]);
    shell::run(run.env("INSTA_UPDATE", "always"))
}
