//! Says a task of a live plan anew: its words, who leads and who helps, its time, its result. One act with a reason.

use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TaskId},
    plans::usecase::typed::said,
    work::{
        model::amend::{PartImage, Step, TaskImage, led_by},
        store::{self, held::Held, part::NewPart, task::TaskRow},
        usecase::{
            change::{Making, Standing, make, standing},
            naming::{is_anew, meant, waiting},
            timing::{Timing, new_part},
            told::{Told, people},
        },
    },
};

/// What is to be said anew; a field that is not there stays as it is.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
pub struct Amendment {
    /// The revision that was read.
    pub rev: i64,
    #[serde(default, deserialize_with = "said")]
    pub text: Option<String>,
    /// Bodies that lead, parted by semicolons: ids or names; a group is every member of it. With those that wait for a word.
    #[serde(default, deserialize_with = "said")]
    pub leads: Option<String>,
    #[serde(default, deserialize_with = "said")]
    pub helpers: Option<String>,
    /// "30/11/2026", "trước ngày 30/11/2026", "Quý IV/2026", "trong 5 ngày làm việc"; empty where there is none.
    #[serde(default, deserialize_with = "said")]
    pub time: Option<String>,
    #[serde(default, deserialize_with = "said")]
    pub result: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The form, every field of it.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub rev: i64,
    pub text: String,
    pub leads: String,
    pub helpers: String,
    pub time: String,
    pub result: String,
}

struct Wanted {
    task: TaskImage,
    leads: Vec<UnitId>,
    timing: Option<Timing>,
}

fn wanted(core: &Core, ctx: &Ctx, of: &Standing, given: &Amendment) -> Result<Wanted, Problem> {
    let text = given.text.as_deref().unwrap_or(&of.task.text).trim();
    if text.is_empty() {
        return Err(Error::Empty("text").into());
    }
    let (bodies, issuer) = (core.bodies(), of.plan.issuer_id.map(UnitId::from_uuid));
    let named = |field: &'static str, typed: Option<&str>, known: Vec<UnitId>| match typed {
        Some(typed) => meant(bodies, ctx, issuer, field, typed, &known),
        None => Ok(known),
    };
    let leads = named("leads", given.leads.as_deref(), of.all_leads())?;
    let helpers = named("helpers", given.helpers.as_deref(), of.all_helpers())?;
    let helpers: Vec<UnitId> = helpers.into_iter().filter(|unit| !leads.contains(unit)).collect();
    let time = given.time.as_deref().unwrap_or(&of.task.time_raw).trim();
    let timing = if time == of.task.time_raw.trim() { None } else { Some(Timing::read(ctx, time)?) };
    let result = given.result.as_deref().or(of.task.result.as_deref()).unwrap_or_default().trim();
    let same =
        |one: &[UnitId], other: &[UnitId]| one.len() == other.len() && one.iter().all(|unit| other.contains(unit));
    let coordinating = if same(&helpers, &of.all_helpers()) {
        of.task.coordinating.clone()
    } else {
        helpers.iter().map(|unit| bodies.written(*unit, ctx.today())).collect::<Vec<_>>().join("; ")
    };
    let task = TaskImage {
        text: text.to_owned(),
        time_raw: time.to_owned(),
        time_kind: timing.as_ref().map_or_else(|| of.task.time_kind.clone(), |timing| timing.kind().to_owned()),
        result: Some(result.to_owned()).filter(|result| !result.is_empty()),
        coordinating,
        helpers,
        ..of.task.clone()
    };
    Ok(Wanted { task, leads, timing })
}

/// Over what was read; returns the act by which it can be undone.
pub async fn task_amend(core: &Core, ctx: &Ctx, id: TaskId, given: &Amendment) -> Result<ChangeId, Problem> {
    let of = standing(core, ctx, id).await?;
    Problem::stale_unless(of.rev == given.rev)?;
    if given.reason.trim().is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let wanted = wanted(core, ctx, &of, given)?;
    let making = making(core, ctx, &of, &wanted, given.reason.trim()).await?;
    let is_held = !making.held.is_empty() || !making.held_dropped.is_empty();
    if making.tasks.is_empty() && making.parts.is_empty() && making.new_parts.is_empty() && !is_held {
        return Err(Error::NothingChanged.into());
    }
    make(core, ctx, &of, &making).await
}

