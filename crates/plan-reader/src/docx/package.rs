//! Which parts of the archive are the document: the package names them, whatever most programs call them.

use quick_xml::{Reader, events::Event};

use super::{
    archive::{Archive, part},
    attribute::attribute,
};
use crate::Refusal;

/// Names of the parts that are read.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    pub document: String,
    pub styles: String,
    pub numbering: String,
}

const USUAL: &str = "word/document.xml";
const OTHERS: &str = "zip, Excel, PowerPoint";

/// The parts, or why this archive is no Word file.
pub fn parts(archive: &mut Archive<'_>) -> Result<Parts, Refusal> {
    let relations = part(archive, "_rels/.rels")?.unwrap_or_default();
    let types = part(archive, "[Content_Types].xml")?.unwrap_or_default();
    let types = overrides(&types);
    let named = related(&relations, "/officeDocument").map(|target| beside("", &target));
    let typed = || types.iter().find(|(_, kind)| is_document(kind)).map(|(name, _)| name.clone());
    let document = named.filter(|name| archive.by_name(name).is_ok()).or_else(typed).unwrap_or_else(|| USUAL.into());
    let is_other = types.iter().any(|(name, kind)| *name == document && !is_document(kind));
    match () {
        () if is_other => Err(Refusal::Format(OTHERS)),
        () if archive.by_name(&document).is_ok() => of_document(archive, document),
        () if archive.by_name("content.xml").is_ok() => Err(Refusal::Format("OpenDocument")),
        () => Err(Refusal::Format(OTHERS)),
    }
}

fn of_document(archive: &mut Archive<'_>, document: String) -> Result<Parts, Refusal> {
    let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
    let relations = part(archive, &beside(folder, &format!("_rels/{file}.rels")))?.unwrap_or_default();
    let of = |kind: &str, usual: &str| beside(folder, related(&relations, kind).as_deref().unwrap_or(usual));
    let (styles, numbering) = (of("/styles", "styles.xml"), of("/numbering", "numbering.xml"));
    Ok(Parts { document, styles, numbering })
}

/// A document, a template, each also with macros.
fn is_document(kind: &str) -> bool {
    let is_main = kind.ends_with("main+xml");
    is_main && (kind.contains("wordprocessingml") || kind.contains("ms-word"))
}

/// The target of the first relation whose type ends like this.
fn related(xml: &str, kind: &str) -> Option<String> {
    elements(xml, "Relationship", ["Type", "Target"])
        .into_iter()
        .find_map(|[found, target]| found.ends_with(kind).then_some(target))
}

/// Parts and what they are, as far as they are named one by one.
fn overrides(xml: &str) -> Vec<(String, String)> {
    let all = elements(xml, "Override", ["PartName", "ContentType"]).into_iter();
    all.map(|[name, kind]| (beside("", &name), kind)).collect()
}

fn elements(xml: &str, name: &str, wanted: [&str; 2]) -> Vec<[String; 2]> {
    let mut reader = Reader::from_str(xml);
    let mut out = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == name => {
                out.push(wanted.map(|attributes| attribute(&tag, attributes).unwrap_or_default()));
            }
            _ => {}
        }
    }
    out
}

/// A target as the name of a part: "/word/a.xml" counts from the top, "a.xml" and "../a.xml" from the folder.
fn beside(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_named_from_their_folder() {
        assert_eq!(beside("word", "styles.xml"), "word/styles.xml");
        assert_eq!(beside("word", "/tai/lieu.xml"), "tai/lieu.xml");
        assert_eq!(beside("a/b", "../c.xml"), "a/c.xml");
        assert_eq!(beside("", "./word/document2.xml"), "word/document2.xml");
    }
}
