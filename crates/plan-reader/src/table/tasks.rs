//! Tasks in table form, over page breaks and rows without a number.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::{
    Column, Row, Table,
    group::{Group, Style, style},
    is_numbers, label, marked, parts,
    who::{self, Said},
};
use crate::{
    DOUBTED, Form, Span, Task, Time, field, order,
    paragraph::{glue, is_shouting},
    task, time,
};

/// A task whose cells may still go on over the page: lists are split only when they are whole.
struct Open {
    section: Vec<String>,
    cells: [String; 5],
    source: Span,
    above: Group,
    /// Whether nothing but its number and its place say that it is a task.
    is_leaf: bool,
    /// Whether its lead is that of the row before, on the page before.
    is_carried: bool,
}

const CELLS: [Column; 5] = [Column::Text, Column::Lead, Column::Coordinating, Column::Time, Column::Result];
const LEAD: usize = 1;
const TIME: usize = 3;

/// Of a row that may be a title.
const MAYBE: u8 = 60;

impl Open {
    fn new(table: &Table, row: &Row, section: Vec<String>, above: Group) -> Self {
        let mut cells = CELLS.map(|column| table.cell(row, column));
        if cells[TIME].is_empty() {
            cells[TIME] = marked::said(table, &row.cells);
        }
        Self { section, cells, source: row.span, above, is_leaf: false, is_carried: false }
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
            // A cell over several rows is told for each of them.
            if !more.is_empty() && *cell != more {
                *cell = if cell.is_empty() { more } else { format!("{cell}{}{more}", glue(cell)) };
            }
        }
        self.source = self.source.to(row.span);
    }

    fn task(self, table: &Table, year: Option<i16>) -> Task {
        let [text, lead, coordinating, time, result] = self.cells;
        let Said { lead, with, is_clear } = who::parted(lead, coordinating, table.columns.contains(&Column::Both));
        let line = |cell: &str| cell.replace('\n', " ");
        let (text, result) = (line(&text), line(&result));
        let named = [Column::Lead, Column::Both].iter().any(|column| table.columns.contains(column));
        let is_titled = lead.is_empty() && !named;
        let is_known = crate::who::is_clear(&lead);
        let lead = who::names(if is_titled { &self.above.lead } else { &lead });
        let time = if time.is_empty() { self.above.time } else { line(&time) };
        let mut embedded_targets = task::embedded(&text);
        embedded_targets.extend(task::reached(&result));
        Task {
            id: String::new(),
            section: self.section,
            form: Form::Table,
            embedded_targets,
            confidence: match () {
                () if self.is_leaf => MAYBE,
                () if lead.is_empty() || is_titled || self.is_carried || !is_clear || !is_known => DOUBTED,
                () => 99,
            },
            lead,
            coordinating: who::names(&with),
            time: dated(field::value(&time), year),
            result: Some(result).filter(|result| !result.is_empty()),
            source: self.source,
            text,
        }
    }
}

/// A day or a month that leaves the year to the title of the plan.
fn dated(raw: &str, year: Option<i16>) -> Time {
    let time = time::parse(raw);
    let Some(year) = year.filter(|_| time.kind.is_none() && !raw.is_empty()) else { return time };
    parts::dated(raw, year).unwrap_or(time)
}

/// `year`: the one that the title of the plan names, if it names one alone.
pub fn tasks(table: &Table, year: Option<i16>) -> Vec<Task> {
    if !table.columns.contains(&Column::Text) {
        return vec![];
    }
    let all_led = table.rows.iter().all(|row| row.after_break || is_led(table, row));
    let mut walk =
        Walk { table, usual: usual_style(table), all_led, group: Group::default(), in_group: false, out: Vec::new() };
    for at in 0..table.rows.len() {
        walk.row(at);
    }
    walk.out.into_iter().map(|open| open.task(table, year)).collect()
}

struct Walk<'a> {
    table: &'a Table,
    usual: Option<Style>,
    /// But for the first rows of pages.
    all_led: bool,
    group: Group,
    in_group: bool,
    out: Vec<Open>,
}

