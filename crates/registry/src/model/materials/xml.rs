//! CycloneDX as XML, as a stream of tags: no tree is built, and nothing that a file declares by itself is followed.

use std::collections::BTreeSet;

use kernel::Problem;
use quick_xml::{
    NsReader,
    escape::resolve_xml_entity,
    events::Event,
    name::{Namespace, ResolveResult},
};

use super::material::{LONGEST, MOST, Material, Materials, VERSIONS, head, other_form, refused, too_large};

/// Elements within one another: as many as `serde_json` takes.
const DEEPEST: usize = 128;
/// What the namespace of each version begins with.
const SPACE: &str = "http://cyclonedx.org/schema/bom/";
/// What is read of a component, in the order in which it is kept.
const TOLD: [&str; 4] = ["group", "name", "version", "purl"];
/// Bytes of one of them, beyond which nothing of it is kept.
const ENOUGH: usize = 4 * LONGEST;

/// What an element is, by what it stands in.
#[derive(Clone, Copy)]
enum At {
    Bom,
    Components,
    Component,
    Told(usize),
    Other,
}

#[derive(Default)]
struct Walk {
    /// The open elements, and of those that are components what was told of them.
    path: Vec<At>,
    open: Vec<[String; 4]>,
    count: usize,
    all: BTreeSet<Material>,
}

pub fn read(text: &str) -> Result<Materials, Problem> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let version = root(&mut reader, text)?;
    let mut walk = Walk { path: vec![At::Bom], ..Walk::default() };
    loop {
        let (space, event) = reader.read_resolved_event().map_err(unreadable)?;
        match event {
            Event::Start(tag) => {
                let is_own = version_of(&space) == Some(version);
                walk.start(is_own.then(|| tag.local_name().into_inner()))?;
            }
            Event::End(_) => walk.end(),
            Event::Text(text) => walk.say(&text)?,
            Event::CData(text) => walk.say(&text)?,
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(unreadable)? {
                Some(letter) => walk.say(letter.encode_utf8(&mut [0; 4]))?,
                None => walk.say(resolve_xml_entity(&name).ok_or_else(|| refused("bill-entities"))?)?,
            },
            Event::DocType(_) => return Err(refused("bill-entities")),
            Event::Eof if walk.path.is_empty() => break,
            Event::Eof => return Err(refused("bill-unreadable")),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    Ok(Materials { format: format!("CycloneDX {version}"), all: walk.all })
}

/// The version that the first element says.
fn root(reader: &mut NsReader<&[u8]>, whole: &str) -> Result<&'static str, Problem> {
    let mut has_type = false;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(unreadable)?;
        match event {
            Event::Start(tag) => {
                return match version_of(&space).filter(|_| tag.local_name().as_ref() == "bom") {
                    Some(_) if has_type => Err(refused("bill-entities")),
                    Some(version) => Ok(version),
                    None if head(whole.as_bytes()).contains("spdx.org/rdf") => Err(other_form("SPDX RDF/XML")),
                    None => Err(refused("bill-unknown")),
                };
            }
            Event::DocType(_) => has_type = true,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            _ => return Err(refused("bill-unreadable")),
        }
    }
}

fn version_of(space: &ResolveResult<'_>) -> Option<&'static str> {
    let ResolveResult::Bound(Namespace(space)) = space else { return None };
    let version = space.strip_prefix(SPACE)?;
    VERSIONS.into_iter().find(|known| *known == version)
}

fn unreadable(error: quick_xml::Error) -> Problem {
    refused("bill-unreadable").because(error)
}

impl Walk {
    /// Of an element of another namespace the name is none.
    fn start(&mut self, name: Option<&str>) -> Result<(), Problem> {
        if self.path.len() == DEEPEST {
            return Err(refused("bill-unreadable").because("too many elements within one another"));
        }
        let at = match self.path.last() {
            Some(At::Bom | At::Component) if name == Some("components") => At::Components,
            Some(At::Components) if name == Some("component") => At::Component,
            Some(At::Component) => TOLD.iter().position(|told| name == Some(*told)).map_or(At::Other, At::Told),
            Some(_) => At::Other,
            None => return Err(refused("bill-unreadable").because("a second root")),
        };
        match at {
            At::Component => {
                self.count += 1;
                if self.count > MOST {
                    return Err(too_large());
                }
                self.open.push(<[String; 4]>::default());
            }
            At::Told(which) if self.open.last().is_some_and(|open| !open[which].is_empty()) => {
                return Err(refused("bill-unreadable").because("told twice of one component"));
            }
            _ => {}
        }
        self.path.push(at);
        Ok(())
    }

    fn end(&mut self) {
        if let Some(At::Component) = self.path.pop()
            && let Some([group, name, version, purl]) = self.open.pop()
        {
            self.all.extend(Material::of(&group, &name, &version, &purl));
        }
    }

    fn say(&mut self, text: &str) -> Result<(), Problem> {
        match (self.path.last(), self.open.last_mut()) {
            (Some(At::Told(which)), Some(open)) => {
                let told = &mut open[*which];
                let left = ENOUGH.saturating_sub(told.len());
                told.extend(text.chars().take(left));
                Ok(())
            }
            (None, _) if !text.trim().is_empty() => Err(refused("bill-unreadable").because("text behind the root")),
            _ => Ok(()),
        }
    }
}
