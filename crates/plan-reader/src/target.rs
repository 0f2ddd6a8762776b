//! Measurable targets from the chapter of goals. A compound sentence gives one target per figure.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Period, Span, Target, figure,
    outline::{Block, Chapter},
    time,
};

static SEPARATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:;|,|\s+và)\s+(?:(?:tối thiểu|ít nhất|không dưới|trên|hơn|dưới|đạt|khoảng)\s+)*\d+(?:[.,]\d+)?\s*%",
    )
    .ok()
});

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
    if starts.len() == 1 || figure::first_percent(text).is_none_or(|first| first > starts[1]) {
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
    let (value, unit, comparator, stretch) = figure::of_clause(clause)?;
    Some(new(value, &unit, comparator, stretch))
}
