//! SPDX as tag-value: `Tag: value`, line by line. What stands between `<text>` and `</text>` may go over lines, which are
//! no tags.

use std::collections::BTreeSet;

use kernel::Problem;

use super::material::{MOST, Material, Materials, SPDX, refused, too_large};

/// The package to which the lines belong.
#[derive(Default)]
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    purl: &'a str,
}

impl Package<'_> {
    fn material(&self) -> Option<Material> {
        Material::of("", self.name, self.version, self.purl)
    }
}

pub fn read(text: &str) -> Result<Materials, Problem> {
    let (mut all, mut count) = (BTreeSet::new(), 0);
    let mut open = Package::default();
    let (mut is_known, mut in_text) = (false, false);
    for line in text.lines().map(str::trim) {
        if in_text {
            in_text = !line.contains("</text>");
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (tag, value) = line.split_once(':').ok_or_else(|| refused("bill-unreadable"))?;
        in_text = value.contains("<text>") && !value.contains("</text>");
        let value = value.trim();
        match tag {
            "SPDXVersion" if value == SPDX => is_known = true,
            "SPDXVersion" => return Err(refused("bill-unknown")),
            "PackageName" => {
                count += 1;
                if count > MOST {
                    return Err(too_large());
                }
                all.extend(open.material());
                open = Package { name: value, ..Package::default() };
            }
            "PackageVersion" => open.version = value,
            "ExternalRef" if open.purl.is_empty() => open.purl = purl(value),
            _ => {}
        }
    }
    all.extend(open.material());
    match () {
        () if in_text => Err(refused("bill-unreadable")),
        () if is_known => Ok(Materials { format: "SPDX 2.3".to_owned(), all }),
        () => Err(refused("bill-unknown")),
    }
}

/// The address of a reference as it is written, `PACKAGE-MANAGER purl pkg:npm/left@1`; nothing of another one.
fn purl(reference: &str) -> &str {
    let mut words = reference.split_whitespace().skip(1);
    let is_address = words.next() == Some("purl");
    words.next().filter(|_| is_address).unwrap_or_default()
}
