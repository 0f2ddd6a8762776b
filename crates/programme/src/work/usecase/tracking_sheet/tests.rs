use super::*;

use intake::{Area, Broken, Cell};

fn rows(rows: &[&[&str]]) -> Grid {
    Grid::new(rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect(), 1)
}

fn lines(grid: &Grid) -> Vec<Line> {
    read(grid).unwrap().lines
}

/// Codes of what is wrong with a row, and of what of it could not be read.
fn codes(line: &Line) -> (Vec<&'static str>, Vec<&'static str>) {
    let of = |problems: &[Problem]| problems.iter().map(|problem| problem.code).collect();
    (of(&line.wrong), of(&line.unread))
}

#[test]
fn a_sheet_is_read_by_the_words_of_its_heads() {
    let sheet = rows(&[
        &["SỔ THEO DÕI NHIỆM VỤ NĂM 2026"],
        &[
            "STT",
            "Số văn bản",
            "Ngày ban hành",
            "Nội dung nhiệm vụ",
            "Đơn vị chủ trì",
            "Thời hạn",
            "Kết quả thực hiện",
            "Tỷ lệ",
            "Ngày hoàn thành",
        ],
        &[
            "1",
            "35/TB-UBND",
            "09/01/2026",
            "Rà soát hạ tầng",
            "Sở Tài chính, Sở Nội vụ",
            "30/6/2026",
            "Đã khảo sát",
            "60%",
            "",
        ],
        &["2", "", "", "Bố trí kinh phí", "Sở Tài chính", "30/9/2026", "", "100%", "15/08/2026"],
        &["", "", "", "Tổng cộng: 2", "", "", "", "", ""],
    ]);
    let lines = lines(&sheet);
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[0].leads.as_str(), lines[0].percent), ("Sở Tài chính; Sở Nội vụ", Some(60)));
    assert_eq!((lines[1].number.as_str(), lines[1].issued_on.as_deref()), ("35/TB-UBND", Some("2026-01-09")));
    assert_eq!((lines[1].done_on.as_deref(), lines[1].percent, lines[1].line), (Some("2026-08-15"), Some(100), 4));
    assert_eq!(read(&rows(&[&["a", "b"]])).unwrap_err().code, "tracking-heads");
}

#[test]
fn a_share_of_the_work_means_what_it_shows() {
    let cases = [("60%", 60), ("1%", 1), ("1", 1), ("0,5 %", 1), ("99,6%", 99), ("0", 0), ("75", 75), ("100%", 100)];
    for (text, shown) in cases {
        assert_eq!(percent(text, false), Ok(Some(shown)), "{text}");
    }
    for text in ["xong", "nan", "120", "-5", "60-70%"] {
        assert_eq!(percent(text, false), Err(()), "{text}");
    }
    assert_eq!([percent("", false), percent(" - ", false)], [Ok(None), Ok(None)]);
    assert_eq!([percent("0,6", true), percent("1", true)], [Ok(Some(60)), Ok(Some(100))]);
    let of_one = |column: &[&str]| is_of_one(column.iter().copied());
    assert!(of_one(&["0,6", "", "1", "0"]));
    assert!(!of_one(&["1%", "1", "0,5"]) && !of_one(&["1", "0"]) && !of_one(&["0,5", "20"]) && !of_one(&[]));
}

#[test]
fn who_issued_is_no_deadline_and_a_row_without_a_lead_is_not_lost() {
    let sheet = rows(&[
        &["TT", "Số ký hiệu", "Cơ quan ban hành", "Nhiệm vụ được giao", "Cơ quan chủ trì", "Thời hạn"],
        &["1", "08/TB-UBND", "UBND tỉnh", "Lập danh mục dữ liệu", "Sở Nội vụ", "15/10/2026"],
        &["2", "08/TB-UBND", "UBND tỉnh", "Mở lớp", "", "15/11/2026"],
    ]);
    let lines = lines(&sheet);
    let told: Vec<(usize, &str, &str)> =
        lines.iter().map(|line| (line.line, line.leads.as_str(), line.due.as_str())).collect();
    assert_eq!(told, [(2, "Sở Nội vụ", "15/10/2026"), (3, "", "15/11/2026")]);
}

