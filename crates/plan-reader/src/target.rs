//! Measurable targets from the chapter of goals. A compound sentence gives one target per figure.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Comparator, Period, Span, Target,
    outline::{Block, Chapter},
    time,
};

static PERCENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:(tối thiểu|ít nhất|không dưới|trên|hơn|dưới|không quá|tối đa|khoảng|đạt)\s+)*(\d+(?:[.,]\d+)?)\s*%",
    )
    .ok()
});
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(phấn đấu\s+)?(?:đạt|ở)\s+(?:tối thiểu\s+)?(cấp độ|mức độ|mức|hạng)\s*(\d+)").ok()
});
static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(tối thiểu|ít nhất|không dưới|trên|hơn|tối đa|không quá)\s+(\d+(?:[.,]\d+)*)\s+(\p{L}+(?:\s\p{L}+)?)",
    )
    .ok()
});
static SEPARATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:;|,|\s+và)\s+(?:(?:tối thiểu|ít nhất|không dưới|trên|hơn|dưới|đạt|khoảng)\s+)*\d+(?:[.,]\d+)?\s*%",
    )
    .ok()
});

pub fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

pub fn comparator(words: &str) -> Comparator {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match () {
        () if has(&["tối thiểu", "ít nhất", "không dưới"]) => Comparator::AtLeast,
        () if has(&["tối đa", "không quá"]) => Comparator::AtMost,
        () if has(&["trên", "hơn"]) => Comparator::Above,
        () if has(&["dưới"]) => Comparator::Below,
        () => Comparator::Equal,
    }
}

pub fn targets(blocks: &[Block]) -> Vec<Target> {
    let goals = blocks.iter().filter(|block| block.chapter() == Chapter::Goals && block.fields.is_empty());
    goals.flat_map(|block| block.texts.iter().flat_map(move |text| sentence(&text.text, text.span, block))).collect()
}

fn sentence(text: &str, span: Span, block: &Block) -> Vec<Target> {
    let period = time::period(text)
        .or_else(|| block.above.iter().rev().find_map(|heading| time::period(&heading.text)))
        .unwrap_or_default();
    let clauses = clauses(text);
    clauses.iter().filter_map(|clause| clause_target(clause, period, span)).collect()
}

/// Cuts "100% A; 70% B và trên 50% C dùng D" before each figure; the shared predicate stays with the whole sentence.
fn clauses(text: &str) -> Vec<String> {
    let Some(separator) = SEPARATOR.as_ref() else { return vec![text.to_owned()] };
    let mut starts = vec![0];
    starts.extend(separator.find_iter(text).map(|found| found.start()));
    if starts.len() == 1 || PERCENT.as_ref().and_then(|p| p.find(text)).is_none_or(|first| first.start() > starts[1]) {
        return vec![text.to_owned()];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut out: Vec<String> =
        starts.iter().zip(ends).map(|(start, end)| trim_joint(&text[*start..end]).to_owned()).collect();
    let shared = out[..out.len() - 1].iter().all(|clause| predicate(clause).is_none());
    if shared
        && let Some(last) = out.last_mut()
        && let Some(at) = predicate(last)
    {
        last.truncate(at);
    }
    out
}

fn trim_joint(text: &str) -> &str {
    let text = text.trim_start_matches([';', ',', ' ']);
    text.strip_prefix("và ").unwrap_or(text).trim()
}

fn predicate(clause: &str) -> Option<usize> {
    [
        " sử dụng ",
        " được ",
        " đạt ",
        " có ",
        " thực hiện ",
        " triển khai ",
        " biết ",
        " tham gia ",
        " kết nối ",
        " cung cấp ",
    ]
    .iter()
    .filter_map(|verb| clause.find(verb))
    .min()
}

fn clause_target(clause: &str, period: Period, span: Span) -> Option<Target> {
    let new = |value, unit: &str, comparator, stretch| Target {
        id: String::new(),
        text: clause.to_owned(),
        value,
        unit: unit.to_owned(),
        comparator,
        period,
        stretch,
        lead: vec![],
        implementers: vec![],
        mirrors: vec![],
        source: span,
    };
    let (value, unit, comparator, stretch) = percent(clause).or_else(|| level(clause)).or_else(|| count(clause))?;
    Some(new(value, &unit, comparator, stretch))
}

/// Value, unit, comparator and the value striven for.
pub type Figure = (f64, String, Comparator, Option<f64>);

fn percent(text: &str) -> Option<Figure> {
    let found = PERCENT.as_ref()?.captures(text)?;
    Some((number(&found[2])?, "%".into(), comparator(&found[0].to_lowercase()), None))
}

/// "đạt cấp độ 3 và phấn đấu đạt cấp độ 4"
pub fn level(text: &str) -> Option<Figure> {
    let levels: Vec<_> = LEVEL.as_ref()?.captures_iter(text).collect();
    let first = levels.first()?;
    let stretch = levels.iter().skip(1).find(|level| level.get(1).is_some()).and_then(|level| number(&level[3]));
    Some((number(&first[3])?, first[2].to_lowercase(), Comparator::AtLeast, stretch))
}

fn count(text: &str) -> Option<Figure> {
    let found = COUNT.as_ref()?.captures(text)?;
    Some((number(&found[2])?, found[3].to_owned(), comparator(&found[1].to_lowercase()), None))
}

/// A cell that holds a figure and little else: "≥ 95%", "Tối thiểu 3 hệ thống", "1.200".
pub fn figure(cell: &str) -> Option<Figure> {
    static CELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*(≥|>=|≤|<=|>|<|=|tối thiểu|ít nhất|không dưới|trên|hơn|tối đa|không quá|dưới|đạt|từ|khoảng)?\s*(\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)\s*(%|\p{L}[\p{L}\s/]{0,30})?\s*(?:trở lên)?\s*[.;]?\s*$").ok()
    });
    let found = CELL.as_ref()?.captures(cell)?;
    let written = &found[2];
    let value = if written.contains('.') && written.split('.').skip(1).all(|part| part.len() == 3) {
        written.replace('.', "").parse().ok()?
    } else {
        number(written)?
    };
    let comparator = match found.get(1).map(|sign| sign.as_str().to_lowercase()).as_deref() {
        Some("≥" | ">=" | "từ") => Comparator::AtLeast,
        Some("≤" | "<=") => Comparator::AtMost,
        Some(">") => Comparator::Above,
        Some("<") => Comparator::Below,
        Some(words) => comparator(words),
        None if cell.contains("trở lên") => Comparator::AtLeast,
        None => Comparator::Equal,
    };
    Some((value, found.get(3).map(|unit| unit.as_str().trim().to_owned()).unwrap_or_default(), comparator, None))
}
