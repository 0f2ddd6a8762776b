//! The department's own tracking sheet of the running year, taken in with its history, so that day one is not empty.
//!
//! Columns are known by the words of their heads, wherever they stand. What is there already is left alone, so the same
//! sheet may be taken in again after a fault.

use crate::ids::TaskId;
use std::collections::{HashMap, hash_map::Entry};

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
/// Heads stand in the first rows, below titles.
const HEAD_WITHIN: usize = 15;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    IssuedOn,
    Giver,
    Text,
    Leads,
    Due,
    Result,
    Progress,
    Percent,
    DoneOn,
}

/// Words of heads, the longer before the shorter that it contains.
const HEADS: [(&str, Column); 26] = [
    ("ngay hoan thanh", Column::DoneOn),
    ("ngay thuc te", Column::DoneOn),
    ("hoan thanh ngay", Column::DoneOn),
    ("thoi gian hoan thanh", Column::Due),
    ("thoi han", Column::Due),
    ("han hoan thanh", Column::Due),
    ("han xu ly", Column::Due),
    ("han", Column::Due),
    ("so van ban", Column::Number),
    ("so ky hieu", Column::Number),
    ("van ban giao", Column::Number),
    ("van ban chi dao", Column::Number),
    ("ngay van ban", Column::IssuedOn),
    ("ngay ban hanh", Column::IssuedOn),
    ("ngay giao", Column::IssuedOn),
    ("nguoi giao", Column::Giver),
    ("noi giao", Column::Giver),
    ("co quan giao", Column::Giver),
    ("chu tri", Column::Leads),
    ("don vi thuc hien", Column::Leads),
    ("co quan thuc hien", Column::Leads),
    ("noi dung", Column::Text),
    ("nhiem vu", Column::Text),
    ("san pham", Column::Result),
    ("ket qua thuc hien", Column::Progress),
    ("tien do", Column::Progress),
];
const MORE_HEADS: [(&str, Column); 3] =
    [("tinh hinh", Column::Progress), ("ty le", Column::Percent), ("phan tram", Column::Percent)];

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

fn column(head: &str) -> Option<Column> {
    let head = fold(head);
    let known = HEADS.iter().chain(&MORE_HEADS).filter(|(words, _)| head.contains(words));
    known.max_by_key(|(words, _)| words.len()).map(|(_, column)| *column)
}

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok().or_else(|| frame::due(&plan_reader::parse_time(text)))
}

/// A share of the work that is done. A sign says that it is per cent; without one, what is not above 1 is a share of 1, as
/// those write it who never gave the column a format.
fn percent(text: &str) -> Option<i64> {
    let (digits, is_percent) = text.strip_suffix('%').map_or((text, false), |digits| (digits, true));
    let share: f64 = digits.trim().replace(',', ".").parse().ok()?;
    let share = if !is_percent && share > 0.0 && share <= 1.0 { share * 100.0 } else { share };
    let rounded = kernel::share(crate::plans::model::read_target::milli(share.clamp(0.0, 100.0)), 100_000, 0);
    rounded.filter(|_| share.is_finite())
}

/// The rows under the heads. Merged cells leave later rows empty: document and giver go on from above.
fn read(rows: &[Vec<String>]) -> Result<Vec<Line>, Problem> {
    let heads = rows.iter().take(HEAD_WITHIN).enumerate().map(|(at, row)| {
        let mut columns: Vec<Option<Column>> = row.iter().map(|cell| column(cell)).collect();
        // The first column that says it is the one.
        for at in 0..columns.len() {
            if columns[at].is_some() && columns[..at].contains(&columns[at]) {
                columns[at] = None;
            }
        }
        (at, columns)
    });
    let best = heads.max_by_key(|(_, columns)| columns.iter().flatten().count());
    let known =
        |columns: &[Option<Column>]| columns.contains(&Some(Column::Text)) && columns.contains(&Some(Column::Leads));
    let (head, columns) =
        best.filter(|(_, columns)| known(columns)).ok_or_else(|| Problem::bad_input("tracking-heads"))?;
    let mut out = Vec::new();
    let (mut number, mut issued, mut giver) = (String::new(), None, String::new());
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let cell = |wanted: Column| {
            let found = columns.iter().position(|column| *column == Some(wanted));
            found.and_then(|at| row.get(at)).map_or("", |text| text.trim())
        };
        let (text, leads) = (cell(Column::Text), cell(Column::Leads));
        // A totals row, a title of a group, an empty row.
        if text.is_empty() || leads.is_empty() || fold(text).starts_with("tong") {
            continue;
        }
        if out.len() == MOST_LINES {
            return Err(Problem::bad_input("tracking-too-long").with("limit", MOST_LINES));
        }
        if !cell(Column::Number).is_empty() {
            cell(Column::Number).clone_into(&mut number);
            issued = day(cell(Column::IssuedOn));
            cell(Column::Giver).clone_into(&mut giver);
        }
        let percent = percent(cell(Column::Percent));
        out.push(Line {
            line: at + 1,
            number: if number.is_empty() { "Sổ theo dõi".into() } else { number.clone() },
            issued_on: issued.map(|day| day.to_string()),
            giver: giver.clone(),
            text: text.to_owned(),
            leads: leads.replace([',', '\n'], ";"),
            due: cell(Column::Due).to_owned(),
            result: cell(Column::Result).to_owned(),
            progress: cell(Column::Progress).to_owned(),
            percent,
            done_on: day(cell(Column::DoneOn)).map(|day| day.to_string()),
            problem: None,
        });
    }
    Ok(out)
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
                "0,6",
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
        let cases =
            [("60%", 60), ("0,6", 60), ("1%", 1), ("1", 100), ("0,5 %", 1), ("99,6%", 99), ("0", 0), ("75", 75)];
        for (text, shown) in cases {
            assert_eq!(percent(text), Some(shown), "{text}");
        }
        assert_eq!([percent(""), percent("xong"), percent("nan")], [None, None, None]);
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