#[test]
fn names_with_commas_stay_whole_and_two_bodies_are_two() {
    let sheet = rows(&[
        &["Nội dung", "Đơn vị chủ trì"],
        &["Ký cam kết", "UBND các xã, phường, đặc khu"],
        &["Rà soát", "Các sở, ban, ngành"],
        &["Tổng hợp", "Sở Y tế và Sở Xây dựng"],
    ]);
    let leads: Vec<String> = lines(&sheet).into_iter().map(|line| line.leads).collect();
    assert_eq!(leads, ["UBND các xã, phường, đặc khu", "Các sở, ban, ngành", "Sở Y tế; Sở Xây dựng"]);
}

#[test]
fn every_row_of_the_sheet_is_accounted_for() {
    let rows: Vec<Vec<Cell>> = [
        &["SỔ THEO DÕI NHIỆM VỤ"][..],
        &[],
        &["TT", "Nội dung", "Chủ trì", "Số lượng", "Tỷ lệ"],
        &["(1)", "(2)", "(3)", "(4)", "(5)"],
        &["I", "HẠ TẦNG", "", "", ""],
        &["1", "Lắp máy chủ", "Sở Xây dựng", "3", "20"],
        &["2", "Mở mạng", "Sở Xây dựng", "4", ""],
        &["", "Hai việc trên", "", "7", ""],
        &["II", "CON NGƯỜI", "", "", ""],
        &["3", "Tập huấn", "", "5", ""],
        &["", "Tổng cộng: 3 việc", "", "", ""],
        &[],
        &["", "NGƯỜI LẬP BIỂU"],
    ]
    .iter()
    .map(|row| row.iter().map(|cell| Cell::text(cell)).collect())
    .collect();
    let sheet = read(&Grid::new(rows, 4)).unwrap();
    assert_eq!(sheet.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [9, 10, 13]);
    assert_eq!(sheet.lines.iter().map(|line| line.percent).collect::<Vec<_>>(), [Some(20), None, None]);
    let left = |is: LeftOut| sheet.left.iter().filter(|left| left.is == is).map(|left| left.line).collect::<Vec<_>>();
    assert_eq!((left(LeftOut::Group), left(LeftOut::Total)), (vec![8, 12], vec![11, 14]));
    assert_eq!((left(LeftOut::Note), sheet.blank), (vec![4, 6, 7, 16], 5));
    assert_eq!(sheet.lines.len() + sheet.left.len() + sheet.blank, sheet.rows);
    assert_eq!(sheet.left(LeftOut::Note), 4);
    assert_eq!(sheet.rows, 16);
}

#[test]
fn what_cannot_be_read_is_said_at_its_row() {
    let head =
        ["Số văn bản", "Ngày văn bản", "Nội dung", "Chủ trì", "Tỷ lệ", "Ngày hoàn thành"].map(Cell::text).to_vec();
    let row = |issued: &str, share: Cell, done: &str| {
        let cells = ["9/TB-UBND", issued, "Mở lớp", "Sở Nội vụ"].map(Cell::text);
        cells.into_iter().chain([share, Cell::text(done)]).collect::<Vec<_>>()
    };
    let rows = vec![
        head,
        row("05/01/2026", Cell::Number { value: 0.6, is_percent: true }, ""),
        row("05/01/2026", Cell::text("sắp xong"), "chưa"),
        row("05/01/2026", Cell::Error(Broken::NoResult), "-"),
        row("không rõ", Cell::text("120%"), "15/8/2026"),
    ];
    let lines = lines(&Grid::new(rows, 1));
    assert_eq!((codes(&lines[0]), lines[0].percent), ((vec![], vec![]), Some(60)));
    assert_eq!((codes(&lines[1]), lines[1].percent), ((vec![], vec!["tracking-share", "tracking-done"]), None));
    assert_eq!(codes(&lines[2]), (vec!["tracking-cell"], vec![]));
    assert_eq!(lines[2].wrong[0].args, [("cell", "E4".to_owned())]);
    assert_eq!(codes(&lines[3]), (vec!["tracking-issued"], vec!["tracking-share"]));
    assert_eq!((lines[3].percent, lines[3].done_on.as_deref()), (None, Some("2026-08-15")));
}

