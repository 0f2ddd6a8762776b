//! Excel sheets are read in a child process: a small file can unpack to more than the machine has. Cells are taken one
//! by one and counted, so that the answer stays small whatever the file says.

use std::{io::Cursor, process::ExitCode};

use async_trait::async_trait;
use calamine::{Data, DataRef, Dimensions, Reader, Style, Xlsx};
use intake::{Area, Broken, Cell, Grid, OldFont};
use jiff::civil::Date;
use kernel::{Problem, ProblemKind};
use plan_reader::secrecy;
use serde::{Deserialize, Serialize};
use webkit::{SheetReading, SheetRoom};

use self::longest::MOST_IN_CELL;
use crate::{
    child_process::{self, Readers},
    failed::Failed,
    gate::Patience,
};

/// The first argument that makes this program a reader of sheets.
pub const ARGUMENT: &str = "__read-sheet";
const ROOM: SheetRoom = SheetRoom::READ;
const MOST_COLUMNS: usize = 200;
const MOST_MERGED: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Sheet {
    Read(Cells),
    /// More than a sheet of an office holds.
    TooLarge,
    /// A mark of secrecy stands in it.
    Classified(String),
    NoSheet,
}

/// The rows of a sheet from the first that is filled, as long as they are filled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    pub rows: Vec<Vec<Cell>>,
    /// The number of the first row as the sheet counts, from 1.
    pub first: usize,
    pub merged: Vec<Area>,
}

impl Cells {
    pub fn grid(self) -> Grid {
        Grid::new(self.rows, self.first).with_merged(&self.merged)
    }
}

/// The cells of the first sheet. calamine 0.38 panics on a cell reference that is too large for its arithmetic: that is
/// no sheet either.
pub fn read(bytes: &[u8]) -> Sheet {
    std::panic::catch_unwind(|| sheet(bytes)).ok().flatten().unwrap_or(Sheet::NoSheet)
}

fn sheet(bytes: &[u8]) -> Option<Sheet> {
    if longest::has_longer(bytes) {
        return Some(Sheet::TooLarge);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let name = book.sheet_names().first()?.clone();
    let mut taken = Taken::default();
    let mut reader = book.worksheet_cells_reader(&name).ok()?;
    let looks: Vec<Look> = reader.styles().iter().map(Look::of).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().ok()? {
        let (at, look) = (cell.get_position(), looks.get(style).copied().unwrap_or_default());
        // Marks that stand by themselves take twice the room.
        let is_long = match cell.get_value() {
            DataRef::String(text) => text.len() > 2 * MOST_IN_CELL,
            DataRef::SharedString(text) => text.len() > 2 * MOST_IN_CELL,
            _ => false,
        };
        if is_long {
            return Some(Sheet::TooLarge);
        }
        if let Err(end) = taken.put(at, look.cell(&Data::from(cell.get_value().clone()))) {
            return end;
        }
    }
    drop(reader);
    let mut reader = book.worksheet_cells_reader(&name).ok()?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().ok()? {
        // A result that says nothing is one; a formula that nobody computed has none.
        let is_open = cell.formula.is_some() && matches!(cell.value, DataRef::Empty);
        if is_open && let Err(end) = taken.put(cell.pos, Cell::Error(Broken::NoResult)) {
            return end;
        }
    }
    drop(reader);
    let first = taken.first.unwrap_or(0);
    let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let merged = merged.iter().filter_map(|area| within(area, first)).take(MOST_MERGED).collect();
    Some(Sheet::Read(Cells { rows: taken.rows, first: usize::try_from(first).ok()? + 1, merged }))
}

/// A merged part, its rows counted from the first that is filled.
fn within(area: &Dimensions, first: u32) -> Option<Area> {
    let at = |n: u32| usize::try_from(n).ok();
    Some(Area {
        top: at(area.start.0.checked_sub(first)?)?,
        left: at(area.start.1)?,
        bottom: at(area.end.0.checked_sub(first)?)?,
        right: at(area.end.1)?,
    })
}

/// What was taken of a sheet so far.
#[derive(Default)]
struct Taken {
    rows: Vec<Vec<Cell>>,
    /// A sheet begins where its first filled row does.
    first: Option<u32>,
    cells: usize,
    size: usize,
}

impl Taken {
    /// Takes a cell, or says how the reading ends: with nothing where the sheet is none.
    fn put(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), Option<Sheet>> {
        if cell.is_empty() {
            return Ok(());
        }
        let is_broken = matches!(cell, Cell::Error(_));
        let row = match row.checked_sub(*self.first.get_or_insert(row)) {
            Some(row) => usize::try_from(row).map_err(|_| None)?,
            // The formulas are looked at last: one above all that is filled is in nobody's table.
            None if is_broken => return Ok(()),
            None => return Err(None),
        };
        let column = usize::try_from(column).map_err(|_| None)?;
        let text = if let Cell::Text(text) = &cell { text.as_str() } else { "" };
        if row >= ROOM.rows || column >= MOST_COLUMNS || text.len() > MOST_IN_CELL {
            return Err(Some(Sheet::TooLarge));
        }
        self.size += text.len();
        let said = || text.lines().map(move |line| (row, line));
        // What stands above says whether it is the mark of the sheet or a cell of its table.
        if let Some(mark) = secrecy::among(said()).and_then(|_| secrecy::among(self.above(row).chain(said()))) {
            return Err(Some(Sheet::Classified(mark.into())));
        }
        self.rows.resize_with(self.rows.len().max(row + 1), Vec::new);
        let line = self.rows.get_mut(row).ok_or(None)?;
        self.cells += (column + 1).saturating_sub(line.len());
        if self.cells > ROOM.cells || self.size > ROOM.text {
            return Err(Some(Sheet::TooLarge));
        }
        line.resize_with(line.len().max(column + 1), Cell::default);
        *line.get_mut(column).ok_or(None)? = cell;
        Ok(())
    }

    /// The lines of the cells down to a row, each with the number of its row.
    fn above(&self, row: usize) -> impl Iterator<Item = (usize, &str)> {
        let rows = self.rows.iter().take(row + 1).enumerate();
        let cells = rows.flat_map(|(at, cells)| cells.iter().map(move |cell| (at, cell)));
        let texts = cells.filter_map(|(at, cell)| if let Cell::Text(text) = cell { Some((at, text)) } else { None });
        texts.flat_map(|(at, text)| text.lines().map(move |line| (at, line)))
    }
}

/// What the style of a cell makes of it.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    /// Excel shows a number as so many per cent.
    is_percent: bool,
    font: Option<OldFont>,
}

