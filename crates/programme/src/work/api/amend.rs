//! What is done to a task that is under way: amended, stopped, split, merged. Pages and programs ask by the same handlers.

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use crate::{
    ids::{ChangeId, TaskId},
    work::{
        model::amend::Stop,
        pages::part::day,
        store::unled::{UNLED, Unled},
        usecase::{
            task_amend::{Amendment, task_amend},
            task_shape::{Shaping, task_shape},
            task_stop::{Stopping, task_stop},
        },
    },
};

/// An act that can be taken back.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Changed {
    /// What `/api/v1/changes/{id}/undo` takes back.
    pub change: String,
}

pub(crate) fn changed(req: &Req, id: ChangeId, path: &str, done: &str) -> Outcome {
    req.done(&Changed { change: id.to_string() }, path, done)
}

/// Says a task of a live plan anew: words, bodies, time, result. A field that is not there stays as it is;
/// one that is there is as it is to be, also where it is empty.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/amend", params(("id" = String, Path)), request_body = Amendment, responses((status = 200, body = Changed), (status = 412)))]
pub async fn amend(req: Req, Path(id): Path<TaskId>, Form(given): Form<Amendment>) -> Outcome {
    let change = task_amend(&req.app, &req.ctx, id, &given).await?;
    changed(&req, change, &format!("/tasks/{id}"), "task-amended")
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct StopForm {
    /// The revision that was read.
    rev: i64,
    act: Stop,
    /// Why.
    #[serde(default)]
    reason: String,
    /// The day from which it holds; today where none is said.
    #[serde(default)]
    day: String,
    /// Number of the document that says so, where there is one.
    #[serde(default)]
    number: String,
}

/// Pauses a task, ends it, or has it followed again, for all its bodies.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/stop", params(("id" = String, Path)), request_body = StopForm, responses((status = 200, body = Changed), (status = 412)))]
pub async fn stop(req: Req, Path(id): Path<TaskId>, Form(form): Form<StopForm>) -> Outcome {
    let day = day("day", &form.day)?;
    let given = Stopping { rev: form.rev, act: form.act, reason: form.reason, day, number: form.number };
    let change = task_stop(&req.app, &req.ctx, id, &given).await?;
    changed(&req, change, &format!("/tasks/{id}"), "task-stopped")
}

/// Splits a task, or makes it part of another one of its plan.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/shape", params(("id" = String, Path)), request_body = Shaping, responses((status = 200, body = Changed), (status = 412)))]
pub async fn shape(req: Req, Path(id): Path<TaskId>, Form(given): Form<Shaping>) -> Outcome {
    let change = task_shape(&req.app, &req.ctx, id, &given).await?;
    let path = if given.act == "merge" { given.into.trim() } else { &id.to_string() };
    changed(&req, change, &format!("/tasks/{path}"), "task-shaped")
}

/// Tasks of live plans that no body has yet, in the house that issued or follows the plan.
#[utoipa::path(get, path = "/api/v1/unled", params(
    ("q" = Option<String>, Query), ("plan" = Option<String>, Query, description = "what the plan is called: its number, else its title"),
    ("follower" = Option<String>, Query), ("after" = Option<String>, Query, description = "cursor"),
), responses((status = 200, body = ListPage<Unled>)))]
pub async fn unled(req: Req) -> Outcome {
    UNLED.json(&req).await
}
