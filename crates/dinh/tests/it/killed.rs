//! The program is killed in the middle of what it does. When that is, is measured: on a slow machine a fixed moment
//! lies before the work, on a fast one behind it.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

/// How long it takes where nobody kills it.
pub fn taking(command: &mut Command) -> Duration {
    let begun = Instant::now();
    let done = quiet(command).status().unwrap();
    assert!(done.success(), "{command:?}: {done}");
    begun.elapsed()
}

/// The moments of so many kills, spread over all of it.
pub fn moments(whole: Duration, kills: u32) -> impl Iterator<Item = Duration> {
    (1..=kills).map(move |nth| whole * nth / (kills + 1))
}

/// Kills it after a while; whether it was still at work.
pub fn killed(command: &mut Command, after: Duration) -> bool {
    let mut child = quiet(command).spawn().unwrap();
    std::thread::sleep(after);
    let _ = child.kill();
    // What ended by itself has a code.
    child.wait().unwrap().code().is_none()
}
