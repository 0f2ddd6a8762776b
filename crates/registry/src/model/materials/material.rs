//! What is kept of a list, and what its readers share, whatever form it has.

use std::collections::BTreeSet;

use kernel::Problem;

/// Components of one list, each as often as it is told, and empty ones too: nothing more is read.
pub const MOST: usize = 200_000;
/// Letters of a name, a version or an address of a package.
pub const LONGEST: usize = 400;
/// Versions of CycloneDX.
pub const VERSIONS: [&str; 8] = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"];
/// The version of SPDX.
pub const SPDX: &str = "SPDX-2.3";
/// Bytes at the beginning of a file that say in which form it is.
const HEAD: usize = 4096;

/// One component: its name, version and address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Material {
    pub name: String,
    pub version: String,
    pub purl: String,
}

impl Material {
    /// None without a name. It stands in its group, an organisation or a scope, without which "core" says little.
    pub fn of(group: &str, name: &str, version: &str, purl: &str) -> Option<Self> {
        let (group, name) = (cut(group), cut(name));
        let name = if group.is_empty() || name.is_empty() { name } else { cut(&format!("{group}/{name}")) };
        (!name.is_empty()).then(|| Self { name, version: cut(version), purl: cut(purl) })
    }
}

/// What a list is written in, and what is in it, each once.
#[derive(Debug)]
pub struct Materials {
    pub format: String,
    pub all: BTreeSet<Material>,
}

pub fn refused(code: &'static str) -> Problem {
    Problem::bad_input(code).field("file", code)
}

pub fn too_large() -> Problem {
    refused("bill-too-large").with("most", MOST)
}

/// Of a list that is one in a form that is not read: who brings it is told which ones to ask its maker for.
pub fn other_form(form: &str) -> Problem {
    refused("bill-other-form").with("form", form)
}

/// The beginning of a file as text.
pub fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).into_owned()
}

/// Whether one of the first lines begins with the word.
pub fn begins(bytes: &[u8], word: &str) -> bool {
    head(bytes).lines().any(|line| line.starts_with(word))
}

pub fn text(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| refused("bill-letters").because(error))
}

fn cut(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}
