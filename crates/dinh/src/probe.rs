//! What can a confined child do? A hidden argument that confines itself as the readers do, tries, and tells. Tests ask it.

use std::{
    io::Write as _,
    net::TcpStream,
    os::unix::net::{UnixDatagram, UnixListener},
    path::Path,
    process::{Command, ExitCode},
};

use serde::{Deserialize, Serialize};

/// The first argument that makes this program try what it may not.
pub const ARGUMENT: &str = "__probe";

/// What to try it on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Targets {
    /// A file to read.
    pub file: String,
    /// A folder to write in.
    pub folder: String,
    /// An address to connect to.
    pub address: String,
}

/// Names of what could be done.
pub fn attempts(targets: &Targets) -> Vec<&'static str> {
    let socket = Path::new(&targets.folder).join("probe.socket");
    let _ = std::fs::remove_file(&socket);
    let parent = rustix::process::getppid();
    let tried = [
        ("read", std::fs::read(&targets.file).is_ok()),
        ("list", std::fs::read_dir(&targets.folder).is_ok()),
        ("write", std::fs::File::create(Path::new(&targets.folder).join("probe")).is_ok()),
        ("connect", TcpStream::connect(&targets.address).is_ok()),
        ("listen", UnixListener::bind(&socket).is_ok()),
        ("socket", UnixDatagram::unbound().is_ok()),
        ("exec", Command::new("/usr/bin/true").status().is_ok_and(|status| status.success())),
        ("thread", std::thread::Builder::new().spawn(|| ()).is_ok_and(|thread| thread.join().is_ok())),
        ("signal", parent.is_some_and(|parent| rustix::process::test_kill_process(parent).is_ok())),
    ];
    tried.into_iter().filter(|(_, could)| *could).map(|(name, _)| name).collect()
}

/// As a reader: confined, with the targets on standard input. With `tool` and the targets as arguments: as a tool.
pub fn child() -> ExitCode {
    let mut arguments = std::env::args().skip(2);
    if arguments.next().as_deref() != Some("tool") {
        return crate::child_process::child(|bytes| serde_json::to_vec(&attempts(&serde_json::from_slice(bytes)?)));
    }
    let mut next = || arguments.next().unwrap_or_default();
    let targets = Targets { file: next(), folder: next(), address: next() };
    let told = serde_json::to_vec(&attempts(&targets)).map(|told| std::io::stdout().write_all(&told));
    if matches!(told, Ok(Ok(()))) { ExitCode::SUCCESS } else { ExitCode::from(3) }
}
