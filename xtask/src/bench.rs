//! `cargo xtask bench web|reader|programme`: builds a bench program with the `perf` profile and runs it.

use anyhow::{Result, bail};

use crate::{setup, shell};

pub fn bench(args: &[String]) -> Result<()> {
    match args.first().map(String::as_str) {
        Some("web") => web(&args[1..]),
        Some("reader") => reader(),
        Some("programme") => programme(&args[1..]),
        _ => bail!("which bench? web, reader, programme"),
    }
}

fn reader() -> Result<()> {
    setup::readers()?;
    let build = ["build", "--profile", "perf", "--package", "plan-reader", "--example", "bench_reader"];
    shell::run(&mut shell::cargo(&build))?;
    let program = shell::root().join("target/perf/examples/bench_reader");
    shell::run(&mut shell::program(&program.display().to_string(), &[]))
}

fn web(args: &[String]) -> Result<()> {
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
        &args.iter().map(String::as_str).collect::<Vec<_>>(),
    ))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program.display().to_string(), &[]).env("TESTKIT_POSTGRES", &postgres.url))
}

fn programme(args: &[String]) -> Result<()> {
    setup::web()?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--profile",
        "perf",
        "--package",
        "dinh",
        "--example",
        "bench_programme",
    ]))?;
    let program = shell::root().join("target/perf/examples/bench_programme");
    let postgres = setup::postgres(true)?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    shell::run(shell::program(&program.display().to_string(), &args).env("TESTKIT_POSTGRES", &postgres.url))
}
