//! `--stick DIR`: the package with everything it recommends, as a folder that apt installs from without a network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, Result, bail};

use crate::shell;

/// Fills an empty or new folder.
pub fn collect(folder: &Path, package: &Path, with: &[&str]) -> Result<()> {
    fs::create_dir_all(folder.join("partial"))?;
    if fs::read_dir(folder)?.count() > 1 {
        bail!("{} is not empty", folder.display());
    }
    download(folder, with)?;
    fs::remove_dir_all(folder.join("partial"))?;
    fs::copy(package, folder.join(package.file_name().context("a name")?))?;
    fs::copy(shell::root().join("packaging/install.sh"), folder.join("install.sh"))?;
    index(folder)
}

/// As for a machine on which nothing is installed yet: what it has already, apt passes over.
fn download(folder: &Path, with: &[&str]) -> Result<()> {
    let option = |name: &str, value: &str| format!("-o{name}={value}");
    let mut apt = shell::program("apt-get", &["--download-only", "--yes", "--no-install-recommends", "-qq"]);
    apt.arg(option("Dir::Cache::Archives", &folder.display().to_string()))
        .args([option("Dir::State::Status", "/dev/null"), option("Dir::State::Extended_States", "/dev/null")])
        .args([option("Debug::NoLocking", "1"), option("APT::Sandbox::User", "root")])
        .args(["install", "adduser", "init-system-helpers"])
        .args(with)
        .stdout(Stdio::null());
    shell::run(&mut apt)
}

/// What makes a folder of packages a place that apt reads, and sums over all of it.
fn index(folder: &Path) -> Result<()> {
    let mut packages = String::new();
    let mut sums = String::new();
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sum = shell::output(shell::program("sha256sum", &[]).arg(&path))?;
        let sum = sum.split_whitespace().next().context("a sum")?.to_owned();
        if path.extension().is_some_and(|ending| ending == "deb") {
            let says = shell::output(shell::program("dpkg-deb", &["--field"]).arg(&path))?;
            let size = fs::metadata(&path)?.len();
            packages += &format!("{}\nFilename: ./{name}\nSize: {size}\nSHA256: {sum}\n\n", says.trim_end());
        }
        sums += &format!("{sum}  {name}\n");
    }
    fs::write(folder.join("Packages"), &packages)?;
    let own = shell::output(shell::program("sha256sum", &["Packages"]).current_dir(folder))?;
    Ok(fs::write(folder.join("SHA256SUMS"), sums + &own)?)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}
