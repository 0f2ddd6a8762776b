//! Two tasks that are one, and one that is two: parts, evidence and history go where the work goes.

use kernel::{Ctx, Problem, UnitId};
use serde::Deserialize;
use uuid::Uuid;
use webkit::Core;

use crate::{
    Error,
    ids::{ChangeId, TaskId},
    work::{
        model::amend::{PartImage, TaskImage, merged, placed, split},
        store::{self, held::Held, part::NewPart, task::TaskRow},
        usecase::{
            change::{Making, Standing, make, standing, together},
            naming::{is_anew, waiting},
            timing::{Timing, new_part},
            told::{Told, people},
        },
    },
};

#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
pub struct Shaping {
    /// The revision that was read.
    pub rev: i64,
    /// `split` or `merge`.
    pub act: String,
    /// To split: the pieces, parted by an empty line. The first stays this task, with all that was done on it.
    #[serde(default)]
    pub text: String,
    /// To merge: the task of the same plan that this one becomes part of.
    #[serde(default)]
    pub into: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

pub async fn task_shape(core: &Core, ctx: &Ctx, id: TaskId, given: &Shaping) -> Result<ChangeId, Problem> {
    let of = standing(core, ctx, id).await?;
    Problem::stale_unless(of.rev == given.rev)?;
    if given.reason.trim().is_empty() {
        return Err(Error::Empty("reason").into());
    }
    match given.act.as_str() {
        "merge" => merge(core, ctx, &of, given).await,
        "split" => divide(core, ctx, &of, given).await,
        _ => Err(Problem::bad_input("bad-form").field("act", "bad-form")),
    }
}

async fn told(core: &Core, ctx: &Ctx, of: &Standing, key: &str, reason: &str) -> Result<Vec<Told>, Problem> {
    let short: String = of.task.text.chars().take(160).collect();
    let words = core.locales().text(kernel::Lang::Vi, key, &[("text", short.into()), ("reason", reason.into())]);
    let concerned = [of.all_leads(), vec![of.plan.follower()]].concat();
    people(core, ctx, &concerned, &words, &format!("/tasks/{}", of.id())).await
}

async fn merge(core: &Core, ctx: &Ctx, of: &Standing, given: &Shaping) -> Result<ChangeId, Problem> {
    let wrong = || Problem::bad_input("merge-into").field("into", "merge-into");
    let into: TaskId = given.into.trim().parse().map_err(|_| wrong())?;
    let other = standing(core, ctx, into).await?;
    if other.plan.id != of.plan.id || into == of.id() {
        return Err(wrong());
    }
    let reason = given.reason.trim();
    let merged = merged(&of.parts, &other.parts, other.row.id, other.row.position, &ctx.today().to_string());
    let after = TaskImage { merged_into: Some(other.row.id), helpers: vec![], ..of.task.clone() };
    let mut gains = other.task.clone();
    gains.helpers.extend(of.task.helpers.iter().filter(|unit| !other.task.helpers.contains(unit)));
    let parts: Vec<PartImage> = merged.steps.iter().map(|(_, after)| after.clone()).collect();
    let waiting = of.held.iter().filter_map(|(_, held)| to(held, &parts, &other));
    let making = Making {
        kind: "merge",
        reason: reason.to_owned(),
        tasks: vec![(of.task.clone(), after), (other.task.clone(), gains)],
        parts: merged.steps.into_iter().map(|step| (step, reason.to_owned())).collect(),
        evidence: merged.evidence,
        held: waiting.map(|held| (ctx.new_id::<crate::ids::Part>().uuid(), held)).collect(),
        held_dropped: of.held.clone(),
        told: told(core, ctx, of, "told-task-merge", reason).await?,
        ..Making::default()
    };
    make(core, ctx, of, &making).await
}

/// What waits for a word waits for it at the other task, unless its body has the work there, comes to it, or waits for it
/// already.
fn to(held: &Held, come: &[PartImage], other: &Standing) -> Option<Held> {
    let (unit, task) = (held.unit(), other.row.id);
    let comes = come.iter().any(|part| part.task_id == task && part.is_open() && part.unit() == unit);
    let has = other.parts.iter().any(|part| part.is_open() && part.unit() == unit);
    match held.clone() {
        Held::Part(_) if comes || has || other.held_leads().contains(&unit) => None,
        Held::Part(part) => {
            let sort_plan = placed(&part.sort_plan, other.row.position);
            Some(Held::Part(NewPart { task, sort_plan, ..part }))
        }
        Held::Helper { .. } if other.all_helpers().contains(&unit) => None,
        Held::Helper { unit, .. } => Some(Held::Helper { task, unit }),
        rest @ (Held::Answers { .. } | Held::Role { .. }) => Some(rest),
    }
}

async fn divide(core: &Core, ctx: &Ctx, of: &Standing, given: &Shaping) -> Result<ChangeId, Problem> {
    let mut pieces = split(&given.text)?.into_iter();
    let first = TaskImage { text: pieces.next().unwrap_or_default(), ..of.task.clone() };
    let last = store::task::last_position(&core.db().read(), of.plan.id()).await?;
    let rows: Vec<TaskRow> = (1_i64..).zip(pieces).map(|(at, text)| piece(ctx, of, last + at, at + 1, text)).collect();
    // Who has to do it, paused or not; who waits for it waits for each piece.
    let led: Vec<&PartImage> = of.parts.iter().filter(|part| part.is_open() || part.is_paused()).collect();
    let mut leads = together(vec![], led.iter().map(|part| part.unit()).collect());
    let held_leads: Vec<UnitId> = of.held_leads().into_iter().filter(|unit| !leads.contains(unit)).collect();
    let waits = [waiting(core, ctx, &of.plan, &of.row.quote, &leads)?, held_leads.clone()].concat();
    leads.extend(held_leads);
    let timing = Timing::of(ctx, &of.task.time_raw);
    let given_to = |row: &TaskRow| {
        leads.iter().map(|unit| new_part(core, ctx, of, row.id, row.position, *unit, &timing)).collect::<Vec<_>>()
    };
    let (held, new): (Vec<NewPart>, Vec<NewPart>) =
        rows.iter().flat_map(given_to).partition(|part| waits.contains(&part.unit));
    let mut held: Vec<(Uuid, Held)> = held.into_iter().map(|part| (part.id.uuid(), Held::Part(part))).collect();
    for row in &rows {
        let helpers = of.held_helpers().into_iter();
        held.extend(helpers.map(|unit| (ctx.new_id::<crate::ids::Part>().uuid(), Held::Helper { task: row.id, unit })));
    }
    let is_open = |unit: UnitId| led.iter().any(|part| part.is_open() && part.unit() == unit);
    let paused_on = |unit: UnitId| led.iter().find(|part| part.unit() == unit).and_then(|part| part.stopped_on.clone());
    let since = |unit: UnitId| if is_open(unit) { None } else { paused_on(unit) };
    let paused = new.iter().filter_map(|part| Some((part.id, since(part.unit)?))).collect();
    let reason = given.reason.trim();
    let making = Making {
        kind: "split",
        reason: reason.to_owned(),
        tasks: vec![(of.task.clone(), first)],
        new_tasks: rows.into_iter().map(|row| (row, of.task.helpers.clone())).collect(),
        new_parts: new,
        paused,
        held,
        is_anew: is_anew(core, ctx, &of.plan),
        told: told(core, ctx, of, "told-task-split", reason).await?,
        ..Making::default()
    };
    make(core, ctx, of, &making).await
}

/// A task of its own, beside the one that it was a piece of.
fn piece(ctx: &Ctx, of: &Standing, position: i64, number: i64, text: String) -> TaskRow {
    TaskRow {
        id: ctx.new_id::<crate::ids::Task>().uuid(),
        position,
        section: format!("{} ({number})", of.row.section),
        text,
        ..of.row.clone()
    }
}
