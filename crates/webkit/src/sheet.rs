//! The port through which pages read Excel sheets: `dinh` answers from a child process under limits. Lists may be CSV too.

use std::fmt;

use async_trait::async_trait;
use axum::body::Bytes;
use intake::{Doubt, Trouble};
use kernel::{Problem, ProblemKind};

use crate::{heavy, input, words};

/// How a file of Excel begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait SheetReading: Send + Sync + fmt::Debug {
    /// The cells of the first sheet as they are.
    async fn cells(&self, bytes: Bytes) -> Result<Vec<Vec<String>>, Problem>;

    /// The cells of the first sheet as text, rows as long as they are filled. `sheet-unreadable` when it is none;
    /// refused too when it is larger than an office's sheet, bears a mark of secrecy or holds what no text may hold.
    async fn rows(&self, bytes: Bytes) -> Result<Vec<Vec<String>>, Problem> {
        let rows = self.cells(bytes).await?;
        rows.iter().zip(1..).try_for_each(|(row, line)| check_cells(line, row.iter().map(String::as_str)))?;
        Ok(rows)
    }
}

/// The rows of a list that is kept in Excel or CSV.
pub(crate) async fn list(sheets: &dyn SheetReading, bytes: Bytes) -> Result<Vec<Vec<String>>, Problem> {
    if bytes.starts_with(ZIP) {
        return sheets.rows(bytes).await;
    }
    heavy(move || csv(&bytes)).await?
}

fn csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, Problem> {
    let read = intake::decode(bytes);
    match read.doubt {
        None => {}
        Some(Doubt::OldCode { line, .. }) => {
            return Err(Problem::bad_input("sheet-old-font").field("file", "sheet-old-font").with("line", line));
        }
        Some(Doubt::Binary { .. } | Doubt::Broken { .. } | Doubt::Unsure) => {
            return Err(Problem::bad_input("sheet-encoding").field("file", "sheet-encoding"));
        }
    }
    words::refuse_marked(&read.text)?;
    let table = intake::table(&read.text).map_err(refused)?;
    let mut rows = Vec::new();
    for row in table.rows {
        check_cells(row.line, row.cells.iter().map(String::as_str))?;
        // Rows are told by the lines of the file, blank ones counted.
        rows.resize_with(rows.len().max(row.line - 1), Vec::new);
        rows.push(row.cells);
    }
    Ok(rows)
}

fn refused(trouble: Trouble) -> Problem {
    let problem = match trouble.code {
        "csv-too-large" => Problem::new(ProblemKind::TooLarge, "sheet-too-large").field("file", "sheet-too-large"),
        code => Problem::bad_input(code).field("file", code),
    };
    trouble.args.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

/// Refuses what no text may hold, by the name of its cell.
fn check_cells<'a>(line: usize, cells: impl IntoIterator<Item = &'a str>) -> Result<(), Problem> {
    cells.into_iter().enumerate().try_for_each(|(column, text)| input::check_text(&cell(column, line), text))
}

/// A cell as spreadsheets call it: `B5`.
fn cell(column: usize, line: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    let before = (column / 26).checked_sub(1).map(letter);
    before.into_iter().chain([letter(column)]).chain(line.to_string().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Book(&'static str);

    #[async_trait]
    impl SheetReading for Book {
        async fn cells(&self, _: Bytes) -> Result<Vec<Vec<String>>, Problem> {
            Ok(vec![vec!["Họ tên".into()], vec![self.0.into()]])
        }
    }

    #[tokio::test]
    async fn no_sheet_brings_in_what_no_text_may_hold() {
        assert!(Book("Lê Văn Thử").rows(Bytes::new()).await.is_ok());
        let refused = Book("Lê\0").rows(Bytes::new()).await.unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("control-character", "A2"));
    }

    #[test]
    fn a_list_may_be_csv() {
        let rows = csv("\u{feff}code, name\nH1,\"Sở, ban\"\nH2\n".as_bytes()).unwrap();
        assert_eq!(rows, [vec!["code", "name"], vec!["H1", "Sở, ban"], vec!["H2"]]);
        assert_eq!(csv(b"T\xf4").unwrap_err().code, "sheet-encoding");
        assert_eq!(csv(",".repeat(intake::MOST_CELLS).as_bytes()).unwrap_err().code, "sheet-too-large");
        assert_eq!(csv("a\nb\u{7}".as_bytes()).unwrap_err().args[0].1, "A2");
    }

    #[test]
    fn a_list_is_read_however_excel_saved_it() {
        let rows = [vec!["code", "name"], vec!["H1", "Trung tâm Điều phối, thử"]];
        assert_eq!(csv("code;name\nH1;Trung tâm Điều phối, thử\n".as_bytes()).unwrap(), rows);
        assert_eq!(csv("code,name\nH1,\"Trung ta\u{302}m Đie\u{302}\u{300}u phối, thử\"\n".as_bytes()).unwrap(), rows);
        let old = b"code;name\nH1;Trung t\xe2m \xd0i\xea\xccu ph\xf4\xeci, th\xfd\xd2\n";
        assert_eq!(csv(old).unwrap()[1][1], "Trung tâm Điều phối, thử");
        let wide: Vec<u8> =
            "code\tname\r\nH1\tTrung tâm Điều phối, thử\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(csv(&[b"\xff\xfe", wide.as_slice()].concat()).unwrap(), rows);
    }

    #[test]
    fn an_open_quote_is_named_by_its_line_and_blank_lines_count() {
        let refused = csv(b"a,b\n\nc,\"d\ne,f\n").unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("csv-quote-open", "3"));
        assert_eq!(csv(b"a,b\n\nc,d\n").unwrap(), [vec!["a", "b"], vec![], vec!["c", "d"]]);
    }

    #[test]
    fn a_control_character_is_named_by_its_cell() {
        assert!(check_cells(1, ["a\n", "", "ô"]).is_ok());
        assert_eq!(check_cells(5, ["a", "b\0"]).unwrap_err().args, [("field", "B5".to_owned())]);
        assert_eq!([cell(25, 1), cell(26, 2), cell(199, 3)], ["Z1", "AA2", "GR3"]);
    }
}
