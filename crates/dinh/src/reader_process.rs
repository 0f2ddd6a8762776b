//! Foreign documents are read in a child process: this program runs itself with limits on memory, CPU and time.
//!
//! A document that overflows the stack or eats memory kills the child, and the user is told; the server lives on.

use std::{
    io::{Read, Write},
    process::{ExitCode, Stdio},
    time::Duration,
};

use async_trait::async_trait;
use plan_reader::{Reading, Refusal};
use programme::{Error, PlanReading};
use serde::{Deserialize, Serialize};
use tokio::{io::AsyncWriteExt, process::Command};

/// The first argument that makes this program a reader.
pub const ARGUMENT: &str = "__read-plan";
const MEMORY_BYTES: u64 = 2 * 1024 * 1024 * 1024;
const CPU_SECONDS: u64 = 60;
const WALL: Duration = Duration::from_mins(2);

#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Box<Reading>),
    Refused { code: String, detail: String },
}

fn refusal(refusal: &Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::TooLarge => ("plan-format", "50 MB".into()),
        Refusal::Empty => ("plan-empty", String::new()),
        Refusal::Format(name) => ("plan-format", (*name).into()),
        Refusal::NotText(at) => ("plan-not-text", at.to_string()),
        Refusal::Classified(mark) => ("plan-classified", (*mark).into()),
    }
}

const CODES: [&str; 6] =
    ["plan-format", "plan-empty", "plan-not-text", "plan-classified", "plan-no-task", "plan-reader-died"];

/// The code of a refusal as one of the known ones.
pub(crate) fn known_code(code: &str) -> &'static str {
    CODES.into_iter().find(|known| *known == code).unwrap_or("plan-format")
}

/// The child: limits itself, reads standard input, answers on standard output.
pub fn child() -> ExitCode {
    let limited = rlimit::setrlimit(rlimit::Resource::AS, MEMORY_BYTES, MEMORY_BYTES)
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::CPU, CPU_SECONDS, CPU_SECONDS))
        .and_then(|()| rlimit::setrlimit(rlimit::Resource::FSIZE, 0, 0));
    let mut bytes = Vec::new();
    if limited.is_err() || std::io::stdin().read_to_end(&mut bytes).is_err() {
        return ExitCode::from(3);
    }
    let answer = match plan_reader::read(&bytes) {
        Ok(reading) if reading.plan.tasks.is_empty() => {
            Answer::Refused { code: "plan-no-task".into(), detail: String::new() }
        }
        Ok(reading) => Answer::Read(Box::new(reading)),
        Err(error) => {
            let (code, detail) = refusal(&error);
            Answer::Refused { code: code.into(), detail }
        }
    };
    let written = serde_json::to_vec(&answer).map(|text| std::io::stdout().write_all(&text));
    if matches!(written, Ok(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Runs the child and waits for its answer, no longer than two minutes.
#[derive(Debug, Clone)]
pub struct ReaderProcess {
    /// The program to run: this one.
    pub program: std::path::PathBuf,
}

#[async_trait]
impl PlanReading for ReaderProcess {
    async fn read(&self, bytes: Vec<u8>) -> Result<Reading, Error> {
        let died = |detail: String| Error::FileRefused { code: "plan-reader-died", detail };
        let mut child = Command::new(&self.program)
            .arg(ARGUMENT)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| died(error.to_string()))?;
        let mut input = child.stdin.take().ok_or_else(|| died("stdin".into()))?;
        // The child may stop reading early; what it answers decides.
        let feed = tokio::spawn(async move {
            let _ = input.write_all(&bytes).await;
        });
        let output = tokio::time::timeout(WALL, child.wait_with_output()).await.map_err(|_| died("120 s".into()))?;
        feed.abort();
        let output = output.map_err(|error| died(error.to_string()))?;
        if !output.status.success() {
            return Err(died(output.status.to_string()));
        }
        match serde_json::from_slice(&output.stdout) {
            Ok(Answer::Read(reading)) => Ok(*reading),
            Ok(Answer::Refused { code, detail }) => Err(Error::FileRefused { code: known_code(&code), detail }),
            Err(error) => Err(died(error.to_string())),
        }
    }
}
