use proptest::prelude::*;

use super::*;
use crate::Area;

const fn column<'a>(key: &'a str, names: &'a [Name<'a>]) -> Column<'a> {
    Column { key, names, is_required: false, is_carried: false }
}

/// As a tracking sheet would ask.
const TRACKING: [Column<'static>; 7] = [
    column("number", &[Name::within("số văn bản", 9), Name::within("số ký hiệu", 9), Name::within("văn bản giao", 7)]),
    column("issued", &[Name::within("ngày ban hành", 10), Name::within("ngày văn bản", 9)]),
    Column {
        key: "text",
        names: &[Name::within("nội dung", 8), Name::within("nhiệm vụ", 8)],
        is_required: true,
        is_carried: false,
    },
    Column {
        key: "leads",
        names: &[
            Name::within("chủ trì", 10),
            Name::within("đơn vị thực hiện", 8),
            Name::within("cơ quan", 5),
            Name::never("ban hành"),
        ],
        is_required: true,
        is_carried: false,
    },
    column(
        "due",
        &[
            Name::whole("hạn", 9),
            Name::within("thời hạn", 10),
            Name::within("hạn hoàn thành", 10),
            Name::within("thời gian hoàn thành", 9),
        ],
    ),
    column("done", &[Name::within("ngày hoàn thành", 10)]),
    column("share", &[Name::within("tỷ lệ", 9)]),
];

fn grid(rows: &[&[&str]]) -> Grid {
    Grid::new(rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect(), 1)
}

fn found(rows: &[&[&str]]) -> Found<'static> {
    Heads::find(&grid(rows), &TRACKING)
}

#[test]
fn an_issuing_body_is_no_deadline_though_its_letters_hold_one() {
    let found = found(&[&["TT", "Số văn bản", "Cơ quan ban hành", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"]]);
    let due = [("due", 5), ("leads", 4), ("number", 1), ("text", 3)];
    assert_eq!(found.columns, BTreeMap::from(due));
    let unknown = [(0, "TT".to_owned()), (2, "Cơ quan ban hành".to_owned())];
    assert_eq!((found.unknown.as_slice(), found.order), (unknown.as_slice(), Some(0)));
    assert!(found.missing.is_empty() && found.doubts.is_empty(), "{:?}", found.doubts);
}

#[test]
fn without_its_column_a_key_is_missing_and_not_guessed() {
    let found = found(&[&["TT", "Nhiệm vụ", "Cơ quan ban hành", "Thời hạn"]]);
    assert_eq!((found.missing.as_slice(), found.columns.get("leads")), (["leads"].as_slice(), None));
    assert_eq!(Heads::find(&grid(&[&["a", "b"]]), &TRACKING).missing, ["text", "leads"]);
}

#[test]
fn columns_are_paired_so_that_all_fit_best() {
    // The first column would do for the deadline too.
    let found = found(&[&["Thời gian hoàn thành", "Nội dung", "Cơ quan chủ trì", "Ngày hoàn thành thực tế"]]);
    assert_eq!([found.columns["due"], found.columns["done"]], [0, 3]);
}

#[test]
fn titles_stand_above_and_case_marks_and_blanks_count_for_nothing() {
    let rows: &[&[&str]] = &[
        &["UBND TỈNH MẪU"],
        &["SỔ THEO DÕI NHIỆM VỤ NĂM 2026"],
        &[],
        &["stt", "NOI  DUNG\nNHIEM VU", "DON VI CHU TRI:", "Thoi han (ngay)"],
        &["1", "Rà soát", "Sở Nội vụ", "30/6"],
    ];
    let found = found(rows);
    assert_eq!((found.rows.clone(), found.columns.len()), (3..4, 3));
}

#[test]
fn heads_stand_over_two_rows_with_merged_cells_or_blanks() {
    let rows: &[&[&str]] = &[
        &["TT", "Nội dung", "Đơn vị", "", "Thời gian", ""],
        &["", "", "Chủ trì", "Phối hợp", "Giao", "Hoàn thành"],
        &["1", "Rà soát", "Sở A", "Sở B", "1/1/2026", "30/6/2026"],
    ];
    let is = |found: Found<'_>| {
        assert_eq!((found.rows.clone(), found.columns["leads"], found.columns["due"]), (0..2, 2, 5));
        assert_eq!(found.unknown.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 3, 4]);
    };
    is(found(rows));
    let down = |column| Area { top: 0, left: column, bottom: 1, right: column };
    let over = |left| Area { top: 0, left, bottom: 0, right: left + 1 };
    is(Heads::find(&grid(rows).with_merged(&[down(0), down(1), over(2), over(4)]), &TRACKING));
}

#[test]
fn two_columns_that_say_the_same_are_told() {
    let found = found(&[&["Nội dung", "Chủ trì", "Thời hạn", "Thời hạn"]]);
    assert_eq!(found.doubts, [HeadDoubt::Twice { key: "due", used: 2, other: 3 }]);
}

#[test]
fn one_head_is_enough_where_nothing_else_is_needed() {
    let (name, code) = ([Name::whole("tên", 10)], [Name::whole("mã", 10)]);
    let columns = [Column { is_required: true, ..column("name", &name) }, column("code", &code)];
    let found = Heads::find(&grid(&[&["Tên"], &["Sở"]]), &columns);
    assert_eq!((found.columns.len(), found.missing.len()), (1, 0));
    let found = Heads::find(&grid(&[&["Mã"], &["1"]]), &columns);
    assert_eq!((found.columns.len(), found.missing.as_slice()), (0, ["name"].as_slice()));
}

#[test]
fn a_sheet_of_one_column_has_a_head() {
    let names = [Name::whole("tên", 10)];
    let one = [column("name", &names)];
    assert_eq!(Heads::find(&grid(&[&["Tên"], &["Sở"]]), &one).columns["name"], 0);
}

proptest! {
    #[test]
    fn any_sheet_may_be_asked(rows in proptest::collection::vec(proptest::collection::vec("[a-zđơ ]{0,6}|chủ trì|thời hạn", 0..6), 0..8)) {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect();
        let found = Heads::find(&Grid::new(rows, 1), &TRACKING);
        let mut used: Vec<usize> = found.columns.values().copied().collect();
        used.sort_unstable();
        used.dedup();
        prop_assert_eq!(used.len(), found.columns.len());
    }
}

#[test]
fn a_row_of_data_is_no_second_row_of_heads_whatever_its_words() {
    // "thời hạn" stands in what the first row says under a head that nobody knows.
    let rows: [&[&str]; 3] = [
        &["Nội dung", "Chủ trì", "Ghi nhớ"],
        &["Việc một", "Sở Y tế", "thời hạn còn ngắn"],
        &["Việc hai", "Sở Y tế", ""],
    ];
    let found = found(&rows);
    assert_eq!((found.rows.clone(), found.columns.get("due")), (0..1, None));
    assert!(found.unknown.contains(&(2, "Ghi nhớ".to_owned())), "{:?}", found.unknown);
}

#[test]
fn a_row_that_parts_the_heads_above_it_is_one_of_them() {
    let rows: [&[&str]; 3] =
        [&["TT", "Nội dung", "Thực hiện", ""], &["", "", "Chủ trì", "Thời hạn"], &["1", "Việc một", "Sở Y tế", "2026"]];
    let found = found(&rows);
    assert_eq!((found.rows.clone(), found.columns.get("leads"), found.columns.get("due")), (0..2, Some(&2), Some(&3)));
}
