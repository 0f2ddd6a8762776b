//! A department's tracking sheet, row by row: what each row is, and what it says of its task. Pure.
//!
//! Columns are known by the words of their heads, wherever they stand. Every row of the sheet is in the answer.

use std::collections::BTreeMap;

use intake::{Cell, Column, Found, Grid, Heads, Name, Read, Row, Why};
use jiff::civil::Date;
use kernel::Problem;
use serde::Serialize;
use webkit::{Left, LeftOut, cell_name};

use crate::{
    plans::model::{frame, read_target::milli},
    work::usecase::task_assign::Assignment,
};

/// Tasks of one sheet; a department tracks some hundreds in a year.
const MOST_LINES: usize = 5_000;

const fn column(key: &'static str, names: &'static [Name<'static>]) -> Column<'static> {
    Column { key, names, is_required: false, is_carried: false }
}

const fn required(key: &'static str, names: &'static [Name<'static>]) -> Column<'static> {
    Column { key, names, is_required: true, is_carried: false }
}

/// What heads say, by whole words: the "hạn" of a deadline is not in "ban hành".
const COLUMNS: [Column<'static>; 10] = [
    column(
        "number",
        &[
            Name::within("số văn bản", 9),
            Name::within("số ký hiệu", 9),
            Name::within("số hiệu", 8),
            Name::within("văn bản giao", 8),
            Name::within("văn bản chỉ đạo", 8),
        ],
    ),
    column(
        "issued_on",
        &[Name::within("ngày ban hành", 10), Name::within("ngày văn bản", 9), Name::within("ngày giao", 9)],
    ),
    column(
        "giver",
        &[
            Name::within("người giao", 9),
            Name::within("nơi giao", 9),
            Name::within("cơ quan giao", 9),
            Name::within("đơn vị giao", 8),
        ],
    ),
    required(
        "text",
        &[
            Name::within("nội dung", 8),
            Name::within("nhiệm vụ", 8),
            Name::within("công việc", 6),
            Name::never("kết quả"),
        ],
    ),
    required(
        "leads",
        &[
            Name::within("chủ trì", 10),
            Name::within("đơn vị thực hiện", 8),
            Name::within("cơ quan thực hiện", 8),
            Name::within("đơn vị được giao", 7),
        ],
    ),
    column(
        "due",
        &[
            Name::within("thời hạn", 10),
            Name::within("hạn hoàn thành", 10),
            Name::within("thời gian hoàn thành", 9),
            Name::within("hạn xử lý", 9),
            Name::whole("hạn", 8),
            Name::within("hạn", 5),
            Name::never("quá hạn"),
            Name::never("đúng hạn"),
            Name::never("trước hạn"),
            Name::never("gia hạn"),
        ],
    ),
    column("result", &[Name::within("sản phẩm", 9)]),
    column(
        "progress",
        &[Name::within("kết quả thực hiện", 9), Name::within("tiến độ", 8), Name::within("tình hình", 8)],
    ),
    column("percent", &[Name::within("tỷ lệ", 9), Name::within("phần trăm", 9)]),
    column(
        "done_on",
        &[
            Name::within("ngày hoàn thành", 10),
            Name::within("ngày thực tế", 9),
            Name::within("hoàn thành ngày", 9),
            Name::within("hoàn thành thực tế", 9),
        ],
    ),
];

/// What a row of the sheet would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    New,
    /// Its task is there already, or stands in a row above.
    There,
    Refused,
}

/// One row of the sheet as it was understood.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// As the sheet counts, from 1.
    pub line: usize,
    pub number: String,
    pub issued_on: Option<String>,
    pub giver: String,
    pub text: String,
    pub leads: String,
    pub due: String,
    pub result: String,
    pub progress: String,
    pub percent: Option<i64>,
    pub done_on: Option<String>,
    pub verdict: Verdict,
    /// Why it cannot be taken in, in the reader's words.
    pub problem: Option<String>,
    /// What of its history cannot be taken in, in the reader's words.
    pub remark: Option<String>,
    #[serde(skip)]
    pub(super) wrong: Vec<Problem>,
    #[serde(skip)]
    pub(super) unread: Vec<Problem>,
}

impl Line {
    pub(super) fn assignment(&self) -> Assignment {
        Assignment {
            number: self.number.clone(),
            issued_on: self.issued_on.as_deref().and_then(|day| day.parse().ok()),
            giver: self.giver.clone(),
            text: self.text.clone(),
            leads: self.leads.clone(),
            due: self.due.clone(),
            result: self.result.clone(),
        }
        .masked()
    }
}

/// A sheet of which every row is accounted for.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    pub lines: Vec<Line>,
    /// Names of groups, totals, titles, heads and notes.
    pub left: Vec<Left>,
    pub blank: usize,
    /// All rows, from the first of the sheet to the last that is filled.
    pub rows: usize,
}

impl Sheet {
    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }

    pub fn left(&self, is: LeftOut) -> usize {
        self.left.iter().filter(|left| left.is == is).count()
    }
}