impl Walk<'_> {
    fn row(&mut self, at: usize) {
        let (table, row) = (self.table, &self.table.rows[at]);
        let (number, text) = (table.line(row, Column::Number), table.line(row, Column::Text));
        if is_numbers(row) {
            return;
        }
        let bare = is_bare(table, row);
        if (continues(table, row, &number, &text) || self.is_more(row, &number, &text, bare))
            && let Some(last) = self.out.last_mut()
        {
            if !(self.in_group && bare) {
                last.extend(table, row);
            }
            return;
        }
        let title = if bare { self.title(at, &number, &text) } else { None };
        self.in_group = title.is_some();
        if let Some(title) = title {
            let number = Some(number.as_str()).filter(|number| is_label(number));
            self.group = self.group.titled(number.map(|number| (number, style(number))), &title);
            return;
        }
        if text.is_empty() {
            return;
        }
        let mut section = vec![table.label.clone()];
        section.extend(self.group.label.clone());
        section.extend((!number.is_empty()).then(|| label(&number)));
        let mut open = Open::new(table, row, section, self.group.clone());
        open.is_leaf = bare && (number.is_empty() || Some(style(&number)) != self.usual);
        open.as_above(self.out.last());
        if let Some(last) = self.out.last().filter(|_| !bare && self.may_go_on(row)) {
            open.cells[LEAD].clone_from(&last.cells[LEAD]);
            open.is_carried = true;
        }
        self.out.push(open);
    }

    /// The first row of a page, where only such rows name no lead: the cell of the row before may have gone on over the
    /// page, and nothing is written into the rest of it.
    fn may_go_on(&self, row: &Row) -> bool {
        self.all_led && row.last_page.is_some() && !is_led(self.table, row)
    }

    /// A cell of its own for each further body or step of one task, whose number and text stand once for all of them.
    fn is_more(&self, row: &Row, number: &str, text: &str, bare: bool) -> bool {
        if number.is_empty() {
            return text.is_empty() && !bare;
        }
        let same = |last: &Open| {
            let before = last.cells[0].replace('\n', " ");
            before == text && last.section.last().is_some_and(|last| *last == label(number))
        };
        !text.is_empty() && row.span.page.is_some() == row.last_page.is_some() && self.out.last().is_some_and(same)
    }

    /// What a row that names nobody and no time says, where it is a title of those below.
    fn title(&self, at: usize, number: &str, text: &str) -> Option<String> {
        if text.is_empty() || !is_label(number) {
            // A title over all columns stands in the first one.
            let title = if text.is_empty() { number } else { text };
            let is_told = !is_shouting(title) && order::order(title).is_some();
            return Some(title.to_owned()).filter(|title| !title.is_empty() && !is_told);
        }
        let next = self.table.rows[at + 1..].iter().find(|row| !continues_below(self.table, row));
        let below = next.map(|row| self.table.line(row, Column::Number));
        let has_below = below.as_ref().is_some_and(|below| below.starts_with(&format!("{}.", label(number))));
        let own = style(number);
        let is_last = below.is_none_or(|below| is_label(&below) && style(&below) == own);
        // Numbers of one level beside each other, of which this one names nobody: nothing stands below it.
        let is_leaf = matches!(own, Style::Digits(_)) && is_last && !is_shouting(text);
        let is_title = has_below || Some(own) != self.usual && !is_leaf;
        is_title.then(|| text.to_owned())
    }
}

fn is_led(table: &Table, row: &Row) -> bool {
    is_bare(table, row) || !table.cell(row, Column::Lead).is_empty()
}

/// A row that goes on with the title above it.
fn continues_below(table: &Table, row: &Row) -> bool {
    table.line(row, Column::Number).is_empty() && is_bare(table, row)
}

/// A number, a roman one, a letter: no words.
fn is_label(number: &str) -> bool {
    let bare = number.trim_matches(['(', ')', '.', ' ']);
    !bare.is_empty() && bare.chars().count() <= 10 && !bare.contains(' ')
}

fn is_bare(table: &Table, row: &Row) -> bool {
    let fields = [Column::Lead, Column::Coordinating, Column::Result, Column::Time];
    fields.into_iter().all(|column| table.cell(row, column).is_empty()) && marked::said(table, &row.cells).is_empty()
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
