//! Tables of tasks and of targets: what each column holds is told by its title, and the title may stand on every page.

mod group;
mod head;
mod marked;
mod parts;
pub mod targets;
pub mod tasks;
mod who;

use head::column;
pub use head::{Column, columns, is_frame, is_header, is_title};
pub use parts::is_part;

use crate::{Span, marker, paragraph::Paragraph};

#[derive(Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As they stand in its head, and with what stands below them there.
    head: Vec<String>,
    titles: Vec<String>,
    rows: Vec<Row>,
    /// The mark of the appendix that the table stands in: "PL".
    label: String,
    /// Whether it began where another one had not ended.
    goes_on: bool,
}

#[derive(Debug)]
struct Row {
    cells: Vec<String>,
    span: Span,
    last_page: Option<u32>,
    /// The first row of a page: it may continue the last one of the page before.
    after_break: bool,
}

/// The second line of a header: no number, and titles that refine the ones above.
fn refines(titles: &[String], cells: &[&str]) -> bool {
    let number = cells.first().is_some_and(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    let whole = refined(titles, cells);
    let mut any = false;
    for ((cell, title), whole) in cells.iter().zip(titles).zip(&whole) {
        if cell.is_empty() || *cell == title.as_str() {
            continue;
        }
        any = true;
        if cell.chars().count() >= 40 || cell.ends_with('.') || column(whole) == Column::Ignored {
            return false;
        }
    }
    any && !number
}

/// The titles with what stands below them: the name of a month, where it is only counted, with the word above it.
fn refined(titles: &[String], cells: &[&str]) -> Vec<String> {
    let mut above = "";
    let mut out = Vec::with_capacity(titles.len());
    for (title, cell) in titles.iter().zip(cells.iter().copied().chain(std::iter::repeat(""))) {
        // A title over several columns stands above the first of them.
        above = if title.is_empty() { above } else { title };
        let part = parts::below(above, cell).filter(|_| cell != title);
        out.push(part.unwrap_or_else(|| if cell.is_empty() { title.clone() } else { cell.to_owned() }));
    }
    out
}

pub fn tables(paragraphs: &[&Paragraph]) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    let mut after_header = false;
    let mut open = false;
    for paragraph in paragraphs {
        let Some(cells) = paragraph.cells() else {
            open = open && marker::marker(&paragraph.text).is_none();
            continue;
        };
        let titles: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        if is_header(&cells) {
            let columns = columns(&cells);
            let is_same = |table: &Table| table.head == titles || table.columns == columns;
            // The lower half of a head whose titles stand in both: what was begun with the upper half holds nothing.
            let upper = out.pop_if(|table| after_header && table.rows.is_empty() && !is_same(table));
            let goes_on = upper.map_or(open, |upper| upper.goes_on);
            if !(goes_on && out.last().is_some_and(is_same)) {
                let (head, rows) = (titles.clone(), Vec::new());
                out.push(Table { columns, head, titles, rows, label: "PL".into(), goes_on });
            }
            (open, after_header) = (true, true);
        } else if let Some(table) = out.last_mut().filter(|_| open) {
            if after_header && refines(&table.head, &cells) {
                let titles = refined(&table.head, &cells);
                if table.rows.is_empty() {
                    table.columns = columns(&titles.iter().map(String::as_str).collect::<Vec<_>>());
                    table.titles = titles;
                    continue;
                }
                // The head stands again on the next page.
                if table.titles == titles {
                    continue;
                }
            }
            let turned = table.rows.last().is_some_and(|last| last.last_page != paragraph.span.page);
            let (span, last_page) = (paragraph.span, paragraph.span.page);
            table.rows.push(Row { cells: titles, span, last_page, after_break: after_header || turned });
            after_header = false;
        }
    }
    out
}

impl Table {
    fn cell(&self, row: &Row, wanted: Column) -> String {
        let is_wanted = |column: &Column| *column == wanted || wanted == Column::Lead && *column == Column::Both;
        let at = self.columns.iter().position(is_wanted);
        at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
    }

    /// The cell as one line of text.
    fn line(&self, row: &Row, wanted: Column) -> String {
        self.cell(row, wanted).replace('\n', " ")
    }
}

fn label(number: &str) -> String {
    number.trim_end_matches('.').to_owned()
}

/// "(1) | (2) | (3)": the numbers of the columns.
fn is_numbers(row: &Row) -> bool {
    let number = |cell: &String| cell.trim_matches(['(', ')', ' ', '.']).parse::<u8>().ok();
    let cells: Vec<Option<u8>> = row.cells.iter().filter(|cell| !cell.trim().is_empty()).map(number).collect();
    cells.len() >= 3 && cells.iter().zip(1..).all(|(cell, at)| *cell == Some(at))
}
