//! The package in a bare Debian: installed without a network, started as its user, upgraded over itself, removed, purged.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::{
    pack::{built, folder, packed},
    stick,
};
use crate::{setup, shell};

/// Packs the dev build and does to it what an administrator would. The tests have left it: another build would take features
/// of its own, and the crates below with them.
pub fn tried() -> Result<()> {
    setup::bare_debian()?;
    if !built("dev").is_file() {
        shell::run(&mut shell::cargo(&["build", "--workspace", "--bin", "dinh"]))?;
    }
    let package = packed("dev")?;
    let (root, carried) = (folder().join("root"), folder().join("stick"));
    for old in [&root, &carried] {
        if old.exists() {
            shell::run(shell::as_root("rm", &["-rf", "--one-file-system"])?.arg(old))?;
        }
    }
    // All that is recommended would be 160 MB: one package shows the way, and it makes the box that documents are read in.
    stick::collect(&carried, &package, &["bubblewrap"])?;
    bare(&root)?;
    let script = fs::read_to_string(shell::root().join("packaging/try.sh"))?;
    let name = package.file_name().context("a name")?.to_string_lossy().into_owned();
    shell::run(inside(&root, &carried)?.args(["bash", "-euc", &script, "try", &name]))
}

/// Debian of this machine's release, from where this machine takes its own packages.
fn bare(root: &Path) -> Result<()> {
    let release = fs::read_to_string("/etc/os-release")?;
    let suite = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME=")).context("a Debian")?;
    let mut make = shell::as_root("mmdebstrap", &["--quiet", "--variant=minbase", "--include=adduser,systemd"])?;
    make.arg(suite).arg(root).args(sources(suite));
    shell::run(&mut make)
}

/// The lists of this machine that are about this release; none when it has none, and then the mirror is Debian's own.
fn sources(suite: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten();
    let lists = folder.filter_map(|entry| Some(entry.ok()?.path())).chain([PathBuf::from("/etc/apt/sources.list")]);
    let of_debian = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let words = || text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
        words().any(|word| word == suite) && words().any(|word| word == "main")
    };
    lists.filter(of_debian).collect()
}

/// A process whose root the folder is, with this machine's kernel and no network. A changed root (chroot) would not do:
/// there the kernel makes no namespaces, and the box of documents could not be tried.
fn inside(root: &Path, carried: &Path) -> Result<Command> {
    let mut command = shell::as_root("bwrap", &["--bind"])?;
    command.arg(root).args([
        "/",
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--tmpfs",
        "/run",
        "--tmpfs",
        "/tmp",
        "--ro-bind",
    ]);
    command.arg(carried).args(["/mnt", "--bind", "/proc", "/proc", "--unshare-net", "--die-with-parent"]);
    command.args(["--cap-add", "ALL", "--clearenv", "--setenv", "LANG", "C.UTF-8"]);
    command.args([
        "--setenv",
        "PATH",
        "/usr/sbin:/usr/bin:/sbin:/bin",
        "--setenv",
        "DEBIAN_FRONTEND",
        "noninteractive",
    ]);
    Ok(command)
}
