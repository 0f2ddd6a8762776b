//! The number itself: "22/KH-UBND", "12/2026/QĐ-TTg", "57-NQ/TW", "/KH-UBND" before it is given.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};
use serde::Serialize;

/// What a number says. "12/2026/QĐ-TTg" is serial 12 of 2026, form QĐ, of TTg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// Nothing while it is blank ("Số:    /KH-UBND").
    pub serial: Option<u32>,
    pub year: Option<i16>,
    /// The short form of the kind ("QĐ", "KH", "NQ"); nothing for letters ("99/UBND-KGVX") and for numbers without one.
    pub form: Option<String>,
    /// The short form of who issued it ("UBND", "TTg", "TW"); the unit that wrote a letter stays with it ("UBND-KGVX").
    pub by: Option<String>,
}

/// A number at its place.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub span: Range<usize>,
    pub text: String,
    pub parts: Parts,
    /// Its letters alone make it a number; else words before it must ("Luật số 20/2023/QH15").
    pub is_certain: bool,
}

/// Forms of documents of the state and of the party.
const FORMS: [&str; 47] = [
    "QĐ", "KH", "NQ", "CT", "TB", "BC", "TTR", "CTR", "CTHĐ", "CTRHĐ", "CV", "KL", "HD", "QC", "QYĐ", "TT", "NĐ",
    "TTLT", "CĐ", "PA", "ĐA", "DA", "TC", "BB", "HĐ", "GM", "GGT", "GNP", "PG", "PC", "PB", "BTT", "BGN", "VBHN", "L",
    "PL", "L-CTN", "QĐLT", "QĐST", "TTB", "BCH", "ĐL", "TTHĐ", "ĐT", "NQLT", "QTR", "DAUT",
];

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // Letters of one part: a capital first, digits behind it ("QH15"), "&" between ("GD&ĐT").
    let part = r"\p{Lu}[\p{L}0-9]{0,9}(?:&\p{Lu}{1,6})?";
    let letters = format!(r"(?P<letters>{part}(?:[ \u{{a0}}]{{0,2}}[-–./][ \u{{a0}}]{{0,2}}{part}){{0,3}})");
    let given = r"(?P<serial>[0-9]{1,6})(?P<letter>[a-zA-Z]?)";
    let blank = r"(?P<blank>(?i:số)[ \u{a0}\t]*:?[ \u{a0}\t.…_]{0,60})";
    let sep = r"[ \u{a0}]{0,2}(?P<sep>[/\-–])[ \u{a0}]{0,2}";
    let year = r"(?:(?P<year>(?:19|20)[0-9]{2})[ \u{a0}]{0,2}[/\-–][ \u{a0}]{0,2})?";
    Regex::new(&format!(r"(?:{given}|{blank}){sep}{year}{letters}")).ok()
});

/// "Nghị quyết 57 của Bộ Chính trị", "Đề án 06": a number without its letters, as people say it.
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let said = r"(?:Nghị quyết|Chỉ thị|Đề án|Nghị định|Kết luận|Thông tư|Quyết định)(?:\s+số)?\s+";
    let behind = r"(?:[),;:.]|\s+(?:(?:của|về|và|trên|là|do|tại)\s|(?:ngày|năm)\s+[0-9])|\s*$)";
    Regex::new(&format!(r"(?m){said}(?P<serial>[0-9]{{1,4}}){behind}")).ok()
});

/// Every number of the text that its letters or the words before it let be one, in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let full = NUMBER.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    let mut found: Vec<Number> = full.filter_map(|found| number(text, &found)).collect();
    let short = SHORT.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    found.extend(short.filter_map(|found| short_number(&found)));
    found.sort_by_key(|number| number.span.start);
    found
}

fn short_number(found: &Captures) -> Option<Number> {
    let serial = found.name("serial")?;
    let parts = Parts { serial: serial.as_str().parse().ok(), year: None, form: None, by: None };
    Some(Number { span: serial.range(), text: serial.as_str().to_owned(), parts, is_certain: true })
}

fn number(text: &str, found: &Captures) -> Option<Number> {
    let whole = found.get(0)?;
    let serial = found.name("serial");
    let from = serial.map_or_else(|| found.name("sep").map(|sep| sep.start()), |serial| Some(serial.start()))?;
    if serial.is_some() && glued(text, from) {
        return None;
    }
    let said = found.name("letters")?;
    let letters = trimmed(said.as_str())?;
    let end = said.start() + letters.len();
    let number: String = squeezed(text.get(from..end)?);
    let parts = Parts {
        serial: serial.and_then(|serial| serial.as_str().parse().ok()),
        year: found.name("year").and_then(|year| year.as_str().parse().ok()),
        form: form(letters),
        by: by(letters),
    };
    let coded = letters.contains(['-', '–', '/']) || parts.form.is_some();
    let is_certain = coded && (serial.is_some() || whole.start() < from);
    Some(Number { span: from..end, text: number, parts, is_certain })
}

/// A digit, a letter or a point right before a number makes it the end of something else ("ISO/27001-A", "3.12/KH").
fn glued(text: &str, from: usize) -> bool {
    let before = text.get(..from).and_then(|before| before.chars().next_back());
    before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '/' | ',' | '.'))
}

/// Parts that are letters of a number; what follows as an ordinary word is left out ("KH-UBND - Phòng").
fn trimmed(letters: &str) -> Option<&str> {
    let mut end = 0;
    let mut from = 0;
    for (at, mark) in letters.char_indices().filter(|(_, letter)| "-–./".contains(*letter)) {
        if !is_code(letters.get(from..at)?) {
            break;
        }
        end = at;
        from = at + mark.len_utf8();
    }
    if is_code(letters.get(from..)?) && (from == 0 || end > 0) {
        end = letters.len();
    }
    let kept = letters.get(..end)?.trim_end();
    (!kept.is_empty()).then_some(kept)
}

/// "UBND", "TTg", "CTr", "QH15", "L": capitals, with two small letters at most.
fn is_code(part: &str) -> bool {
    let part = part.trim();
    let big = part.chars().filter(|letter| letter.is_uppercase()).count();
    let small = part.chars().filter(|letter| letter.is_lowercase()).count();
    big >= 1 && small <= 2 && (big > small || big >= 2) && !(big == 1 && part.chars().count() > 2)
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter == '–' { '-' } else { letter })
        .collect()
}

fn form(letters: &str) -> Option<String> {
    let first = letters.split(['-', '–', '/']).next()?.trim();
    FORMS.contains(&first.to_uppercase().as_str()).then(|| first.to_owned())
}

fn by(letters: &str) -> Option<String> {
    let rest = match form(letters) {
        Some(form) => letters.get(form.len()..)?.trim_start_matches(['-', '–', '/', ' ', '\u{a0}']),
        None => letters,
    };
    (!rest.is_empty()).then(|| squeezed(rest))
}
