use super::*;
use crate::work::model::counts::Counts;

const REPORT: &str = "report_thu";

fn work(words: &str) -> Work {
    Work {
        id: Uuid::from_u128(1),
        task: Uuid::from_u128(2),
        plan: String::new(),
        plan_id: None,
        section: String::new(),
        text: "Mở lớp".into(),
        counts: Counts::default(),
        percent: None,
        words: words.into(),
        suggested: false,
        nothing: false,
        evidence: vec![],
        href: String::new(),
        said: vec![],
    }
}

fn measured(unit: &str, this: Option<i64>, parts: Option<(i64, i64)>) -> Measured {
    Measured {
        id: Uuid::from_u128(3),
        plan: String::new(),
        text: "Hồ sơ trực tuyến".into(),
        unit: unit.into(),
        goal: 0,
        comparator: "=".into(),
        numerator: parts.map(|(top, _)| top),
        denominator: parts.map(|(_, bottom)| bottom),
        this,
        total: None,
        year_ago: None,
        planned: None,
        status: if this.is_some() { "official".into() } else { String::new() },
        evidence: if this.is_some() { "BC 9".into() } else { String::new() },
        href: String::new(),
        reported: 0,
        expected: 0,
        said: vec![],
    }
}

/// The sheet of one task and one target: the words of the task, then what stands from column E of the target on.
fn sheet(words: Cell, cells: [Cell; 5]) -> Grid {
    let head =
        [[Cell::text(REPORT), Cell::Empty], [Cell::text("4"), Cell::Empty], [Cell::text("Mã"), Cell::text("Nội dung")]];
    let mut rows: Vec<Vec<Cell>> = head.map(Vec::from).into();
    let row = |kind: &str, id: u128| {
        let name = format!("{kind} {}", Uuid::from_u128(id));
        vec![Cell::text(&name), Cell::text("Dòng thử"), Cell::Empty, Cell::Empty]
    };
    rows.push(row("work", 1).into_iter().chain([words]).collect());
    rows.push(row("value", 3).into_iter().chain(cells).collect());
    Grid::new(rows, 1)
}

fn content(words: &str, value: Measured) -> Content {
    Content { works: vec![work(words)], values: vec![value], ..Content::default() }
}

fn text(text: &str) -> Cell {
    Cell::text(text)
}

fn number(value: f64) -> Cell {
    Cell::Number { value, is_percent: false }
}

fn percent(value: f64) -> Cell {
    Cell::Number { value, is_percent: true }
}

/// Which cells are refused, and why.
fn faults(grid: &Grid, content: &Content) -> Vec<(String, &'static str)> {
    let faults = read(grid, REPORT, content).err().unwrap_or_default();
    faults.into_iter().map(|fault| (fault.cell, fault.code)).collect()
}

fn is(faults: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    faults.iter().map(|(cell, code)| ((*cell).to_owned(), *code)).collect()
}

#[test]
fn a_share_is_what_the_cell_shows() {
    let none = content("", measured("%", None, None));
    let value = |cell: Cell| {
        let grid = sheet(Cell::Empty, [text("BC 7"), Cell::Empty, Cell::Empty, cell, text("ước")]);
        read(&grid, REPORT, &none).unwrap().values[0].1.value
    };
    assert_eq!(
        [percent(0.855), percent(1.0), number(85.5), text("85,5 %")].map(value),
        [Some(85_500), Some(100_000), Some(85_500), Some(85_500)]
    );
    let count = content("", measured("hồ sơ", None, None));
    let grid = sheet(Cell::Empty, [text("BC 7"), Cell::Empty, Cell::Empty, percent(0.5), text("ước")]);
    assert_eq!(faults(&grid, &count), is(&[("H5", "percent-not-here")]));
}

