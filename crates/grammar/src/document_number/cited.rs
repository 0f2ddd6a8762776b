//! Citations: a number with what stands around it.

use std::{ops::Range, sync::LazyLock};

use jiff::civil::Date;
use regex::Regex;
use serde::Serialize;

use super::{
    number::{Number, Parts, numbers},
    relation::{Relation, relation},
};
use crate::{body, collapse};

/// A document that a text names by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// From the word for its kind, where there is one, to the end of what it is about.
    pub span: Range<usize>,
    /// The bytes of the number alone.
    pub number_span: Range<usize>,
    /// Without blanks, with plain dashes: "22/KH-UBND"; "/KH-UBND" where it is not yet given.
    pub number: String,
    pub parts: Parts,
    /// "Quyết định", as written.
    pub kind_word: Option<String>,
    /// The day that stands behind the number; nothing for a blank or an impossible one.
    pub day: Option<Date>,
    /// That day as written ("ngày 05/8/2025", "ngày …/…/2025").
    pub day_text: Option<String>,
    /// Who issued it, as written behind "của".
    pub issuer: Option<String>,
    /// What it is about, behind "về" or "phê duyệt …": up to the next document, body as subject, or sentence.
    pub about: Option<String>,
    pub relation: Relation,
}

/// The kinds of documents, the longer name before its beginning.
const KINDS: [&str; 35] = [
    "Quyết định",
    "Nghị quyết",
    "Kế hoạch",
    "Chỉ thị",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Luật",
    "Bộ luật",
    "Pháp lệnh",
    "Công văn",
    "Công điện",
    "Tờ trình",
    "Thông báo kết luận",
    "Thông báo",
    "Kết luận",
    "Chương trình hành động",
    "Chương trình",
    "Đề án",
    "Báo cáo",
    "Hướng dẫn",
    "Quy định",
    "Quy chế",
    "Văn bản",
    "Giấy mời",
    "Biên bản",
    "Hợp đồng",
    "Hiến pháp",
    "Lệnh",
    "Sắc lệnh",
    "Phương án",
    "Dự án",
    "Thông cáo",
    "Giấy ủy quyền",
    "Văn bản hợp nhất",
];

fn kinds() -> String {
    KINDS.join("|")
}

static KIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let blank = r"[\s\u{a0}]*";
    let kinds = kinds();
    Regex::new(&format!(r"(?i)(?P<kind>{kinds}){blank}(?:số)?{blank}:?{blank}[.…_]*{blank}$")).ok()
});

/// "Luật Công nghệ thông tin số 67/2006/QH11": the name between the kind and the number.
static LAW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<kind>Bộ luật|Luật|Pháp lệnh)[^.;,()]{1,120}?\s+số[\s\u{a0}]*:?[\s\u{a0}]*$").ok()
});

static SAID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)số[\s\u{a0}]*:?[\s\u{a0}]*[.…_]*[\s\u{a0}]*$").ok());

/// "Số:" at the beginning of a line.
static OWN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[\n\t])[ \u{a0}]*(?:Số|SỐ)[\s\u{a0}]*:?[\s\u{a0}.…_]*$").ok());

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let numbers = r"(?P<d>[0-9]{1,2})\s?[/.\-]\s?(?P<m>[0-9]{1,2})\s?[/.\-]\s?(?P<y>[0-9]{4})";
    let words = r"(?P<d2>[0-9]{1,2})\s+tháng\s+(?P<m2>[0-9]{1,2})\s+năm\s+(?P<y2>[0-9]{4})";
    let blank = r"[\s….\d_]{0,12}(?:/[\s….\d_]{0,12}/\s?[0-9]{4}|tháng[\s….\d_]{1,12}năm\s+[0-9]{4})";
    Regex::new(&format!(r"(?i)^[\s\u{{a0}},(]*(?:ký\s+)?ngày\s*(?:{numbers}|{words}|{blank})")).ok()
});