/// The document of the rows below, until another is said.
#[derive(Clone, Default)]
struct Document {
    number: String,
    issued: Option<Date>,
    giver: String,
    /// By its column what of it cannot be used, until the sheet says that anew.
    wrong: BTreeMap<&'static str, Problem>,
}

impl Document {
    /// A merged number stands in each of its rows, its day perhaps in the first alone. A sheet without numbers says of each row
    /// when and by whom it was given.
    fn told(&mut self, number: String, issued: &str, giver: String) {
        let is_of_one_above = !self.number.is_empty() || self.wrong.contains_key("number");
        if number.is_empty() && is_of_one_above {
            return;
        }
        if number != self.number {
            *self = Self { number, ..Self::default() };
        }
        if !is_nothing(issued) {
            self.issued = day(issued);
            self.wrong.remove("issued_on");
            if self.issued.is_none() {
                self.wrong.insert("issued_on", Problem::bad_input("tracking-issued").with("text", issued));
            }
        }
        if !giver.is_empty() {
            self.giver = giver;
            self.wrong.remove("giver");
        }
    }
}

/// The rows of the sheet, those too that lack what they need. Document and giver go on from above.
///
/// # Errors
/// Where no row has the heads of task and lead, or there are more tasks than a department has.
pub fn read(grid: &Grid) -> Result<Sheet, Problem> {
    let found = Heads::find(grid, &COLUMNS);
    if !found.missing.is_empty() {
        return Err(Problem::bad_input("tracking-heads"));
    }
    let read = Read::rows(grid, &found, &COLUMNS);
    let is_task = |line: &&intake::Line<'_>| matches!(line.is, Row::Data | Row::Refused(_));
    let tasks: Vec<&intake::Line<'_>> = read.lines.iter().filter(is_task).collect();
    if tasks.len() > MOST_LINES {
        return Err(Problem::bad_input("tracking-too-long").with("limit", MOST_LINES));
    }
    let shares: Vec<String> = tasks.iter().map(|line| read.cell(line, "percent").shown()).collect();
    let is_of_one = is_of_one(shares.iter().map(String::as_str));
    let mut document = Document::default();
    let line = |line: &&intake::Line<'_>| {
        let cell = |key: &str| read.cell(line, key).shown();
        document.told(cell("number"), &cell("issued_on"), cell("giver"));
        for key in ["number", "issued_on", "giver"].into_iter().filter(|key| is_broken(read.cell(line, key))) {
            if key == "number" {
                document = Document::default();
            }
            // The rows below, which say no document, are of this one too.
            document.wrong.insert(key, broken(&read, line, key));
        }
        task(&read, line, &document, is_of_one)
    };
    let lines = tasks.iter().map(line).collect();
    let left = read.lines.iter().filter_map(|line| {
        let is = match line.is {
            Row::Group(_) => LeftOut::Group,
            Row::Total => LeftOut::Total,
            Row::Note => LeftOut::Note,
            Row::Data | Row::Refused(_) | Row::Blank => return None,
        };
        Some(Left { line: line.number, is, text: grid.text(line.row) })
    });
    // The rows of a sheet begin with the first that is filled.
    let above = grid.line(0) - 1;
    let blank = read.lines.iter().filter(|line| line.is == Row::Blank).count();
    Ok(Sheet { lines, left: left.collect(), blank: above + blank, rows: above + grid.height() })
}