#[test]
fn a_figure_that_can_be_read_in_two_ways_is_no_figure() {
    let none = content("", measured("hồ sơ", None, None));
    let of = |cell: &str| {
        let grid = sheet(Cell::Empty, [text("BC 7"), Cell::Empty, Cell::Empty, text(cell), text("ước")]);
        faults(&grid, &none)
    };
    assert_eq!(of("85.5"), is(&[("H5", "not-a-number")]));
    assert_eq!(of("bảy"), is(&[("H5", "not-a-number")]));
    assert_eq!(of("1.234,5"), is(&[]));
}

#[test]
fn what_was_not_computed_and_what_ends_in_an_error_is_named() {
    let all = content("Đã mở", measured("%", Some(50_000), Some((5_000, 10_000))));
    let (open, fault) = (Cell::Error(Broken::NoResult), Cell::Error(Broken::Fault));
    let grid = sheet(open.clone(), [text("BC 9"), open, fault, text("50"), text("chính thức")]);
    let named = [("E4", "cell-not-computed"), ("F5", "cell-not-computed"), ("G5", "cell-in-error")];
    assert_eq!(faults(&grid, &all), is(&named));
}

#[test]
fn what_was_cleared_is_named_and_nothing_is_overwritten() {
    let share = content("Đã mở", measured("%", Some(50_000), Some((5_000, 10_000))));
    let with = |words: &str, cells: [&str; 5]| sheet(text(words), cells.map(text));
    let refused = |words, cells| faults(&with(words, cells), &share);
    assert_eq!(refused("", ["BC 9", "5", "10", "50", "chính thức"]), is(&[("E4", "cell-cleared")]));
    let all = is(&[("F5", "cell-cleared"), ("G5", "cell-cleared"), ("H5", "cell-cleared")]);
    assert_eq!(refused("Đã mở", ["BC 9", "", "", "-", "chính thức"]), all);
    let parts = is(&[("F5", "cell-cleared"), ("G5", "cell-cleared")]);
    assert_eq!(refused("Đã mở", ["BC 9", "", "", "50", "chính thức"]), parts);
    assert_eq!(refused("Đã mở", ["", "5", "10", "", "chính thức"]), is(&[("E5", "value-evidence")]));
    assert_eq!(refused("Đã mở", ["BC 9", "5", "10", "70", "chính thức"]), is(&[("H5", "value-not-of-parts")]));
    // What is computed from both parts may go, and another value may come in their place.
    for cells in [["BC 9", "5", "10", "", "chính thức"], ["BC 9", "", "", "70", "chính thức"]] {
        assert_eq!(refused("Đã mở", cells), is(&[]), "{cells:?}");
    }
    let untouched = read(&with("Đã mở", ["BC 9", "5", "10", "50", "chính thức"]), REPORT, &share).unwrap();
    assert_eq!((untouched.rev, untouched.works.len(), untouched.values.len()), (4, 0, 0));
    let nothing = read(&with("Không phát sinh", ["BC 9", "5", "10", "50", "chính thức"]), REPORT, &share).unwrap();
    assert_eq!(nothing.works, [(Uuid::from_u128(1), String::new(), true)]);
}

#[test]
fn evidence_without_a_figure_and_a_row_that_stands_twice_are_named() {
    let none = content("", measured("%", None, None));
    let grid = sheet(Cell::Empty, [text("BC 7"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    assert_eq!(faults(&grid, &none), is(&[("H5", "value-missing")]));
    let untouched = sheet(Cell::Empty, [const { Cell::Empty }; 5]);
    assert!(read(&untouched, REPORT, &none).unwrap().values.is_empty());
    let row = |row: usize| (0..9).map(|column| untouched.own(row, column).clone()).collect::<Vec<_>>();
    let twice = Grid::new([0, 1, 2, 3, 4, 3].map(row).into(), 1);
    assert_eq!(faults(&twice, &none), is(&[("A6", "row-twice")]));
    let other = read(&untouched, "report_khac", &none).unwrap_err();
    assert_eq!((other[0].cell.as_str(), other[0].code), ("A1", "other-report"));
}
