//! Frozen lists and milestones, for forms and programs.

use axum::extract::Path;
use db::Words;
use derive::Schema;
use jiff::civil::Date;
use kernel::{Problem, UnitId, day};
use serde::{Deserialize, Serialize};
use webkit::{Form, Kept as _, Outcome, Req};

use crate::{
    model::{
        System, SystemId,
        figures::{APPROVE, Baseline, BaselineChange, BaselineId},
    },
    pages::figures::figure::PLATFORMS,
    store::figures::baseline::{Entry, Summary, entries},
    usecase::figures::{
        baseline_add::{AddInput, baseline_add},
        baseline_approve::{baseline_approve, open_lists},
        baseline_change::{ChangeInput, baseline_change, changes, seen},
        baseline_list::{baseline_list, own},
        baseline_make::{Plan, baseline_make},
        milestone::{milestone_set, milestones},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, get, make, change, add, open, approve, milestone, milestone_say))]
pub struct Documented;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Baselines {
    items: Vec<Summary>,
    /// Owners that have none.
    #[schema(value_type = Vec<String>)]
    lacking: Vec<UnitId>,
}

/// The frozen lists of the owners that the caller sees, by name.
#[utoipa::path(get, path = "/api/v1/systems/baselines", responses((status = 200, body = Baselines)))]
pub async fn list(req: Req) -> Outcome {
    let (items, lacking) = baseline_list(&req.app, &req.ctx).await?;
    Req::json(&Baselines { items, lacking })
}

/// What was changed of a line, and why.
#[derive(Debug, Serialize, Schema)]
pub struct LineChange {
    on_day: Date,
    system_id: SystemId,
    is_counted: bool,
    is_eligible: bool,
    reason: Words,
    ground: Option<Words>,
    /// The list was approved already.
    is_after: bool,
}

impl From<BaselineChange> for LineChange {
    fn from(row: BaselineChange) -> Self {
        let BaselineChange { on_day, system_id, is_counted, is_eligible, reason, ground, is_after, .. } = row;
        Self { on_day, system_id, is_counted, is_eligible, reason, ground, is_after }
    }
}

/// A frozen list with its lines, and what was changed of them, the newest first.
#[derive(Debug, Serialize, Schema)]
pub struct WholeBaseline {
    id: BaselineId,
    unit_id: UnitId,
    /// The plan by which it was made.
    plan: Option<Words>,
    /// The day on which its systems stood.
    as_of: Date,
    approved_on: Option<Date>,
    lines: Vec<Entry>,
    changes: Vec<LineChange>,
}

async fn whole(req: &Req, id: BaselineId) -> Result<WholeBaseline, Problem> {
    let conn = req.app.db().read();
    let Baseline { unit_id, plan, as_of, approved_on, .. } = seen(&req.app, &req.ctx, &conn, id).await?;
    let lines = entries(&conn, id).await?;
    let changes = changes(&conn, id).await?.into_iter().map(LineChange::from).collect();
    Ok(WholeBaseline { id, unit_id, plan, as_of, approved_on, lines, changes })
}

/// A frozen list, line by line, for whom sees the systems of its owner.
#[utoipa::path(get, path = "/api/v1/systems/baselines/{id}", params(("id" = String, Path)), responses((status = 200, body = WholeBaseline)))]
pub async fn get(req: Req, Path(id): Path<BaselineId>) -> Outcome {
    Req::json(&whole(&req, id).await?)
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct MakeInput {
    /// The owner, or a body above those that have none yet: its id or name.
    unit: String,
    /// The day on which the systems stood.
    as_of: String,
    /// The plan by which it is made, as people write it.
    #[serde(default)]
    plan: String,
}

/// How many systems stand in the lists that were made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListsMade {
    systems: usize,
}

/// Makes the frozen lists of an owner, or of all below a body that have none yet.
#[utoipa::path(post, path = "/api/v1/systems/baselines", request_body = MakeInput, responses((status = 200, body = ListsMade), (status = 409)))]
pub async fn make(req: Req, Form(form): Form<MakeInput>) -> Outcome {
    let unit = req.app.bodies().meant(&form.unit, req.ctx.today());
    let unit = unit.map_err(|problem| problem.field("unit", "unknown-unit-field"))?;
    let as_of = day::read(&form.as_of).ok_or_else(|| Problem::bad_input("bad-day").field("as_of", "bad-day"))?;
    let plan = Plan { words: Words::some(&form.plan), id: None, as_of };
    let systems = baseline_make(&req.app, &req.ctx, unit, &plan).await?;
    req.done(&ListsMade { systems }, "/systems/baselines", "baseline-made")
}

