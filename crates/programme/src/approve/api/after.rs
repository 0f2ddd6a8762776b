//! What is done to a plan after it was approved, or instead of it: withdrawn, filed, taken away, its targets'
//! bodies named, and acts taken back. Pages and programs ask by the same handlers.

use axum::extract::Path;
use kernel::PlanId;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    approve::usecase::{
        change_back::change_back,
        plan_withdraw::{Withdrawing, plan_withdraw},
        target_bodies::{TargetNaming, target_bodies},
    },
    ids::{ChangeId, TargetId},
    plans::usecase::{
        plan_file::{FileAct, plan_file},
        plan_remove::plan_remove,
    },
    work::{
        api::amend::{Changed, changed},
        pages::part::day,
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
pub struct WithdrawForm {
    /// The revision that was read.
    rev: i64,
    #[serde(default)]
    reason: String,
    /// Since when; today where none is said.
    #[serde(default)]
    day: String,
    /// Number of the document that withdraws it, where there is one.
    #[serde(default)]
    number: String,
}

/// Withdraws a live plan: nobody has to do anything of it any more; what was done and reported stays.
#[utoipa::path(post, path = "/api/v1/plans/{id}/withdraw", params(("id" = String, Path)), request_body = WithdrawForm, responses((status = 200, body = Changed), (status = 412)))]
pub async fn withdraw(req: Req, Path(id): Path<PlanId>, Form(form): Form<WithdrawForm>) -> Outcome {
    let day = day("day", &form.day)?;
    let given = Withdrawing { rev: form.rev, reason: form.reason, day, number: form.number };
    let change = plan_withdraw(&req.app, &req.ctx, id, &given).await?;
    changed(&req, change, &format!("/plans/{id}"), "plan-withdrawn")
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct FilingForm {
    /// The revision that was read.
    rev: i64,
    act: FileAct,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Filed {
    plan: String,
    is_filed: bool,
}

/// Ends the review of a document that orders nothing, which then is `filed`, or opens it again.
#[utoipa::path(post, path = "/api/v1/plans/{id}/filing", params(("id" = String, Path)), request_body = FilingForm, responses((status = 200, body = Filed), (status = 409), (status = 412)))]
pub async fn filing(req: Req, Path(id): Path<PlanId>, Form(form): Form<FilingForm>) -> Outcome {
    plan_file(&req.app, &req.ctx, id, form.rev, form.act).await?;
    let (is_filed, page, said) = match form.act {
        FileAct::File => (true, format!("/plans/{id}"), "plan-filed"),
        FileAct::Reopen => (false, format!("/plans/{id}/review"), "plan-reopened"),
    };
    req.done(&Filed { plan: id.to_string(), is_filed }, &page, said)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct RemoveForm {
    /// The revision that was read.
    rev: i64,
    #[serde(default)]
    reason: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Removed {
    removed: String,
}

/// Takes an upload away that could not be read, or a plan that was not approved. There is no way back but to take it in
/// again: its file goes with it.
#[utoipa::path(post, path = "/api/v1/plans/{id}/remove", params(("id" = String, Path)), request_body = RemoveForm, responses((status = 200, body = Removed), (status = 412)))]
pub async fn remove(req: Req, Path(id): Path<PlanId>, Form(form): Form<RemoveForm>) -> Outcome {
    plan_remove(&req.app, &req.ctx, id, form.rev, &form.reason).await?;
    req.done(&Removed { removed: id.to_string() }, "/plans", "plan-removed")
}

/// Names who answers for a target of a live plan and who reports on it, both as they are to be, and says which indicator it is
/// a milestone of: what is not there stays as it is, what is empty is none.
#[utoipa::path(post, path = "/api/v1/targets/{id}/bodies", params(("id" = String, Path)), request_body = TargetNaming, responses((status = 200, body = Changed), (status = 412)))]
pub async fn bodies(req: Req, Path(id): Path<TargetId>, Form(given): Form<TargetNaming>) -> Outcome {
    let change = target_bodies(&req.app, &req.ctx, id, &given).await?;
    changed(&req, change, &format!("/targets/{id}"), "target-named")
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Undone {
    /// The page of what it was about.
    page: String,
}

/// Takes an act on live work, on a target's bodies or on a plan back, while nobody was at any of it since.
#[utoipa::path(post, path = "/api/v1/changes/{id}/undo", params(("id" = String, Path)), responses((status = 200, body = Undone), (status = 409)))]
pub async fn undo(req: Req, Path(id): Path<ChangeId>) -> Outcome {
    let page = change_back(&req.app, &req.ctx, id).await?;
    req.done(&Undone { page: page.clone() }, &page, "undone")
}
