//! "Giao nhiệm vụ từ văn bản": six fields become a task, without a plan document to read.
//!
//! What was entered is itself kept as the document, so that a task from here is a task like any other: it has a text,
//! a quote and a register line.

use db::Entry;
use jiff::civil::Date;
use kernel::{
    Ctx, PlanId, Problem, ProblemKind, Resolution, Resource, TaskId, UnitId,
    ids::{PartId, kinds},
    text,
};
use serde_json::json;
use webkit::App;

use super::{names::bounded, plan_import::follower};
use crate::{
    BodiesPort, CalendarPort, Error,
    model::{clock, frame, mask::mask},
    schema::PART_FACTS,
    store::{
        self,
        part::NewPart,
        plan::{NewAssigned, PlanRow},
        task::TaskRow,
    },
};

/// The six fields.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// Số ký hiệu of the conclusion, letter or note.
    pub number: String,
    pub issued_on: Option<Date>,
    /// Who gave it: a body or a leader's office.
    pub giver: String,
    pub text: String,
    /// Bodies that lead, parted by semicolons; a group is every member of it.
    pub leads: String,
    /// "30/11/2026", "trước ngày 30/11/2026", "trong 5 ngày làm việc"; empty where there is no day.
    pub due: String,
    pub result: String,
}

struct Ready {
    number: String,
    leads: Vec<UnitId>,
    giver: Option<UnitId>,
    clock: Option<clock::Clock>,
    time: plan_reader::Time,
}

fn ready(app: &App, ctx: &Ctx, given: &Assignment) -> Result<Ready, Problem> {
    for (field, value) in [("number", &given.number), ("text", &given.text), ("leads", &given.leads)] {
        if value.trim().is_empty() {
            return Err(Error::Empty(field).into());
        }
    }
    let bodies = app.get::<BodiesPort>()?;
    let giver = match bodies.resolve(&given.giver, None) {
        Resolution::Unit { unit, .. } => Some(unit),
        Resolution::Group { .. } | Resolution::Unknown => None,
    };
    let mut leads = Vec::new();
    let names = given.leads.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    for name in bounded(names.collect())? {
        match bodies.resolve(&name, giver) {
            Resolution::Unit { unit, .. } => leads.push(bodies.today(unit)),
            Resolution::Group { units, .. } => leads.extend(units),
            Resolution::Unknown => {
                return Err(Problem::bad_input("unknown-unit").with("name", name).field("leads", "unknown-unit"));
            }
        }
    }
    leads.sort_unstable();
    leads.dedup();
    let issued = given.issued_on.unwrap_or_else(|| ctx.today());
    let (due, from) = (given.due.trim(), issued.at(8, 0, 0, 0));
    let clock = if due.is_empty() { None } else { clock::read(due, from) };
    let time = plan_reader::parse_time(due);
    if clock.is_none() && !due.is_empty() && time.kind.is_none() {
        return Err(Error::DueUnclear(due.to_owned()).into());
    }
    Ok(Ready { number: given.number.trim().to_owned(), leads, giver, clock, time })
}

/// What would keep the task from being given.
pub(crate) fn check(app: &App, ctx: &Ctx, given: &Assignment) -> Result<(), Problem> {
    ready(app, ctx, given).map(|_| ())
}

