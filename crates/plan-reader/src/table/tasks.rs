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
    let mut in_group = false;
    let usual = usual_style(table);
    for row in &table.rows {
        let cell = |wanted| table.line(row, wanted);
        let (number, text) = (cell(Column::Number), cell(Column::Text));
        let bare = is_bare(table, row);
        if continues(table, row, &number, &text)
            && let Some(last) = out.last_mut()
        {
            if !(in_group && bare) {
                extend(last, table, row);
            }
            continue;
        }
        in_group = bare && !number.is_empty() && Some(style(&number)) != usual;
        if in_group {
            group = Some(label(&number));
            continue;
        }
        if text.is_empty() || (bare && number.is_empty()) {
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

fn is_bare(table: &Table, row: &Row) -> bool {
    let fields = [Column::Lead, Column::Coordinating, Column::Result, Column::Time];
    fields.into_iter().all(|column| table.cell(row, column).is_empty())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Letters,
    /// `1.2` has two.
    Digits(usize),
}

fn style(number: &str) -> Style {
    let parts = label(number).split('.').filter(|part| !part.is_empty()).count();
    if number.starts_with(|c: char| c.is_ascii_digit()) { Style::Digits(parts) } else { Style::Letters }
}

/// How tasks are numbered here: a row numbered like them is one, even if it names nobody.
fn usual_style(table: &Table) -> Option<Style> {
    let styles = table.rows.iter().filter(|row| !is_bare(table, row)).map(|row| table.line(row, Column::Number));
    let styles: Vec<Style> = styles.filter(|number| !number.is_empty()).map(|number| style(&number)).collect();
    styles.iter().copied().max_by_key(|style| styles.iter().filter(|other| *other == style).count())
}

/// A row that the page break cut off: no number, and it begins in the middle of a sentence or fills some cells only.
fn continues(table: &Table, row: &Row, number: &str, text: &str) -> bool {
    static MIDDLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{Ll}(,;.–-]").ok());
    let empty = |column| table.columns.contains(&column) && table.cell(row, column).is_empty();
    let middle = |text: &str| MIDDLE.as_ref().is_some_and(|middle| middle.is_match(text));
    let cut =
        row.after_break && (empty(Column::Lead) || empty(Column::Time) || row.cells.iter().any(|cell| middle(cell)));
    number.is_empty() && (middle(text) || cut)
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
