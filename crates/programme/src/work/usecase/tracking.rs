//! The department's own tracking sheet of the running year, taken in with its history, so that day one is not empty.
//!
//! Columns are known by the words of their heads, wherever they stand. What is there already is left alone, so the same
//! sheet may be taken in again after a fault.

use crate::ids::TaskId;
use std::collections::{HashMap, hash_map::Entry};

use intake::{Cell, Column, Grid, Heads, Name, Read, Row};
use jiff::civil::Date;
use kernel::{Ctx, Problem, UnitId, text::fold};
use serde::Serialize;
use webkit::{Bytes, Core, heavy};

use crate::{
    plans::{self, model::frame, usecase::plan_import::follower},
    work::{
        model::change::Act,
        store,
        usecase::{
            part_act::part_act,
            task_assign::{Assignment, Meant, check, task_assign_as},
        },
    },
};

/// Largest sheet in bytes.
pub const LIMIT: u64 = 10 * 1024 * 1024;
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
    /// Why it cannot be taken in, in the reader's words.
    pub problem: Option<String>,
}

impl Line {
    fn assignment(&self) -> Assignment {
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

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| frame::due(&plan_reader::parse_time(text)))
}

/// A share of the work that is done, as it is typed or shown: 1 is one per cent, with a sign or without, but in a column of
/// shares of 1.
fn percent(text: &str, is_of_one: bool) -> Option<i64> {
    let (value, _) = share(text)?;
    let share = if is_of_one { value * 100.0 } else { value };
    kernel::share(crate::plans::model::read_target::milli(share.clamp(0.0, 100.0)), 100_000, 0)
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

/// The rows under the heads, those too that lack what they need. Document and giver go on from above.
fn read(rows: &[Vec<String>]) -> Result<Vec<Line>, Problem> {
    let cells = |row: &Vec<String>| row.iter().map(|cell| Cell::text(cell)).collect();
    let grid = Grid::new(rows.iter().map(cells).collect(), 1);
    let found = Heads::find(&grid, &COLUMNS);
    if !found.missing.is_empty() {
        return Err(Problem::bad_input("tracking-heads"));
    }
    let sheet = Read::rows(&grid, &found, &COLUMNS);
    let is_task = |line: &&intake::Line<'_>| matches!(line.is, Row::Data | Row::Refused(_));
    let tasks: Vec<&intake::Line<'_>> = sheet.lines.iter().filter(is_task).collect();
    if tasks.len() > MOST_LINES {
        return Err(Problem::bad_input("tracking-too-long").with("limit", MOST_LINES));
    }
    let shares: Vec<String> = tasks.iter().map(|line| sheet.cell(line, "percent").shown()).collect();
    let is_of_one = is_of_one(shares.iter().map(String::as_str));
    let mut document = (String::new(), None, String::new());
    let line = |(line, share): (&intake::Line<'_>, &String)| {
        let cell = |key: &str| sheet.cell(line, key).shown();
        if !cell("number").is_empty() {
            document = (cell("number"), day(&cell("issued_on")), cell("giver"));
        }
        let (number, issued, giver) = document.clone();
        Line {
            line: line.number,
            number: if number.is_empty() { "Sổ theo dõi".into() } else { number },
            issued_on: issued.map(|day| day.to_string()),
            giver,
            text: cell("text"),
            leads: plan_reader::split_bodies(&cell("leads")).join("; "),
            due: cell("due"),
            result: cell("result"),
            progress: cell("progress"),
            percent: percent(share, is_of_one),
            done_on: day(&cell("done_on")).map(|day| day.to_string()),
            problem: None,
        }
    };
    Ok(tasks.into_iter().zip(&shares).map(line).collect())
}

/// What the sheet would bring in, each row with what keeps it out.
pub async fn tracking_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Vec<Line>, Problem> {
    follower(core, ctx)?;
    let rows = core.sheets().rows(bytes).await?;
    let mut lines = heavy(move || read(&rows)).await??;
    let given: Vec<Assignment> = lines.iter().map(Line::assignment).collect();
    let meant = Meant::of(core, ctx, &given).await?;
    for (line, given) in lines.iter_mut().zip(&given) {
        let problem = check(core, ctx, given, &meant).await.err();
        line.problem = problem.map(|problem| core.locales().problem(ctx.lang, &problem));
    }
    Ok(lines)
}

/// Takes the rows in that have no fault; returns how many were new and how many were there already.
pub async fn tracking_import(core: &Core, ctx: &Ctx, lines: &[Line]) -> Result<(usize, usize), Problem> {
    let own = follower(core, ctx)?;
    let lines: Vec<&Line> = lines.iter().filter(|line| line.problem.is_none()).collect();
    let given: Vec<Assignment> = lines.iter().map(|line| line.assignment()).collect();
    let meant = Meant::of(core, ctx, &given).await?;
    let mut documents: HashMap<(String, String), HashMap<String, TaskId>> = HashMap::new();
    let (mut new, mut there) = (0, 0);
    for (line, given) in lines.into_iter().zip(&given) {
        let day = line.issued_on.clone().unwrap_or_else(|| ctx.today().to_string());
        let tasks = match documents.entry((given.number.clone(), day)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => {
                let tasks = tasks_of(core, &given.number, &empty.key().1, own).await?;
                empty.insert(tasks)
            }
        };
        let text = fold(&given.text);
        if let Some(task) = tasks.get(&text) {
            // Given meanwhile, after its body was confirmed: what the sheet says of it is not there yet.
            history(core, ctx, *task, line).await?;
            there += 1;
            continue;
        }
        let task = task_assign_as(core, ctx, given, &meant).await?;
        tasks.insert(text, task);
        history(core, ctx, task, line).await?;
        new += 1;
    }
    Ok((new, there))
}

/// The tasks of the document of that number and day by their words.
async fn tasks_of(core: &Core, number: &str, day: &str, own: UnitId) -> Result<HashMap<String, TaskId>, Problem> {
    let conn = core.db().read();
    let Some(plan) = plans::store::plan_assigned::assigned(&conn, number, day, own).await? else {
        return Ok(HashMap::new());
    };
    let tasks = store::task::of_plan(&conn, plan.id()).await?;
    Ok(tasks.into_iter().map(|task| (fold(&task.text), TaskId::from_uuid(task.id))).collect())
}

/// What the sheet says was done, on every body of the task. Who confirmed the sheet was told that it speaks for them.
async fn history(core: &Core, ctx: &Ctx, task: TaskId, line: &Line) -> Result<(), Problem> {
    let parts = store::part::of_task(&core.db().read(), task.uuid()).await?;
    for part in parts.into_iter().filter(|part| part.percent.is_none() && part.done_on.is_none()) {
        let mut rev = part.rev;
        let said = !line.progress.is_empty() || line.percent.is_some();
        if said && line.percent != Some(100) {
            let act = Act::Progress { percent: line.percent, text: line.progress.clone() };
            part_act(core, ctx, part.id(), rev, &act, true).await?;
            rev += 1;
        }
        let done = line.done_on.as_deref().and_then(|day| day.parse().ok()).filter(|day| *day <= ctx.today());
        let done = done.or_else(|| (line.percent == Some(100)).then(|| ctx.today()));
        if let Some(day) = done {
            let note = if line.progress.is_empty() { "Theo sổ theo dõi".to_owned() } else { line.progress.clone() };
            part_act(core, ctx, part.id(), rev, &Act::Done { day, note }, true).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
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
        let lines = read(&sheet).unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].leads.as_str(), lines[0].percent), ("Sở Tài chính; Sở Nội vụ", Some(60)));
        assert_eq!((lines[1].number.as_str(), lines[1].issued_on.as_deref()), ("35/TB-UBND", Some("2026-01-09")));
        assert_eq!((lines[1].done_on.as_deref(), lines[1].percent, lines[1].line), (Some("2026-08-15"), Some(100), 4));
        assert_eq!(read(&rows(&[&["a", "b"]])).unwrap_err().code, "tracking-heads");
    }

    #[test]
    fn a_share_of_the_work_means_what_it_shows() {
        let cases = [("60%", 60), ("1%", 1), ("1", 1), ("0,5 %", 1), ("99,6%", 99), ("0", 0), ("75", 75), ("120", 100)];
        for (text, shown) in cases {
            assert_eq!(percent(text, false), Some(shown), "{text}");
        }
        assert_eq!([percent("", false), percent("xong", false), percent("nan", false)], [None, None, None]);
        assert_eq!([percent("0,6", true), percent("1", true)], [Some(60), Some(100)]);
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
        let lines = read(&sheet).unwrap();
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
        let leads: Vec<String> = read(&sheet).unwrap().into_iter().map(|line| line.leads).collect();
        assert_eq!(leads, ["UBND các xã, phường, đặc khu", "Các sở, ban, ngành", "Sở Y tế; Sở Xây dựng"]);
    }

    #[test]
    fn a_sheet_of_more_lines_than_a_department_has_is_refused() {
        let line = vec!["Rà soát".to_owned(), "Sở Nội vụ".to_owned()];
        let mut sheet = rows(&[&["Nội dung", "Chủ trì"]]);
        sheet.resize(1 + MOST_LINES, line.clone());
        assert_eq!(read(&sheet).unwrap().len(), MOST_LINES);
        sheet.push(line);
        assert_eq!(read(&sheet).unwrap_err().code, "tracking-too-long");
    }
}
