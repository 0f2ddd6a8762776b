//! Word writes no numbers into the text of a list: they are counted here, as Word would when it shows the page.

use std::collections::HashMap;

use quick_xml::{Reader, events::Event};

use super::attribute::{attribute, number};

const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// `%1.%2.` where `%1` is the number of the outermost level.
    text: String,
    start: u32,
}

type Levels = [Level; LEVELS];

/// Which list, and which level of it, a paragraph or a style belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub list: Option<u32>,
    pub level: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Numbering {
    shapes: HashMap<u32, Levels>,
    /// List -> its shape. Lists of one shape count on together.
    lists: HashMap<u32, u32>,
    restarts: HashMap<u32, Vec<(usize, u32)>>,
    styles: HashMap<String, (Place, Option<String>)>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    pub fn read(numbering: &str, styles: &str) -> Self {
        let mut out = Self::default();
        out.read_lists(numbering);
        out.read_styles(styles);
        out
    }

    fn read_lists(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let (mut shape, mut list, mut level) = (None, None, 0);
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                if matches!(event, Event::Eof) {
                    return;
                }
                continue;
            };
            match tag.local_name().as_ref() {
                "abstractNum" => (shape, list) = (number::<u32>(&tag, "abstractNumId"), None),
                "num" => (shape, list) = (None, number::<u32>(&tag, "numId")),
                "lvl" | "lvlOverride" => {
                    level = number::<usize>(&tag, "ilvl").unwrap_or(0).min(LEVELS - 1);
                    if let (Some(shape), None) = (shape, list) {
                        self.shapes.entry(shape).or_default()[level].start = 1;
                    }
                }
                "abstractNumId" => {
                    if let (Some(list), Some(shape)) = (list, number(&tag, "val")) {
                        self.lists.insert(list, shape);
                    }
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) = (list, number(&tag, "val")) {
                        self.restarts.entry(list).or_default().push((level, start));
                    }
                }
                name @ ("numFmt" | "lvlText" | "start") => {
                    if let (Some(shape), Some(value)) = (shape, attribute(&tag, "val")) {
                        let level = &mut self.shapes.entry(shape).or_default()[level];
                        match name {
                            "numFmt" => level.format = value,
                            "lvlText" => level.text = value,
                            _ => level.start = value.parse().unwrap_or(1),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let mut style = None;
        while let Ok(event) = reader.read_event() {
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                if matches!(event, Event::Eof) {
                    return;
                }
                continue;
            };
            if tag.local_name().as_ref() == "style" {
                style = attribute(&tag, "styleId");
            }
            let Some(style) = &style else { continue };
            let entry = self.styles.entry(style.clone()).or_default();
            match tag.local_name().as_ref() {
                "numId" => entry.0.list = number(&tag, "val"),
                "ilvl" => entry.0.level = number(&tag, "val"),
                "basedOn" => entry.1 = attribute(&tag, "val"),
                _ => {}
            }
        }
    }

    /// The label that Word shows before this paragraph, with a blank behind it. Counts.
    pub fn label(&mut self, own: Place, style: Option<&str>) -> String {
        let inherited = self.of_style(style);
        let list = own.list.or(inherited.list);
        let level = own.level.or(inherited.level).unwrap_or(0).min(LEVELS - 1);
        // List 0 says: no number, whatever the style says.
        let Some(list) = list.filter(|list| *list != 0) else { return String::new() };
        let Some(shape) = self.lists.get(&list).copied() else { return String::new() };
        let Some(levels) = self.shapes.get(&shape) else { return String::new() };
        let counter = self.counters.entry(shape).or_default();
        for (level, start) in self.restarts.remove(&list).unwrap_or_default() {
            counter[level] = start.checked_sub(1).filter(|before| *before > 0);
        }
        let next = counter[level].map_or(levels[level].start, |last| last.saturating_add(1));
        counter[level] = Some(next);
        counter[level + 1..].fill(None);
        if levels[level].format == "bullet" {
            return "- ".into();
        }
        let mut label = levels[level].text.clone();
        for (at, shape) in levels.iter().enumerate() {
            let value = counter[at].unwrap_or(shape.start);
            label = label.replace(&format!("%{}", at + 1), &written(value, &shape.format));
        }
        if label.is_empty() { label } else { label + " " }
    }

    fn of_style(&self, style: Option<&str>) -> Place {
        let mut place = Place::default();
        let mut next = style;
        for _ in 0..16 {
            let Some((own, base)) = next.and_then(|style| self.styles.get(style)) else { break };
            place.list = place.list.or(own.list);
            place.level = place.level.or(own.level);
            next = base.as_deref();
        }
        place
    }
}

fn written(value: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(value),
        "upperLetter" => letters(value).to_uppercase(),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "none" => String::new(),
        "decimalZero" => format!("{value:02}"),
        _ => value.to_string(),
    }
}

fn letters(value: u32) -> String {
    let letter = |n: u32| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)).to_string();
    let index = value.saturating_sub(1);
    letter(index).repeat(usize::try_from(index / 26 + 1).unwrap_or(1).min(3))
}

fn roman(value: u32) -> String {
    const PARTS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = value.min(399);
    let mut out = String::new();
    for (worth, sign) in PARTS {
        while left >= worth {
            out.push_str(sign);
            left -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_as_word_shows_them() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
            </w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let styles = r#"<w:styles><w:style w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style></w:styles>"#;
        let mut numbering = Numbering::read(xml, styles);
        let at = |level| Place { list: Some(3), level: Some(level) };
        assert_eq!(numbering.label(at(0), None), "I. ");
        assert_eq!(numbering.label(Place::default(), Some("MucCon")), "I.1 ");
        assert_eq!(numbering.label(at(2), None), "- ");
        assert_eq!(numbering.label(Place::default(), Some("Muc")), "I.2 ");
        assert_eq!(numbering.label(at(0), None), "II. ");
        assert_eq!(numbering.label(at(1), None), "II.1 ");
        assert_eq!(numbering.label(Place { list: Some(0), level: None }, Some("Muc")), "");
        assert_eq!((roman(49), letters(27)), ("XLIX".into(), "aa".into()));
    }
}
