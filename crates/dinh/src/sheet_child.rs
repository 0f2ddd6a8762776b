//! Excel sheets are read in a child process: a small file can unpack to more than the machine has. Cells are taken one
//! by one and counted, so that the answer stays small whatever the file says.

use std::{io::Cursor, process::ExitCode};

use async_trait::async_trait;
use calamine::{Data, Dimensions, Reader, Style, Xlsx};
use kernel::{Problem, ProblemKind};
use plan_reader::secrecy;
use serde::{Deserialize, Serialize};
use webkit::SheetReading;

use crate::{
    child_process::{self, Readers},
    failed::Failed,
    gate::Patience,
};

/// The first argument that makes this program a reader of sheets.
pub const ARGUMENT: &str = "__read-sheet";
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 200;
/// With those that stand empty before a filled one.
const MOST_CELLS: usize = 600_000;
/// What Excel itself lets a cell hold.
const MOST_IN_CELL: usize = 32 * 1024;
const MOST_TEXT: usize = 16 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sheet {
    Rows(Vec<Vec<String>>),
    /// More than a sheet of an office holds.
    TooLarge,
    /// A mark of secrecy stands in it.
    Classified(String),
    NoSheet,
}

/// The cells of the first sheet as text. calamine 0.38 panics on a cell reference that is too large for its
/// arithmetic: that is no sheet either.
pub fn rows(bytes: &[u8]) -> Sheet {
    std::panic::catch_unwind(|| cells(bytes)).ok().flatten().unwrap_or(Sheet::NoSheet)
}

fn cells(bytes: &[u8]) -> Option<Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let name = book.sheet_names().first()?.clone();
    let mut reader = book.worksheet_cells_reader(&name).ok()?;
    let (mut rows, mut cells, mut size): (Vec<Vec<String>>, usize, usize) = (Vec::new(), 0, 0);
    let percents: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    let mut first = None;
    while let Some((cell, style)) = reader.next_cell_with_style_id().ok()? {
        let (row, column) = cell.get_position();
        let is_percent = percents.get(style).is_some_and(|is_percent| *is_percent);
        let text = text(&Data::from(cell.get_value().clone()), is_percent);
        if text.is_empty() {
            continue;
        }
        // A sheet begins where its first filled row does.
        let row = usize::try_from(row.checked_sub(*first.get_or_insert(row))?).ok()?;
        let column = usize::try_from(column).ok()?;
        if row >= MOST_ROWS || column >= MOST_COLUMNS || text.len() > MOST_IN_CELL {
            return Some(Sheet::TooLarge);
        }
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        let line = &mut rows[row];
        cells += (column + 1).saturating_sub(line.len());
        size += text.len();
        if let Some(mark) = secrecy::among([(row, text.as_str())]) {
            return Some(Sheet::Classified(mark.into()));
        }
        if cells > MOST_CELLS || size > MOST_TEXT {
            return Some(Sheet::TooLarge);
        }
        line.resize_with(line.len().max(column + 1), String::new);
        line[column] = text;
    }
    drop(reader);
    let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let is_small = fill_down(&mut rows, &merged, first.unwrap_or(0), MOST_TEXT - size.min(MOST_TEXT));
    Some(if is_small { Sheet::Rows(rows) } else { Sheet::TooLarge })
}

/// What is merged over several rows holds of each of them. Whether that was no more text than there is room for.
fn fill_down(rows: &mut [Vec<String>], merged: &[Dimensions], first: u32, mut room: usize) -> bool {
    for area in merged.iter().filter(|area| area.end.0 > area.start.0) {
        let at = |row: u32| row.checked_sub(first).and_then(|row| usize::try_from(row).ok());
        let (Some(top), Some(last), Ok(column)) = (at(area.start.0), at(area.end.0), usize::try_from(area.start.1))
        else {
            continue;
        };
        let Some(text) = rows.get(top).and_then(|row| row.get(column)).filter(|text| !text.is_empty()).cloned() else {
            continue;
        };
        let below = rows.iter_mut().take(last.saturating_add(1)).skip(top + 1);
        // A row that holds nothing of its own is no row.
        for row in below.filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            // A cell before it that stands empty takes room too.
            let more = (column + 1).saturating_sub(row.len());
            row.resize_with(row.len() + more, String::new);
            if row[column].is_empty() {
                let Some(left) = room.checked_sub(text.len() + more * size_of::<String>()) else { return false };
                room = left;
                row[column].clone_from(&text);
            }
        }
    }
    true
}

