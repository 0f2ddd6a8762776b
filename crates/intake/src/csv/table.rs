//! CSV as offices save it: whatever stands between the cells, each row with its line, troubles as codes.

use std::collections::VecDeque;

use super::{
    delimiter::{self, Choice},
    quotes,
    records::{reader, usual},
};
use crate::Trouble;

/// Cells of one table.
pub const MOST_CELLS: usize = 600_000;
/// Doubts that are told.
const MOST_DOUBTS: usize = 100;

/// The rows of a CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub delimiter: char,
    pub rows: Vec<CsvRow>,
    pub doubts: Vec<CsvDoubt>,
}

/// One row; blank lines make none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvRow {
    /// The line of the file at which it begins, from 1.
    pub line: usize,
    /// Without blanks around.
    pub cells: Vec<String>,
}

/// What a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsvDoubt {
    /// Another sign divides the lines nearly as well.
    Delimiter { used: char, other: char },
    /// A row has more or fewer cells than most.
    Uneven { line: usize, cells: usize, usual: usize },
    /// A quoted cell holds what look like whole rows: a quote is missing or one too many.
    RowsInCell { line: usize },
}

/// The cells of a text.
///
/// # Errors
/// `csv-quote-open` (`line`), `csv-too-large` (`most`).
pub fn table(text: &str) -> Result<Table, Trouble> {
    let (text, skipped, said) = said_delimiter(text.strip_prefix('\u{feff}').unwrap_or(text));
    let choice = said.map_or_else(|| delimiter::find(text), |used| Choice { used, other: None });
    let rows = rows(text, choice.used, skipped)?;
    let mut doubts: VecDeque<CsvDoubt> = uneven(&rows, choice.used).take(MOST_DOUBTS).collect();
    if let Some(other) = choice.other {
        doubts.push_front(CsvDoubt::Delimiter { used: choice.used, other });
    }
    Ok(Table { delimiter: choice.used, rows, doubts: doubts.into() })
}

/// What Excel reads in a first line `sep=;`: the rest, the lines left out, the sign.
fn said_delimiter(text: &str) -> (&str, usize, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    let is_sep = first.get(..4).is_some_and(|sep| sep.eq_ignore_ascii_case("sep="));
    let mut said = first.get(4..).unwrap_or_default().chars();
    match (is_sep, said.next(), said.next()) {
        (true, Some(sign), None) if sign.is_ascii() && !"\"\r\n".contains(sign) => (rest, 1, Some(sign)),
        _ => (text, 0, None),
    }
}

fn rows(text: &str, delimiter: char, skipped: usize) -> Result<Vec<CsvRow>, Trouble> {
    let (mut rows, mut cells) = (Vec::new(), 0);
    let mut lines = quotes::Lines::new(text, skipped + 1);
    for record in reader(text, delimiter).into_records() {
        let record = record.map_err(|_| Trouble::new("csv-unreadable"))?;
        let at = record.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(usize::MAX));
        let line = lines.line_of(at);
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(Trouble::new("csv-too-large").with("most", MOST_CELLS));
        }
        rows.push(CsvRow { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() });
    }
    if quotes::is_open(lines.rest(), delimiter) {
        return Err(Trouble::new("csv-quote-open").with("line", rows.last().map_or(1, |row: &CsvRow| row.line)));
    }
    Ok(rows)
}

fn uneven(rows: &[CsvRow], delimiter: char) -> impl Iterator<Item = CsvDoubt> + '_ {
    let usual = usual(rows.iter().map(|row| row.cells.len()));
    // Whoever writes a sentence puts a blank behind its commas.
    let cells = move |line: &str| line.split(delimiter).skip(1).filter(|cell| !cell.starts_with(' ')).count() + 1;
    let holds_rows = move |cell: &String| usual > 1 && cell.lines().skip(1).any(|line| cells(line) >= usual);
    rows.iter().filter_map(move |row| match row.cells.len() {
        _ if row.cells.iter().any(holds_rows) => Some(CsvDoubt::RowsInCell { line: row.line }),
        cells if cells == usual => None,
        cells => Some(CsvDoubt::Uneven { line: row.line, cells, usual }),
    })
}

#[cfg(test)]
mod tests;