/// Adds the task to the document of that number and day, which is made when it is new. All of it, or nothing.
pub async fn task_assign(app: &App, ctx: &Ctx, given: &Assignment) -> Result<TaskId, Problem> {
    let own = follower(app, ctx)?;
    app.authorizer().check(ctx, "plan.import", &Resource { kind: "Plan", ..Resource::unit(own) })?;
    let ready = &ready(app, ctx, given)?;
    let day = given.issued_on.unwrap_or_else(|| ctx.today());
    let conn = app.db().read();
    let known = store::plan::assigned(&conn, &ready.number, &day.to_string(), own).await?;
    let position = match &known {
        Some(plan) => store::task::last_position(&conn, plan.id()).await? + 1,
        None => 1,
    };
    let plan_id = known.as_ref().map_or_else(|| ctx.new_id::<kinds::Plan>(), PlanRow::id);
    let words = mask(given.text.trim());
    let document = document(given, ready, day, &words);
    let hash = &app.db().blobs().put(document.clone().into_bytes()).await?;
    let size = i64::try_from(document.len()).unwrap_or(i64::MAX);
    let issuer = app.get::<BodiesPort>()?;
    let issuer = ready.giver.and_then(|unit| issuer.body(unit)).map(|body| body.name);
    let title = format!("{} {}", issuer.as_deref().unwrap_or(given.giver.trim()), ready.number);
    let new = &NewAssigned {
        id: plan_id,
        number: &ready.number,
        issued_on: &day.to_string(),
        issuer: issuer.as_deref().unwrap_or(given.giver.trim()),
        issuer_id: ready.giver.map(|unit| unit.uuid()),
        title: title.trim(),
        follower: own,
        text: &document,
        blob_hash: hash.as_str(),
        at: ctx.now().as_microsecond(),
    };
    let task = &task_row(ctx, given, ready, plan_id, position, &words);
    let created = known.as_ref().map_or(new.at, |plan| plan.created_at);
    let parts = &parts(app, ctx, ready, task, created)?;
    let is_new = known.is_none();
    app.db()
        .write(ctx, |tx| async move {
            tx.keep_blob(hash, size, "text/plain").await?;
            if is_new {
                let inserted = store::plan::assigned_insert(&tx, new).await;
                inserted.map_err(|error| error.or_taken("assigned-meanwhile"))?;
            }
            store::plan::lock(&tx, plan_id).await?;
            if store::task::last_position(&tx, plan_id).await? + 1 != task.position {
                return Err(Problem::new(ProblemKind::Conflict, "assigned-meanwhile"));
            }
            store::task::insert(&tx, task, &[]).await?;
            for part in parts {
                store::part::insert(&tx, part).await?;
                tx.fact(&PART_FACTS, fact(part))?;
            }
            let detail = json!({ "plan": plan_id.to_string(), "parts": parts.len(), "number": new.number });
            tx.ledger(Entry::new("task.assign", TaskId::from_uuid(task.id)).unit(own).detail(detail));
            Ok(())
        })
        .await?;
    Ok(TaskId::from_uuid(task.id))
}

/// What was entered, as a text that can be quoted and searched.
fn document(given: &Assignment, ready: &Ready, day: Date, words: &str) -> String {
    let day = kernel::day::show(day, kernel::Lang::Vi);
    format!(
        "{} ngày {day}\n{}\n\n{words}\n- Chủ trì: {}\n- Thời hạn: {}\n- Kết quả: {}\n",
        ready.number,
        given.giver.trim(),
        given.leads.trim(),
        given.due.trim(),
        given.result.trim()
    )
}

fn task_row(ctx: &Ctx, given: &Assignment, ready: &Ready, plan: PlanId, position: i64, words: &str) -> TaskRow {
    TaskRow {
        id: ctx.new_id::<kinds::Task>().uuid(),
        plan_id: plan.uuid(),
        position,
        section: position.to_string(),
        text: words.to_owned(),
        time_raw: given.due.trim().to_owned(),
        time_kind: if ready.clock.is_some() { "month" } else { frame::kind_code(&ready.time) }.to_owned(),
        result: Some(given.result.trim().to_owned()).filter(|result| !result.is_empty()),
        quote: words.to_owned(),
        source_start: 0,
        source_end: 0,
        coordinating: String::new(),
    }
}

fn parts(app: &App, ctx: &Ctx, ready: &Ready, task: &TaskRow, created: i64) -> Result<Vec<NewPart>, Problem> {
    let (bodies, calendar) = (app.get::<BodiesPort>()?, app.get::<CalendarPort>()?);
    let part = |unit: &UnitId| {
        let unit_sort = bodies.body(*unit).map(|body| body.sort).unwrap_or_default();
        let id: PartId = ctx.new_id::<kinds::Part>();
        let due = ready.clock.map(|clock| clock.deadline(&calendar.calendar(), calendar.hours(*unit)).due);
        NewPart {
            id,
            task: task.id,
            plan: task.plan_id,
            unit: *unit,
            sort_plan: format!("{created:016}-{:06}-{}", task.position, text::fold(&unit_sort)),
            unit_sort,
            time_kind: if ready.clock.is_some() { "month" } else { frame::kind_code(&ready.time) },
            start_on: None,
            due_on: due.map(|due| due.to_string()),
            clock: ready.clock,
        }
    };
    Ok(ready.leads.iter().map(part).collect())
}

fn fact(part: &NewPart) -> serde_json::Value {
    json!({
        "part": part.id.to_string(), "task": TaskId::from_uuid(part.task).to_string(), "plan": PlanId::from_uuid(part.plan).to_string(),
        "unit": part.unit.to_string(), "start_on": part.start_on, "due_on": part.due_on, "done_on": null,
    })
}
