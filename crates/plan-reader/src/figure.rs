//! Figures in Vietnamese sentences and cells: "tối thiểu 95%", "đạt cấp độ 3", "1.200 doanh nghiệp".

use std::sync::LazyLock;

use regex::Regex;

use crate::Comparator;

/// Reads "95,5" and "95.5".
pub fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// What the words before a figure say of it; equal where they say nothing.
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

/// Value, unit, comparator and the value striven for.
pub type Figure = (f64, String, Comparator, Option<f64>);

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