async fn making(core: &Core, ctx: &Ctx, of: &Standing, wanted: &Wanted, reason: &str) -> Result<Making, Problem> {
    let bodies = core.bodies();
    let name = |unit: UnitId| bodies.body(unit).map(|body| body.name).unwrap_or_default();
    let leads = led_by(&of.parts, &wanted.leads, &ctx.today().to_string()).map_err(|error| match error {
        Error::LeadDone(unit) => Problem::bad_input("lead-done").with("name", name(unit)).field("leads", "lead-done"),
        other => other.into(),
    })?;
    let back: Vec<UnitId> =
        leads.steps.iter().filter(|(_, after)| after.is_open()).map(|(part, _)| part.unit()).collect();
    // What waits already, and whose body is still named, goes on waiting.
    let (held_leads, held_helpers) = (of.held_leads(), of.held_helpers());
    let new_leads: Vec<UnitId> = leads.new.iter().copied().filter(|unit| !held_leads.contains(unit)).collect();
    let waits = waiting(core, ctx, &of.plan, &of.row.quote, &[new_leads.clone(), back.clone()].concat())?;
    let all_helpers = of.all_helpers();
    let new_helpers: Vec<UnitId> =
        wanted.task.helpers.iter().copied().filter(|unit| !all_helpers.contains(unit)).collect();
    let helpers_wait = waiting(core, ctx, &of.plan, &of.row.quote, &new_helpers)?;
    let timing = wanted.timing.clone().unwrap_or_else(|| Timing::of(ctx, &wanted.task.time_raw));
    let given = |unit: UnitId| new_part(core, ctx, of, of.row.id, of.row.position, unit, &timing);
    let (held, new): (Vec<NewPart>, Vec<NewPart>) =
        new_leads.iter().map(|unit| given(*unit)).partition(|part| waits.contains(&part.unit));
    let dropped: Vec<(Uuid, Held)> =
        of.held.iter().filter(|(_, held)| is_dropped(held, wanted, &back)).cloned().collect();
    // Who waits gets the new days too.
    let timed = held_leads.iter().filter(|unit| wanted.timing.is_some() && wanted.leads.contains(unit));
    let timed = timed.filter(|unit| !back.contains(unit)).map(|unit| given(*unit));
    let mut held: Vec<(Uuid, Held)> =
        held.into_iter().chain(timed).map(|part| (part.id.uuid(), Held::Part(part))).collect();
    held.extend(
        helpers_wait
            .iter()
            .map(|unit| (ctx.new_id::<crate::ids::Part>().uuid(), Held::Helper { task: of.row.id, unit: *unit })),
    );
    let mut task = wanted.task.clone();
    let has = &of.task.helpers;
    task.helpers.retain(|unit| has.contains(unit) || !(helpers_wait.contains(unit) || held_helpers.contains(unit)));
    let all_leads = of.all_leads();
    let came: Vec<UnitId> = wanted.leads.iter().copied().filter(|unit| !all_leads.contains(unit)).collect();
    let to = came.iter().map(|unit| name(*unit)).collect::<Vec<_>>().join("; ");
    let parts = steps(core, of, &leads.steps, wanted, &to, reason);
    let is_anew = is_anew(core, ctx, &of.plan)
        && (task.text != of.task.text || task.result != of.task.result || !held.is_empty());
    let told = told(core, ctx, of, wanted, &task, reason).await?;
    Ok(Making {
        kind: "amend",
        reason: reason.to_owned(),
        tasks: if task == of.task { vec![] } else { vec![(of.task.clone(), task)] },
        parts,
        new_parts: new,
        held,
        held_dropped: dropped,
        is_anew,
        told,
        ..Making::default()
    })
}

/// What waits for a body that is named no more, that has its part back, or whose days are others.
fn is_dropped(held: &Held, wanted: &Wanted, back: &[UnitId]) -> bool {
    match held {
        Held::Part(part) => !wanted.leads.contains(&part.unit) || back.contains(&part.unit) || wanted.timing.is_some(),
        Held::Helper { unit, .. } => !wanted.task.helpers.contains(unit),
        Held::Answers { .. } | Held::Role { .. } => false,
    }
}

/// The parts that go, come back, or get other days; each with the words of its line.
fn steps(core: &Core, of: &Standing, moved: &[Step], wanted: &Wanted, to: &str, reason: &str) -> Vec<(Step, String)> {
    let line = |after: &PartImage| {
        let to = Some(to).filter(|to| !to.is_empty() && !after.is_there());
        to.map_or_else(|| reason.to_owned(), |to| format!("→ {to}. {reason}"))
    };
    let timed = |after: &PartImage| match &wanted.timing {
        Some(timing) if after.is_open() => timing.on(core, after),
        _ => after.clone(),
    };
    let others = of.parts.iter().filter(|part| !moved.iter().any(|(before, _)| before.id == part.id));
    let others = others.map(|part| (part.clone(), timed(part))).filter(|(before, after)| before != after);
    let moved = moved.iter().map(|(before, after)| (before.clone(), timed(after)));
    moved
        .chain(others)
        .map(|step| {
            let words = line(&step.1);
            (step, words)
        })
        .collect()
}

/// Everybody who had the work, has it now, or helps with it, and who follows the plan.
async fn told(
    core: &Core,
    ctx: &Ctx,
    of: &Standing,
    wanted: &Wanted,
    task: &TaskImage,
    reason: &str,
) -> Result<Vec<Told>, Problem> {
    let concerned =
        [of.all_leads(), wanted.leads.clone(), of.all_helpers(), task.helpers.clone(), vec![of.plan.follower()]]
            .concat();
    let short: String = task.text.chars().take(160).collect();
    let words = core.locales().text(
        kernel::Lang::Vi,
        "told-task-amended",
        &[("text", short.into()), ("reason", reason.into())],
    );
    people(core, ctx, &concerned, &words, &format!("/tasks/{}", of.id())).await
}

/// As the form shows it before anybody typed.
pub(crate) fn now(core: &Core, ctx: &Ctx, of: &Standing) -> Shown {
    let bodies = core.bodies();
    let written = |units: &[UnitId]| {
        let mut names: Vec<(String, String)> = units
            .iter()
            .map(|unit| {
                (bodies.body(*unit).map(|body| body.sort).unwrap_or_default(), bodies.written(*unit, ctx.today()))
            })
            .collect();
        names.sort();
        names.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join("; ")
    };
    Shown {
        rev: of.rev,
        text: of.task.text.clone(),
        leads: written(&of.all_leads()),
        helpers: written(&of.all_helpers()),
        time: of.task.time_raw.clone(),
        result: of.task.result.clone().unwrap_or_default(),
    }
}

/// The other tasks of its plan, with which it could become one.
pub(crate) async fn siblings(core: &Core, of: &Standing) -> Result<Vec<TaskRow>, Problem> {
    let all = store::task::of_plan(&core.db().read(), of.plan.id()).await?;
    Ok(all.into_iter().filter(|row| row.id != of.row.id).collect())
}
