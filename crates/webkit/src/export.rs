//! Lists as files, bare as offices keep and send them: a row of heads, and rows of text. What is printed is a [`crate::book`].

use std::borrow::Cow;

use kernel::{Problem, text::is_noncharacter};
use rust_xlsxwriter::{Format, Workbook};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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

/// What a cell holds at most, in units of UTF-16.
const CELL: usize = 32_767;

/// The text as a cell of a workbook can hold it: cut where it is too long, without what XML does not carry.
pub fn cell(text: &str) -> Cow<'_, str> {
    let is_foreign = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || is_noncharacter(c);
    let text: Cow<'_, str> = if text.contains(is_foreign) {
        Cow::Owned(text.chars().filter(|c| !is_foreign(*c)).collect())
    } else {
        Cow::Borrowed(text)
    };
    // No text has more units than bytes.
    if text.len() <= CELL || text.chars().map(char::len_utf16).sum::<usize>() <= CELL {
        return text;
    }
    let mut left = CELL - 1;
    let fits = text.chars().take_while(|c| {
        let rest = left.checked_sub(c.len_utf16());
        left = rest.unwrap_or(0);
        rest.is_some()
    });
    Cow::Owned(fits.chain(['…']).collect())
}

/// One sheet with a frozen bold header row.
pub fn xlsx(sheet: &str, headers: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet.chars().take(31).collect::<String>()).map_err(Problem::internal)?;
    let bold = Format::new().set_bold().set_text_wrap();
    let wrap = Format::new().set_text_wrap();
    for (column, header) in (0u16..).zip(headers) {
        page.write_string_with_format(0, column, cell(header), &bold).map_err(Problem::internal)?;
        page.set_column_width(column, if column == 1 { 60 } else { 22 }).map_err(Problem::internal)?;
    }
    for (at, row) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(row) {
            page.write_string_with_format(at, column, cell(text), &wrap).map_err(Problem::internal)?;
        }
    }
    page.set_freeze_panes(1, 0).map_err(Problem::internal)?;
    workbook.save_to_buffer().map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    #[test]
    fn a_cell_is_cut_where_a_workbook_ends_it_and_never_within_a_character() {
        for text in ["", "Nhiệm vụ\n\tmột", &"ệ".repeat(CELL)] {
            assert_eq!(cell(text), text);
        }
        let long = cell(&"ệ".repeat(CELL + 1)).into_owned();
        assert!(units(&long) == CELL && long.ends_with("ệ…"));
        // Two units each: the last one does not fit.
        let wide = cell(&"\u{1f600}".repeat(CELL)).into_owned();
        assert!(units(&wide) == CELL && wide.ends_with("\u{1f600}…"));
        let odd = cell(&format!("a{}", "\u{1f600}".repeat(CELL))).into_owned();
        assert!(units(&odd) == CELL - 1 && odd.ends_with("\u{1f600}…"));
        assert_eq!(cell("a\u{1}\u{ffff}\r\u{fffe}b"), "ab");
    }

    #[test]
    fn a_workbook_takes_texts_of_any_length() {
        let long = "Nhiệm vụ \u{ffff}".repeat(10_000);
        let rows = [vec![long.clone(), "hai".to_owned()]];
        assert!(xlsx("Sổ", &[long, "b".to_owned()], &rows).is_ok());
    }
}
