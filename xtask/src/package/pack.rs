//! The tree of the package, and the package made of it.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context as _, Result};

use super::control;
use crate::shell;

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

pub fn folder() -> PathBuf {
    shell::root().join("target/package")
}

/// Where cargo lays the program that it builds with this profile.
pub fn built(profile: &str) -> PathBuf {
    let folder = if profile == "dev" { "debug" } else { profile };
    shell::root().join("target").join(folder).join("dinh")
}

/// Packs the program as it was built.
pub fn packed(profile: &str) -> Result<PathBuf> {
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
    fn what_is_packed_is_there() {
        for (from, _, _) in FILES {
            assert!(shell::root().join(from).is_file(), "{from}");
        }
    }
}