static ABOUT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let verbs = "phê duyệt|ban hành|quy định|sửa đổi|bổ sung|công bố|giao|thành lập";
    Regex::new(&format!(r"(?i)^[\s\u{{a0}},]*(?:(?:về\s+việc|về|v/v)\s+|(?P<verb>{verbs})\s)")).ok()
});

/// Another document begins, or a sentence.
static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let kinds = kinds();
    let listed = format!(r",\s+(?:và\s+)?(?:các\s+)?(?:{kinds})[^,;.]{{0,60}}?số|\s+và\s+(?:{kinds})\s+số");
    let ground = r",\s+(?i:căn cứ|theo đề nghị|trên cơ sở)\s";
    Regex::new(&format!(r"[;\n)]|\.(?:\s|$)|{listed}|{ground}")).ok()
});

/// Every document cited in the text by its number, in order.
pub fn scan(text: &str) -> Vec<Cited> {
    let mut out: Vec<Cited> = Vec::new();
    for number in numbers(text) {
        if let Some(cited) = cited(text, number, out.last()) {
            out.push(cited);
        }
    }
    out
}

/// How many bytes before a number are looked at for words about it.
const BEHIND: usize = 400;
/// How many bytes after it.
const AHEAD: usize = 900;

fn cited(text: &str, number: Number, last: Option<&Cited>) -> Option<Cited> {
    let floor = last.map_or(0, |last| last.number_span.end);
    let before = window(text, number.span.start.saturating_sub(BEHIND).max(floor), number.span.start);
    let kind = kind(before).or_else(|| law(before));
    let led = kind.is_some() || SAID.as_ref().is_some_and(|said| said.is_match(before));
    let joined = last.filter(|last| is_joined(text, last, &number, kind));
    if !number.is_certain && !led && joined.is_none() {
        return None;
    }
    let start = number.span.start - before.len() + kind.map_or(before.len(), |(at, _)| at);
    let kind_word = kind.map(|(_, kind)| collapse(kind)).or_else(|| joined.and_then(|last| last.kind_word.clone()));
    let ahead = window(text, number.span.end, number.span.end.saturating_add(AHEAD));
    let around = around(ahead);
    let own = kind.is_none() && OWN.as_ref().is_some_and(|own| own.is_match(before));
    let relation = match joined {
        Some(last) => last.relation,
        None if own => Relation::Own,
        None => relation(sentence(text, start)),
    };
    Some(Cited {
        span: start..number.span.end + around.end,
        number_span: number.span,
        number: number.text,
        parts: number.parts,
        kind_word,
        day: around.day,
        day_text: around.day_text,
        issuer: around.issuer,
        about: around.about,
        relation,
    })
}

