use proptest::prelude::*;

use super::*;
use crate::{Area, Broken, Heads, Name, Why};

const COLUMNS: [Column<'static>; 4] = [
    Column {
        key: "name",
        names: &[Name::within("nội dung", 9), Name::within("cơ quan", 9)],
        is_required: true,
        is_carried: false,
    },
    Column { key: "lead", names: &[Name::within("chủ trì", 9)], is_required: true, is_carried: true },
    Column { key: "value", names: &[Name::within("số lượng", 9)], is_required: true, is_carried: false },
    Column { key: "late", names: &[Name::within("quá hạn", 9)], is_required: false, is_carried: false },
];

fn grid(rows: &[&[&str]]) -> Grid {
    Grid::new(rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect(), 1)
}

/// D data, G group, T total, - blank, N note, X refused; `?` behind what is doubted.
fn kinds(grid: &Grid) -> String {
    let found = Heads::find(grid, &COLUMNS);
    let read = Read::rows(grid, &found, &COLUMNS);
    assert_eq!(read.lines.len(), grid.height());
    let kind = |line: &Line<'_>| {
        let kind = match line.is {
            Row::Data => "D",
            Row::Group(_) => "G",
            Row::Total => "T",
            Row::Blank => "-",
            Row::Note => "N",
            Row::Refused(_) => "X",
        };
        format!("{kind}{}", if line.doubt.is_some() { "?" } else { "" })
    };
    read.lines.iter().map(kind).collect()
}

#[test]
fn each_row_of_a_report_is_told() {
    let rows: &[&[&str]] = &[
        &["BÁO CÁO HỒ SƠ"],
        &[],
        &["STT", "Cơ quan", "Số lượng", "Quá hạn"],
        &["(1)", "(2)", "(3)", "(4)"],
        &["", "Toàn tỉnh", "100", "6"],
        &["I", "Khối sở", "60", "3"],
        &["1", "Sở A", "20", "1"],
        &["2", "Sở B", "40", "2"],
        &["II", "Khối xã", "40", "3"],
        &["1", "Xã C", "15", "1"],
        &["2", "Xã D", "25", ""],
        &["3", "Xã E", "", "2"],
        &["STT", "Cơ quan", "Số lượng", "Quá hạn"],
        &["Tổng cộng", "", "100", "6"],
        &["Ghi chú: số liệu đến ngày 25"],
        &["", "NGƯỜI LẬP BIỂU", "", "GIÁM ĐỐC"],
    ];
    assert_eq!(kinds(&grid(rows)), "N-NNTGDDGDDXNTNN");
}

#[test]
fn a_total_adds_up_whatever_its_first_word() {
    let sheet = |last: &[&str]| {
        kinds(&grid(&[&["TT", "Nội dung", "Số lượng"], &["1", "Một", "10"], &["2", "Hai", "20"], last]))
    };
    assert_eq!(sheet(&["", "Chung cả tỉnh", "30"]), "NDDT");
    assert_eq!(sheet(&["", "Cộng", "30"]), "NDDT");
    assert_eq!(sheet(&["", "Tổng cộng", "31"]), "NDDT?");
    assert_eq!(sheet(&["3", "Ba", "30"]), "NDDD", "a row of its own that is the sum by chance");
    assert_eq!(sheet(&["3", "Tổng cộng", "30"]), "NDDT");
    assert_eq!(sheet(&["3", "Tổng cộng", "7"]), "NDDD?", "numbered like the others, and no sum of them");
    assert_eq!(sheet(&["3", "TỔNG SỐ: 2", ""]), "NDDT");
    assert_eq!(sheet(&["3", "Tổng số hồ sơ mới", "7"]), "NDDD");
    assert_eq!(sheet(&["3", "Tổng công ty Mẫu", "30"]), "NDDD");
    assert_eq!(sheet(&["", "Ba", "7"]), "NDDD");
    assert_eq!(sheet(&["", "", "30"]), "NDDT");
}

#[test]
fn figures_that_add_up_by_chance_are_doubted_not_dropped() {
    let rows: &[&[&str]] =
        &[&["Cơ quan", "Số lượng", "Quá hạn"], &["Sở A", "1", "2"], &["Sở B", "2", "4"], &["Cục C", "3", "6"]];
    assert_eq!(kinds(&grid(rows)), "NDDD?");
}

