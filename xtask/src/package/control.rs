//! What the package says of itself.

use std::{fs, os::unix::fs::MetadataExt as _, path::Path};

use anyhow::{Context as _, Result, bail};
use regex::Regex;

use crate::shell;

/// What old Word files, scans and letters need; without them the program runs and says what it cannot read.
pub const RECOMMENDS: &[&str] = &[
    "bubblewrap",
    "ca-certificates",
    "libreoffice-writer-nogui",
    "poppler-utils",
    "tesseract-ocr",
    "tesseract-ocr-vie",
];

/// Libraries of the system that the program is linked with; another one would want its package among the needs.
const LIBRARIES: [&str; 5] = ["libc.so", "libm.so", "libgcc_s.so", "ld-linux", "libpthread.so"];

pub fn architecture() -> Result<String> {
    Ok(shell::output(&mut shell::program("dpkg", &["--print-architecture"]))?.trim().to_owned())
}

/// That of the workspace and the moment of the commit, so that each build is newer than those before it.
pub fn version(profile: &str) -> String {
    let own = env!("CARGO_PKG_VERSION");
    let date = ["show", "--no-patch", "--format=%cd", "--date=format:%Y%m%d.%H%M"];
    let commit = shell::output(&mut shell::program("git", &date)).unwrap_or_default();
    let commit = if commit.is_empty() { String::new() } else { format!("+{}", commit.trim()) };
    let trial = if profile == "release" { String::new() } else { format!("~{}", profile.replace('-', "")) };
    format!("{own}{commit}{trial}")
}

pub fn control(version: &str, program: &Path) -> Result<String> {
    let libc = libc_of(&shell::output(shell::program("objdump", &["-p"]).arg(program))?)?;
    Ok(format!(
        "Package: dinh
Version: {version}
Architecture: {}
Maintainer: Dinh developers <dinh@localhost>
Section: admin
Priority: optional
Installed-Size: {}
Depends: adduser, init-system-helpers, libc6 (>= {libc}), libgcc-s1
Recommends: {}
Suggests: nginx, clamav-daemon, postgresql, chrony
Description: a province's digital government in one program
 Plans become tasks, targets and reports, each line with the sentence it came from.
 .
 Runs as a user of its own, backs itself up each night, needs no network to be installed.
",
        architecture()?,
        size(program.ancestors().nth(3).context("a stage")?)?.div_ceil(1024),
        recommends().join(", "),
    ))
}

/// Whoever has the desktop's LibreOffice needs no other.
fn recommends() -> Vec<String> {
    let either = |name: &&str| match *name {
        "libreoffice-writer-nogui" => "libreoffice-writer-nogui | libreoffice-writer".to_owned(),
        name => name.to_owned(),
    };
    RECOMMENDS.iter().map(either).collect()
}

fn size(place: &Path) -> Result<u64> {
    let meta = fs::symlink_metadata(place)?;
    if !meta.is_dir() {
        return Ok(meta.size());
    }
    fs::read_dir(place)?.map(|entry| size(&entry?.path())).sum()
}

/// The oldest libc that has all that is asked of it; a library that is not named above is refused.
fn libc_of(told: &str) -> Result<String> {
    let needed = Regex::new(r"NEEDED\s+(\S+)")?;
    let strange = needed.captures_iter(told).map(|found| found[1].to_owned());
    let strange: Vec<String> = strange.filter(|name| !LIBRARIES.iter().any(|known| name.starts_with(known))).collect();
    if !strange.is_empty() {
        bail!("the package does not ask for {}", strange.join(", "));
    }
    let asked = Regex::new(r"GLIBC_(\d+)\.(\d+)\b")?;
    let versions = asked.captures_iter(told).filter_map(|found| Some((found[1].parse().ok()?, found[2].parse().ok()?)));
    let (major, minor): (u32, u32) = versions.max().context("a program without libc")?;
    Ok(format!("{major}.{minor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_libc_that_is_asked_for_is_named_and_a_strange_library_is_refused() {
        let told = "  NEEDED               libc.so.6\n 0x00 GLIBC_2.9\n 0x00 GLIBC_2.34\n 0x00 GLIBC_2.4";
        assert_eq!(libc_of(told).unwrap(), "2.34");
        let strange = libc_of(&format!("{told}\n  NEEDED   libssl.so.3\n")).unwrap_err().to_string();
        assert!(strange.contains("libssl.so.3"), "{strange}");
    }
}
