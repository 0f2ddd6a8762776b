use std::io::Write as _;

use rust_xlsxwriter::{Format, Workbook};

use super::*;

fn cells(sheet: Sheet) -> Cells {
    match sheet {
        Sheet::Read(cells) => cells,
        other => panic!("{other:?}"),
    }
}

/// As a reader types what is filled: its row of the sheet, its column from 0.
fn shown(cells: Cells) -> Vec<(usize, usize, String)> {
    cells.grid().filled().map(|(line, column, cell)| (line, column, cell.shown())).collect()
}

/// A workbook of one sheet whose rows are written as they are.
fn book(rows: &str) -> Vec<u8> {
    let of = |kind: &str| format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    let part = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{types}\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"{part}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"r1\" Type=\"{}\" Target=\"xl/workbook.xml\"/></Relationships>",
                of("officeDocument")
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"r1\" Type=\"{}\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
                of("worksheet")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_merged_over_rows_holds_of_each_and_rows_count_as_the_sheet_does() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.merge_range(1, 0, 1, 2, "Sổ thử", &Format::new()).unwrap();
    page.merge_range(2, 1, 4, 1, "Sở Y tế", &Format::new()).unwrap();
    for (row, text) in [(2, "một"), (3, "hai"), (6, "ba")] {
        page.write(row, 0, text).unwrap();
    }
    let cells = cells(read(&book.save_to_buffer().unwrap()));
    let through_the_pipe: Sheet =
        serde_json::from_slice(&serde_json::to_vec(&Sheet::Read(cells.clone())).unwrap()).unwrap();
    assert_eq!(through_the_pipe, Sheet::Read(cells.clone()));
    assert_eq!((cells.first, cells.rows.len()), (2, 6));
    let grid = cells.grid();
    assert_eq!([1, 2, 3, 4].map(|row| grid.down(row, 1).shown()), ["Sở Y tế", "Sở Y tế", "Sở Y tế", ""]);
    assert_eq!((grid.line(5), grid.own(5, 0).shown()), (7, "ba".into()));
}

#[test]
fn a_mark_of_secrecy_is_seen_below_other_words_of_its_cell() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Sổ thử\nTUYỆT MẬT").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()), Sheet::Classified("TUYỆT MẬT".into()));
}

#[test]
fn a_column_that_says_how_secret_systems_are_is_no_mark_of_the_sheet() {
    let read_with = |rows: &[[&str; 3]]| {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                page.write(row, column, *cell).unwrap();
            }
        }
        read(&book.save_to_buffer().unwrap())
    };
    let table = [["STT", "Tên hệ thống", "Độ mật"], ["1", "Hộp thư", "MẬT"]];
    assert!(matches!(read_with(&table), Sheet::Read(_)));
    let marked = [["UBND TỈNH MẪU", "", "MẬT"], table[0], table[1]];
    assert_eq!(read_with(&marked), Sheet::Classified("MẬT".into()));
}

#[test]
fn a_percent_means_what_it_shows() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let shown_as = |format: &str| Format::new().set_num_format(format);
    for (column, (number, format)) in (0_u16..).zip([
        (0.5, "0%"),
        (0.07, "0.00%"),
        (1.0, "0%"),
        (0.916_67, "0.0%;-0.0%"),
        (12.5, "0.0"),
        (0.5, "0.0\"%\""),
        (0.5, "0.0\\%"),
    ]) {
        page.write_with_format(0, column, number, &shown_as(format)).unwrap();
    }
    page.write(0, 7, "50%").unwrap();
    let texts: Vec<String> =
        shown(cells(read(&book.save_to_buffer().unwrap()))).into_iter().map(|(.., text)| text).collect();
    assert_eq!(texts, ["50%", "7%", "100%", "91,667%", "12,5", "0,5", "0,5", "50%"]);
}

#[test]
fn a_formula_that_nobody_computed_is_no_empty_cell() {
    let rows = "<row r=\"3\"><c r=\"A3\"><v>7</v></c><c r=\"B3\"><f>A3*2</f></c><c r=\"C3\"><f>A3*2</f><v>14</v></c>\
        <c r=\"D3\" t=\"str\"><f>IF(A3&gt;9,\"x\",\"\")</f><v></v></c><c r=\"E3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>\
        <row r=\"4\"><c r=\"B4\"><f t=\"shared\" si=\"0\" ref=\"B4:B5\">A4*2</f></c></row>\
        <row r=\"5\"><c r=\"B5\"><f t=\"shared\" si=\"0\"/></c></row>";
    let read = cells(read(&book(rows)));
    let number = |value| Cell::Number { value, is_percent: false };
    let (open, fault) = (Cell::Error(Broken::NoResult), Cell::Error(Broken::Fault));
    assert_eq!(read.first, 3);
    assert_eq!(read.rows[0], [number(7.0), open.clone(), number(14.0), Cell::Empty, fault]);
    assert_eq!(read.rows[1..], [vec![Cell::Empty, open.clone()], vec![Cell::Empty, open]]);
}

#[test]
fn a_day_is_a_day_and_letters_of_an_old_font_are_read() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 6, 3).unwrap();
    page.write_with_format(0, 0, &day, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    page.write_with_format(0, 1, "Së Y tÕ", &Format::new().set_font_name(".VnTime")).unwrap();
    page.write_with_format(0, 2, "Sở Y tế", &Format::new().set_font_name(".VnTime")).unwrap();
    let read = cells(read(&book.save_to_buffer().unwrap()));
    let expected = [Cell::Date(jiff::civil::date(2026, 6, 3)), Cell::text("Sở Y tế"), Cell::text("Sở Y tế")];
    assert_eq!(read.rows, [expected]);
}

#[test]
fn a_cell_that_is_longer_than_any_is_refused_wherever_its_text_stands() {
    let row = |text: &str| format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let fits = "ạ".repeat(MOST_IN_CELL / 3);
    assert_eq!(cells(read(&book(&row(&fits)))).rows, [[Cell::text(&fits)]]);
    for long in [MOST_IN_CELL + 1, 3 * MOST_IN_CELL, 20 * MOST_IN_CELL] {
        assert_eq!(read(&book(&row(&"x".repeat(long)))), Sheet::TooLarge, "{long}");
    }
}
