//! "Giao nhiệm vụ từ văn bản": six fields become a task, without a plan document to read.
//!
//! What was entered is itself kept as the document, so that a task from here is a task like any other: it has a text,
//! a quote and a register line.

use crate::ids::{PartId, TaskId};
use std::collections::HashMap;

use db::{Entry, Words};
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem, ProblemKind, Resolution, Resource, UnitId, ids::kinds, text};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        model::{
            authority::{Standing, could_be_given},
            frame,
        },
        store::{plan::PlanRow, plan_assigned::NewAssigned},
        usecase::{
            confirmation::could_say,
            names::{MOST_OF_ONE, TypedNames, at, bounded},
            plan_import::follower,
        },
    },
    work::{
        model::clock,
        store::{self, held::Held, part::NewPart, task::TaskRow},
        usecase::authority::{beyond, names},
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

impl Assignment {
    /// As it may be kept and looked for.
    pub(crate) fn masked(&self) -> Self {
        let words = |text: &str| Words::new(text).into_string();
        Self {
            number: words(&self.number),
            issued_on: self.issued_on,
            giver: words(&self.giver),
            text: words(&self.text),
            leads: words(&self.leads),
            due: words(&self.due),
            result: words(&self.result),
        }
    }

    fn lead_names(&self) -> impl Iterator<Item = String> {
        self.leads.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
    }

    /// Without a giver it is the unit's own.
    fn giver(&self, givers: &TypedNames, own: UnitId) -> Option<UnitId> {
        match givers.means(&self.giver) {
            _ if self.giver.trim().is_empty() => Some(own),
            Ok(Resolution::Unit { unit, .. }) => Some(unit),
            Ok(Resolution::Group { .. } | Resolution::Unknown) | Err(_) => None,
        }
    }
}

/// What the names in assignments mean, each looked up once.
pub(crate) struct Meant {
    givers: TypedNames,
    /// By the body that gave it: it is near what it names.
    leads: HashMap<Option<UnitId>, TypedNames>,
}

impl Meant {
    pub async fn of(core: &Core, ctx: &Ctx, all: &[Assignment]) -> Result<Self, Problem> {
        let (bodies, own) = (core.bodies(), follower(core, ctx)?);
        let givers: Vec<String> = all.iter().map(|given| given.giver.clone()).collect();
        let givers = TypedNames::of(bodies, givers.into_iter(), None, ctx.today()).await?;
        let mut texts: HashMap<Option<UnitId>, Vec<String>> = HashMap::new();
        for given in all {
            texts.entry(given.giver(&givers, own)).or_default().extend(given.lead_names().take(MOST_OF_ONE));
        }
        let mut leads = HashMap::new();
        for (giver, texts) in texts {
            leads.insert(giver, TypedNames::of(bodies, texts.into_iter(), giver, ctx.today()).await?);
        }
        Ok(Self { givers, leads })
    }
}

struct Ready {
    number: String,
    leads: Vec<UnitId>,
    giver: Option<UnitId>,
    clock: Option<clock::Clock>,
    time: plan_reader::Time,
}

fn ready(core: &Core, ctx: &Ctx, given: &Assignment, meant: &Meant) -> Result<Ready, Problem> {
    for (field, value) in [("number", &given.number), ("text", &given.text), ("leads", &given.leads)] {
        if value.trim().is_empty() {
            return Err(Error::Empty(field).into());
        }
    }
    let bodies = core.bodies();
    let giver = given.giver(&meant.givers, follower(core, ctx)?);
    let mut leads = Vec::new();
    for name in bounded(given.lead_names().collect())? {
        let names =
            meant.leads.get(&giver).ok_or_else(|| Problem::internal("a giver whose names were not looked up"))?;
        match names.means(&name).map_err(|problem| at("leads", problem))? {
            Resolution::Unit { unit, .. } => leads.push(bodies.today(unit)),
            Resolution::Group { units, .. } => leads.extend(units),
            Resolution::Unknown => {}
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

/// What would keep the task from being given; `known`: its document, where the unit has that already.
pub(crate) fn check(
    core: &Core,
    ctx: &Ctx,
    given: &Assignment,
    meant: &Meant,
    known: Option<&PlanRow>,
) -> Result<(), Problem> {
    let own = follower(core, ctx)?;
    let ready = ready(core, ctx, given, meant)?;
    waiting(core, ctx, &ready, known, own).map(|_| ())
}

/// The document of that number and day, where the unit has one.
async fn known(
    core: &Core,
    ctx: &Ctx,
    given: &Assignment,
    ready: &Ready,
    own: UnitId,
) -> Result<Option<PlanRow>, Problem> {
    let day = given.issued_on.unwrap_or_else(|| ctx.today()).to_string();
    Ok(plans::store::plan_assigned::assigned(&core.db().read(), &ready.number, &day, own).await?)
}

/// Leads that only the body in whose name the document stands may give the task to: they wait for its word. Refused
/// where not even that body could. A confirmation covers what its body saw: of what somebody else adds to the document
/// everything waits, and who could confirm it themselves adds as far as their own word reaches.
fn waiting(
    core: &Core,
    ctx: &Ctx,
    ready: &Ready,
    known: Option<&PlanRow>,
    own: UnitId,
) -> Result<Vec<UnitId>, Problem> {
    let new = || Standing { follower: own, issuer: ready.giver, confirmed_by: None, is_refused: false };
    let whole = known.map_or_else(new, PlanRow::standing);
    let confirmed = known.filter(|plan| plan.is_confirmed() && !ctx.actor.is_trusted());
    let said = confirmed.and_then(|plan| could_say(core, ctx, plan));
    let standing = if confirmed.is_some() { Standing { confirmed_by: said, ..whole.clone() } } else { whole.clone() };
    let beyond = beyond(core, ctx, &ready.leads, Some(&standing));
    let bodies = core.bodies().as_ref();
    let never: Vec<UnitId> = beyond.iter().copied().filter(|unit| !could_be_given(bodies, *unit, &whole)).collect();
    if !never.is_empty() {
        return Err(Error::LeadBeyond(names(core, &never)).into());
    }
    Ok(if confirmed.is_some() && said.is_none() { ready.leads.clone() } else { beyond })
}

/// Adds the task to the document of that number and day, which is made when it is new. All of it, or nothing.
pub async fn task_assign(core: &Core, ctx: &Ctx, given: &Assignment) -> Result<TaskId, Problem> {
    let given = given.masked();
    let meant = Meant::of(core, ctx, std::slice::from_ref(&given)).await?;
    task_assign_as(core, ctx, &given, &meant).await
}

/// The same of masked words whose names were looked up before.
pub(crate) async fn task_assign_as(
    core: &Core,
    ctx: &Ctx,
    given: &Assignment,
    meant: &Meant,
) -> Result<TaskId, Problem> {
    let own = follower(core, ctx)?;
    core.authorizer().check(ctx, "plan.import", &Resource { kind: "Plan", ..Resource::unit(own) })?;
    let ready = &ready(core, ctx, given, meant)?;
    let day = given.issued_on.unwrap_or_else(|| ctx.today());
    let conn = core.db().read();
    let known = known(core, ctx, given, ready, own).await?;
    let waiting = waiting(core, ctx, ready, known.as_ref(), own)?;
    let position = match &known {
        Some(plan) => store::task::last_position(&conn, plan.id()).await? + 1,
        None => 1,
    };
    let plan_id = known.as_ref().map_or_else(|| ctx.new_id::<kinds::Plan>(), PlanRow::id);
    let words = Words::new(&given.text);
    let document = document(given, ready, day, plan_id, &words);
    let hash = &core.db().blobs().put(document.clone().into_bytes()).await?;
    let size = i64::try_from(document.len()).unwrap_or(i64::MAX);
    let issuer = core.bodies();
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
    let (held, parts): (Vec<_>, Vec<_>) =
        parts(core, ctx, ready, task, created).into_iter().partition(|part| waiting.contains(&part.unit));
    let held = &held.into_iter().map(|part| (part.id.uuid(), Held::Part(part))).collect::<Vec<_>>();
    let parts = &parts;
    let known = known.as_ref().map(|plan| plan.rev);
    core.db()
        .write(ctx, |tx| async move {
            tx.keep_blob(hash, size, "text/plain").await?;
            match known {
                None => {
                    let inserted = plans::store::plan_assigned::assigned_insert(&tx, new).await;
                    inserted.map_err(|error| error.or_taken("assigned-meanwhile"))?;
                }
                // Whoever adds, or says a word on it, at the same time.
                Some(rev) if !plans::store::plan::rev_next(&tx, plan_id, rev).await? => {
                    return Err(Problem::new(ProblemKind::Conflict, "assigned-meanwhile"));
                }
                Some(_) => {}
            }
            if !held.is_empty() {
                plans::store::confirmation::added(&tx, plan_id, new.at).await?;
            }
            store::task::insert(&tx, task, &[]).await?;
            for part in parts {
                store::part::insert(&tx, part).await?;
            }
            for (id, held) in held {
                store::held::insert(&tx, *id, plan_id, held).await?;
            }
            let detail = json!({ "plan": plan_id.to_string(), "parts": parts.len(), "waiting": held.len(), "number": new.number });
            tx.ledger(Entry::new("task.assign", TaskId::from_uuid(task.id)).unit(own).detail(detail));
            Ok(())
        })
        .await?;
    Ok(TaskId::from_uuid(task.id))
}

/// What was entered, as a text that can be quoted and searched. It names its own document: the same words of another
/// body, or after the first were withdrawn, are another file.
fn document(given: &Assignment, ready: &Ready, day: Date, plan: PlanId, words: &str) -> String {
    let day = kernel::day::show(day, kernel::Lang::Vi);
    format!(
        "{} ngày {day}\n{}\n\n{words}\n- Chủ trì: {}\n- Thời hạn: {}\n- Kết quả: {}\n- Mã văn bản trên hệ thống: {plan}\n",
        ready.number,
        given.giver.trim(),
        given.leads.trim(),
        given.due.trim(),
        given.result.trim()
    )
}

fn task_row(ctx: &Ctx, given: &Assignment, ready: &Ready, plan: PlanId, position: i64, words: &str) -> TaskRow {
    TaskRow {
        id: ctx.new_id::<crate::ids::Task>().uuid(),
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
        merged_into: None,
    }
}

fn parts(core: &Core, ctx: &Ctx, ready: &Ready, task: &TaskRow, created: i64) -> Vec<NewPart> {
    let (bodies, calendar) = (core.bodies(), core.times());
    let part = |unit: &UnitId| {
        let unit_sort = bodies.body(*unit).map(|body| body.sort).unwrap_or_default();
        let id: PartId = ctx.new_id::<crate::ids::Part>();
        let due = ready.clock.map(|clock| clock.deadline(&calendar.calendar(), calendar.hours(*unit)).due);
        NewPart {
            id,
            task: task.id,
            plan: task.plan_id,
            unit: *unit,
            sort_plan: format!("{created:016}-{:06}-{}", task.position, text::fold(&unit_sort)),
            unit_sort,
            time_kind: if ready.clock.is_some() { "month" } else { frame::kind_code(&ready.time) }.to_owned(),
            start_on: None,
            due_on: due.map(|due| due.to_string()),
            clock: ready.clock,
        }
    };
    ready.leads.iter().map(part).collect()
}
