//! The machine: the user, the folder, limits, and what readers of foreign documents are locked into.

use std::{os::unix::fs::MetadataExt as _, path::Path, process::Stdio, time::Duration};

use rlimit::Resource;
use webkit::{App, check::Finding};

use crate::sandbox::Sandbox;

const GB: u64 = 1024 * 1024 * 1024;

pub fn user(app: &App) -> Finding {
    if rustix::process::geteuid().is_root() {
        return Finding::warning("user-root");
    }
    let own = rustix::process::geteuid().as_raw();
    match std::fs::metadata(app.db().data_dir()) {
        Ok(meta) if meta.uid() == own => Finding::ok("user-fine").with("user", own),
        Ok(meta) => Finding::warning("user-other").with("user", own).with("owner", meta.uid()),
        Err(error) => Finding::fault("folder-unreadable").with("error", error),
    }
}

pub fn modes(app: &App) -> Finding {
    let folder = app.db().data_dir();
    let open = |path: &Path| std::fs::metadata(path).is_ok_and(|meta| meta.mode() & 0o077 != 0);
    // Nobody gets past a folder that is closed.
    if !open(folder) {
        return Finding::ok("modes-fine");
    }
    let secret = ["ledger.key", "dinh.sqlite", "ledger-checkpoints.jsonl"].map(|name| folder.join(name));
    match secret.iter().find(|path| open(path)) {
        Some(path) => Finding::fault("modes-open").with("path", path.display()),
        None => Finding::warning("modes-folder").with("path", folder.display()),
    }
}

/// The mask of this process, without changing it.
pub fn umask() -> Finding {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("Umask:")).map_or("?", str::trim);
    match u32::from_str_radix(mask, 8) {
        Ok(bits) if bits & 0o077 == 0o077 => Finding::ok("umask-fine").with("mask", mask),
        _ => Finding::warning("umask-wide").with("mask", mask),
    }
}

pub fn disk(app: &App) -> Finding {
    let Ok(disk) = rustix::fs::statvfs(app.db().data_dir()) else { return Finding::warning("disk-unknown") };
    let (free, all) = (disk.f_bavail * disk.f_frsize, (disk.f_blocks * disk.f_frsize).max(1));
    let percent = u128::from(free) * 100 / u128::from(all);
    let shown = |finding: Finding| finding.count("free", free / (GB / 1024)).with("percent", percent);
    match free {
        free if free < GB => shown(Finding::fault("disk-full")),
        free if free < 5 * GB || percent < 10 => shown(Finding::warning("disk-short")),
        _ => shown(Finding::ok("disk-fine")),
    }
}

pub fn files(app: &App) -> Finding {
    let wanted = app.get::<crate::config::Config>().map_or(0, |config| config.max_connections as u64 + 256);
    match rlimit::getrlimit(Resource::NOFILE) {
        Ok((_, hard)) if hard >= wanted => Finding::ok("files-fine").count("limit", hard),
        Ok((_, hard)) => Finding::warning("files-few").count("limit", hard).count("wanted", wanted),
        Err(error) => Finding::warning("files-few").with("limit", error).count("wanted", wanted),
    }
}

pub fn processes() -> Finding {
    match rlimit::getrlimit(Resource::NPROC) {
        Ok((soft, _)) if soft < 256 => Finding::warning("processes-few").count("limit", soft),
        _ => Finding::ok("processes-fine"),
    }
}

/// Runs the sandbox of foreign programs as it is run for documents.
pub async fn sandbox() -> Finding {
    let mut command = tokio::process::Command::new("bwrap");
    command.args(["--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(Duration::from_secs(10), command.status()).await {
        Ok(Ok(status)) if status.success() => Finding::ok("sandbox-fine"),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => Finding::fault("sandbox-missing"),
        _ => Finding::fault("sandbox-refused"),
    }
}

/// What old Word files and scans are read with: programs, and the Debian package that brings each.
const TOOLS: [(&str, &str); 4] = [
    ("soffice", "libreoffice-writer"),
    ("pdftoppm", "poppler-utils"),
    ("pdfinfo", "poppler-utils"),
    ("tesseract", "tesseract-ocr"),
];

pub async fn tools(app: &App) -> Finding {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = if app.get::<crate::config::Config>().is_ok_and(|config| config.sandbox == Sandbox::Off) {
        std::env::split_paths(&path).collect()
    } else {
        // The box has no others.
        vec!["/usr/bin".into()]
    };
    let reader = folders.iter().map(|folder| folder.join("tesseract")).find(|program| program.is_file());
    let mut command = tokio::process::Command::new(reader.unwrap_or_else(|| "tesseract".into()));
    command.arg("--list-langs").stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let listed = tokio::time::timeout(Duration::from_secs(10), command.output()).await;
    let languages = listed.ok().and_then(Result::ok).map(|output| output.stdout).unwrap_or_default();
    match packages_missing(&folders, &String::from_utf8_lossy(&languages)).as_slice() {
        [] => Finding::ok("tools-fine"),
        packages => Finding::warning("tools-missing").with("packages", packages.join(" ")),
    }
}

fn packages_missing(folders: &[std::path::PathBuf], languages: &str) -> Vec<&'static str> {
    let is_missing = |program: &str| !folders.iter().any(|folder| folder.join(program).is_file());
    let missing = TOOLS.iter().filter(|(program, _)| is_missing(program)).map(|(_, package)| *package);
    let reads_vietnamese = languages.lines().any(|line| line.trim() == "vie");
    let mut packages: Vec<_> = missing.chain((!reads_vietnamese).then_some("tesseract-ocr-vie")).collect();
    packages.dedup();
    packages
}

/// Asks the kernel itself: its list of modules is not shown in a container, nor to a service that sees little of /sys.
pub fn landlock() -> Finding {
    if crate::confine::knows_landlock() { Finding::ok("landlock-fine") } else { Finding::warning("landlock-missing") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_by_its_package() {
        let folder = tempfile::tempdir().unwrap();
        let missing = |languages: &str| packages_missing(&[folder.path().to_owned()], languages);
        let packages = ["libreoffice-writer", "poppler-utils", "tesseract-ocr", "tesseract-ocr-vie"];
        assert_eq!(missing(""), packages);
        for program in ["soffice", "pdftoppm", "tesseract"] {
            std::fs::write(folder.path().join(program), "").unwrap();
        }
        assert_eq!(missing("List of available languages (1):\neng\n"), ["poppler-utils", "tesseract-ocr-vie"]);
        std::fs::write(folder.path().join("pdfinfo"), "").unwrap();
        assert_eq!(missing("eng\nvie\n"), Vec::<&str>::new());
    }
}
