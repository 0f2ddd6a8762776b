//! Lists as offices keep them: titles above the heads, heads in two rows, merged cells, rows that name a group, totals.

use intake::{Column, Grid, Heads, Line, Name, Read, Row, Why};
use kernel::{Lang, Problem, text::fold};
use serde::Serialize;

use super::{Answers, Field, FieldKind};
use crate::{Locales, sheet::cell_name};

/// Lines of one list.
const MOST: usize = 20_000;
/// Heads that nobody knows of which it is asked what they mean, and letters of one.
const ASKED: usize = 60;
const LONGEST: usize = 200;
/// Heads of running numbers: nobody asks what they mean.
const ORDER: [&str; 5] = ["stt", "tt", "so tt", "so thu tu", "no"];
/// The argument of a refusal in which such heads stand, one a line.
pub(super) const UNKNOWN: &str = "unknown";

/// What stands below the heads of a list.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// Each with its number as the sheet counts, from 1.
    pub lines: Vec<(usize, Answers)>,
    /// Rows that are no lines, for people to see that nothing is lost.
    pub left: Vec<Left>,
    /// What stands over the column of a field, by the field's name: perhaps in which unit its numbers are.
    pub heads: Vec<(&'static str, String)>,
    /// What stands above the heads, row by row: perhaps what holds of all of the list.
    pub above: Vec<String>,
    /// Heads of which nobody knows what they mean.
    pub unknown: Vec<String>,
}

/// A row below the heads that is no line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Left {
    pub line: usize,
    pub is: LeftOut,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Says what holds of the lines below it.
    Group,
    Total,
    /// Notes, signatures, heads once more.
    Note,
}

/// The lines under the heads. What a line does not say is as `usual`; some heads are `called` otherwise, by field.
///
/// # Errors
/// Where no row has the heads of all required fields: which are missing is said. Where a cell holds nothing that can be
/// used: it is named.
pub(super) fn read(
    fields: &[Field],
    usual: &Answers,
    called: &[(String, String)],
    grid: &Grid,
    (locales, lang): (&Locales, Lang),
) -> Result<List, Problem> {
    let words: Vec<Vec<String>> = fields.iter().map(|field| words(field, called, locales)).collect();
    let names: Vec<Vec<Name<'_>>> = words.iter().map(|words| names(words)).collect();
    let is_needed = |field: &Field| field.is_required && usual.text(field.name).is_empty();
    let columns = fields.iter().zip(&names).map(|(field, names)| column(field, names, is_needed(field)));
    let columns: Vec<Column<'_>> = columns.collect();
    let found = Heads::find(grid, &columns);
    if !found.missing.is_empty() || found.columns.is_empty() {
        let is_missing = |field: &&Field| field.is_required && !found.columns.contains_key(field.name);
        let is_said = |field: &&Field| found.missing.is_empty() || found.missing.contains(&field.name);
        let missing = fields.iter().filter(is_missing).filter(is_said);
        let heads: Vec<String> = missing.map(|field| locales.text(lang, field.label, &[])).collect();
        let unknown = match &found.unknown {
            // The row below may have been taken for a second one of heads.
            some if !some.is_empty() && found.rows.len() < 2 => asked(some.iter().map(|(_, head)| head.clone())),
            _ => likely(grid),
        };
        let problem = Problem::bad_input("sheet-heads").field("file", "sheet-heads");
        return Err(problem.with("heads", heads.join(", ")).with(UNKNOWN, unknown.join("\n")));
    }
    let sheet = Read::rows(grid, &found, &columns);
    let head = |field: &Field| {
        let column = *found.columns.get(field.name)?;
        let said: Vec<String> = found.rows.clone().map(|row| grid.down(row, column).shown()).collect();
        Some((field.name, said.join(" ")))
    };
    let above = (0..found.rows.start).map(|row| grid.text(row)).filter(|text| !text.is_empty()).collect();
    let unknown = asked(found.unknown.iter().map(|(_, head)| head.clone()));
    let mut list = List { heads: fields.iter().filter_map(head).collect(), above, unknown, ..List::default() };
    for line in sheet.lines.iter().filter(|line| line.row >= found.rows.end) {
        match kind(&sheet, line)? {
            Kind::Line => list.lines.push((line.number, usual.clone().over(&answers(fields, &sheet, line).filled()))),
            Kind::Left(is) => list.left.push(Left { line: line.number, is, text: grid.text(line.row) }),
            Kind::Blank => {}
        }
        if list.lines.len() > MOST {
            return Err(Problem::bad_input("sheet-too-long").field("file", "sheet-too-long").with("most", MOST));
        }
    }
    if list.lines.is_empty() {
        return Err(Problem::bad_input("sheet-empty").field("file", "sheet-empty"));
    }
    Ok(list)
}