#[test]
fn cleared_and_broken_cells_are_named() {
    let mut rows = vec![
        ["TT", "Nội dung", "Số lượng", "Quá hạn"].map(Cell::text).to_vec(),
        vec![Cell::text("1"), Cell::text("Một"), Cell::Empty],
        vec![Cell::text("2"), Cell::text("Hai"), Cell::Error(Broken::NoResult)],
    ];
    rows.push(vec![Cell::text("3"), Cell::text("Ba"), Cell::Number { value: 0.855, is_percent: true }]);
    let grid = Grid::new(rows, 5);
    let found = Heads::find(&grid, &COLUMNS);
    let read = Read::rows(&grid, &found, &COLUMNS);
    let is: Vec<&Row<'_>> = read.lines.iter().map(|line| &line.is).collect();
    let broken = Why::Broken { key: "value", cell: Broken::NoResult };
    assert_eq!(is, [&Row::Note, &Row::Refused(Why::Missing(vec!["value"])), &Row::Refused(broken), &Row::Data]);
    let value = read.data().next().and_then(|line| read.cell(line, "value").figure());
    assert_eq!((value.map(|figure| figure.value), read.lines[3].number), (Some(85.5), 8));
}

#[test]
fn a_cleared_cell_of_a_bare_table_is_no_title() {
    assert_eq!(kinds(&grid(&[&["Cơ quan", "Số lượng"], &["Sở A", "1"], &["Sở B", ""], &["Sở C", ""]])), "NDXX");
}

#[test]
fn merged_cells_hold_of_each_row_and_carried_ones_go_on_within_their_group() {
    let rows: &[&[&str]] = &[
        &["TT", "Nội dung", "Đơn vị chủ trì", "Số lượng"],
        &["I. Hạ tầng", "", "", ""],
        &["1", "Một", "Sở A", "1"],
        &["2", "Hai", "", "5"],
        &["A. Nhân lực", "", "", ""],
        &["3", "Ba", "", "7"],
    ];
    let title = |row| Area { top: row, left: 0, bottom: row, right: 3 };
    let grid = grid(rows).with_merged(&[title(1), title(4)]);
    let found = Heads::find(&grid, &COLUMNS);
    let read = Read::rows(&grid, &found, &COLUMNS);
    assert_eq!(kinds(&grid), "NGDDGX");
    assert_eq!(read.lines[1].is, Row::Group("Hạ tầng".into()));
    assert_eq!((read.cell(&read.lines[3], "lead"), read.lines[3].group), (&Cell::text("Sở A"), Some(1)));
    let merged = grid.with_merged(&[Area { top: 2, left: 2, bottom: 3, right: 2 }]);
    let found = Heads::find(&merged, &COLUMNS);
    assert_eq!(found.cell(&merged, 3, "lead"), &Cell::text("Sở A"));
}

#[test]
fn the_row_of_numbers_is_told_from_figures() {
    let second = |row: &[&str]| kinds(&grid(&[&["TT", "Nội dung", "Số lượng", "Quá hạn"], row]));
    for row in [
        &["(1)", "(2)", "(3)", "(4)"][..],
        &["A", "B", "1", "2=1*100"],
        &["1", "2", "3", "4"],
        &["", "[1]", "[2]", "[3]"],
    ] {
        assert_eq!(second(row), "NN", "{row:?}");
    }
    for row in [&["1", "Hai", "3", "4"][..], &["2", "B", "2", "3"], &["1", "B", "3", "2"]] {
        assert_eq!(second(row), "ND", "{row:?}");
    }
}

#[test]
fn parts_of_a_list_have_numbers_below_those_of_their_heads() {
    let rows: &[&[&str]] = &[
        &["TT", "Nội dung", "Số lượng"],
        &["1", "Hạ tầng số", ""],
        &["1.1", "Một", "4"],
        &["1.2", "Hai", "5"],
        &["2", "Ba", "6"],
    ];
    assert_eq!(kinds(&grid(rows)), "NGDDD");
}

proptest! {
    #[test]
    fn every_row_has_one_line(rows in proptest::collection::vec(proptest::collection::vec("|[0-9]{1,2}|I|Tổng cộng|Cơ quan|Số lượng|Sở [A-C]|5 %", 0..5), 0..12)) {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect();
        let grid = Grid::new(rows, 3);
        let found = Heads::find(&grid, &COLUMNS);
        let read = Read::rows(&grid, &found, &COLUMNS);
        prop_assert!(read.lines.iter().zip(0..).all(|(line, row)| line.row == row && line.number == row + 3));
        prop_assert_eq!(read.lines.len(), grid.height());
    }
}