#[test]
fn rows_below_a_broken_number_are_of_no_other_document() {
    let row = |number: Cell, text: &str| vec![number, Cell::text(text), Cell::text("Sở Nội vụ")];
    let rows = vec![
        ["Số văn bản", "Nội dung", "Chủ trì"].map(Cell::text).to_vec(),
        row(Cell::text("9/TB-UBND"), "Mở lớp"),
        row(Cell::Error(Broken::Fault), "Mua sắm"),
        row(Cell::Empty, "Rà soát"),
        row(Cell::text("10/TB-UBND"), "Bàn giao"),
    ];
    let lines = lines(&Grid::new(rows, 1));
    let told: Vec<(Vec<&str>, &str)> = lines.iter().map(|line| (codes(line).0, line.number.as_str())).collect();
    assert_eq!((&told[0].0, told[0].1), (&vec![], "9/TB-UBND"));
    assert_eq!((&told[1].0, &told[2].0), (&vec!["tracking-cell"], &vec!["tracking-cell"]));
    assert_eq!((&told[3].0, told[3].1), (&vec![], "10/TB-UBND"));
}

#[test]
fn a_good_cell_beside_a_broken_one_does_not_mend_the_document() {
    let head = ["Số văn bản", "Ngày văn bản", "Cơ quan giao", "Nội dung", "Chủ trì"].map(Cell::text).to_vec();
    let row = |document: [Cell; 3], text: &str| {
        document.into_iter().chain([text, "Sở Nội vụ"].map(Cell::text)).collect::<Vec<_>>()
    };
    for broken in 0..3 {
        let mut first = ["9/TB-UBND", "05/01/2026", "UBND tỉnh"].map(Cell::text);
        first[broken] = Cell::Error(Broken::Fault);
        let rows = vec![
            head.clone(),
            row(["8/TB-UBND", "02/01/2026", "UBND tỉnh"].map(Cell::text), "Mở lớp"),
            row(first, "Mua sắm"),
            row(["", "", ""].map(Cell::text), "Rà soát"),
            row(["", "06/01/2026", ""].map(Cell::text), "Kiểm kê"),
            row(["10/TB-UBND", "07/01/2026", ""].map(Cell::text), "Bàn giao"),
        ];
        let lines = lines(&Grid::new(rows, 1));
        let told: Vec<Vec<&str>> = lines.iter().map(|line| codes(line).0).collect();
        let wrong = vec!["tracking-cell"];
        assert_eq!(told, [vec![], wrong.clone(), wrong.clone(), wrong, vec![]], "{broken}");
        assert_eq!((lines[4].issued_on.as_deref(), lines[4].giver.as_str()), (Some("2026-01-07"), ""));
    }
}

#[test]
fn a_sheet_without_numbers_says_of_each_row_when_it_was_given() {
    let grid = rows(&[
        &["Ngày văn bản", "Nội dung", "Chủ trì"],
        &["05/01/2026", "Mở lớp", "Sở Nội vụ"],
        &["06/01/2026", "Mua sắm", "Sở Y tế"],
    ]);
    let issued: Vec<Option<String>> = lines(&grid).into_iter().map(|line| line.issued_on).collect();
    assert_eq!(issued, [Some("2026-01-05".to_owned()), Some("2026-01-06".to_owned())]);
}

#[test]
fn what_is_merged_over_rows_holds_of_each() {
    let grid = rows(&[
        &["Số văn bản", "Ngày văn bản", "Nội dung", "Chủ trì"],
        &["9/TB-UBND", "05/01/2026", "Mở lớp", "Sở Nội vụ"],
        &["", "", "Mua sắm", ""],
        &["10/TB-UBND", "", "Rà soát", "Sở Y tế"],
    ]);
    let down = |column| Area { top: 1, left: column, bottom: 2, right: column };
    let lines = lines(&grid.with_merged(&[down(0), down(3)]));
    let told: Vec<_> =
        lines.iter().map(|line| (line.number.as_str(), line.issued_on.as_deref(), line.leads.as_str())).collect();
    let first = Some("2026-01-05");
    assert_eq!(
        told,
        [("9/TB-UBND", first, "Sở Nội vụ"), ("9/TB-UBND", first, "Sở Nội vụ"), ("10/TB-UBND", None, "Sở Y tế")]
    );
}

#[test]
fn a_sheet_of_more_lines_than_a_department_has_is_refused() {
    let grid = |lines: usize| {
        let mut rows = vec![vec![Cell::text("Nội dung"), Cell::text("Chủ trì")]];
        rows.resize(1 + lines, vec![Cell::text("Rà soát"), Cell::text("Sở Nội vụ")]);
        Grid::new(rows, 1)
    };
    assert_eq!(lines(&grid(MOST_LINES)).len(), MOST_LINES);
    assert_eq!(read(&grid(MOST_LINES + 1)).unwrap_err().code, "tracking-too-long");
}
