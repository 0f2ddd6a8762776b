//! Tasks in table form, over page breaks and rows without a number.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{Column, Row, Table, label};
use crate::{
    Form, Span, Task,
    field::{self, Field},
    paragraph::glue,
    task, time, who,
};

/// A task whose cells may still go on over the page: lists are split only when they are whole.
struct Open {
    section: Vec<String>,
    cells: [String; 5],
    source: Span,
}

const CELLS: [Column; 5] = [Column::Text, Column::Lead, Column::Coordinating, Column::Time, Column::Result];

impl Open {
    fn new(table: &Table, row: &Row, section: Vec<String>) -> Self {
        Self { section, cells: CELLS.map(|column| table.cell(row, column)), source: row.span }
    }

    /// "nt", "như trên": what the row above says.
    fn as_above(&mut self, above: Option<&Self>) {
        let Some(above) = above else { return };
        for (cell, before) in self.cells.iter_mut().zip(&above.cells) {
            let said = cell.trim_matches(['-', ' ', '"', '“', '”', '.', '\n']).to_lowercase();
            if matches!(said.as_str(), "nt" | "như trên" | "n.t") || matches!(cell.trim(), "\"" | "“" | "”" | "''")
            {
                cell.clone_from(before);
            }
        }
    }

    fn extend(&mut self, table: &Table, row: &Row) {
        for (cell, column) in self.cells.iter_mut().zip(CELLS) {
            let more = table.cell(row, column);
            if !more.is_empty() {
                *cell = if cell.is_empty() { more } else { format!("{cell}{}{more}", glue(cell)) };
            }
        }
        self.source = self.source.to(row.span);
    }

    fn task(self) -> Task {
        let [text, lead, coordinating, time, result] = self.cells;
        let (lead, coordinating) = parted(lead, coordinating);
        let line = |cell: &str| cell.replace('\n', " ");
        let text = line(&text);
        Task {
            id: String::new(),
            section: self.section,
            form: Form::Table,
            embedded_targets: task::embedded(&text),
            lead: who::names(field::value(&lead)),
            coordinating: who::names(field::value(&coordinating)),
            time: time::parse(field::value(&line(&time))),
            result: Some(line(&result)).filter(|result| !result.is_empty()),
            confidence: 99,
            source: self.source,
            text,
        }
    }
}

/// One cell for all bodies says who is which: "Chủ trì: Sở A; phối hợp: Sở B".
fn parted(lead: String, coordinating: String) -> (String, String) {
    let labels = field::labels(&lead);
    let of = |wanted: Field| {
        let values = labels.iter().filter(|label| label.field == wanted);
        values.filter_map(|label| lead.get(label.value.clone())).collect::<Vec<_>>().join("; ")
    };
    let (leading, with) = (of(Field::Lead), of(Field::Coordinating));
    match (leading.is_empty(), with.is_empty()) {
        (true, true) => (lead, coordinating),
        (true, false) => (before(&lead, &labels), with),
        (false, _) => (leading, if with.is_empty() { coordinating } else { with }),
    }
}

fn before(cell: &str, labels: &[field::Label]) -> String {
    labels
        .first()
        .and_then(|first| cell.get(..first.at))
        .unwrap_or(cell)
        .trim_end_matches([' ', ';', ',', '(', '\n'])
        .to_owned()
}

pub fn tasks(table: &Table) -> Vec<Task> {
    let mut out: Vec<Open> = Vec::new();
    if !table.columns.contains(&Column::Text) {
        return vec![];
    }
    let mut group: Option<String> = None;
    let mut in_group = false;
    let usual = usual_style(table);
    for row in &table.rows {
        let (number, text) = (table.line(row, Column::Number), table.line(row, Column::Text));
        if is_numbers(row) {
            continue;
        }
        let bare = is_bare(table, row);
        if continues(table, row, &number, &text)
            && let Some(last) = out.last_mut()
        {
            if !(in_group && bare) {
                last.extend(table, row);
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
        let mut open = Open::new(table, row, section);
        open.as_above(out.last());
        out.push(open);
    }
    out.into_iter().map(Open::task).collect()
}

/// "(1) | (2) | (3)": the numbers of the columns.
fn is_numbers(row: &Row) -> bool {
    let number = |cell: &String| cell.trim_matches(['(', ')', ' ', '.']).parse::<u8>().ok();
    let cells: Vec<Option<u8>> = row.cells.iter().filter(|cell| !cell.trim().is_empty()).map(number).collect();
    cells.len() >= 3 && cells.iter().zip(1..).all(|(cell, at)| *cell == Some(at))
}

fn is_bare(table: &Table, row: &Row) -> bool {
    let fields = [Column::Lead, Column::Coordinating, Column::Result, Column::Time];
    fields.into_iter().all(|column| table.cell(row, column).is_empty())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    most(styles.filter(|number| !number.is_empty()).map(|number| style(&number)))
}

/// What comes most often; of equals what came last. Counted in one pass, however many there are.
fn most<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (at, one) in all.enumerate() {
        let seen = counted.entry(one).or_default();
        *seen = (seen.0 + 1, at);
    }
    counted.into_iter().max_by_key(|(_, seen)| *seen).map(|(one, _)| one)
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

#[cfg(test)]
mod tests {
    use std::{cell::Cell, cmp::Ordering};

    use super::*;

    /// Counts how often it is compared.
    struct Compared<'a>(u32, &'a Cell<usize>);

    impl Ord for Compared<'_> {
        fn cmp(&self, other: &Self) -> Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }

    impl PartialOrd for Compared<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }

    impl PartialEq for Compared<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }

    impl Eq for Compared<'_> {}

    #[test]
    fn what_comes_most_often_is_found_in_one_pass() {
        assert_eq!(most([1, 2, 2, 1, 3].into_iter()), Some(1), "of equals the last");
        assert_eq!(most([2, 2, 1].into_iter()), Some(2));
        assert_eq!(most(std::iter::empty::<u8>()), None);
        let compared = Cell::new(0);
        assert!(most((0..60_000).map(|_| Compared(1, &compared))).is_some());
        assert!(compared.get() <= 2 * 60_000, "{} comparisons", compared.get());
    }
}
