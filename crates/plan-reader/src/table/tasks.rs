//! Tasks in table form, over page breaks and rows without a number.

use std::sync::LazyLock;

use regex::Regex;

use super::{Column, Row, Table, label};
use crate::{Form, Task, bodies, field, task, time};

pub fn tasks(table: &Table) -> Vec<Task> {
    let mut out: Vec<Task> = Vec::new();
    if !table.columns.contains(&Column::Text) {
        return out;
    }
    let mut group: Option<String> = None;
    for row in &table.rows {
        let cell = |wanted| table.line(row, wanted);
        let (number, text) = (cell(Column::Number), cell(Column::Text));
        let bare =
            [Column::Lead, Column::Coordinating, Column::Result, Column::Time].into_iter().all(|c| cell(c).is_empty());
        if continues(row, &number, &text)
            && let Some(last) = out.last_mut()
        {
            extend(last, table, row);
            continue;
        }
        if bare && !number.is_empty() {
            group = Some(label(&number));
            continue;
        }
        if text.is_empty() || bare {
            continue;
        }
        let mut section = vec![table.label.clone()];
        section.extend(group.clone());
        section.extend((!number.is_empty()).then(|| label(&number)));
        out.push(Task {
            id: String::new(),
            section,
            form: Form::Table,
            embedded_targets: task::embedded(&text),
            lead: bodies::split(&field::value(&table.cell(row, Column::Lead))),
            coordinating: bodies::split(&field::value(&table.cell(row, Column::Coordinating))),
            time: time::parse(&field::value(&cell(Column::Time))),
            result: Some(cell(Column::Result)).filter(|result| !result.is_empty()),
            source: row.span,
            text,
        });
    }
    out
}

/// No number, and either cut by a page break or beginning in the middle of a sentence.
fn continues(row: &Row, number: &str, text: &str) -> bool {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{Ll}(,;.–-]").ok());
    let middle = WORD.as_ref().is_some_and(|word| word.is_match(text));
    number.is_empty() && (middle || (row.after_header && text.is_empty()))
}

fn extend(last: &mut Task, table: &Table, row: &Row) {
    let rest = |wanted| table.line(row, wanted);
    let join = |old: &str, new: &str| [old, new].join(" ").trim().to_owned();
    last.text = join(&last.text, &rest(Column::Text));
    last.embedded_targets = task::embedded(&last.text);
    for (list, more) in [(&mut last.lead, rest(Column::Lead)), (&mut last.coordinating, rest(Column::Coordinating))] {
        if !more.is_empty() {
            *list = bodies::split(&field::value(&join(&list.join("; "), &more)));
        }
    }
    let (time, result) = (rest(Column::Time), rest(Column::Result));
    if !time.is_empty() {
        last.time = time::parse(&join(&last.time.raw, &time));
    }
    if !result.is_empty() {
        last.result = Some(join(last.result.as_deref().unwrap_or_default(), &result));
    }
    last.source = last.source.to(row.span);
}