/// Takes a line out or puts it back, eligible or not, over the revision of the line; once the list is approved a leader
/// does. Answers the list as it is then.
#[utoipa::path(post, path = "/api/v1/systems/baselines/{id}", params(("id" = String, Path)), request_body = ChangeInput, responses((status = 200, body = WholeBaseline), (status = 412)))]
pub async fn change(req: Req, Path(id): Path<BaselineId>, Form(input): Form<ChangeInput>) -> Outcome {
    baseline_change(&req.app, &req.ctx, id, &input).await?;
    req.done(&whole(&req, id).await?, &format!("/systems/baselines/{id}"), "baseline-changed")
}

/// Puts a system into a list that lacks it. Answers the list as it is then.
#[utoipa::path(post, path = "/api/v1/systems/baselines/{id}/systems", params(("id" = String, Path)), request_body = AddInput, responses((status = 200, body = WholeBaseline)))]
pub async fn add(req: Req, Path(id): Path<BaselineId>, Form(input): Form<AddInput>) -> Outcome {
    baseline_add(&req.app, &req.ctx, id, input).await?;
    req.done(&whole(&req, id).await?, &format!("/systems/baselines/{id}"), "baseline-added")
}

/// The body at which lists are approved: the one that is asked for, else the one at which the caller may.
pub fn asked(req: &Req) -> Result<UnitId, Problem> {
    match req.query("unit") {
        Some(unit) => unit.parse().map_err(|_| Problem::not_found()),
        None => {
            let first = || req.ctx.actor.posts().first().map(|post| post.unit);
            own(&req.app, &req.ctx, APPROVE.action).or_else(first).ok_or_else(Problem::not_found)
        }
    }
}

/// What an approval would cover.
#[derive(Debug, Serialize, Schema)]
pub struct OpenLists {
    unit: UnitId,
    items: Vec<Summary>,
    /// The mark of what is read here: the approval says it, so that nobody approves what they have not read.
    seen: String,
}

/// The lists that a leader would approve at a body (`unit`), or at their own.
#[utoipa::path(get, path = "/api/v1/systems/baselines/approve", params(("unit" = Option<String>, Query)), responses((status = 200, body = OpenLists), (status = 404)))]
pub async fn open(req: Req) -> Outcome {
    let unit = asked(&req)?;
    let (items, seen) = open_lists(&req.app, &req.ctx, unit).await?;
    Req::json(&OpenLists { unit, items, seen })
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ApproveInput {
    /// The id of the owner, or of a body above it.
    unit: String,
    /// The mark of what was read before.
    #[serde(default)]
    seen: String,
}

/// How many lists were approved.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListsApproved {
    lists: usize,
}

/// Approves the lists that were read: plans are measured by them from then on.
#[utoipa::path(post, path = "/api/v1/systems/baselines/approve", request_body = ApproveInput, responses((status = 200, body = ListsApproved), (status = 409)))]
pub async fn approve(req: Req, Form(form): Form<ApproveInput>) -> Outcome {
    let unit = form.unit.parse().map_err(|_| Problem::not_found())?;
    let lists = baseline_approve(&req.app, &req.ctx, unit, &form.seen).await?;
    req.done(&ListsApproved { lists }, "/systems/baselines", "baseline-approved")
}

/// Until when a platform is to be in use; nothing where nobody has said it.
#[derive(Debug, Default, Serialize, Schema)]
pub struct MilestoneDue {
    due_on: Option<Date>,
    /// The document that sets it.
    source: Option<Words>,
    rev: i64,
}

async fn due(req: &Req, id: SystemId) -> Result<MilestoneDue, Problem> {
    let there = milestones(&req.app.db().read(), &[id]).await?.remove(&id);
    let due = there.map(|row| MilestoneDue { due_on: Some(row.due_on), source: Some(row.source), rev: row.rev });
    Ok(due.unwrap_or_default())
}

/// Until when a platform is to be in use; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/systems/{id}/milestone", params(("id" = String, Path)), responses((status = 200, body = MilestoneDue)))]
pub async fn milestone(req: Req, Path(id): Path<SystemId>) -> Outcome {
    System::seen(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    let due = due(&req, id).await?;
    Req::json_rev(&due, due.rev)
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct MilestoneInput {
    due_on: String,
    /// The document that sets it.
    source: String,
    /// The revision that was read, in the place of If-Match; 0 where there was none.
    #[serde(default)]
    rev: i64,
}

/// Says until when a platform is to be in use, over the revision in If-Match (or `rev`).
#[utoipa::path(post, path = "/api/v1/systems/{id}/milestone", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = MilestoneInput, responses((status = 200, body = MilestoneDue), (status = 412)))]
pub async fn milestone_say(req: Req, Path(id): Path<SystemId>, Form(form): Form<MilestoneInput>) -> Outcome {
    let wrong = || Problem::bad_input("bad-day").field("due_on", "bad-day");
    let due_on = day::read(&form.due_on).ok_or_else(wrong)?;
    milestone_set(&req.app, &req.ctx, (id, req.if_match_or(form.rev)?), due_on, &form.source).await?;
    let due = due(&req, id).await?;
    req.done_rev(&due, due.rev, &format!("/systems/figures/{PLATFORMS}"), "milestone-set")
}
