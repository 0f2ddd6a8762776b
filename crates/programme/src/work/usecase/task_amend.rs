//! Says a task of a live plan anew: its words, who leads and who helps, its time, its result. One act with a reason.

use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TaskId},
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

/// The form: everything as it is to be.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct Amendment {
    /// The revision that was read.
    pub rev: i64,
    pub text: String,
    /// Bodies that lead, parted by semicolons: ids or names; a group is every member of it.
    pub leads: String,
    pub helpers: String,
    /// "30/11/2026", "trước ngày 30/11/2026", "Quý IV/2026", "trong 5 ngày làm việc"; empty where there is none.
    pub time: String,
    pub result: String,
    /// Why.
    pub reason: String,
}

struct Wanted {
    task: TaskImage,
    leads: Vec<UnitId>,
    timing: Option<Timing>,
}

fn wanted(core: &Core, ctx: &Ctx, of: &Standing, given: &Amendment) -> Result<Wanted, Problem> {
    if given.text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let (bodies, issuer) = (core.bodies(), of.plan.issuer_id.map(UnitId::from_uuid));
    let leads = meant(bodies, ctx, issuer, "leads", &given.leads, &of.leads())?;
    let helpers = meant(bodies, ctx, issuer, "helpers", &given.helpers, &of.task.helpers)?;
    let helpers: Vec<UnitId> = helpers.into_iter().filter(|unit| !leads.contains(unit)).collect();
    let is_timed = given.time.trim() != of.task.time_raw.trim();
    let timing = if is_timed { Some(Timing::read(ctx, &given.time)?) } else { None };
    let same =
        |one: &[UnitId], other: &[UnitId]| one.len() == other.len() && one.iter().all(|unit| other.contains(unit));
    let coordinating = if same(&helpers, &of.task.helpers) {
        of.task.coordinating.clone()
    } else {
        helpers.iter().map(|unit| bodies.written(*unit, ctx.today())).collect::<Vec<_>>().join("; ")
    };
    let task = TaskImage {
        text: given.text.trim().to_owned(),
        time_raw: given.time.trim().to_owned(),
        time_kind: timing.as_ref().map_or_else(|| of.task.time_kind.clone(), |timing| timing.kind().to_owned()),
        result: Some(given.result.trim().to_owned()).filter(|result| !result.is_empty()),
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
    if making.tasks.is_empty() && making.parts.is_empty() && making.new_parts.is_empty() && making.held.is_empty() {
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
    let waits = waiting(core, ctx, &of.plan, &of.row.quote, &[leads.new.clone(), back].concat())?;
    let new_helpers: Vec<UnitId> =
        wanted.task.helpers.iter().copied().filter(|unit| !of.task.helpers.contains(unit)).collect();
    let helpers_wait = waiting(core, ctx, &of.plan, &of.row.quote, &new_helpers)?;
    let timing = wanted.timing.clone().unwrap_or_else(|| Timing::of(ctx, &wanted.task.time_raw));
    let given = |unit: UnitId| new_part(core, ctx, of, of.row.id, of.row.position, unit, &timing);
    let (held, new): (Vec<NewPart>, Vec<NewPart>) =
        leads.new.iter().map(|unit| given(*unit)).partition(|part| waits.contains(&part.unit));
    // A part that waited for a word about this task waits for it no more where its body is named no more.
    let known_held = store::held::rows_of_task(&core.db().read(), of.id()).await?;
    let dropped = known_held.iter().filter(|(_, held)| is_dropped(held, wanted)).cloned().collect::<Vec<_>>();
    let still: Vec<UnitId> = known_held
        .iter()
        .filter(|(row, held)| matches!(held, Held::Part(_)) && !dropped.iter().any(|(gone, _)| gone == row))
        .map(|(_, held)| held.unit())
        .collect();
    let mut held: Vec<(Uuid, Held)> = held
        .into_iter()
        .filter(|part| !still.contains(&part.unit))
        .map(|part| (part.id.uuid(), Held::Part(part)))
        .collect();
    held.extend(
        helpers_wait
            .iter()
            .map(|unit| (ctx.new_id::<crate::ids::Part>().uuid(), Held::Helper { task: of.row.id, unit: *unit })),
    );
    let mut task = wanted.task.clone();
    task.helpers.retain(|unit| !helpers_wait.contains(unit));
    let new_leads: Vec<UnitId> = wanted.leads.iter().copied().filter(|unit| !of.leads().contains(unit)).collect();
    let to = new_leads.iter().map(|unit| name(*unit)).collect::<Vec<_>>().join("; ");
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

/// What waits for a body that is named no more.
fn is_dropped(held: &Held, wanted: &Wanted) -> bool {
    match held {
        Held::Part(part) => !wanted.leads.contains(&part.unit),
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
        [of.leads(), wanted.leads.clone(), of.task.helpers.clone(), task.helpers.clone(), vec![of.plan.follower()]]
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
pub(crate) fn now(core: &Core, ctx: &Ctx, of: &Standing) -> Amendment {
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
    Amendment {
        rev: of.rev,
        text: of.task.text.clone(),
        leads: written(&of.leads()),
        helpers: written(&of.task.helpers),
        time: of.task.time_raw.clone(),
        result: of.task.result.clone().unwrap_or_default(),
        reason: String::new(),
    }
}

/// The other tasks of its plan, with which it could become one.
pub(crate) async fn siblings(core: &Core, of: &Standing) -> Result<Vec<TaskRow>, Problem> {
    let all = store::task::of_plan(&core.db().read(), of.plan.id()).await?;
    Ok(all.into_iter().filter(|row| row.id != of.row.id).collect())
}
