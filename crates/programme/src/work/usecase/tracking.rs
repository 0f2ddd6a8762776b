//! The department's own tracking sheet of the running year, taken in with its history, so that day one is not empty.
//!
//! What is there already is left alone, so the same sheet may be taken in again after a fault.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use jiff::civil::Date;
use kernel::{Ctx, Problem, UnitId, text::fold};
use webkit::{Bytes, Core, heavy};

use crate::{
    ids::TaskId,
    plans::{self, usecase::plan_import::follower},
    work::{
        model::change::Act,
        store,
        usecase::{
            part_act::part_act,
            task_assign::{Assignment, Meant, check, task_assign_as},
            tracking_sheet::{Line, Sheet, Verdict, read},
        },
    },
};

/// Largest sheet in bytes.
pub const LIMIT: u64 = 10 * 1024 * 1024;

/// What the sheet would bring in, each row with what keeps it out.
pub async fn tracking_preview(core: &Core, ctx: &Ctx, bytes: Bytes) -> Result<Sheet, Problem> {
    let own = follower(core, ctx)?;
    let grid = core.sheets().list(bytes).await?;
    let mut sheet = heavy(move || read(&grid)).await??;
    let given: Vec<Assignment> = sheet.lines.iter().map(Line::assignment).collect();
    let meant = Meant::of(core, ctx, &given).await?;
    let (mut documents, mut seen) = (Documents::new(core, own), HashSet::new());
    for (line, given) in sheet.lines.iter_mut().zip(&given) {
        // A row of which a cell cannot be used lacks what its column says: that is one fault, not two.
        let refused = if line.wrong.is_empty() { check(core, ctx, given, &meant).await.err() } else { None };
        let said = |problems: &[Problem]| -> Option<String> {
            let texts: Vec<String> = problems.iter().map(|problem| core.locales().problem(ctx.lang, problem)).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        };
        line.wrong.extend(refused);
        line.problem = said(&line.wrong);
        let done: Option<Date> = line.done_on.as_deref().and_then(|day| day.parse().ok());
        if let Some(day) = done.filter(|day| ctx.today() < *day) {
            line.unread.push(Problem::bad_input("tracking-later").with("text", day.strftime("%d/%m/%Y")));
            line.done_on = None;
        }
        line.remark = said(&line.unread);
        if line.problem.is_some() {
            line.verdict = Verdict::Refused;
            continue;
        }
        let (day, text) = (document_day(ctx, line), fold(&given.text));
        let is_there = documents.tasks(&given.number, &day).await?.contains_key(&text);
        if is_there || !seen.insert((given.number.clone(), day, text)) {
            line.verdict = Verdict::There;
        }
    }
    Ok(sheet)
}

/// The day of a row's document; today where the sheet says none.
fn document_day(ctx: &Ctx, line: &Line) -> String {
    line.issued_on.clone().unwrap_or_else(|| ctx.today().to_string())
}

/// The tasks of documents by their words, each document looked up once.
struct Documents<'a> {
    core: &'a Core,
    own: UnitId,
    known: HashMap<(String, String), HashMap<String, TaskId>>,
}

impl<'a> Documents<'a> {
    fn new(core: &'a Core, own: UnitId) -> Self {
        Self { core, own, known: HashMap::new() }
    }

    async fn tasks(&mut self, number: &str, day: &str) -> Result<&mut HashMap<String, TaskId>, Problem> {
        match self.known.entry((number.to_owned(), day.to_owned())) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(empty) => {
                let tasks = tasks_of(self.core, number, day, self.own).await?;
                Ok(empty.insert(tasks))
            }
        }
    }
}

/// Takes the rows in that have no fault; returns how many were new and how many were there already.
pub async fn tracking_import(core: &Core, ctx: &Ctx, lines: &[Line]) -> Result<(usize, usize), Problem> {
    let own = follower(core, ctx)?;
    let lines: Vec<&Line> = lines.iter().filter(|line| line.problem.is_none()).collect();
    let given: Vec<Assignment> = lines.iter().map(|line| line.assignment()).collect();
    let meant = Meant::of(core, ctx, &given).await?;
    let mut documents = Documents::new(core, own);
    let (mut new, mut there) = (0, 0);
    for (line, given) in lines.into_iter().zip(&given) {
        let tasks = documents.tasks(&given.number, &document_day(ctx, line)).await?;
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
        let done = line.done_on.as_deref().and_then(|day| day.parse().ok()).filter(|day| *day <= ctx.today());
        // A day that could not be read is not today.
        let is_whole = line.percent == Some(100) && line.unread.is_empty();
        let done = done.or_else(|| is_whole.then(|| ctx.today()));
        let said = !line.progress.is_empty() || line.percent.is_some();
        // What is done says so itself; 100 % of which no day is known is progress.
        if said && (done.is_none() || line.percent != Some(100)) {
            let act = Act::Progress { percent: line.percent, text: line.progress.clone() };
            part_act(core, ctx, part.id(), rev, &act, true).await?;
            rev += 1;
        }
        if let Some(day) = done {
            let note = if line.progress.is_empty() { "Theo sổ theo dõi".to_owned() } else { line.progress.clone() };
            part_act(core, ctx, part.id(), rev, &Act::Done { day, note }, true).await?;
        }
    }
    Ok(())
}
