//! The text of XML and of web pages.

use super::entity::entity;

/// Elements that part lines: paragraphs, headings, strings and cells of sheets, breaks, and those of web pages.
const BREAKS: [&str; 27] = [
    "p", "h", "si", "is", "v", "c", "tc", "br", "tab", "div", "td", "th", "tr", "li", "dt", "dd", "h1", "h2", "h3",
    "h4", "h5", "h6", "pre", "title", "center", "caption", "body",
];

/// The text of an XML part, a line for each paragraph or cell; empty lines are left out.
pub fn lines(xml: &str) -> String {
    let mut out = String::new();
    // Whether the last line says anything.
    let mut is_said = false;
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        // Pages leave out where a paragraph or a cell ends: the next one tells it by its beginning.
        if is_said && BREAKS.iter().any(|known| known.eq_ignore_ascii_case(local)) {
            out.push('\n');
            is_said = false;
        }
        let from = out.len();
        entities(text, &mut out);
        let said = out.get(from..).unwrap_or_default();
        let (before, last) = said.rsplit_once('\n').map_or((is_said, said), |(_, last)| (false, last));
        is_said = before || !last.trim().is_empty();
    }
    out
}

fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (letter, behind) = entity(after).unwrap_or(('&', after));
        out.push(letter);
        rest = behind;
    }
    out.push_str(rest);
}
