//! The port through which pages read Excel sheets: `dinh` answers from a child process under limits. Lists may be CSV too.

use std::fmt;

use async_trait::async_trait;
use axum::body::Bytes;
use intake::{Cell, CsvDoubt, Doubt, Grid, Trouble};
use kernel::{Problem, ProblemKind};

use crate::{heavy, input, words};

/// How a file of Excel begins.
const ZIP: &[u8] = b"PK\x03\x04";

/// What a sheet holds at most that is read.
#[derive(Debug, Clone, Copy)]
pub struct SheetRoom {
    pub rows: usize,
    /// With those that stand empty before a filled one.
    pub cells: usize,
    /// Bytes of text.
    pub text: usize,
}

impl SheetRoom {
    pub const READ: Self = Self { rows: 20_000, cells: intake::MOST_CELLS, text: 16 * 1024 * 1024 };
}

/// Reads foreign bytes where they can do no harm. `dinh` runs itself as a child process with limits.
#[async_trait]
pub trait SheetReading: Send + Sync + fmt::Debug {
    /// The first sheet of a workbook as it is. `sheet-unreadable` when it is none; refused too when it is larger than an
    /// office's sheet or bears a mark of secrecy.
    async fn cells(&self, bytes: Bytes) -> Result<Grid, Problem>;

    /// The same; refused too when a cell holds what no text may hold.
    async fn grid(&self, bytes: Bytes) -> Result<Grid, Problem> {
        let grid = self.cells(bytes).await?;
        check(&grid)?;
        Ok(grid)
    }

    /// The same of a list that is kept in Excel or in CSV.
    async fn list(&self, bytes: Bytes) -> Result<Grid, Problem> {
        if bytes.starts_with(ZIP) {
            return self.grid(bytes).await;
        }
        heavy(move || csv(&bytes)).await?
    }
}

fn csv(bytes: &[u8]) -> Result<Grid, Problem> {
    let read = intake::decode(bytes);
    match read.doubt {
        None => {}
        // A character that no text may hold is named with its cell below.
        Some(Doubt::Binary { .. }) if std::str::from_utf8(bytes).is_ok() => {}
        Some(Doubt::OldCode { line, .. }) => {
            return Err(Problem::bad_input("sheet-old-font").field("file", "sheet-old-font").with("line", line));
        }
        Some(Doubt::Binary { .. } | Doubt::Broken { .. } | Doubt::Unsure) => {
            return Err(Problem::bad_input("sheet-encoding").field("file", "sheet-encoding"));
        }
    }
    words::refuse_marked(&read.text)?;
    let table = intake::table(&read.text).map_err(refused)?;
    // Whole rows in one cell would be lost in it.
    let lost = table.doubts.iter().find_map(|doubt| match doubt {
        CsvDoubt::RowsInCell { line } => Some(*line),
        CsvDoubt::Delimiter { .. } | CsvDoubt::Uneven { .. } => None,
    });
    if let Some(line) = lost {
        return Err(refused(Trouble::new("csv-rows-in-cell").with("line", line)));
    }
    let grid = Grid::of_csv(&table.rows);
    check(&grid)?;
    Ok(grid)
}

