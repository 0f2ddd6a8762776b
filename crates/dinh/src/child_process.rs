//! Foreign documents are read in a child process: this program runs itself with limits on memory, CPU and time.
//!
//! A document that overflows the stack or eats memory kills the child, and the user is told; the server lives on.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
    time::Duration,
};

use crate::convert::Tools;
use tokio::{io::AsyncWriteExt, process::Command};

const MEMORY_BYTES: u64 = 2 * 1024 * 1024 * 1024;
const CPU_SECONDS: u64 = 60;
const WALL: Duration = Duration::from_mins(2);

/// The child: limits itself, reads standard input, answers what `read` makes of it on standard output.
pub fn child(read: impl FnOnce(&[u8]) -> serde_json::Result<Vec<u8>>) -> ExitCode {
    let limited = rlimit::setrlimit(rlimit::Resource::AS, MEMORY_BYTES, MEMORY_BYTES)
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::CPU, CPU_SECONDS, CPU_SECONDS))
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::FSIZE, 0, 0));
    let mut bytes = Vec::new();
    if limited.is_err() || std::io::stdin().read_to_end(&mut bytes).is_err() {
        return ExitCode::from(3);
    }
    let written = read(&bytes).map(|text| std::io::stdout().write_all(&text));
    if matches!(written, Ok(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Runs this program with `argument`, gives it `bytes` and waits for its answer, no longer than two minutes. The error
/// says how the child ended.
pub async fn ask(program: &Path, argument: &str, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut child = Command::new(program)
        .arg(argument)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut input = child.stdin.take().ok_or("stdin")?;
    // The child may stop reading early; what it answers decides.
    let feed = tokio::spawn(async move {
        let _ = input.write_all(&bytes).await;
    });
    let output = tokio::time::timeout(WALL, child.wait_with_output()).await.map_err(|_| "120 s".to_owned())?;
    feed.abort();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() { Ok(output.stdout) } else { Err(output.status.to_string()) }
}

/// The readers of foreign bytes, each a child of its own.
#[derive(Debug, Clone)]
pub struct Readers {
    /// The program to run: this one.
    pub program: PathBuf,
    pub tools: Tools,
}

impl Readers {
    pub fn new(program: PathBuf) -> Self {
        Self { tools: Tools::new(program.clone()), program }
    }
}
