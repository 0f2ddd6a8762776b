//! The text of XML and of web pages.

/// Elements that end a line: paragraphs, headings, strings and cells of sheets, breaks, and those of web pages.
const BREAKS: [&str; 20] = [
    "p", "h", "si", "is", "v", "c", "tc", "br", "tab", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6",
    "title",
];

/// The text of an XML part, a line for each paragraph or cell; empty lines are left out.
pub fn lines(xml: &str) -> String {
    let mut out = String::new();
    for piece in xml.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or_default();
        let breaks = BREAKS.iter().any(|known| known.eq_ignore_ascii_case(local));
        let ends = tag.starts_with('/') || tag.ends_with('/') || local.eq_ignore_ascii_case("br");
        if breaks && ends && !out.ends_with('\n') {
            out.push('\n');
        }
        entities(text, &mut out);
    }
    out
}

fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once(';').filter(|(name, _)| name.len() < 10) else {
            rest = after;
            continue;
        };
        let code = name.strip_prefix('#').and_then(|code| match code.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        });
        out.push(code.and_then(char::from_u32).unwrap_or(' '));
        rest = behind;
    }
    out.push_str(rest);
}
