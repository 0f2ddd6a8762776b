//! Lists whose columns are told by whole words, as `webkit` asks for them.

use intake::{Area, Cell, Column, Found, Grid, Heads, Name, Read, Row};

const COLUMNS: [Column<'static>; 4] = [
    Column {
        key: "name",
        names: &[Name::within("ten he thong", 10), Name::whole("ten", 10)],
        is_required: true,
        is_carried: false,
    },
    Column {
        key: "owner",
        names: &[Name::within("chu quan", 10), Name::within("co quan", 10)],
        is_required: true,
        is_carried: true,
    },
    Column {
        key: "operator",
        names: &[Name::within("van hanh", 10), Name::within("co quan van hanh", 10)],
        is_required: false,
        is_carried: false,
    },
    Column { key: "since", names: &[Name::within("nam dua vao", 10)], is_required: false, is_carried: false },
];

fn grid(rows: &[&[&str]]) -> Grid {
    Grid::new(rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect(), 1)
}

fn kinds(grid: &Grid, found: &Found<'_>) -> String {
    let kind = |row: &Row<'_>| match row {
        Row::Data => 'D',
        Row::Group(_) => 'G',
        Row::Total => 'T',
        Row::Blank => '-',
        Row::Note => 'N',
        Row::Refused(_) => 'X',
    };
    Read::rows(grid, found, &COLUMNS).lines.iter().map(|line| kind(&line.is)).collect()
}

#[test]
fn a_list_has_titles_two_rows_of_heads_groups_and_totals() {
    let grid = grid(&[
        &["DANH MỤC HỆ THỐNG"],
        &[],
        &["TT", "Tên hệ thống", "Cơ quan", "", "Năm đưa vào sử dụng"],
        &["", "", "Chủ quản", "Vận hành", ""],
        &["I. Sở Y tế"],
        &["1", "Hồ sơ  bệnh án", "", "Trung tâm Mẫu", "2019"],
        &["II. Sở Nội vụ"],
        &["2", "Cán bộ", "", "", ""],
        &["3", "Lưu trữ", "Sở Tư pháp", "", ""],
        &["4", "Hộ tịch", "", "", ""],
        &["", "Tổng cộng", "", "", "4"],
        &[],
        &["", "NGƯỜI LẬP"],
    ]);
    let found = Heads::find(&grid, &COLUMNS);
    assert_eq!((found.rows.clone(), found.columns.len()), (2..4, 4));
    assert_eq!(kinds(&grid, &found), "N-NNGXGXDDT-N", "a line that lacks its owner is told, not lost");
}

#[test]
fn what_is_merged_over_rows_and_what_lacks_something_is_a_line() {
    let rows: &[&[&str]] =
        &[&["Tên", "Cơ quan"], &["Một", "Sở Y tế"], &["Hai", ""], &["Ba", "Sở Nội vụ"], &["Bốn", ""]];
    let grid1 = grid(rows).with_merged(&[Area { top: 1, left: 1, bottom: 2, right: 1 }]);
    assert_eq!(kinds(&grid1, &Heads::find(&grid1, &COLUMNS)), "NDDDD");
    let lacking = grid(&[&["Tên", "Chủ quản"], &["Một", ""], &["", "Sở Y tế"], &["Hai", "Sở Y tế"]]);
    assert_eq!(kinds(&lacking, &Heads::find(&lacking, &COLUMNS)), "NXXD");
}

#[test]
fn five_hundred_lines_of_five_bodies_are_lines() {
    let cell = str::to_owned;
    let mut rows: Vec<Vec<String>> = vec![vec![cell("DANH MỤC")], vec![]];
    rows.push(["TT", "Tên hệ thống", "Cơ quan", "", "Hiện trạng", "Nơi đặt", "Năm đưa vào sử dụng"].map(cell).to_vec());
    rows.push(["", "", "Chủ quản", "Vận hành", "", "", ""].map(cell).to_vec());
    for n in 0..500_usize {
        if n % 100 == 0 {
            rows.push(vec![format!("{}. Sở Số {n}", ["I", "II", "III", "IV", "V"][n / 100])]);
        }
        if n % 50 == 49 {
            rows.push(vec![String::new(); 8]);
        }
        let owner = if n % 10 == 0 { format!("sở  số {}", n / 10) } else { String::new() };
        let since = if n % 3 == 0 { (2010 + n % 15).to_string() } else { String::new() };
        rows.push(vec![n.to_string(), format!("Phần mềm số {n}"), owner, cell(""), cell("Sắp dừng"), cell(""), since]);
    }
    rows.push(["", "Tổng cộng", "", "", "500", ""].map(cell).to_vec());
    let cells = rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect();
    let grid = Grid::new(cells, 1);
    let found = Heads::find(&grid, &COLUMNS);
    assert_eq!(found.rows, 2..4);
    let kinds = kinds(&grid, &found);
    let count = |kind: char| kinds.chars().filter(|c| *c == kind).count();
    assert_eq!([count('D'), count('G'), count('T'), count('-'), count('N')], [500, 5, 1, 11, 3]);
}