/// Whether Excel shows a number of this style as so many per cent.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    // What stands between quotes or behind a backslash is only shown.
    let (mut quoted, mut escaped) = (false, false);
    format.format_code.chars().any(|c| {
        let counts = c == '%' && !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        counts
    })
}

/// A cell as a Vietnamese reader types it: a number has a decimal comma, so that 12.5 is not taken for 125; what is shown
/// as 50 % is "50%", although Excel keeps it as 0.5.
fn text(cell: &Data, is_percent: bool) -> String {
    match cell {
        // Halves of a bit are not digits that anybody typed.
        Data::Float(number) if is_percent => {
            let shown = (number * 1e11).round() / 1e9;
            format!("{shown}%").replace('.', ",")
        }
        Data::Int(number) if is_percent => format!("{}%", number.saturating_mul(100)),
        Data::Float(number) => number.to_string().replace('.', ","),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

pub fn child() -> ExitCode {
    child_process::child(|bytes| serde_json::to_vec(&rows(bytes)))
}

#[async_trait]
impl SheetReading for Readers {
    async fn cells(&self, bytes: webkit::Bytes) -> Result<Vec<Vec<String>>, Problem> {
        let too_large = || Problem::new(ProblemKind::TooLarge, "sheet-too-large");
        let unreadable = || Problem::bad_input("sheet-unreadable");
        let answer = match self.ask(ARGUMENT, bytes, Patience::Page).await {
            Ok(answer) => answer,
            Err(Failed::TooLong) => return Err(too_large()),
            Err(Failed::Died(how)) => {
                tracing::warn!(how, "the reader of a sheet died");
                return Err(unreadable());
            }
            Err(failed @ (Failed::Busy | Failed::NoSandbox(_))) => return Err(programme::Error::from(failed).into()),
        };
        match serde_json::from_slice(&answer).map_err(Problem::internal)? {
            Sheet::Rows(rows) => Ok(rows),
            Sheet::TooLarge => Err(too_large()),
            Sheet::Classified(mark) => Err(Problem::bad_input("plan-classified").with("detail", mark)),
            Sheet::NoSheet => Err(unreadable()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    #[test]
    fn what_is_merged_over_rows_holds_of_each() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.merge_range(1, 0, 1, 2, "Sổ thử", &Format::new()).unwrap();
        page.merge_range(2, 1, 4, 1, "Sở Y tế", &Format::new()).unwrap();
        for (row, text) in [(2, "một"), (3, "hai"), (6, "ba")] {
            page.write(row, 0, text).unwrap();
        }
        let line = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let expected = vec![
            line(&["Sổ thử"]),
            line(&["một", "Sở Y tế"]),
            line(&["hai", "Sở Y tế"]),
            vec![],
            vec![],
            line(&["ba"]),
        ];
        assert_eq!(rows(&book.save_to_buffer().unwrap()), Sheet::Rows(expected));
    }

    #[test]
    fn a_percent_means_what_it_shows() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        let shown = |format: &str| Format::new().set_num_format(format);
        for (column, (number, format)) in (0_u16..).zip([
            (0.5, "0%"),
            (0.07, "0.00%"),
            (1.0, "0%"),
            (0.916_67, "0.0%;-0.0%"),
            (12.5, "0.0"),
            (0.5, "0.0\"%\""),
            (0.5, "0.0\\%"),
        ]) {
            page.write_with_format(0, column, number, &shown(format)).unwrap();
        }
        page.write(0, 7, "50%").unwrap();
        let cells = ["50%", "7%", "100%", "91,667%", "12,5", "0,5", "0,5", "50%"].map(str::to_owned).to_vec();
        assert_eq!(rows(&book.save_to_buffer().unwrap()), Sheet::Rows(vec![cells]));
    }
}
