//! Foreign documents are read in a child process: this program runs itself, takes limits on, confines itself
//! ([`crate::confine`]) and only then looks at the bytes.
//!
//! A document that overflows the stack or eats memory kills the child, and the user is told; the server lives on.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{ExitCode, Stdio},
    time::Duration,
};

use programme::Error;
use rlimit::Resource;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
};

use crate::{
    confine,
    convert::Tools,
    failed::{Failed, MAX_OUTPUT},
    gate::{Gate, Patience},
    sandbox::Sandbox,
    scratch::Scratch,
};

const MEMORY_BYTES: u64 = 3 * 512 * 1024 * 1024;
const CPU_SECONDS: u64 = 60;
const WALL: Duration = Duration::from_mins(2);
/// More than the largest document with what surrounds it.
const MAX_INPUT: u64 = 64 * 1024 * 1024;

const NOT_CONFINED: u8 = 4;
const ANSWER_TOO_LONG: u8 = 5;

fn limit() -> std::io::Result<()> {
    confine::die_with_parent()?;
    confine::stand_back();
    let limits = [
        (Resource::AS, MEMORY_BYTES),
        (Resource::CPU, CPU_SECONDS),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
        // No further process or thread, and no further file.
        (Resource::NPROC, 0),
        (Resource::NOFILE, 8),
    ];
    limits.into_iter().try_for_each(|(resource, most)| rlimit::setrlimit(resource, most, most))
}

/// The child: limits and confines itself, reads standard input, answers what `read` makes of it on standard output.
pub fn child(read: impl FnOnce(&[u8]) -> serde_json::Result<Vec<u8>>) -> ExitCode {
    let sandbox = Sandbox::of_argument(std::env::args().nth(2).as_deref());
    if limit().is_err() {
        return ExitCode::from(3);
    }
    if sandbox == Sandbox::Require
        && let Err(lacking) = confine::confine()
    {
        let _ = std::io::stdout().write_all(lacking.as_bytes());
        return ExitCode::from(NOT_CONFINED);
    }
    let mut bytes = Vec::new();
    if std::io::stdin().take(MAX_INPUT).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(3);
    }
    match read(&bytes) {
        Ok(text) if text.len() > MAX_OUTPUT => ExitCode::from(ANSWER_TOO_LONG),
        Ok(text) if std::io::stdout().write_all(&text).is_ok() => ExitCode::SUCCESS,
        _ => ExitCode::from(3),
    }
}

/// The readers of foreign bytes, each a child of its own.
#[derive(Debug, Clone)]
pub struct Readers {
    /// The program to run: this one.
    program: PathBuf,
    pub(crate) tools: Tools,
    gate: Gate,
    sandbox: Sandbox,
}

impl Readers {
    /// Readers that use the tools of `PATH` and write below `scratch` only.
    pub fn new(program: PathBuf, scratch: Scratch, sandbox: Sandbox) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self::within(program, scratch, sandbox, std::env::split_paths(&path).collect())
    }

    /// The same with tools that are looked for in these folders only.
    pub fn within(program: PathBuf, scratch: Scratch, sandbox: Sandbox, folders: Vec<PathBuf>) -> Self {
        let gate = Gate::default();
        let tools = Tools::new(program.clone(), scratch, sandbox, gate.clone(), folders);
        Self { program, tools, gate, sandbox }
    }

    /// The command that runs this program in a box around `folder`, as tools are run. Its arguments follow.
    pub async fn boxed(&self, folder: &std::path::Path) -> Result<Command, Failed> {
        self.tools.command(folder).await
    }

    /// A Word 97-2003 file, or what LibreOffice takes for one (RTF, a web page), as `.docx`.
    pub async fn docx(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.tools.docx(bytes).await
    }

    /// Runs this program with `argument`, gives it `bytes` and waits for its answer, no longer than two minutes.
    pub async fn ask(
        &self,
        argument: &str,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
        patience: Patience,
    ) -> Result<Vec<u8>, Failed> {
        let _seat = self.gate.enter(patience).await.ok_or(Failed::Busy)?;
        let died = |error: std::io::Error| Failed::Died(error.to_string());
        let mut child = Command::new(&self.program)
            .args([argument, self.sandbox.argument()])
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(died)?;
        let mut input = child.stdin.take().ok_or(Failed::Died("stdin".into()))?;
        let output = child.stdout.take().ok_or(Failed::Died("stdout".into()))?;
        // The child may stop reading early; what it answers decides.
        let feed = tokio::spawn(async move {
            let _ = input.write_all(bytes.as_ref()).await;
        });
        let answered = tokio::time::timeout(WALL, answer(child, output)).await;
        feed.abort();
        answered.map_err(|_| Failed::Died("120 s".into()))?
    }
}

async fn answer(mut child: tokio::process::Child, output: tokio::process::ChildStdout) -> Result<Vec<u8>, Failed> {
    let died = |error: std::io::Error| Failed::Died(error.to_string());
    let mut answer = Vec::new();
    output.take(MAX_OUTPUT as u64 + 1).read_to_end(&mut answer).await.map_err(died)?;
    if answer.len() > MAX_OUTPUT {
        let _ = child.kill().await;
        return Err(Failed::TooLong);
    }
    let status = child.wait().await.map_err(died)?;
    match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(0) => Ok(answer),
        Some(NOT_CONFINED) => Err(Failed::NoSandbox(String::from_utf8_lossy(&answer).into_owned())),
        Some(ANSWER_TOO_LONG) => Err(Failed::TooLong),
        _ => Err(Failed::Died(status.to_string())),
    }
}
