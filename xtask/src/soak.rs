//! `cargo xtask soak`: the tests of chance a thousand times as long, and thousands of kills; for a night, not for CI.

use std::time::Instant;

use anyhow::Result;

use crate::{setup, shell};

const TESTS: &str = "test(foreign::) or test(killed_import) or test(never_panics) or test(any_bytes) or test(never_panic) or test(read_or_refused)";

pub fn soak() -> Result<()> {
    setup::web()?;
    setup::nextest()?;
    let start = Instant::now();
    let mut run = shell::cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--profile", "soak", "-E", TESTS]);
    let done = shell::run(run.env("TESTKIT_SOAK", "1"));
    println!("soak: {} minutes", start.elapsed().as_secs() / 60);
    done
}
