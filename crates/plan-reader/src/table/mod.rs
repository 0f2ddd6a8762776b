//! Tables of tasks and of targets: what each column holds is told by its title, and the title may stand on every page.

mod head;
pub mod targets;
pub mod tasks;

use head::column;
pub use head::{Column, columns, is_frame, is_header};

use crate::{Span, marker, paragraph::Paragraph};

#[derive(Debug)]
pub struct Table {
    pub columns: Vec<Column>,
    titles: Vec<String>,
    rows: Vec<Row>,
    /// The mark of the appendix that the table stands in: "PL".
    label: String,
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
    let refined = cells.iter().zip(titles).filter(|(cell, title)| !cell.is_empty() && **cell != title.as_str());
    let number = cells.first().is_some_and(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    let (mut any, mut all) = (false, true);
    for (cell, _) in refined {
        any = true;
        all = all && cell.chars().count() < 40 && !cell.ends_with('.') && column(cell) != Column::Ignored;
    }
    any && all && !number
}

fn refined(titles: &[String], cells: &[&str]) -> Vec<String> {
    let blank = std::iter::repeat("");
    let titles = titles.iter().zip(cells.iter().copied().chain(blank));
    titles.map(|(title, cell)| if cell.is_empty() { title.clone() } else { cell.to_owned() }).collect()
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
            if !(open && out.last().is_some_and(|table| table.titles == titles || table.columns == columns(&cells))) {
                let (columns, rows) = (columns(&cells), Vec::new());
                out.push(Table { columns, titles, rows, label: "PL".into() });
            }
            (open, after_header) = (true, true);
        } else if let Some(table) = out.last_mut().filter(|_| open) {
            if after_header && table.rows.is_empty() && refines(&table.titles, &cells) {
                let titles = refined(&table.titles, &cells);
                table.columns = columns(&titles.iter().map(String::as_str).collect::<Vec<_>>());
                continue;
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
        let at = self.columns.iter().position(|column| *column == wanted);
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
