//! The department's own tracking sheet of the running year, taken in with its history, so that day one is not empty.
//!
//! What is there already is left alone, so the same sheet may be taken in again after a fault.

use std::collections::{BTreeSet, HashMap, HashSet};

use db::{Reader, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem, UnitId, text::fold};
use uuid::Uuid;
use webkit::{Bytes, Core, heavy};

use crate::{
    ids::{PartId, TaskId},
    plans::{self, store::plan::PlanRow, usecase::plan_import::follower},
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
    let (documents, mut seen) = (Documents::of(core, ctx, own, &given).await?, HashSet::new());
    for (line, given) in sheet.lines.iter_mut().zip(&given) {
        // A row of which a cell cannot be used lacks what its column says: that is one fault, not two.
        let key = key(ctx, given);
        let refused =
            if line.wrong.is_empty() { check(core, ctx, given, &meant, documents.plan(&key)).err() } else { None };
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
        let text = fold(&given.text);
        if documents.has(&key, &text) || !seen.insert((key, text)) {
            line.verdict = Verdict::There;
        }
    }
    Ok(sheet)
}

/// The number and day of a document.
type Key = (String, String);

/// Those of a row's document; today where the sheet says no day.
fn key(ctx: &Ctx, given: &Assignment) -> Key {
    let day = given.issued_on.unwrap_or_else(|| ctx.today());
    (given.number.trim().to_owned(), day.to_string())
}

/// A document in which tasks were given, where it is there, and these by their words.
#[derive(Default)]
struct Document {
    plan: Option<PlanRow>,
    tasks: HashMap<String, TaskId>,
}

/// The documents that a sheet names.
struct Documents(HashMap<Key, Document>);

impl Documents {
    /// All of them in one statement, and all of their tasks in another.
    async fn of(core: &Core, ctx: &Ctx, own: UnitId, given: &[Assignment]) -> Result<Self, Problem> {
        let conn = core.db().read();
        let named: HashSet<Key> = given.iter().map(|given| key(ctx, given)).collect();
        let numbers: BTreeSet<&str> = named.iter().map(|(number, _)| number.as_str()).collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        let plans = plans::store::plan_assigned::assigned_all(&conn, &numbers, own).await?;
        let known = plans.into_iter().filter_map(|plan| Some(((plan.number.clone()?, plan.issued_on.clone()?), plan)));
        let known: Vec<(Key, PlanRow)> = known.filter(|(key, _)| named.contains(key)).collect();
        let ids: Vec<Uuid> = known.iter().map(|(_, plan)| plan.id).collect();
        let mut tasks: HashMap<Uuid, HashMap<String, TaskId>> = HashMap::new();
        for task in store::task::words_of_plans(&conn, &ids).await? {
            tasks.entry(task.plan_id).or_default().insert(fold(&task.text), TaskId::from_uuid(task.id));
        }
        let document = |(key, plan): (Key, PlanRow)| {
            let tasks = tasks.remove(&plan.id).unwrap_or_default();
            (key, Document { plan: Some(plan), tasks })
        };
        Ok(Self(known.into_iter().map(document).collect()))
    }

    fn plan(&self, key: &Key) -> Option<&PlanRow> {
        self.0.get(key)?.plan.as_ref()
    }

    fn has(&self, key: &Key, text: &str) -> bool {
        self.0.get(key).is_some_and(|document| document.tasks.contains_key(text))
    }

    fn tasks(&mut self, key: Key) -> &mut HashMap<String, TaskId> {
        &mut self.0.entry(key).or_default().tasks
    }
}

/// Takes the rows in that have no fault; returns how many were new and how many were there already.
pub async fn tracking_import(core: &Core, ctx: &Ctx, lines: &[Line]) -> Result<(usize, usize), Problem> {
    let own = follower(core, ctx)?;
    let lines: Vec<&Line> = lines.iter().filter(|line| line.problem.is_none()).collect();
    let given: Vec<Assignment> = lines.iter().map(|line| line.assignment()).collect();
    let meant = Meant::of(core, ctx, &given).await?;
    let mut documents = Documents::of(core, ctx, own, &given).await?;
    let (mut new, mut there) = (0, 0);
    for (line, given) in lines.into_iter().zip(&given) {
        let tasks = documents.tasks(key(ctx, given));
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

/// What the sheet says was done, on every body of the task that works on it and does not say so itself. Who confirmed the
/// sheet was told that it speaks for them.
async fn history(core: &Core, ctx: &Ctx, task: TaskId, line: &Line) -> Result<(), Problem> {
    let conn = core.db().read();
    let mut parts = store::part::of_task(&conn, task.uuid()).await?;
    parts.retain(|part| part.percent.is_none() && part.done_on.is_none() && part.stopped_on.is_none());
    for part in parts {
        let mut rev = part.rev;
        let done = line.done_on.as_deref().and_then(|day| day.parse().ok()).filter(|day| *day <= ctx.today());
        // A day that could not be read is not today.
        let is_whole = line.percent == Some(100) && line.unread.is_empty();
        let done = done.or_else(|| is_whole.then(|| ctx.today()));
        let said = line.percent.is_some() || is_new(&conn, part.id(), &Words::new(&line.progress)).await?;
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

/// Whether nobody has said these words of the part: the sheet may have been taken in before.
async fn is_new(conn: &Reader, part: PartId, words: &Words) -> Result<bool, Problem> {
    Ok(!words.is_empty() && store::entry::own(conn, part).await?.iter().all(|entry| entry.text != *words))
}
