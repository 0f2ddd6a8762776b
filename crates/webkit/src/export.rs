//! Registers as files: exactly the rows and columns that are shown.

use kernel::Problem;
use rust_xlsxwriter::{Format, Workbook};

/// CSV with a byte order mark, so that Excel reads Vietnamese; cells that a sheet would run as a formula are quoted.
pub fn csv(headers: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(headers).map_err(Problem::internal)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).map_err(Problem::internal)?;
    }
    writer.into_inner().map_err(Problem::internal)
}

fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// One sheet with a frozen bold header row.
pub fn xlsx(sheet: &str, headers: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet.chars().take(31).collect::<String>()).map_err(Problem::internal)?;
    let bold = Format::new().set_bold().set_text_wrap();
    let wrap = Format::new().set_text_wrap();
    for (column, header) in (0u16..).zip(headers) {
        page.write_with_format(0, column, header, &bold).map_err(Problem::internal)?;
        page.set_column_width(column, if column == 1 { 60 } else { 22 }).map_err(Problem::internal)?;
    }
    for (at, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            page.write_string_with_format(at, column, cell, &wrap).map_err(Problem::internal)?;
        }
    }
    page.set_freeze_panes(1, 0).map_err(Problem::internal)?;
    workbook.save_to_buffer().map_err(Problem::internal)
}
