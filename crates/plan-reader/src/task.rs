//! Tasks in block form: an item with its "chủ trì", "phối hợp", "thời gian" lines under it.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Comparator, EmbeddedTarget, Form, Task, bodies,
    field::{self, Field},
    figure,
    outline::{Block, Text},
    time,
};

pub fn tasks(blocks: &[Block]) -> Vec<Task> {
    blocks.iter().enumerate().filter(|(_, block)| has_owner(block)).map(|(at, block)| task(blocks, at, block)).collect()
}

fn has_owner(block: &Block) -> bool {
    let has = |field| block.fields.iter().any(|(given, _)| *given == field);
    has(Field::Lead) || (has(Field::Coordinating) && has(Field::Time))
}

fn task(blocks: &[Block], at: usize, block: &Block) -> Task {
    let mut texts: Vec<&Text> = lead_in(blocks, at);
    let own = if block.is_heading() && block.texts.len() > 1 { &block.texts[1..] } else { &block.texts[..] };
    texts.extend(own);
    let text = texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
    let span = texts.iter().map(|text| text.span).fold(block.span(), crate::Span::to);
    let list = |wanted| {
        let values = block.fields.iter().filter(|(given, _)| *given == wanted);
        values.flat_map(|(_, value)| bodies::split(&field::value(&value.text))).collect::<Vec<_>>()
    };
    let one =
        |wanted| block.fields.iter().find(|(given, _)| *given == wanted).map(|(_, value)| field::value(&value.text));
    Task {
        id: String::new(),
        section: block.section(),
        form: Form::Block,
        embedded_targets: embedded(&text),
        lead: list(Field::Lead),
        coordinating: list(Field::Coordinating),
        time: time::parse(&one(Field::Time).unwrap_or_default()),
        result: one(Field::Result),
        source: span,
        text,
    }
}

/// "a) Xây dựng, gồm:" with bullets under it is one task when only the last bullet carries the fields.
fn lead_in(blocks: &[Block], at: usize) -> Vec<&Text> {
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

static THRESHOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:đạt(?: chuẩn| mức)?\s+)?(tối thiểu|ít nhất|không dưới|trên|tối đa|không quá)\s+(?:(\p{L}+)\s+)?(\d+(?:[.,]\d+)?)\s*(%?)").ok()
});

/// A threshold inside the sentence of a task: kept with the task, never a target of its own.
pub fn embedded(text: &str) -> Vec<EmbeddedTarget> {
    if let Some(at) = text.find("toàn bộ ") {
        let quote = text[at..].chars().take(80).collect();
        return vec![EmbeddedTarget { quote, value: 100.0, unit: "%".into(), comparator: Comparator::Equal }];
    }
    let Some(pattern) = THRESHOLD.as_ref() else { return vec![] };
    let found = pattern.captures_iter(text).filter_map(|found| {
        let unit = found.get(2).map(|unit| unit.as_str()).filter(|_| found[4].is_empty()).unwrap_or("%");
        Some(EmbeddedTarget {
            quote: found[0].trim().to_owned(),
            value: figure::number(&found[3])?,
            unit: if found[4].is_empty() && found.get(2).is_none() { String::new() } else { unit.to_owned() },
            comparator: figure::comparator(&found[1].to_lowercase()),
        })
    });
    found.collect()
}
