//! The box in which foreign tools run: bubblewrap with namespaces of its own for files, processes, users and the
//! network. Inside are the system's programs (to read), a folder of one document (to write) and nothing else.
//!
//! A machine that cannot make the box converts nothing.

use std::{path::Path, process::Stdio};

use serde::{Deserialize, Serialize};
use tokio::process::Command;

/// Where the document's folder is inside the box.
const WORK: &str = "/work";
/// Where this program is inside the box: it limits itself and becomes the tool.
const PROGRAM: &str = "/dinh";
/// What `/tmp` inside the box may hold, in bytes of memory.
const TEMPORARY: &str = "134217728";
/// Who the tool is inside the box; LibreOffice looks the name up.
const USER: &str = "1000";
pub const PASSWD: &str = "reader:x:1000:1000::/tmp:/bin/false\n";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sandbox {
    /// Foreign bytes are read in confinement or not at all.
    Require,
    /// For a machine that has no sandbox and reads only its own papers. The log says so at each start.
    Off,
}

const OFF: &str = "unconfined";

impl Sandbox {
    pub(crate) fn argument(self) -> &'static str {
        match self {
            Self::Require => "confined",
            Self::Off => OFF,
        }
    }

    pub(crate) fn of_argument(argument: Option<&str>) -> Self {
        if argument == Some(OFF) { Self::Off } else { Self::Require }
    }
}

/// What of the system a tool may see, where it is there.
const SYSTEM: [&str; 9] = [
    "/bin",
    "/lib",
    "/lib64",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/libreoffice",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
];

/// What the box is made of: the program that makes it, this program, and a file of users.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    pub bwrap: &'a Path,
    pub program: &'a Path,
    pub passwd: &'a Path,
}

/// The command that runs this program in a box around `folder`. Its arguments follow.
pub fn boxed(parts: Parts<'_>, folder: &Path) -> Command {
    let Parts { bwrap, program, passwd } = parts;
    let mut command = Command::new(bwrap);
    command
        .args(["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"])
        .args(["--cap-drop", "ALL", "--uid", USER, "--gid", USER, "--hostname", "reader"])
        .args(["--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv", "LANG", "C.UTF-8"])
        .args(["--setenv", "HOME", "/tmp", "--setenv", "TMPDIR", "/tmp", "--setenv", "OMP_THREAD_LIMIT", "1"])
        .args(["--ro-bind", "/usr", "/usr"]);
    for path in SYSTEM {
        command.args(["--ro-bind-try", path, path]);
    }
    command
        .args(["--proc", "/proc", "--dev", "/dev", "--size", TEMPORARY, "--tmpfs", "/tmp", "--ro-bind"])
        .args([passwd, Path::new("/etc/passwd")])
        .arg("--ro-bind")
        .args([program, Path::new(PROGRAM)])
        .arg("--bind")
        .args([folder, Path::new(WORK)])
        .args(["--chdir", WORK, "--", PROGRAM])
        .env_clear()
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Tries the box with nothing in it; the error names the package or the setting that is missing.
pub async fn works(parts: Parts<'_>, folder: &Path) -> Result<(), String> {
    match boxed(parts, folder).arg("--version").output().await {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(lacking(&String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(format!("bubblewrap: {error}")),
    }
}

/// Settings of kernels that keep ordinary users from making namespaces, and what they must be.
const SETTINGS: [(&str, &str, &str); 3] = [
    ("kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    ("user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000"),
];

fn lacking(said: &str) -> String {
    let is = |(name, bad, _): &&(&str, &str, &str)| {
        std::fs::read_to_string(Path::new("/proc/sys").join(name)).is_ok_and(|value| value.trim() == *bad)
    };
    match SETTINGS.iter().find(is) {
        Some((_, _, setting)) => (*setting).to_owned(),
        None => said.lines().next().unwrap_or("bubblewrap").chars().take(200).collect(),
    }
}
