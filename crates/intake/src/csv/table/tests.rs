use proptest::prelude::*;

use super::*;

fn cells(text: &str) -> Vec<Vec<String>> {
    table(text).unwrap().rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn what_excel_saves_here_is_read() {
    let read = table("mã;tên;điểm\r\nX03;Sở, ban;2,5\r\n").unwrap();
    assert_eq!(
        (read.delimiter, read.rows[1].cells.as_slice()),
        (';', ["X03", "Sở, ban", "2,5"].map(Into::into).as_slice())
    );
    assert!(read.doubts.is_empty());
    assert_eq!(cells("sep=|\r\na|b;c\n1|2"), [["a", "b;c"], ["1", "2"]]);
    assert_eq!(cells("\"sep=;\"\na;b")[0], ["a", "b"]);
}

#[test]
fn rows_tell_the_line_where_they_begin() {
    let lines = |text: &str| table(text).unwrap().rows.iter().map(|row| row.line).collect::<Vec<_>>();
    assert_eq!(lines("a,b\n\n\"c\nd\",e\nf,g"), [1, 3, 5]);
    assert_eq!(lines("sep=;\r\na;b\r\nc;d\r\n"), [2, 3]);
}

#[test]
fn a_quote_that_stays_open_is_refused_by_its_line() {
    let trouble = table("a,b\nc,d\n\"e,f\ng,h\n").unwrap_err();
    assert_eq!((trouble.code, trouble.args), ("csv-quote-open", vec![("line", "3".to_owned())]));
    assert_eq!(table("Ống 5\",b\nc,d").unwrap().rows.len(), 2);
}

#[test]
fn rows_of_another_length_and_rows_in_a_cell_are_told() {
    let doubts = |text: &str| table(text).unwrap().doubts;
    assert_eq!(doubts("a,b\nc,d\ne,f,g\n"), [CsvDoubt::Uneven { line: 3, cells: 3, usual: 2 }]);
    let swallowed = "a,b\nc,d\n\"e,f\ng,h\ni\",k\nl,m\n";
    assert_eq!(doubts(swallowed), [CsvDoubt::RowsInCell { line: 3 }]);
    assert!(doubts("a,b\n\"hai\ndòng, hai vế\",d\n").is_empty());
}

#[test]
fn more_cells_than_an_office_has_are_refused() {
    assert_eq!(table(&",".repeat(MOST_CELLS)).unwrap_err().code, "csv-too-large");
}

proptest! {
    #[test]
    fn what_a_writer_writes_is_read(
        rows in proptest::collection::vec(proptest::collection::vec("[a-zđơ ;|,\n]{1,8}", 3), 2..6),
        sign in proptest::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(sign as u8).quote_style(csv::QuoteStyle::Always).from_writer(vec![]);
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let trimmed: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(cells(&text), trimmed);
    }

    #[test]
    fn any_text_is_rows_or_a_trouble(text in "[a-z0-9,;|\t\"\r\nơ=]{0,80}") {
        if let Ok(read) = table(&text) {
            prop_assert!(read.rows.windows(2).all(|two| two[0].line < two[1].line));
        }
    }
}
