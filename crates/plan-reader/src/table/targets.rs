//! Targets in table form: TT | Chỉ tiêu | Kết quả | chủ trì | thực hiện, or one column of values for each year.

use super::{Column, Row, Table, is_numbers};
use grammar::number::{self, Figure};

use crate::{Period, Span, Target, field, target, time, who};

/// Rows without a figure go to `unread`.
pub fn targets(table: &Table, unread: &mut Vec<(String, Span)>) -> Vec<Target> {
    let mut out: Vec<Target> = Vec::new();
    if !table.columns.contains(&Column::Target) {
        return out;
    }
    let mut period = Period::default();
    let mut open: Vec<Target> = Vec::new();
    for row in table.rows.iter().filter(|row| !is_numbers(row)) {
        let (number, text) = (table.line(row, Column::Number), table.line(row, Column::Target));
        let bare = table.columns.iter().zip(&row.cells).all(|(column, cell)| {
            matches!(column, Column::Number | Column::Target | Column::Ignored) || cell.is_empty()
        });
        if bare && !number.is_empty() {
            period = time::period(&text).unwrap_or(period);
            continue;
        }
        if number.is_empty() && !open.is_empty() && goes_on(row, &text) {
            for target in &mut open {
                extend(target, table, row);
            }
            continue;
        }
        out.append(&mut open);
        if !text.is_empty() {
            open = read(table, row, &text, period);
            if open.is_empty() {
                unread.push((text, row.span));
            }
        }
    }
    out.append(&mut open);
    out
}

fn goes_on(row: &Row, text: &str) -> bool {
    row.after_break || text.is_empty() || text.starts_with(|c: char| c.is_lowercase() || "(,;".contains(c))
}

fn read(table: &Table, row: &Row, text: &str, period: Period) -> Vec<Target> {
    let own = time::period(text).filter(|_| period == Period::default()).unwrap_or(period);
    let column = table.line(row, Column::Unit);
    let new = |cell: &str, period| {
        let figure = figure_of(cell, &column, text)?;
        let (value, unit, comparator, stretch) = target::stated(&figure);
        let unit = if column.is_empty() { unit } else { column.clone() };
        let list = |column| who::names(field::value(&table.cell(row, column)));
        Some(Target {
            id: String::new(),
            text: text.to_owned(),
            value,
            unit,
            comparator,
            period,
            stretch,
            lead: list(Column::Lead),
            implementers: list(Column::Implementers),
            mirrors: vec![],
            source: row.span,
        })
    };
    let years = table.columns.iter().zip(&row.cells).filter_map(|(column, cell)| match column {
        Column::Year(year) => new(cell, Period { from: None, to: Some(*year) }),
        _ => None,
    });
    let years: Vec<Target> = years.collect();
    if years.is_empty() { new(&table.line(row, Column::Value), own).into_iter().collect() } else { years }
}

/// The figure in its cell ("≥ 95%"), or, where the cell only says "Đạt", the one in the sentence.
fn figure_of(cell: &str, column: &str, text: &str) -> Option<Figure> {
    let own = number::with_unit_column(cell, column);
    own.or_else(|| number::scan(text).into_iter().find(|figure| figure.unit.is_some() || figure.comparator.is_some()))
}

fn extend(target: &mut Target, table: &Table, row: &Row) {
    let more = table.line(row, Column::Target);
    if !more.is_empty() {
        target.text = format!("{} {more}", target.text);
    }
    for (list, column) in [(&mut target.lead, Column::Lead), (&mut target.implementers, Column::Implementers)] {
        let more = table.cell(row, column);
        if !more.is_empty() {
            *list = who::names(field::value(&format!("{} {more}", list.join("; "))));
        }
    }
    target.source = target.source.to(row.span);
}
