//! Measurable targets from the chapter of goals. A compound sentence gives one target per figure.

use grammar::{
    number::{self, Comparator as Said, Figure, Value},
    time as written,
};

use crate::{
    Comparator, Period, Span, Target,
    clause::{self, Clause},
    outline::{Block, Chapter},
    sentence::sentences,
    time,
};

pub fn targets(blocks: &[Block]) -> Vec<Target> {
    let goals = blocks.iter().filter(|block| block.chapter() == Chapter::Goals && block.fields.is_empty());
    goals.flat_map(of_block).collect()
}

/// A paragraph has the period of the line that opens its list, else of its heading, else of those above.
fn of_block(block: &Block) -> Vec<Target> {
    let (title, texts) = block.texts.split_at(usize::from(block.own.is_some()).min(block.texts.len()));
    let own = title.first().and_then(|title| time::period(title.text));
    let above = || block.above.iter().rev().find_map(|heading| time::period(&heading.text));
    let mut period = own.or_else(above).unwrap_or_default();
    let mut out = Vec::new();
    for text in texts {
        out.extend(paragraph(text.text, text.span, period));
        if text.text.ends_with(':') {
            period = time::period(text.text).unwrap_or(period);
        }
    }
    out
}

/// A sentence without a period has that of the one before it in its paragraph.
fn paragraph(text: &str, span: Span, mut period: Period) -> Vec<Target> {
    let mut out = Vec::new();
    for sentence in sentences(text).into_iter().filter_map(|range| text.get(range)).map(str::trim) {
        period = time::period(sentence).unwrap_or(period);
        out.extend(targets_of(sentence, span, period));
    }
    out
}

fn targets_of(text: &str, span: Span, period: Period) -> Vec<Target> {
    let figures = number::scan(text);
    if figures.is_empty() {
        return lasting(text, period, span).into_iter().collect();
    }
    let starts = starts(text, &figures);
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let clauses: Vec<Clause> =
        starts.iter().zip(ends).map(|((start, figure), end)| Clause::of(text, *start..end, figure)).collect();
    let names = clause::names(&clauses);
    let one = |(Clause { text, figure, .. }, name): (&Clause, Option<&str>)| {
        target(name.unwrap_or(text), figure, period, span, stretch(&figures, figure))
    };
    clauses.iter().zip(names).map(one).collect()
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

/// Where each target of a sentence begins, and its figure: at a figure behind a joint, or of another year.
fn starts<'a>(text: &str, figures: &'a [Figure]) -> Vec<(usize, &'a Figure)> {
    let mut out: Vec<(usize, &Figure)> = Vec::new();
    // "Phấn đấu 70 %" with nothing before it is the target itself.
    let beyond = |figure: &Figure| {
        figure.stretch && figures.iter().any(|other| counts(other) && other.span.start < figure.span.start)
    };
    for figure in
        figures.iter().filter(|figure| !beyond(figure) && counts(figure) && !is_of_whom(text, figures, figure))
    {
        let before = text.get(..figure.span.start).unwrap_or_default();
        let joint = [";", ",", " và"].iter().any(|joint| before.trim_end().ends_with(joint));
        let clause = before.rfind(';').is_some_and(|at| out.last().is_some_and(|(_, last)| last.span.end <= at));
        let year = out.last().is_some_and(|(_, last)| figure.at.is_some() && figure.at != last.at);
        match out.last() {
            None => out.push((0, figure)),
            Some((_, last)) if joint && same_unit(last, figure) => out.push((figure.span.start, figure)),
            Some((_, last)) if raised(text, last, figure) => {
                out.push((behind(text, last, figure, &[',']), figure));
            }
            Some((_, last)) if clause => out.push((behind(text, last, figure, &[';']), figure)),
            Some((_, last)) if year && same_unit(last, figure) => {
                out.push((behind(text, last, figure, &[',', ';']), figure));
            }
            Some(_) => {}
        }
    }
    out
}

/// Where the clause of a figure begins: behind the last of these signs since the figure before, else with the figure.
fn behind(text: &str, last: &Figure, figure: &Figure, signs: &[char]) -> usize {
    let between = text.get(last.span.end..figure.span.start).unwrap_or_default();
    between.rfind(signs).map_or(figure.span.start, |at| last.span.end + at + 1)
}

/// "…, nâng tổng số lên 12 khu": the same thing once more, after a comma and a verb.
fn raised(text: &str, last: &Figure, figure: &Figure) -> bool {
    let between = text.get(last.span.end..figure.span.start).unwrap_or_default();
    let words = between.rsplit(',').next().unwrap_or_default();
    let verb =
        [" lên", " đạt", " còn", " lên đến", " là"].iter().any(|verb| words.trim_end().ends_with(verb.trim_start()));
    between.contains(',') && verb && (2..=8).contains(&words.split_whitespace().count()) && figure.unit.is_some()
}

/// "Tỷ lệ dân số từ 15 tuổi trở lên có tài khoản đạt 90%": of whom the share is.
fn is_of_whom(text: &str, figures: &[Figure], figure: &Figure) -> bool {
    let is_share = |figure: &Figure| figure.unit_text() == "%";
    let share = figures.iter().position(is_share);
    let is_of_share = ["Tỷ lệ", "Tỉ lệ", "tỷ lệ", "tỉ lệ"].iter().any(|word| text.trim_start().starts_with(word));
    let of_whom = figure.unit_text().starts_with("tuổi") || is_of_share;
    of_whom && share.is_some_and(|share| figure.span.end <= figures[share].span.start && !is_share(figure))
}

/// A figure that may be a target: a share, a known unit, a comparator.
fn counts(figure: &Figure) -> bool {
    figure.unit.is_some() || figure.comparator.is_some()
}

fn same_unit(one: &Figure, other: &Figure) -> bool {
    (one.unit_text() == "%") == (other.unit_text() == "%")
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
