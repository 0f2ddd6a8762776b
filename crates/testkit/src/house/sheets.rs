//! Excel sheets that tests make themselves, read in this process; `dinh` reads those of others in a child.

use std::io::Cursor;

use async_trait::async_trait;
use calamine::{Data, Reader as _, Xlsx};
use kernel::Problem;
use webkit::{Bytes, SheetReading};

#[derive(Debug)]
pub(super) struct Sheets;

#[async_trait]
impl SheetReading for Sheets {
    async fn cells(&self, bytes: Bytes) -> Result<Vec<Vec<String>>, Problem> {
        let unreadable = |_| Problem::bad_input("sheet-unreadable");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        let Some(sheet) = book.worksheet_range_at(0) else { return Ok(Vec::new()) };
        let sheet = sheet.map_err(unreadable)?;
        // Rows count from the first that is filled, columns from the first of the sheet.
        let left = sheet.start().map_or(0, |(_, column)| column as usize);
        let row = |cells: &[Data]| {
            let mut row: Vec<String> = std::iter::repeat_n(String::new(), left).chain(cells.iter().map(text)).collect();
            row.truncate(row.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1));
            row
        };
        Ok(sheet.rows().map(row).collect())
    }
}

/// As a Vietnamese reader types it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string().replace('.', ","),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string().trim().to_owned(),
    }
}
