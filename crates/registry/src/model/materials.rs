//! Lists of materials as other programs write them: CycloneDX 1.4 to 1.7 and SPDX 2.3, as JSON. What depends on what in them
//! is not read, so that no circle in it matters.

use std::collections::BTreeSet;

use kernel::Problem;
use serde::Deserialize;

/// Components of one list.
pub const MOST: usize = 200_000;
/// Letters of a name, a version or an address of a package.
const LONGEST: usize = 400;

#[derive(Debug, Deserialize)]
struct Written {
    #[serde(rename = "bomFormat", default)]
    bom_format: String,
    #[serde(rename = "specVersion", default)]
    spec_version: String,
    #[serde(default)]
    components: Vec<Node>,
    #[serde(rename = "spdxVersion", default)]
    spdx_version: String,
    #[serde(default)]
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Node {
    /// What the name stands in: an organisation or a scope, without which "core" says little.
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    purl: Option<String>,
    #[serde(default)]
    components: Vec<Node>,
}

impl Node {
    fn full_name(&self) -> String {
        match self.group.as_deref().map(str::trim).filter(|group| !group.is_empty() && !self.name.is_empty()) {
            Some(group) => format!("{group}/{}", self.name),
            None => self.name.clone(),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Package {
    #[serde(default)]
    name: String,
    #[serde(rename = "versionInfo", default)]
    version: Option<String>,
    #[serde(rename = "externalRefs", default)]
    refs: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
struct Reference {
    #[serde(rename = "referenceType", default)]
    kind: String,
    #[serde(rename = "referenceLocator", default)]
    locator: String,
}

/// One component: its name, version and address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Material {
    pub name: String,
    pub version: String,
    pub purl: String,
}

/// What a list is written in, and what is in it, each once.
#[derive(Debug)]
pub struct Materials {
    pub format: String,
    pub all: BTreeSet<Material>,
}

/// Reads a list.
///
/// # Errors
/// In words: it is no such list, of a version that is not known, or has too much in it.
pub fn read(bytes: &[u8]) -> Result<Materials, Problem> {
    let refused = |code| Problem::bad_input(code).field("file", code);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let list: Written = serde_json::from_slice(bytes).map_err(|error| refused("bill-unreadable").because(error))?;
    let format = format(&list).ok_or_else(|| refused("bill-unknown"))?;
    let mut all = BTreeSet::new();
    let mut add = |name: &str, version: Option<&str>, purl: &str| {
        let name = cut(name);
        if !name.is_empty() {
            all.insert(Material { name, version: cut(version.unwrap_or_default()), purl: cut(purl) });
        }
        if all.len() > MOST { Err(refused("bill-too-large").with("most", MOST)) } else { Ok(()) }
    };
    let mut open: Vec<&Node> = list.components.iter().collect();
    while let Some(node) = open.pop() {
        add(&node.full_name(), node.version.as_deref(), node.purl.as_deref().unwrap_or_default())?;
        open.extend(&node.components);
    }
    for package in &list.packages {
        let purl = package.refs.iter().find(|one| one.kind == "purl").map_or("", |one| one.locator.as_str());
        add(&package.name, package.version.as_deref(), purl)?;
    }
    if all.is_empty() {
        return Err(refused("bill-empty"));
    }
    Ok(Materials { format, all })
}

fn format(list: &Written) -> Option<String> {
    let version = list.spec_version.as_str();
    if list.bom_format == "CycloneDX" && ["1.4", "1.5", "1.6", "1.7"].contains(&version) {
        return Some(format!("CycloneDX {version}"));
    }
    (list.spdx_version == "SPDX-2.3").then(|| "SPDX 2.3".to_owned())
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn said(list: &Value) -> Result<(String, usize), &'static str> {
        let read = read(list.to_string().as_bytes());
        read.map(|list| (list.format, list.all.len())).map_err(|problem| problem.code)
    }

    #[test]
    fn both_formats_are_read_each_component_once() {
        let core =
            json!({"name": "log4j-core", "version": "2.14.1", "purl": "pkg:maven/org.example/log4j-core@2.14.1"});
        for version in ["1.4", "1.5", "1.6", "1.7"] {
            let within = json!({"name": "máy chủ", "components": [core, core]});
            let list = json!({"bomFormat": "CycloneDX", "specVersion": version, "components": [within, core],
                "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}]});
            assert_eq!(said(&list), Ok((format!("CycloneDX {version}"), 2)));
        }
        let reference = json!({"referenceType": "purl", "referenceLocator": "pkg:npm/left@1"});
        let package = json!({"name": "left", "versionInfo": "1", "externalRefs": [reference]});
        let list = json!({"spdxVersion": "SPDX-2.3", "packages": [package, package], "relationships": [{"a": "b"}]});
        assert_eq!(said(&list), Ok(("SPDX 2.3".into(), 1)));
    }

    #[test]
    fn a_name_is_told_with_its_group() {
        let core = |group: Value| json!({"group": group, "name": "core", "version": "1.2"});
        let components = [core(json!("@vidu")), core(json!("@khac")), core(json!(" ")), core(Value::Null)];
        let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components});
        let names = read(list.to_string().as_bytes()).unwrap().all.into_iter().map(|one| one.name);
        assert_eq!(names.collect::<Vec<_>>(), ["@khac/core", "@vidu/core", "core"]);
    }

    #[test]
    fn what_is_no_such_list_is_refused_in_words() {
        let cyclone = |version: &str| json!({"bomFormat": "CycloneDX", "specVersion": version, "components": []});
        for (list, code) in [
            (json!({"components": []}), "bill-unknown"),
            (cyclone("1.3"), "bill-unknown"),
            (cyclone("1.6"), "bill-empty"),
            (json!([1, 2]), "bill-unreadable"),
            (json!({"spdxVersion": "SPDX-3.0"}), "bill-unknown"),
        ] {
            assert_eq!(said(&list), Err(code), "{list}");
        }
        let deep = format!("{}{}", "{\"components\":[".repeat(50_000), "]}".repeat(50_000));
        assert_eq!(read(deep.as_bytes()).map_err(|problem| problem.code).err(), Some("bill-unreadable"));
        let many: Vec<Value> = (0..=MOST).map(|n| json!({"name": n.to_string()})).collect();
        let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": many});
        assert_eq!(said(&list), Err("bill-too-large"));
    }
}