impl Look {
    fn of(style: &Style) -> Self {
        let font = style.font.as_ref().and_then(|font| font.name.as_deref()).and_then(OldFont::of);
        let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        Self { is_percent: is_percent(format), font }
    }

    fn cell(self, data: &Data) -> Cell {
        #[expect(clippy::cast_precision_loss, reason = "no cell of Excel holds a whole number that large")]
        let whole = |number: i64| number as f64;
        match data {
            Data::Float(number) => Cell::number(*number, self.is_percent),
            Data::Int(number) => Cell::number(whole(*number), self.is_percent),
            Data::DateTime(at) if at.is_datetime() => {
                let (year, month, day, ..) = at.to_ymd_hms_milli();
                day_of(year, month, day).map_or(Cell::Error(Broken::Fault), Cell::Date)
            }
            Data::DateTimeIso(text) => {
                let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
                day.map_or_else(|| Cell::text(text), Cell::Date)
            }
            Data::Error(_) => Cell::Error(Broken::Fault),
            other => self.text(&other.to_string()),
        }
    }

    /// An old font says how its letters are meant; letters that it does not have were never written in it.
    fn text(self, text: &str) -> Cell {
        match self.font {
            Some(font) if text.chars().all(|c| c <= '\u{ff}') => Cell::text(&font.convert(text)),
            _ => Cell::text(text),
        }
    }
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a format shows a sign of per cent that counts: what stands between quotes or behind a backslash is only shown.
fn is_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    format.chars().any(|c| {
        let counts = c == '%' && !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        counts
    })
}

pub fn child() -> ExitCode {
    child_process::child(|bytes| serde_json::to_vec(&read(bytes)))
}

#[async_trait]
impl SheetReading for Readers {
    async fn cells(&self, bytes: webkit::Bytes) -> Result<Grid, Problem> {
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
            Sheet::Read(cells) => webkit::heavy(move || cells.grid()).await,
            Sheet::TooLarge => Err(too_large()),
            Sheet::Classified(mark) => Err(Problem::bad_input("plan-classified").with("detail", mark)),
            Sheet::NoSheet => Err(unreadable()),
        }
    }
}

mod longest;
#[cfg(test)]
mod tests;