/// Of these heads those of which it is asked what they mean, each once.
fn asked(heads: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for head in heads.map(|head| head.split_whitespace().collect::<Vec<_>>().join(" ")) {
        let name = fold(&head);
        let is_asked = !name.is_empty() && !ORDER.contains(&name.as_str()) && head.chars().count() <= LONGEST;
        if is_asked && out.len() < ASKED && !out.contains(&head) {
            out.push(head);
        }
    }
    out
}

/// Where no row has heads that are known: the words of the first of the fullest rows.
fn likely(grid: &Grid) -> Vec<String> {
    const WITHIN: usize = 30;
    let words = |row: usize| (0..grid.width()).map(move |column| grid.own(row, column).shown());
    let filled = |row: &usize| words(*row).filter(|word| !word.trim().is_empty()).count();
    // Of several that are as full `max_by_key` has the last.
    let row = (0..grid.height().min(WITHIN)).rev().max_by_key(filled);
    row.map(|row| asked(words(row))).unwrap_or_default()
}

enum Kind {
    Line,
    Left(LeftOut),
    Blank,
}

/// A line that lacks something is one all the same: what is missing is said with its field.
fn kind(sheet: &Read<'_, '_>, line: &Line<'_>) -> Result<Kind, Problem> {
    match &line.is {
        Row::Data | Row::Refused(Why::Missing(_)) => Ok(Kind::Line),
        Row::Refused(Why::Broken { key, .. }) => {
            let cell = cell_name(sheet.found.columns.get(key).copied().unwrap_or(0), line.number);
            Err(Problem::bad_input("sheet-cell-broken").field("file", "sheet-cell-broken").with("cell", cell))
        }
        Row::Group(_) => Ok(Kind::Left(LeftOut::Group)),
        Row::Total => Ok(Kind::Left(LeftOut::Total)),
        Row::Note => Ok(Kind::Left(LeftOut::Note)),
        Row::Blank => Ok(Kind::Blank),
    }
}

/// What a line says of each field; what it leaves to the rows above, or to the name of its group, is said too.
fn answers(fields: &[Field], sheet: &Read<'_, '_>, line: &Line<'_>) -> Answers {
    let group = line.group.and_then(|row| sheet.lines.get(row)).map(|line| &line.is);
    let mut out = Answers::default();
    for field in fields {
        let said = sheet.cell(line, field.name).shown();
        let said = if is_struck(&said) { String::new() } else { said };
        let said = match group {
            Some(Row::Group(name)) if field.is_carried && said.is_empty() => name,
            _ => &said,
        };
        let said = match field.kind {
            FieldKind::Lines(_) => {
                let lines = said.lines().map(on_one_line).filter(|line| !line.is_empty());
                lines.collect::<Vec<_>>().join("\n")
            }
            _ => on_one_line(said),
        };
        out.set(field.name, said);
    }
    out
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell with nothing but a stroke says that there is nothing.
fn is_struck(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace()).peekable();
    signs.peek().is_some() && signs.all(|c| matches!(c, '-' | '–' | '—'))
}

