//! `cargo xtask soak`: the tests of chance a thousand times as long, and thousands of kills; for a night, not for CI.
//!
//! `cargo xtask soak siege` is the part of it that attacks a running house: kills under load with backups restored
//! meanwhile, two servers over one PostgreSQL, who may do what to real things, tampering of every kind.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{setup, shell};

const CHANCE: &str = "test(foreign::) or test(killed_import) or test(never_panics) or test(any_bytes) or test(never_panic) or test(read_or_refused) or (package(forge) and binary(it))";
const SIEGE: &str = "test(siege::) or test(role_matrix::) or test(tamper::) or test(snapshot::)";

pub fn soak(which: Option<&str>) -> Result<()> {
    setup::web()?;
    setup::readers()?;
    setup::nextest()?;
    let start = Instant::now();
    let done = match which {
        None => run(CHANCE, None).and_then(|()| siege()),
        Some("siege") => siege(),
        Some(other) => bail!("soak knows \"siege\", or everything without a name; not {other:?}"),
    };
    println!("soak: {} minutes", start.elapsed().as_secs() / 60);
    done
}

/// On both databases; fsync is on, because what is proved is that nothing is lost.
fn siege() -> Result<()> {
    run(SIEGE, None)?;
    let postgres = setup::postgres(true)?;
    run(SIEGE, Some(&postgres.url))
}

fn run(tests: &str, postgres: Option<&str>) -> Result<()> {
    let words = ["nextest", "run", "--workspace", "--no-fail-fast", "--profile", "soak", "--success-output", "final"];
    let mut run = shell::cargo(&[words.as_slice(), &["-E", tests]].concat());
    if let Some(url) = postgres {
        run.env("TESTKIT_POSTGRES", url);
    }
    shell::run(run.env("TESTKIT_SOAK", "1"))
}
