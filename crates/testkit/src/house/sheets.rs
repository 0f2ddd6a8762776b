//! Excel sheets that tests make themselves, read in this process; `dinh` reads those of others in a child.

use std::io::Cursor;

use async_trait::async_trait;
use calamine::{Data, Reader as _, Xlsx};
use intake::{Broken, Cell, Grid};
use jiff::civil::Date;
use kernel::Problem;
use webkit::{Bytes, SheetReading};

#[derive(Debug)]
pub(super) struct Sheets;

#[async_trait]
impl SheetReading for Sheets {
    async fn cells(&self, bytes: Bytes) -> Result<Grid, Problem> {
        let unreadable = |_| Problem::bad_input("sheet-unreadable");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        let Some(sheet) = book.worksheet_range_at(0) else { return Ok(Grid::default()) };
        let sheet = sheet.map_err(unreadable)?;
        // Rows count from the first that is filled, columns from the first of the sheet.
        let (top, left) = sheet.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let row = |cells: &[Data]| {
            let mut row: Vec<Cell> = std::iter::repeat_n(Cell::Empty, left).chain(cells.iter().map(cell)).collect();
            row.truncate(row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
            row
        };
        Ok(Grid::new(sheet.rows().map(row).collect(), top + 1))
    }
}

fn cell(cell: &Data) -> Cell {
    match cell {
        Data::Float(number) => Cell::number(*number, false),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let ymd = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
            let (Ok(year), Ok(month), Ok(day)) = ymd else { return Cell::Error(Broken::Fault) };
            Date::new(year, month, day).map_or(Cell::Error(Broken::Fault), Cell::Date)
        }
        Data::Error(_) => Cell::Error(Broken::Fault),
        other => Cell::text(&other.to_string()),
    }
}
