//! `cargo xtask <command>`: set-up and chores, so that a clean clone needs rustup and nothing else.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod bench;
mod circles;
mod fixture;
mod forge;
mod names;
mod new_domain;
mod package;
mod setup;
mod shell;
mod shots;
mod soak;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;

const USAGE: &str =
    "cargo xtask run [ARGS of dinh serve]   set up, then the program with demo content on http://127.0.0.1:8080
cargo xtask test                       set up, then every test on SQLite and on PostgreSQL
cargo xtask ci                         what .ci/run does: fmt, tidy, clippy, tests (on PostgreSQL fewer), the package
cargo xtask package [--profile PROFILE] [--stick DIR]   a Debian package in target/package; the stick: with all it recommends
cargo xtask package-try                packs the dev build and installs, starts, upgrades and removes it in a bare Debian
cargo xtask tidy                       rules of the house that no other tool checks
cargo xtask new-domain NAME            a new domain crate with its tests, wired in
cargo xtask fixture FORMAT             files of a new format of backups, for later programs to open, in crates/dinh/tests/fixtures
cargo xtask shots                      every page in every state as a picture, in shots/
cargo xtask soak [siege]               tests of chance, kills under load, two servers, tampering: thousands of rounds (hours)
cargo xtask bless                      records the snapshots anew; look at the difference before committing
cargo xtask bench web|week|reader|programme|ledger|hostile|registry   speed and memory of what is named, under load or attack
cargo xtask forge [--count N] [--seed S] [--show SEED] [--format txt|plain|wrapped|paged|crlf|nfd|md|docx|pdf|layout|scan]
                                       how well the reader reads documents with known answers";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let done: Result<()> = match args.first().map(String::as_str) {
        Some("run") => run(rest),
        Some("test") => test::test(),
        Some("ci") => test::ci(),
        Some("package") => package::package(rest),
        Some("package-try") => package::tried::tried(),
        Some("tidy") => tidy::tidy(),
        Some("fixture") => fixture::fixture(rest.first()),
        Some("new-domain") => new_domain::new_domain(rest),
        Some("shots") => shots::shots(),
        Some("soak") => soak::soak(rest.first().map(String::as_str)),
        Some("bless") => test::bless(),
        Some("bench") => bench::bench(rest),
        Some("forge") => forge::forge(rest),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(rest: &[String]) -> Result<()> {
    setup::web()?;
    let mut command = shell::cargo(&["run", "--package", "dinh", "--", "serve", "--demo"]);
    shell::run(command.args(rest))
}