fn refused(trouble: Trouble) -> Problem {
    let problem = match trouble.code {
        "csv-too-large" => Problem::new(ProblemKind::TooLarge, "sheet-too-large").field("file", "sheet-too-large"),
        code => Problem::bad_input(code).field("file", code),
    };
    trouble.args.into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

/// Refuses what no text may hold, by the name of its cell.
fn check(grid: &Grid) -> Result<(), Problem> {
    grid.filled().try_for_each(|(line, column, cell)| match cell {
        Cell::Text(text) => input::check_text(&cell_name(column, line), text),
        Cell::Empty | Cell::Number { .. } | Cell::Date(_) | Cell::Error(_) => Ok(()),
    })
}

/// A cell as spreadsheets call it: `B5`. Columns count from 0, lines from 1.
pub fn cell_name(column: usize, line: usize) -> String {
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
        async fn cells(&self, _: Bytes) -> Result<Grid, Problem> {
            Ok(Grid::new(vec![vec![Cell::text("Họ tên")], vec![Cell::text(self.0)]], 1))
        }
    }

    /// What is filled, by the names of the cells.
    fn texts(grid: &Grid) -> Vec<(String, String)> {
        grid.filled().map(|(line, column, cell)| (cell_name(column, line), cell.shown())).collect()
    }

    fn is(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[tokio::test]
    async fn no_sheet_brings_in_what_no_text_may_hold() {
        assert!(Book("Lê Văn Thử").grid(Bytes::new()).await.is_ok());
        let refused = Book("Lê\0").grid(Bytes::new()).await.unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("control-character", "A2"));
    }

    #[tokio::test]
    async fn a_list_is_a_workbook_or_a_csv() {
        let of = async |bytes: &'static [u8]| texts(&Book("Lê Thử").list(Bytes::from_static(bytes)).await.unwrap());
        assert_eq!(of(b"PK\x03\x04 as it is").await, is(&[("A1", "Họ tên"), ("A2", "Lê Thử")]));
        assert_eq!(of(b"login;role\nthu;").await, is(&[("A1", "login"), ("B1", "role"), ("A2", "thu")]));
    }

    #[test]
    fn a_list_may_be_csv() {
        let grid = csv("\u{feff}code, name\nH1,\"Sở, ban\"\nH2\n".as_bytes()).unwrap();
        let cells = [("A1", "code"), ("B1", "name"), ("A2", "H1"), ("B2", "Sở, ban"), ("A3", "H2")];
        assert_eq!(texts(&grid), is(&cells));
        assert_eq!(csv(b"T\xf4").unwrap_err().code, "sheet-encoding");
        assert_eq!(csv(",".repeat(intake::MOST_CELLS).as_bytes()).unwrap_err().code, "sheet-too-large");
        assert_eq!(csv("a\nb\u{7}".as_bytes()).unwrap_err().args[0].1, "A2");
    }

    #[test]
    fn a_list_is_read_however_excel_saved_it() {
        let cells = is(&[("A1", "code"), ("B1", "name"), ("A2", "H1"), ("B2", "Trung tâm Điều phối, thử")]);
        let read = |bytes: &[u8]| texts(&csv(bytes).unwrap());
        assert_eq!(read("code;name\nH1;Trung tâm Điều phối, thử\n".as_bytes()), cells);
        assert_eq!(read("code,name\nH1,\"Trung ta\u{302}m Đie\u{302}\u{300}u phối, thử\"\n".as_bytes()), cells);
        let old = b"code;name\nH1;Trung t\xe2m \xd0i\xea\xccu ph\xf4\xeci, th\xfd\xd2\n";
        assert_eq!(read(old), cells);
        let wide: Vec<u8> =
            "code\tname\r\nH1\tTrung tâm Điều phối, thử\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe", wide.as_slice()].concat()), cells);
    }

    #[test]
    fn an_open_quote_is_named_by_its_line_and_blank_lines_count() {
        let refused = csv(b"a,b\n\nc,\"d\ne,f\n").unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("csv-quote-open", "3"));
        let cells = [("A1", "a"), ("B1", "b"), ("A3", "c"), ("B3", "d")];
        assert_eq!(texts(&csv(b"a,b\n\nc,d\n").unwrap()), is(&cells));
    }

    #[test]
    fn rows_that_a_quote_swallowed_are_not_lost() {
        let refused = csv("mã,tên\nM1,Một\n\"M2,Hai\nM3,Ba\nM4\",Bốn\nM5,Năm\n".as_bytes()).unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("csv-rows-in-cell", "3"));
    }

    #[test]
    fn a_control_character_is_named_by_its_cell() {
        let grid = |cell: &str| Grid::new(vec![vec![Cell::text("a"), Cell::text(cell)]], 5);
        assert!(check(&grid("ô\nb")).is_ok());
        assert_eq!(check(&grid("b\0")).unwrap_err().args, [("field", "B5".to_owned())]);
        assert_eq!([cell_name(25, 1), cell_name(26, 2), cell_name(199, 3)], ["Z1", "AA2", "GR3"]);
    }
}
