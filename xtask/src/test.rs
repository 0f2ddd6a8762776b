//! The test run: everything on SQLite, then the integration suites on PostgreSQL.

use std::{process::Command, time::Instant};

use anyhow::Result;

use crate::{package, setup, shell, tidy};

fn step(name: &str, act: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    println!("== {name}");
    act()?;
    println!("== {name}: {} s", start.elapsed().as_secs());
    Ok(())
}

/// How a page looks and what a document costs is the same over either database: the words of a page are read there by
/// `every_template`. `foreign` throws chance at readers. The other packages have no database.
const ON_POSTGRES: &str = "kind(test) - test(seeds::) - test(/^looks/) - test(/^hostile::/) - test(/^foreign::/) \
     - package(plan-reader) - package(grammar) - package(forge) - package(nd30-write) - package(timestamp) - package(intake)";

/// What a submission is not asked over PostgreSQL too, so that its run ends in time. Whatever speaks SQL of its own is tested
/// there in its own crate; of the program's tests those are left whose answer may hang on the database: plans of queries, every
/// list and page once, backups, the ledger, jobs, what is killed, and two processes over one database. `cargo xtask test` leaves
/// none out.
const NOT_IN_CI: &str = "(package(dinh) - test(/^(query_plans|every_template|lists|backups|forged_backups|ledger|tamper|jobs|main_job|\
     siege|two_processes|safety|killed|lake|memory|one_act|taken_in|owner_merged|folder|blobs|cleared|calendar)::/)) \
     - test(a_killed_year) - test(twelve_thousand_tasks)";

/// Whoever compiles the workspace's own crates; of a submission clippy, which finds fault with them on the way: what it
/// only checked would have to be compiled once more.
#[derive(Clone, Copy)]
enum By {
    Rustc,
    Clippy,
}

/// As `cargo clippy -- -D warnings` has it compiled.
fn linted(mut run: Command) -> Command {
    const DENY: &str = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";
    run.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", DENY);
    run
}

fn nextest(by: By, args: &[&str]) -> Command {
    let mut run = shell::cargo(&["nextest", "run", "--workspace"]);
    run.args(args).env("CI", "1");
    match by {
        By::Rustc => run,
        By::Clippy => linted(run),
    }
}

fn build(by: By) -> Result<()> {
    shell::run(&mut nextest(by, &["--no-run"]))?;
    match by {
        By::Rustc => Ok(()),
        // Nothing else compiles a program that no test starts.
        By::Clippy => shell::run(&mut linted(shell::cargo(&["build", "--workspace", "--bin", "xtask"]))),
    }
}

pub fn test() -> Result<()> {
    tests(By::Rustc, ON_POSTGRES)
}

fn tests(by: By, on_postgres: &str) -> Result<()> {
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
    step("build", || build(by))?;
    // What was just installed is there: a test that would pass over it without a word fails instead.
    step("tests on SQLite", || shell::run(&mut nextest(by, &["--no-fail-fast"])))?;
    step("tests on PostgreSQL", || {
        let postgres = setup::postgres(false)?;
        let mut suites = nextest(by, &["--no-fail-fast", "-E", on_postgres]);
        shell::run(suites.env("TESTKIT_POSTGRES", &postgres.url))
    })
}

pub fn ci() -> Result<()> {
    step("fmt", || shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])))?;
    step("tidy", tidy::tidy)?;
    step("web", || {
        setup::web()?;
        shell::run(shell::program("npm", &["run", "--silent", "lint"]).current_dir(shell::root().join("web")))
    })?;
    tests(By::Clippy, &format!("{ON_POSTGRES} - {NOT_IN_CI}"))?;
    // Of the build that the tests have just used.
    step("package", package::tried::tried)
}

/// Records every snapshot anew.
pub fn bless() -> Result<()> {
    setup::nextest()?;
    let mut run = shell::cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "-E", "test(snapshot)"]);
    shell::run(run.env("INSTA_UPDATE", "always"))
}
