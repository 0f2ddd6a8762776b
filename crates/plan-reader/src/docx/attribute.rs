//! Attributes of a Word file's elements.

use quick_xml::events::BytesStart;

/// An attribute by its local name (`val` of `w:val`).
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find_map(|attribute| {
        let found = attribute.key.local_name().as_ref() == name;
        found
            .then(|| {
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map(|value| value.into_owned()).ok()
            })
            .flatten()
    })
}

pub fn number<T: std::str::FromStr>(tag: &BytesStart, name: &str) -> Option<T> {
    attribute(tag, name)?.parse().ok()
}