/// The text between two bytes, moved inwards to where letters begin.
fn window(text: &str, from: usize, to: usize) -> &str {
    let to = (0..=to.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let from = (from..=to).find(|at| text.is_char_boundary(*at)).unwrap_or(to);
    text.get(from..to).unwrap_or_default()
}

fn kind(before: &str) -> Option<(usize, &str)> {
    let found = KIND.as_ref()?.captures(before)?.name("kind")?;
    Some((found.start(), found.as_str()))
}

fn law(before: &str) -> Option<(usize, &str)> {
    let found = LAW.as_ref()?.captures(before)?.name("kind")?;
    Some((found.start(), found.as_str()))
}

/// The words from the beginning of the sentence to a place; of a long one nothing says how it began.
fn sentence(text: &str, to: usize) -> &str {
    let before = window(text, to.saturating_sub(BEHIND), to);
    let ends = before.rmatch_indices(['.', ';', '\n', '(', ':']);
    let from = ends.filter(|(at, mark)| is_end(before, *at, mark)).map(|(at, mark)| at + mark.len()).next();
    match from {
        Some(from) if before.get(..from).is_some_and(|head| head.ends_with('(')) => {
            before.get(from - 1..).unwrap_or_default()
        }
        Some(from) => before.get(from..).unwrap_or_default(),
        None if to > BEHIND => "",
        None => before,
    }
}

/// A point within a number or a short form ends nothing.
fn is_end(text: &str, at: usize, mark: &str) -> bool {
    let after = text.get(at + mark.len()..).unwrap_or_default();
    mark != "." || after.starts_with(char::is_whitespace)
}

/// Only a joint, and the word for a kind, between this number and what is said of the document before it.
fn is_joined(text: &str, last: &Cited, number: &Number, kind: Option<(usize, &str)>) -> bool {
    let Some(between) = text.get(last.span.end..number.span.start) else { return false };
    let words = kind.and_then(|(_, word)| between.rfind(word)).and_then(|at| between.get(..at)).unwrap_or(between);
    let lower = words.to_lowercase();
    let rest = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let laws = kind.is_some_and(|(_, word)| word.ends_with("uật"));
    between.len() < 80
        && !words.contains('\n')
        && rest.clone().all(|word| ["và", "số", "các", "cùng", "tại"].contains(&word))
        || laws && rest.count() == 0
}

struct Around {
    end: usize,
    day: Option<Date>,
    day_text: Option<String>,
    issuer: Option<String>,
    about: Option<String>,
}

/// What stands behind a number: day, issuer, subject.
fn around(ahead: &str) -> Around {
    let mut around = Around { end: 0, day: None, day_text: None, issuer: None, about: None };
    if let Some(found) = DAY.as_ref().and_then(|day| day.captures(ahead)) {
        let said = found.get(0).map_or("", |said| said.as_str());
        around.end = said.len();
        around.day_text = Some(collapse(said.trim_start_matches([' ', ',', '(', '\u{a0}'])));
        let part = |one: &str, other: &str| found.name(one).or_else(|| found.name(other))?.as_str().parse::<i16>().ok();
        around.day = date(part("y", "y2"), part("m", "m2"), part("d", "d2"));
    }
    issuer(ahead, &mut around);
    about(ahead, &mut around);
    around
}

fn date(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<Date> {
    Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

/// "của UBND tỉnh".
fn issuer(ahead: &str, around: &mut Around) {
    let Some(rest) = ahead.get(around.end..) else { return };
    let behind = rest.trim_start_matches([' ', ')', ',', '\n', '\u{a0}']);
    let Some(name) = behind.strip_prefix("của ") else { return };
    let from = around.end + rest.len() - name.len();
    if let Some(found) = body::at(ahead, from) {
        around.issuer = ahead.get(found.span.clone()).map(collapse);
        around.end = found.span.end;
    }
}

fn about(ahead: &str, around: &mut Around) {
    let Some(rest) = ahead.get(around.end..) else { return };
    let Some(found) = ABOUT.as_ref().and_then(|about| about.captures(rest)) else { return };
    let whole = found.get(0).map_or(0, |said| said.end());
    let from = found.name("verb").map_or(whole, |verb| verb.start());
    let Some(said) = rest.get(from..) else { return };
    let end = subject_end(said);
    let about = said.get(..end).unwrap_or_default().trim_end_matches([' ', ',', '\u{a0}']);
    if !about.is_empty() {
        around.end += from + about.len();
        around.about = Some(collapse(about));
    }
}

/// Up to the next document or sentence, or to a comma behind which a body speaks.
fn subject_end(said: &str) -> usize {
    let end = NEXT.as_ref().and_then(|next| next.find(said)).map_or(said.len(), |next| next.start());
    let commas = said.match_indices(", ").map(|(at, _)| at).take_while(|at| *at < end);
    let spoken = commas.into_iter().find(|at| is_subject(said, at + 2));
    spoken.unwrap_or(end)
}

fn is_subject(said: &str, at: usize) -> bool {
    let big = said.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
    big && body::at(said, at).is_some()
}
