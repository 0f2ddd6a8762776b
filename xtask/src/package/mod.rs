//! `cargo xtask package`: the program as a Debian package for a machine without a network (ADR 29).

mod control;
mod stick;
mod tried;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, Result, bail};

use crate::{setup, shell};

pub use tried::tried;

const FILES: &[(&str, &str, u32)] = &[
    ("packaging/dinhctl", "usr/sbin/dinhctl", 0o755),
    ("packaging/backup", "usr/lib/dinh/backup", 0o755),
    ("docs/deploy/dinh.service", "usr/lib/systemd/system/dinh.service", 0o644),
    ("packaging/dinh-backup.service", "usr/lib/systemd/system/dinh-backup.service", 0o644),
    ("packaging/dinh-backup.timer", "usr/lib/systemd/system/dinh-backup.timer", 0o644),
    ("packaging/dinh.toml", "etc/dinh/dinh.toml", 0o640),
    ("docs/deploy/nginx.conf", "usr/share/doc/dinh/nginx.conf", 0o644),
    ("docs/hardening.md", "usr/share/doc/dinh/hardening.md", 0o644),
    ("README.md", "usr/share/doc/dinh/README.md", 0o644),
    ("README.vi.md", "usr/share/doc/dinh/README.vi.md", 0o644),
    ("LICENSE", "usr/share/doc/dinh/copyright", 0o644),
    ("packaging/preinst", "DEBIAN/preinst", 0o755),
    ("packaging/postinst", "DEBIAN/postinst", 0o755),
    ("packaging/prerm", "DEBIAN/prerm", 0o755),
    ("packaging/postrm", "DEBIAN/postrm", 0o755),
];

struct Wanted {
    profile: String,
    stick: Option<PathBuf>,
}

impl Wanted {
    fn of(args: &[String]) -> Result<Self> {
        let mut wanted = Self { profile: "release".into(), stick: None };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let value = args.next().with_context(|| format!("{arg} needs a value"))?;
            match arg.as_str() {
                "--profile" => wanted.profile = value.clone(),
                "--stick" => wanted.stick = Some(std::env::current_dir()?.join(value)),
                _ => bail!("cargo xtask package [--profile PROFILE] [--stick DIR]"),
            }
        }
        Ok(wanted)
    }
}

pub fn package(args: &[String]) -> Result<()> {
    let wanted = Wanted::of(args)?;
    setup::web()?;
    shell::run(&mut shell::cargo(&["build", "--package", "dinh", "--bin", "dinh", "--profile", &wanted.profile]))?;
    let package = packed(&wanted.profile)?;
    println!("{}", package.display());
    let Some(folder) = wanted.stick else { return Ok(()) };
    stick::collect(&folder, &package, control::RECOMMENDS)?;
    println!("{}: sudo sh install.sh", folder.display());
    Ok(())
}

fn folder() -> PathBuf {
    shell::root().join("target/package")
}

/// Where cargo lays the program that it builds with this profile.
fn built(profile: &str) -> PathBuf {
    let folder = if profile == "dev" { "debug" } else { profile };
    shell::root().join("target").join(folder).join("dinh")
}

/// Packs the program as it was built.
fn packed(profile: &str) -> Result<PathBuf> {
    let stage = folder().join("stage");
    if stage.exists() {
        fs::remove_dir_all(&stage)?;
    }
    let program = stage.join("usr/bin/dinh");
    put(&built(profile), &program, 0o755)?;
    shell::run(shell::program("strip", &[]).arg(&program))?;
    for (from, to, mode) in FILES {
        put(&shell::root().join(from), &stage.join(to), *mode)?;
    }
    let version = control::version(profile);
    fs::write(stage.join("DEBIAN/conffiles"), "/etc/dinh/dinh.toml\n")?;
    fs::write(stage.join("DEBIAN/control"), control::control(&version, &program)?)?;
    let package = folder().join(format!("dinh_{version}_{}.deb", control::architecture()?));
    // What is only tried need not be small.
    let press: &[&str] = if profile == "release" { &["-Zxz"] } else { &["-Zgzip", "-z1"] };
    let mut pack = shell::program("dpkg-deb", &["--root-owner-group"]);
    pack.args(press).arg("--build").arg(&stage).arg(&package).stdout(Stdio::null());
    shell::run(&mut pack)?;
    Ok(package)
}

/// A copy with this mode, in folders that everybody may look into, whatever the umask of who packs.
fn put(from: &Path, to: &Path, mode: u32) -> Result<()> {
    let above = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(above)?;
    for folder in above.ancestors().take_while(|place| !place.ends_with("package")) {
        fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    }
    fs::copy(from, to).with_context(|| format!("{} is not there", from.display()))?;
    Ok(fs::set_permissions(to, Permissions::from_mode(mode))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_there_and_the_profile_and_the_stick_are_read() {
        for (from, _, _) in FILES {
            assert!(shell::root().join(from).is_file(), "{from}");
        }
        let of = |args: &[&str]| Wanted::of(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&[]).unwrap().profile, "release");
        let wanted = of(&["--profile", "dev", "--stick", "/media/usb"]).unwrap();
        assert_eq!((wanted.profile.as_str(), wanted.stick), ("dev", Some("/media/usb".into())));
        assert!(of(&["--profile"]).is_err() && of(&["--fast", "yes"]).is_err());
    }
}