fn column<'a>(field: &Field, names: &'a [Name<'a>], is_required: bool) -> Column<'a> {
    Column { key: field.name, names, is_required, is_carried: field.is_carried }
}

/// A field is known by its own words, and by what it is called on pages and in the files that come from them.
fn words(field: &Field, own: &[(String, String)], locales: &Locales) -> Vec<String> {
    let called = [Lang::Vi, Lang::En].map(|lang| locales.text(lang, field.label, &[]));
    let own = own.iter().filter(|(_, name)| name == field.name).map(|(head, _)| head.clone());
    field.heads.iter().map(|words| (*words).to_owned()).chain(called).chain(own).collect()
}

/// One word alone means little within others: "tên" is the name, "họ tên" is not.
fn names(words: &[String]) -> Vec<Name<'_>> {
    words
        .iter()
        .map(|words| if fold(words).contains(' ') { Name::within(words, 10) } else { Name::whole(words, 10) })
        .collect()
}

#[cfg(test)]
mod tests {
    use intake::{Area, Broken, Cell};

    use super::*;

    static FIELDS: [Field; 4] = [
        Field::new("name", FieldKind::Words(300)).required().heads(&["ten he thong", "ten"]),
        Field::new("owner", FieldKind::Unit).required().carried().heads(&["chu quan", "co quan"]),
        Field::new("operator", FieldKind::Unit).heads(&["van hanh", "co quan van hanh"]),
        Field::new("since", FieldKind::Number(1980, 2100)).heads(&["nam dua vao"]),
    ];

    fn grid(rows: &[&[&str]]) -> Grid {
        Grid::new(rows.iter().map(|row| row.iter().map(|cell| Cell::text(cell)).collect()).collect(), 1)
    }

    fn list(grid: &Grid) -> Result<List, Problem> {
        called(grid, &[])
    }

    fn called(grid: &Grid, called: &[(String, String)]) -> Result<List, Problem> {
        read(&FIELDS, &Answers::default(), called, grid, (&Locales::new([]).unwrap(), Lang::Vi))
    }

    /// Each line with its name and owner.
    fn owners(list: &List) -> Vec<(usize, &str, &str)> {
        list.lines.iter().map(|(line, said)| (*line, said.text("name"), said.text("owner"))).collect()
    }

    fn left(list: &List) -> Vec<(usize, LeftOut)> {
        list.left.iter().map(|left| (left.line, left.is)).collect()
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
        let list = list(&grid).unwrap();
        let expected = [
            (6, "Hồ sơ bệnh án", "Sở Y tế"),
            (8, "Cán bộ", "Sở Nội vụ"),
            (9, "Lưu trữ", "Sở Tư pháp"),
            (10, "Hộ tịch", "Sở Tư pháp"),
        ];
        assert_eq!(owners(&list), expected);
        let others = [(5, LeftOut::Group), (7, LeftOut::Group), (11, LeftOut::Total), (13, LeftOut::Note)];
        assert_eq!(left(&list), others);
        assert_eq!(list.above, ["DANH MỤC HỆ THỐNG"]);
        assert_eq!(list.lines[0].1.text("operator"), "Trung tâm Mẫu");
    }

    #[test]
    fn several_lines_of_a_cell_stay_lines_where_the_field_has_them() {
        static NOTES: [Field; 2] = [
            Field::new("name", FieldKind::Words(300)).required().heads(&["ten"]),
            Field::new("links", FieldKind::Lines(2000)).heads(&["chay tren"]),
        ];
        let grid = grid(&[&["Tên", "Chạy trên"], &["Một\nhai", "Máy  A\n\n Máy B"]]);
        let list = read(&NOTES, &Answers::default(), &[], &grid, (&Locales::new([]).unwrap(), Lang::Vi)).unwrap();
        let said = &list.lines[0].1;
        assert_eq!((said.text("name"), said.text("links")), ("Một hai", "Máy A\nMáy B"));
    }

