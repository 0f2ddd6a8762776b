//! Measurable targets from the chapter of goals. A compound sentence gives one target per figure.

use grammar::{
    number::{self, Comparator as Said, Figure, Value},
    time as written,
};

use crate::{
    Comparator, Period, Reason, Span, Target,
    clause::{self, Clause},
    figures::{self, same_unit},
    order::{self, Via},
    outline::{Block, Chapter},
    sentence::sentences,
    time, who,
};

/// Shares of the chapter of goals that no target holds go to `unread`.
pub fn targets(blocks: &[Block], unread: &mut Vec<(String, Span)>) -> Vec<Target> {
    let goals = blocks.iter().filter(|block| block.chapter() == Chapter::Goals && block.fields.is_empty());
    goals.flat_map(|block| of_block(block, unread)).collect()
}

/// A paragraph has the period of the line that opens its list, else of its heading, else of those above.
fn of_block(block: &Block, unread: &mut Vec<(String, Span)>) -> Vec<Target> {
    let (title, texts) = block.texts.split_at(usize::from(block.own.is_some()).min(block.texts.len()));
    let own = title.first().and_then(|title| time::period(title.text));
    let above = || block.above.iter().rev().find_map(|heading| time::period(&heading.text));
    let mut period = own.or_else(above).unwrap_or_default();
    let mut out = Vec::new();
    for text in texts.iter().filter(|text| !is_told(text.text)) {
        out.extend(paragraph(text.text, text.span, period, unread));
        if text.text.ends_with(':') {
            period = time::period(text.text).unwrap_or(period);
        }
    }
    out
}

/// "Kho bạc có trách nhiệm kiểm soát …", "Sở Y tế: lấp giếng …": who does something has it as work, whatever figure it names.
fn is_told(text: &str) -> bool {
    let is_given = order::order(text).is_some_and(|order| order.via == Via::Given);
    let is_named = || who::at(text).is_some_and(|who| text.get(who.end..).is_some_and(|rest| rest.starts_with(':')));
    is_given || order::has_role(text) || is_named() && order::order(text).is_some()
}

/// A sentence without a period has that of the one before it in its paragraph.
fn paragraph(text: &str, span: Span, mut period: Period, unread: &mut Vec<(String, Span)>) -> Vec<Target> {
    let mut out = Vec::new();
    for sentence in sentences(text).into_iter().filter_map(|range| text.get(range)).map(str::trim) {
        period = time::period(sentence).unwrap_or(period);
        let (targets, left) = targets_of(sentence, span, period);
        out.extend(targets);
        unread.extend(left.into_iter().map(|left| (left.to_owned(), span)));
    }
    out
}

/// What a sentence outside of the chapter of goals strives for: "Phấn đấu đến năm 2027 đạt 60%", "…, phấn đấu giảm còn 2%".
pub fn striven(sentence: &str, span: Span, reason: Option<Reason>) -> Vec<Target> {
    let is_past = matches!(reason, Some(Reason::Situation | Reason::Past | Reason::Praise | Reason::Report));
    let Some(at) = striving(sentence).filter(|_| !is_past) else { return vec![] };
    let text = sentence.get(at..).unwrap_or_default().trim();
    let period = time::period(text).unwrap_or_default();
    let is_counted = number::scan(text).iter().any(figures::counts);
    if is_counted { targets_of(text, span, period).0 } else { vec![] }
}

/// Where it is said what is striven for.
fn striving(sentence: &str) -> Option<usize> {
    const SAID: [&str; 4] = ["phấn đấu", "Phấn đấu", "Mục tiêu đến", "mục tiêu đến"];
    SAID.iter().filter_map(|words| sentence.find(words)).min()
}

/// Whether all that a sentence tells is a state to be reached: "Phấn đấu đến cuối năm 2026, tỷ lệ thu gom đạt 95%". "Phấn đấu
/// lấp 100% giếng cũ" tells to do something.
pub fn is_state(sentence: &str) -> bool {
    const STATES: [&str; 18] = [
        "tỷ", "tỉ", "số", "mức", "tổng", "thu", "chỉ", "trên", "có", "đạt", "ít", "tối", "toàn", "mỗi", "tốc", "giá",
        "quy", "giải",
    ];
    let text = sentence.trim().trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower = text.to_lowercase();
    let Some(mut rest) = ["phấn đấu", "mục tiêu"].iter().find_map(|words| lower.strip_prefix(words)) else {
        return false;
    };
    if let Some(time) = written::scan(rest).first().filter(|time| time.span.start <= 1) {
        rest = rest.get(time.span.end..).unwrap_or_default();
    }
    let rest = rest.trim_start_matches([' ', ',', ':']);
    let first = rest.split(' ').next().unwrap_or_default();
    (first.starts_with(|c: char| c.is_ascii_digit()) || STATES.contains(&first))
        && number::scan(rest).iter().any(figures::counts)
}

