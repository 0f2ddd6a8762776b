//! Tasks in block form: an item with its "chủ trì", "phối hợp", "thời gian" lines under it.

use grammar::number::{self, Figure};

use crate::{
    Comparator, DOUBTED, EmbeddedTarget, Form, Task,
    field::{self, Field},
    narrative, opening,
    outline::{Block, Text},
    owner, target, time, who,
};

/// Items with labels of their own, and the items of a list whose labels stand at its end or in its heading.
pub fn tasks(blocks: &[Block]) -> Vec<Task> {
    let owned = owner::owners(blocks);
    let mut known = who::Known::default();
    let mut out = Vec::new();
    for (at, owner) in owned.into_iter().enumerate() {
        let Some(owner) = owner else { continue };
        let block = &blocks[at];
        if owner != at && block.mark.is_none() {
            // Lines without a mark below a title with labels are a task each.
            out.extend(block.texts.iter().map(|text| task((blocks, at, owner), &[text], text.span, &mut known)));
            continue;
        }
        let mut texts: Vec<&Text> = lead_in(blocks, at);
        texts.extend(if block.is_heading() && block.texts.len() > 1 { &block.texts[1..] } else { &block.texts[..] });
        let span = texts.iter().map(|text| text.span).fold(block.span(), crate::Span::to);
        out.push(task((blocks, at, owner), &texts, span, &mut known));
    }
    out.retain(|task| !narrative::is_blank_form(&task.text));
    out
}

fn task(
    (blocks, at, owner): (&[Block], usize, usize),
    texts: &[&Text],
    span: crate::Span,
    known: &mut who::Known,
) -> Task {
    let (block, labels) = (&blocks[at], &blocks[owner]);
    let text = texts.iter().map(|text| text.text).collect::<Vec<_>>().join(" ");
    let mut list = |wanted| {
        let values = labels.fields.iter().filter(|(given, _)| *given == wanted);
        values.flat_map(|(_, value)| known.names(field::value(value.text))).collect::<Vec<_>>()
    };
    let one =
        |wanted| labels.fields.iter().find(|(given, _)| *given == wanted).map(|(_, value)| field::value(value.text));
    let (mut lead, mut coordinating, doing) = (list(Field::Lead), list(Field::Coordinating), list(Field::Implementers));
    if lead.is_empty() {
        lead = doing;
    } else {
        coordinating.extend(doing);
    }
    let time = one(Field::Time).map_or_else(|| time::deadline(&text), str::to_owned);
    // "Giai đoạn 2 (2028 - 2029)" above it.
    let stage = || block.above.iter().rev().map(|heading| opening::time(&heading.text)).find(|time| !time.is_empty());
    let time = if time.is_empty() { stage().unwrap_or_default() } else { time };
    let doubted = time.is_empty() && time::is_of_name(&text);
    Task {
        id: String::new(),
        section: block.section(),
        form: Form::Block,
        embedded_targets: [embedded(&text), one(Field::Result).map(reached).unwrap_or_default()].concat(),
        lead,
        coordinating,
        time: time::parse(&time),
        result: one(Field::Result).map(str::to_owned),
        confidence: match () {
            // Labels of the last item may be its own.
            () if doubted || owner > at && !owner::is_of_list(labels, block) => DOUBTED,
            () if owner == at => 99,
            () => 85,
        },
        source: span,
        text,
    }
}

/// "a) Xây dựng, gồm:" with bullets under it is one task when only the last bullet carries the fields.
fn lead_in<'b, 'p>(blocks: &'b [Block<'p>], at: usize) -> Vec<&'b Text<'p>> {
    let Some(mark) = &blocks[at].mark else { return vec![] };
    if !mark.is_item() {
        return vec![];
    }
    let mut start = at;
    while start > 0 && blocks[start - 1].fields.is_empty() && blocks[start - 1].mark.as_ref() == Some(mark) {
        start -= 1;
    }
    let Some(parent) = start.checked_sub(1).map(|index| &blocks[index]) else { return vec![] };
    let opens = parent.fields.is_empty()
        && parent.texts.last().is_some_and(|last| last.text.ends_with(':'))
        && parent.mark.as_ref().is_some_and(|above| above.level < mark.level && above.is_item());
    if opens { blocks[start - 1..at].iter().flat_map(|block| &block.texts).collect() } else { vec![] }
}

/// A threshold inside the sentence of a task: kept with the task, never a target of its own.
pub fn embedded(text: &str) -> Vec<EmbeddedTarget> {
    let whole = text.find("toàn bộ ").map(|at| {
        let quote = text[at..].chars().take(80).collect();
        EmbeddedTarget { quote, value: 100.0, unit: "%".into(), comparator: Comparator::Equal }
    });
    let is_bounded = |figure: &Figure| figure.comparator.is_some();
    let is_counted = |figure: &Figure| {
        let is_known = figure.unit.as_ref().is_some_and(|unit| unit.is_known && !unit.is_before);
        let is_digits =
            text.get(figure.span.clone()).is_some_and(|said| said.starts_with(|c: char| c.is_ascii_digit()));
        let before = text.get(..figure.span.start).unwrap_or_default().trim_end();
        is_known && is_digits && !WHERE.iter().any(|word| before.ends_with(word))
    };
    // So many things right behind the verb are what is to be made.
    let is_object = |figure: &Figure| {
        let before = text.get(..figure.span.start).unwrap_or_default();
        figure.unit.is_some() && before.split_whitespace().count() <= OF_VERB && !before.contains([',', '(', ';'])
    };
    let figures = stated(text, |figure| is_bounded(figure) || is_counted(figure) || is_object(figure));
    whole.into_iter().chain(figures).collect()
}

/// So many places or bodies behind these are where, or of whom, something is done.
const WHERE: [&str; 6] = ["ưu tiên", "tại", " ở", "thuộc", "của", "từ"];

/// A verb with what belongs to it has no more words.
const OF_VERB: usize = 4;

/// What a task must bring: each figure of something is to be reached.
pub fn reached(result: &str) -> Vec<EmbeddedTarget> {
    stated(result, |figure| figure.unit.is_some() || figure.comparator.is_some())
}

fn stated(text: &str, is_one: impl Fn(&Figure) -> bool) -> Vec<EmbeddedTarget> {
    let embedded = number::scan(text).into_iter().filter(is_one).filter_map(|figure| {
        let (value, unit, comparator, _) = target::stated(&figure);
        let quote = text.get(figure.span)?.trim().to_owned();
        Some(EmbeddedTarget { quote, value, unit, comparator })
    });
    embedded.collect()
}
