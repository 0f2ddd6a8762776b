//! CycloneDX and SPDX as JSON.

use std::{cell::Cell, collections::BTreeSet, fmt, marker::PhantomData};

use kernel::Problem;
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};

use super::material::{MOST, Material, Materials, SPDX, VERSIONS, begins, other_form, refused, text, too_large};

#[derive(Debug, Deserialize)]
struct Written {
    #[serde(rename = "bomFormat", default)]
    bom_format: String,
    #[serde(rename = "specVersion", default)]
    spec_version: String,
    #[serde(default, deserialize_with = "counted")]
    components: Vec<Node>,
    #[serde(rename = "spdxVersion", default)]
    spdx_version: String,
    #[serde(default, deserialize_with = "counted")]
    packages: Vec<Package>,
}

thread_local! {
    /// How many components were read of the list that this thread reads.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// The elements of one list after the other, as long as there are not too many of them in the file.
struct Each<T, F>(F, PhantomData<T>);

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> Visitor<'de> for Each<T, F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(one) = list.next_element::<T>()? {
            if !(self.0)(one) {
                return Err(A::Error::custom("too many components"));
            }
        }
        Ok(())
    }
}

fn counted<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let mut out = Vec::new();
    let put = |one: T| {
        COUNT.set(COUNT.get() + 1);
        out.push(one);
        COUNT.get() <= MOST
    };
    from.deserialize_seq(Each(put, PhantomData::<T>))?;
    Ok(out)
}

/// Of all references of a package its address alone.
fn purl<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let mut purl = None;
    let put = |one: Reference| {
        if purl.is_none() && one.kind == "purl" {
            purl = Some(one.locator);
        }
        true
    };
    from.deserialize_seq(Each(put, PhantomData::<Reference>))?;
    Ok(purl.unwrap_or_default())
}

#[derive(Debug, Deserialize)]
struct Node {
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    purl: Option<String>,
    #[serde(default, deserialize_with = "counted")]
    components: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Package {
    #[serde(default)]
    name: String,
    #[serde(rename = "versionInfo", default)]
    version: Option<String>,
    #[serde(rename = "externalRefs", default, deserialize_with = "purl")]
    purl: String,
}

#[derive(Debug, Deserialize)]
struct Reference {
    #[serde(rename = "referenceType", default)]
    kind: String,
    #[serde(rename = "referenceLocator", default)]
    locator: String,
}

pub fn read(bytes: &[u8]) -> Result<Materials, Problem> {
    COUNT.set(0);
    let list: Written = serde_json::from_slice(bytes).map_err(|error| match () {
        () if COUNT.get() > MOST => too_large(),
        () if begins(bytes, "spdxVersion:") => other_form("SPDX YAML"),
        () => text(bytes).err().unwrap_or_else(|| refused("bill-unreadable").because(error)),
    })?;
    let format = format(&list).ok_or_else(|| refused("bill-unknown"))?;
    let mut all = BTreeSet::new();
    let mut add = |group: Option<&str>, name: &str, version: Option<&str>, purl: &str| {
        all.extend(Material::of(group.unwrap_or_default(), name, version.unwrap_or_default(), purl));
    };
    let mut open: Vec<&Node> = list.components.iter().collect();
    while let Some(node) = open.pop() {
        let purl = node.purl.as_deref().unwrap_or_default();
        add(node.group.as_deref(), &node.name, node.version.as_deref(), purl);
        open.extend(&node.components);
    }
    for package in &list.packages {
        add(None, &package.name, package.version.as_deref(), &package.purl);
    }
    Ok(Materials { format, all })
}

fn format(list: &Written) -> Option<String> {
    let version = list.spec_version.as_str();
    if list.bom_format == "CycloneDX" && VERSIONS.contains(&version) {
        return Some(format!("CycloneDX {version}"));
    }
    (list.spdx_version == SPDX).then(|| "SPDX 2.3".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is behind them is not read: it is no JSON.
    #[test]
    fn a_list_of_too_many_is_refused_where_it_has_too_many() {
        let empty = |count: usize| vec!["{}"; count].join(",");
        let (half, rest) = (empty(MOST / 2), empty(MOST / 2 + 1));
        for list in [
            format!("{{\"components\":[{half},{rest},!"),
            format!("{{\"components\":[{{\"components\":[{half}]}},{{\"components\":[{rest},!"),
            format!("{{\"packages\":[{half},{rest},!"),
            format!("{{\"components\":[{half}],\"packages\":[{rest},!"),
        ] {
            assert_eq!(read(list.as_bytes()).map_err(|problem| problem.code).err(), Some("bill-too-large"));
            assert_eq!(COUNT.get(), MOST + 1);
        }
        // As many as there may be; and of references only the address is kept.
        let refs = vec![r#"{"referenceType":"other","referenceLocator":"x"}"#; MOST + 1].join(",");
        let purl = r#"{"referenceType":"purl","referenceLocator":"pkg:npm/left@1"}"#;
        let package = format!("{{\"name\":\"left\",\"externalRefs\":[{refs},{purl}]}}");
        let list = format!("{{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{},{package}]}}", empty(MOST - 1));
        let read = read(list.as_bytes()).unwrap().all;
        assert_eq!(read.into_iter().map(|one| one.purl).collect::<Vec<_>>(), ["pkg:npm/left@1"]);
    }
}