/// The targets of a sentence, and the shares that none of them holds.
fn targets_of(text: &str, span: Span, period: Period) -> (Vec<Target>, Vec<&str>) {
    let figures = number::scan(text);
    if figures.is_empty() {
        return (lasting(text, period, span).into_iter().collect(), vec![]);
    }
    let starts = figures::starts(text, &figures);
    let left = figures::left(text, &figures, &starts);
    let left =
        left.into_iter().filter_map(|left| text.find(left).and_then(|at| text.get(at..at + left.len()))).collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let clauses: Vec<Clause> =
        starts.iter().zip(ends).map(|((start, figure), end)| Clause::of(text, *start..end, figure)).collect();
    let names = clause::names(&clauses);
    let one = |(Clause { text, figure, .. }, name): (&Clause, Option<&str>)| {
        target(name.unwrap_or(text), figure, period, span, stretch(&figures, figure))
    };
    (clauses.iter().zip(names).map(one).collect(), left)
}

/// "Thời gian giải quyết hồ sơ giảm còn tối đa 3 ngày làm việc": a length of time is what is to be reached.
fn lasting(text: &str, period: Period, span: Span) -> Option<Target> {
    let found = written::scan(text).into_iter().find(|found| matches!(found.time, written::Time::Relative { .. }))?;
    let written::Time::Relative { count, unit, .. } = found.time else { return None };
    let unit = match unit {
        written::Unit::WorkingDay => "ngày làm việc",
        written::Unit::Day => "ngày",
        written::Unit::Hour => "giờ",
        written::Unit::WorkingHour => "giờ làm việc",
        written::Unit::Month => "tháng",
        written::Unit::Week | written::Unit::Quarter | written::Unit::Year => return None,
    };
    let before = text.get(..found.span.start)?.to_lowercase();
    let most = ["tối đa", "không quá", "còn"].iter().any(|words| before.contains(words));
    let comparator = if most { Comparator::AtMost } else { Comparator::Equal };
    let before_it = |text: &str| time::period(text).unwrap_or(period);
    Some(Target {
        id: String::new(),
        text: text.to_owned(),
        value: f64::from(count),
        unit: unit.to_owned(),
        comparator,
        period: before_it(text),
        stretch: None,
        lead: vec![],
        implementers: vec![],
        mirrors: vec![],
        source: span,
    })
}

fn stretch(figures: &[Figure], of: &Figure) -> Option<f64> {
    if let Value::Range { to, .. } = of.value {
        return Some(to);
    }
    let next = figures.iter().find(|figure| figure.span.start >= of.span.end)?;
    (next.stretch && same_unit(of, next)).then(|| plain(next))
}

fn target(clause: &str, figure: &Figure, period: Period, span: Span, stretch: Option<f64>) -> Target {
    let at = figure.at.as_ref().and_then(|time| time.last_day()).map(|day| Period { from: None, to: Some(day.year()) });
    Target {
        id: String::new(),
        text: clause.to_owned(),
        value: plain(figure),
        unit: unit(figure),
        comparator: comparator(figure),
        period: at.unwrap_or(period),
        stretch,
        lead: vec![],
        implementers: vec![],
        mirrors: vec![],
        source: span,
    }
}

/// Value, unit, comparator and the value striven for.
pub fn stated(figure: &Figure) -> (f64, String, Comparator, Option<f64>) {
    let top = if let Value::Range { to, .. } = figure.value { Some(to) } else { None };
    (plain(figure), unit(figure), comparator(figure), top)
}

/// The value as it is written; of a range its floor.
fn plain(figure: &Figure) -> f64 {
    match figure.value {
        Value::One(value) | Value::Range { from: value, .. } | Value::Of { part: value, .. } => value,
    }
}

fn unit(figure: &Figure) -> String {
    let text = figure.unit_text();
    if figure.unit.as_ref().is_some_and(|unit| unit.is_before) { text.to_lowercase() } else { text.to_owned() }
}

fn comparator(figure: &Figure) -> Comparator {
    let level = figure.unit.as_ref().is_some_and(|unit| unit.is_before);
    match figure.comparator {
        Some(Said::AtLeast) => Comparator::AtLeast,
        Some(Said::Above) => Comparator::Above,
        Some(Said::AtMost) => Comparator::AtMost,
        Some(Said::Below) => Comparator::Below,
        _ if level || matches!(figure.value, Value::Range { .. }) => Comparator::AtLeast,
        Some(Said::About | Said::Equal) | None => Comparator::Equal,
    }
}