fn task(read: &Read<'_, '_>, line: &intake::Line<'_>, document: &Document, is_of_one: bool) -> Line {
    let cell = |key: &str| read.cell(line, key).shown();
    let (mut wrong, mut unread) = (document.wrong.values().cloned().collect::<Vec<_>>(), Vec::new());
    if let Row::Refused(Why::Broken { key, .. }) = &line.is
        && wrong.is_empty()
    {
        wrong.push(broken(read, line, key));
    }
    let share = cell("percent");
    let percent = percent(&share, is_of_one).unwrap_or_else(|()| {
        unread.push(Problem::bad_input("tracking-share").with("text", share));
        None
    });
    let said = cell("done_on");
    let done = if is_nothing(&said) { None } else { day(&said) };
    if done.is_none() && !is_nothing(&said) {
        unread.push(Problem::bad_input("tracking-done").with("text", &said));
    }
    let number = if document.number.is_empty() { "Sổ theo dõi".into() } else { document.number.clone() };
    Line {
        line: line.number,
        number,
        issued_on: document.issued.map(|day| day.to_string()),
        giver: document.giver.clone(),
        text: cell("text"),
        leads: plan_reader::split_bodies(&cell("leads")).join("; "),
        due: cell("due"),
        result: cell("result"),
        progress: cell("progress"),
        percent,
        done_on: done.map(|day| day.to_string()),
        verdict: Verdict::New,
        problem: None,
        remark: None,
        wrong,
        unread,
    }
}

fn is_broken(cell: &Cell) -> bool {
    matches!(cell, Cell::Error(_))
}

fn broken(read: &Read<'_, '_>, line: &intake::Line<'_>, key: &str) -> Problem {
    Problem::bad_input("tracking-cell").with("cell", name_of(read.found, line, key))
}

fn name_of(found: &Found<'_>, line: &intake::Line<'_>, key: &str) -> String {
    cell_name(found.columns.get(key).copied().unwrap_or(0), line.number)
}

/// Empty, or the dash that says so.
fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—")
}

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| frame::due(&plan_reader::parse_time(text)))
}

/// A share of the work that is done, as it is typed or shown: 1 is one per cent, with a sign or without, but in a column of
/// shares of 1. What is none is an error: it is said, and not made one.
fn percent(text: &str, is_of_one: bool) -> Result<Option<i64>, ()> {
    if is_nothing(text) {
        return Ok(None);
    }
    let (value, _) = share(text).ok_or(())?;
    let share = if is_of_one { value * 100.0 } else { value };
    if !(0.0..=100.0).contains(&share) {
        return Err(());
    }
    kernel::share(milli(share), 100_000, 0).map(Some).ok_or(())
}

/// Whether a column holds shares of 1, as those write it who never gave it a format: no sign, nothing above 1, and some
/// part of 1.
fn is_of_one<'a>(column: impl Iterator<Item = &'a str>) -> bool {
    let figures: Vec<(f64, bool)> = column.filter_map(share).collect();
    figures.iter().all(|(value, is_percent)| !is_percent && *value <= 1.0)
        && figures.iter().any(|(value, _)| *value > 0.0 && *value < 1.0)
}

/// The number, and whether it has the sign. No share has thousands: a point is a decimal comma.
fn share(text: &str) -> Option<(f64, bool)> {
    let (digits, is_percent) = text.trim().strip_suffix('%').map_or((text, false), |digits| (digits, true));
    let value: f64 = digits.trim().replace(',', ".").parse().ok()?;
    value.is_finite().then_some((value, is_percent))
}

#[cfg(test)]
mod tests;
