//! What styles say of the letters in them: whether they are hidden, and whether their font is an old one.

use std::collections::HashMap;

use intake::OldFont;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::attribute::attribute;

/// A font that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    Old(OldFont),
    /// None of the old ones.
    Other,
}

impl Font {
    pub fn old(self) -> Option<OldFont> {
        match self {
            Self::Old(font) => Some(font),
            Self::Other => None,
        }
    }
}

/// How letters look, as far as something says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub hidden: Option<bool>,
    pub font: Option<Font>,
}

impl Look {
    /// Takes what a property of a run says.
    pub fn take(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "vanish" => {
                let off = ["0", "false", "off"];
                self.hidden = Some(attribute(tag, "val").is_none_or(|value| !off.contains(&value.as_str())));
            }
            "rFonts" => {
                let names = ["hAnsi", "ascii"].map(|name| attribute(tag, name));
                if names.iter().any(Option::is_some) {
                    let old = names.iter().flatten().find_map(|name| OldFont::of(name));
                    self.font = Some(old.map_or(Font::Other, Font::Old));
                }
            }
            _ => {}
        }
    }

    /// With what another one says where this one says nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { hidden: self.hidden.or(other.hidden), font: self.font.or(other.font) }
    }
}

/// Styles based on styles: real files stay below five.
const MAX_STEPS: usize = 16;

#[derive(Debug, Default)]
struct Style {
    look: Look,
    base: Option<String>,
}

#[derive(Debug, Default)]
pub struct Styles {
    /// Each with what it is based on.
    looks: HashMap<String, Look>,
    /// Of paragraphs that name no style.
    usual: Look,
}

/// What is read of the part so far.
#[derive(Default)]
struct Walk {
    own: HashMap<String, Style>,
    whole: Look,
    usual: Option<String>,
    style: Option<String>,
}

impl Styles {
    pub fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut walk = Walk::default();
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                // How the rows of a table look that are the first, the last ...
                Event::Start(tag)
                    if tag.local_name().as_ref() == "tblStylePr" && reader.read_to_end(tag.name()).is_err() =>
                {
                    break;
                }
                Event::Start(tag) if tag.local_name().as_ref() == "tblStylePr" => {}
                Event::Start(tag) | Event::Empty(tag) => walk.start(&tag),
                _ => {}
            }
        }
        let looks: HashMap<String, Look> = walk.own.keys().map(|name| (name.clone(), walk.whole_of(name))).collect();
        let usual = walk.usual.as_ref().and_then(|name| looks.get(name)).copied().unwrap_or_default();
        Self { looks, usual: usual.or(walk.whole) }
    }

    /// Of letters in a run of this look and style, in a paragraph of that style.
    pub fn look(&self, own: Look, run: Option<&str>, paragraph: Option<&str>) -> Look {
        let of = |style: Option<&str>| style.and_then(|style| self.looks.get(style)).copied().unwrap_or_default();
        own.or(of(run)).or(of(paragraph)).or(self.usual)
    }
}

impl Walk {
    fn start(&mut self, tag: &BytesStart) {
        match tag.local_name().as_ref() {
            "style" => {
                self.style = attribute(tag, "styleId");
                let is_usual = attribute(tag, "default").is_some_and(|value| value != "0" && value != "false");
                if is_usual && attribute(tag, "type").is_none_or(|kind| kind == "paragraph") {
                    self.usual.clone_from(&self.style);
                }
            }
            "basedOn" => {
                if let Some(name) = &self.style {
                    self.own.entry(name.clone()).or_default().base = attribute(tag, "val");
                }
            }
            "vanish" | "rFonts" => match &self.style {
                Some(name) => self.own.entry(name.clone()).or_default().look.take(tag),
                None => self.whole.take(tag),
            },
            _ => {}
        }
    }

    fn whole_of(&self, name: &str) -> Look {
        let mut look = Look::default();
        let mut next = Some(name);
        for _ in 0..MAX_STEPS {
            let Some(style) = next.and_then(|name| self.own.get(name)) else { break };
            look = look.or(style.look);
            next = style.base.as_deref();
        }
        look
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_says_what_it_is_based_on() {
        let xml = r#"<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="A"><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="AnCon"><w:basedOn w:val="An"/></w:style>
            <w:style w:styleId="Hien"><w:basedOn w:val="AnCon"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style></w:styles>"#;
        let styles = Styles::read(xml);
        let look = |run, paragraph| styles.look(Look::default(), run, paragraph);
        assert_eq!(look(None, None), Look { hidden: None, font: Some(Font::Old(OldFont::Tcvn3)) });
        assert_eq!(look(Some("AnCon"), None).hidden, Some(true));
        assert_eq!(look(Some("Hien"), Some("An")).hidden, Some(false));
        assert_eq!(look(None, Some("Vong")).hidden, None);
        let shown = Look { hidden: Some(false), font: Some(Font::Other) };
        assert_eq!(styles.look(shown, Some("An"), None), shown);
        assert_eq!(Styles::read("").look(Look::default(), None, Some("x")), Look::default());
    }
}
