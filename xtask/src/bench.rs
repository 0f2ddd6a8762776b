//! `cargo xtask bench web|week|reader|programme|ledger|hostile|registry`: builds a bench program with the `perf` profile and runs it.

use anyhow::{Result, bail};

use crate::{setup, shell};

pub fn bench(args: &[String]) -> Result<()> {
    match args.first().map(String::as_str) {
        Some("web") => web(&args[1..]),
        Some("week") => week(),
        Some("reader") => reader(),
        Some("programme") => programme(&args[1..]),
        Some("ledger") => ledger(&args[1..]),
        Some("hostile") => hostile(),
        Some("registry") => registry(&args[1..]),
        _ => bail!("which bench? web, week, reader, programme, ledger, hostile, registry"),
    }
}

/// Builds a bench program of a package with the `perf` profile; returns where it is.
pub fn built(package: &str, example: &str, more: &[&str]) -> Result<String> {
    let build = ["build", "--profile", "perf", "--package", package, "--example", example];
    shell::run(&mut shell::cargo(&[&build, more].concat()))?;
    Ok(shell::root().join("target/perf/examples").join(example).display().to_string())
}

fn reader() -> Result<()> {
    setup::readers()?;
    shell::run(&mut shell::program(&built("plan-reader", "bench_reader", &[])?, &[]))
}

/// Pages while documents made to hurt are read, on two cores with the readers beside.
fn hostile() -> Result<()> {
    setup::web()?;
    setup::readers()?;
    let program = built("dinh", "bench_hostile", &["--bin", "dinh"])?;
    println!("-- SQLite");
    shell::run(&mut shell::program(&program, &[]))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &[]).env("TESTKIT_POSTGRES", &postgres.url))
}

fn web(args: &[String]) -> Result<()> {
    setup::web()?;
    let program = built("dinh", "bench_web", &["--bin", "dinh"])?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    println!("-- SQLite");
    shell::run(&mut shell::program(&program, &args))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &args).env("TESTKIT_POSTGRES", &postgres.url))
}

/// The registry of a large province on both databases.
fn registry(args: &[String]) -> Result<()> {
    setup::web()?;
    let program = built("registry", "bench_registry", &[])?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    println!("-- SQLite");
    shell::run(&mut shell::program(&program, &args))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &args).env("TESTKIT_POSTGRES", &postgres.url))
}

/// A played year on both databases.
fn week() -> Result<()> {
    setup::web()?;
    let program = built("dinh", "bench_week", &["--bin", "dinh"])?;
    println!("-- SQLite");
    shell::run(&mut shell::program(&program, &[]))?;
    println!("-- PostgreSQL");
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &[]).env("TESTKIT_POSTGRES", &postgres.url))
}

fn programme(args: &[String]) -> Result<()> {
    setup::web()?;
    let program = built("dinh", "bench_programme", &[])?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &args).env("TESTKIT_POSTGRES", &postgres.url))
}

/// A ledger of a million entries (or as many as are asked for), verified on both databases.
fn ledger(args: &[String]) -> Result<()> {
    let program = built("db", "bench_ledger", &[])?;
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    shell::run(&mut shell::program(&program, &args))?;
    let postgres = setup::postgres(true)?;
    shell::run(shell::program(&program, &args).env("TESTKIT_POSTGRES", &postgres.url))
}
