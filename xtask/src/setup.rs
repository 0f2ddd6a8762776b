//! What the program and its tests need, installed from Debian and npm when it is missing.

use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::shell;

/// Installs Debian packages; asks first when it needs sudo.
fn debian(packages: &[&str]) -> Result<()> {
    println!("xtask: installing {}", packages.join(" "));
    let root = shell::is_root()?;
    if !root && std::io::stdin().is_terminal() {
        print!("xtask: run sudo apt-get install {}? [y/N] ", packages.join(" "));
        std::io::stdout().flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        if !answer.trim().eq_ignore_ascii_case("y") {
            bail!("not installed: {}", packages.join(" "));
        }
    }
    let apt = |args: &[&str]| {
        let mut all = vec!["-E"];
        all.extend_from_slice(args);
        let mut command = if root { shell::program(args[0], &args[1..]) } else { shell::program("sudo", &all) };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        shell::run(command.stdout(Stdio::null()))
    };
    apt(&["apt-get", "update"])?;
    let mut install = vec!["apt-get", "install", "--yes", "--no-install-recommends"];
    install.extend_from_slice(packages);
    apt(&install)
}

/// Builds the web assets when they are missing or older than their sources.
pub fn web() -> Result<()> {
    if !shell::is_installed("npm") {
        debian(&["nodejs", "npm"])?;
    }
    let web = shell::root().join("web");
    let modified = |path: PathBuf| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    let source = |name: &str| web.join(name);
    let written = std::fs::read_dir(source("src"))?.filter_map(Result::ok).map(|file| file.path());
    let others = ["build.mjs", "oidc-provider.mjs", "smtp-server.mjs", "package-lock.json"].map(source);
    let newest = written.chain(others).filter_map(modified).max();
    let tools = ["axe.min.js", "node_modules/oidc-provider", "node_modules/smtp-server"];
    let built = modified(web.join("dist/app.css")).filter(|_| tools.iter().all(|tool| web.join(tool).exists()));
    if built.is_some() && built >= newest {
        return Ok(());
    }
    shell::run(shell::program("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&web))?;
    shell::run(shell::program("npm", &["run", "--silent", "build"]).current_dir(&web))
}

pub fn browser() -> Result<()> {
    if shell::is_installed("chromedriver") && shell::is_installed("chromium") {
        return Ok(());
    }
    debian(&["chromium", "chromium-driver"])
}

/// What reads old Word files and scans: LibreOffice, tesseract with Vietnamese, poppler, and the box they run in.
pub fn readers() -> Result<()> {
    let vietnamese =
        || shell::output(&mut shell::program("tesseract", &["--list-langs"])).is_ok_and(|list| list.contains("vie"));
    if shell::is_installed("soffice")
        && shell::is_installed("bwrap")
        && shell::is_installed("pdftoppm")
        && shell::is_installed("tesseract")
        && vietnamese()
    {
        return Ok(());
    }
    debian(&["bubblewrap", "libreoffice-writer-nogui", "poppler-utils", "tesseract-ocr", "tesseract-ocr-vie"])
}

/// The authority that stamps in tests, and the peer that checks our stamps.
pub fn openssl() -> Result<()> {
    if shell::is_installed("openssl") { Ok(()) } else { debian(&["openssl"]) }
}

/// What kept files are packed with.
pub fn xz() -> Result<()> {
    if shell::is_installed("xz") { Ok(()) } else { debian(&["xz-utils"]) }
}

/// What stands before the program in an installation. Its folder is not in everybody's `PATH`.
pub fn nginx() -> Result<()> {
    let is_there = shell::is_installed("nginx") || Path::new("/usr/sbin/nginx").is_file();
    if is_there { Ok(()) } else { debian(&["nginx"]) }
}

/// The PyPI package `holidays`, which the calendar is compared with, and what it says of 2020-2030 as JSON.
pub fn holidays() -> Result<()> {
    const VERSION: &str = "0.108";
    let folder = shell::root().join("target/peer");
    let said = folder.join(format!("holidays-{VERSION}.json"));
    if said.is_file() {
        return Ok(());
    }
    let venv = folder.join("venv");
    if !shell::program("python3", &["-m", "ensurepip", "--version"]).output().is_ok_and(|out| out.status.success()) {
        debian(&["python3", "python3-venv"])?;
    }
    std::fs::create_dir_all(&folder)?;
    shell::run(shell::program("python3", &["-m", "venv"]).arg(&venv))?;
    let package = format!("holidays=={VERSION}");
    shell::run(&mut shell::program(venv.join("bin/pip").to_str().context("path")?, &["install", "--quiet", &package]))?;
    let script = "import holidays, json; v = holidays.VN(years=range(2020, 2031), language='en_US'); print(json.dumps({d.isoformat(): v[d] for d in v}))";
    let python = venv.join("bin/python");
    let json = shell::output(&mut shell::program(python.to_str().context("path")?, &["-c", script]))?;
    Ok(std::fs::write(said, json)?)
}

/// What makes a bare Debian to try the package in, and runs in it.
pub fn bare_debian() -> Result<()> {
    if shell::is_installed("mmdebstrap") && shell::is_installed("bwrap") {
        return Ok(());
    }
    debian(&["mmdebstrap", "bubblewrap"])
}

pub fn nextest() -> Result<()> {
    if shell::is_installed("cargo-nextest") {
        return Ok(());
    }
    shell::run(&mut shell::cargo(&["install", "--locked", "cargo-nextest"]))
}

/// A PostgreSQL of our own in a temporary folder, gone when this value is dropped.
pub struct Postgres {
    server: Child,
    folder: PathBuf,
    pub url: String,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown; runuser does not pass it on, so it goes to the server itself.
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
        let pid = pid.lines().next().map_or_else(|| self.server.id().to_string(), str::to_owned);
        let _ = shell::program("kill", &["-INT", &pid]).status();
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn postgres_bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<PathBuf> = versions
        .filter_map(Result::ok)
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop()
}

/// Starts PostgreSQL. It refuses to run as root, so root becomes the user `postgres` that Debian made.
///
/// A durable one writes as an installation does; the tests' own forgets on a crash and is faster.
pub fn postgres(durable: bool) -> Result<Postgres> {
    if postgres_bin().is_none() {
        debian(&["postgresql"])?;
    }
    let bin = postgres_bin().context("PostgreSQL is installed but its programs are not found")?;
    let root = shell::is_root()?;
    let folder = std::env::temp_dir().join(format!("dinh-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    if root {
        shell::run(shell::program("chown", &["postgres"]).arg(&folder))?;
    }
    let as_user = |name: &str| {
        let mut command =
            if root { shell::program("runuser", &["-u", "postgres", "--"]) } else { shell::program("env", &[]) };
        command.arg(bin.join(name)).current_dir("/");
        command
    };
    let data = folder.join("data");
    shell::run(
        as_user("initdb")
            .args(["--auth=trust", "--username=postgres", "--locale=C", "--encoding=UTF8", "-D"])
            .arg(&data)
            .stdout(Stdio::null()),
    )?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut server = as_user("postgres");
    server.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    server.args(["-c", "max_connections=400", "-c", "logging_collector=off"]);
    if !durable {
        server.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
    }
    let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let postgres = Postgres { server, folder, url: format!("postgres://postgres@127.0.0.1:{port}/postgres") };
    for _ in 0..100 {
        let ready =
            as_user("pg_isready").args(["-h", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).status();
        if ready.is_ok_and(|status| status.success()) {
            return Ok(postgres);
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    bail!("PostgreSQL does not answer on port {port}")
}