    #[test]
    fn what_is_merged_over_rows_holds_of_each() {
        let rows: &[&[&str]] =
            &[&["Tên", "Cơ quan"], &["Một", "Sở Y tế"], &["Hai", ""], &["Ba", "Sở Nội vụ"], &["Bốn", ""]];
        let list = list(&grid(rows).with_merged(&[Area { top: 1, left: 1, bottom: 2, right: 1 }])).unwrap();
        assert_eq!(owners(&list)[1], (3, "Hai", "Sở Y tế"));
        assert_eq!(list.lines.len(), 4);
    }

    #[test]
    fn a_line_that_lacks_something_is_a_line() {
        let list = list(&grid(&[&["Tên", "Chủ quản"], &["Một", ""], &["", "Sở Y tế"], &["Hai", "Sở Y tế"]])).unwrap();
        assert_eq!(owners(&list), [(2, "Một", ""), (3, "", "Sở Y tế"), (4, "Hai", "Sở Y tế")]);
    }

    #[test]
    fn a_stroke_in_a_cell_says_nothing() {
        let rows =
            [["Tên hệ thống", "Chủ quản", "Năm đưa vào"], ["Một", "Sở Y tế", "-"], ["Hai - ba", "Sở Y tế", " – "]];
        let grid = grid(&[&rows[0], &rows[1], &rows[2]]);
        let list = list(&grid).unwrap();
        assert_eq!(owners(&list), [(2, "Một", "Sở Y tế"), (3, "Hai - ba", "Sở Y tế")]);
        assert!(list.lines.iter().all(|(_, said)| said.text("since").is_empty()), "{list:?}");
    }

    #[test]
    fn a_head_is_known_by_what_its_keepers_call_it() {
        let grid = grid(&[&["Phần mềm đang dùng", "Chủ quản"], &["Một", "Sở Y tế"]]);
        assert_eq!(list(&grid).unwrap_err().code, "sheet-heads");
        let own = [("Phần mềm đang dùng".to_owned(), "name".to_owned())];
        let list = called(&grid, &own).unwrap();
        assert_eq!(owners(&list), [(2, "Một", "Sở Y tế")]);
        assert!(list.heads.contains(&("name", "Phần mềm đang dùng".to_owned())), "{:?}", list.heads);
    }

    #[test]
    fn it_is_asked_what_heads_mean_that_nobody_knows() {
        let unknown = |problem: Problem| problem.args.into_iter().find(|(name, _)| *name == UNKNOWN).unwrap().1;
        // Two are known, one that is needed is not; nothing is known.
        let some = grid(&[&["STT", "Tên", "Năm đưa vào", "Nơi  nhập"], &["1", "Một", "2019", "x"]]);
        assert_eq!(unknown(list(&some).unwrap_err()), "Nơi nhập");
        let none = grid(&[&["DANH MỤC"], &["TT", "Phần mềm", "Của ai", "Của ai"], &["1", "Một", "Sở Y tế", "a"]]);
        assert_eq!(unknown(list(&none).unwrap_err()), "Phần mềm\nCủa ai");
        let read = grid(&[&["TT", "Tên", "Chủ quản", "Mã riêng"], &["1", "Một", "Sở Y tế", "7"]]);
        assert_eq!(list(&read).unwrap().unknown, ["Mã riêng"]);
    }

    #[test]
    fn missing_heads_and_broken_cells_are_named() {
        let refused = list(&grid(&[&["Tên", "Người dùng"], &["Một", "x"]])).unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("sheet-heads", "owner"));
        let mut rows = vec![["Tên", "Chủ quản", "Năm đưa vào"].map(Cell::text).to_vec()];
        rows.push(vec![Cell::text("Một"), Cell::text("Sở Y tế"), Cell::Error(Broken::NoResult)]);
        let refused = list(&Grid::new(rows, 3)).unwrap_err();
        assert_eq!((refused.code, refused.args[0].1.as_str()), ("sheet-cell-broken", "C4"));
        assert_eq!(list(&grid(&[&["Tên", "Chủ quản"]])).unwrap_err().code, "sheet-empty");
    }
}
