//! `cargo xtask bench web`: builds the bench program with the `perf` profile and runs it on both databases.

use anyhow::{Result, bail};

use crate::{setup, shell};

pub fn bench(args: &[String]) -> Result<()> {
    if args.first().map(String::as_str) != Some("web") {
        bail!("which bench? web");
    }
    setup::web()?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--profile",
        "perf",
        "--package",
        "dinh",
        "--bin",
        "dinh",
        "--example",
        "bench_web",
    ]))?;
    let program = shell::root().join("target/perf/examples/bench_web");
    println!("-- SQLite");
    shell::run(&mut shell::program(
        &program.display().to_string(),
        &args[1..].iter().map(String::as_str).collect::<Vec<_>>(),
    ))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program.display().to_string(), &[]).env("TESTKIT_POSTGRES", &postgres.url))
}
