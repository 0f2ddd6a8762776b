//! Migrations for programs and forms.

use axum::extract::Path;
use kernel::{Code as _, Problem};
use serde::Deserialize;
use webkit::{Answers, Form, ListPage, Outcome, Req};

use crate::{
    model::{
        SystemId,
        moves::{Migration, MigrationAct, MigrationId, Plan, Step, StepId, StepInput},
    },
    store::moves::MIGRATIONS,
    usecase::moves::{
        act::migration_act,
        edit::migration_edit,
        lead::migration_lead,
        open::migration_open,
        seen::{Whole, migration_seen},
        step::step_act,
        wave::{Progress, progress, turns},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(list, waves, get, open, edit, act, lead, step))]
pub struct Documented;

webkit::record_body!(MigrationInput, Plan);

/// Migrations that the caller may see, by name, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/migrations", responses((status = 200, body = ListPage<Migration>)))]
pub async fn list(req: Req) -> Outcome {
    MIGRATIONS.json(&req).await
}

/// How far the systems of each wave are, of those that the caller may see.
#[utoipa::path(get, path = "/api/v1/migrations/waves", responses((status = 200, body = Vec<Progress>)))]
pub async fn waves(req: Req) -> Outcome {
    let all = turns(&req.app, &req.ctx).await?;
    Req::json(&progress(&req.app.db().read(), &all).await?)
}

/// A migration with its checklist; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/migrations/{id}", params(("id" = String, Path)), responses((status = 200, body = Whole)))]
pub async fn get(req: Req, Path(id): Path<MigrationId>) -> Outcome {
    let whole = migration_seen(&req.app, &req.ctx, id).await?;
    Req::json_rev(&whole, whole.migration.rev)
}

/// Opens a migration of a system, with the checklist of its strategy.
#[utoipa::path(post, path = "/api/v1/systems/{id}/migrations", params(("id" = String, Path)), request_body = MigrationInput, responses((status = 200, body = Migration), (status = 412)))]
pub async fn open(req: Req, Path(id): Path<SystemId>, Form(sent): Form<Answers>) -> Outcome {
    let row = migration_open(&req.app, &req.ctx, id, &sent).await?;
    req.done_rev(&row, row.rev, &format!("/migrations/{}", row.id), "migration-opened")
}

/// Changes a migration over the revision in If-Match; what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/migrations/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = MigrationInput, responses((status = 200, body = Migration), (status = 412)))]
pub async fn edit(req: Req, Path(id): Path<MigrationId>, Form(sent): Form<Answers>) -> Outcome {
    let read = (id, sent.rev(&req)?);
    let row = migration_edit(&req.app, &req.ctx, read, &sent).await?;
    req.done_rev(&row, row.rev, &format!("/migrations/{id}"), "migration-saved")
}

/// What is done with a migration, over the revision that was read.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ActInput {
    /// `start`, `cut_over`, `accept`, `roll_back` or `cancel`.
    act: String,
    rev: i64,
    /// Of a roll-back and of what is cancelled.
    reason: String,
}

/// Starts, cuts over, accepts, rolls back or cancels a migration, over its revision in If-Match (or `rev`). Accepting changes
/// the system.
#[utoipa::path(post, path = "/api/v1/migrations/{id}/acts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = ActInput, responses((status = 200, body = Migration), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<MigrationId>, Form(input): Form<ActInput>) -> Outcome {
    let unknown = || Problem::bad_input("unknown-choice").with("text", &input.act).field("act", "unknown-choice");
    let act = MigrationAct::parse(&input.act).ok_or_else(unknown)?;
    let row = migration_act(&req.app, &req.ctx, (id, req.if_match_or(input.rev)?), act, &input.reason).await?;
    let done = format!("migration-{}", act.code().replace('_', "-"));
    req.done_rev(&row, row.rev, &format!("/migrations/{id}"), &done)
}

/// Who leads a migration.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct LeadInput {
    rev: i64,
    /// The id of a person of the owner or of the body that carries it out; empty for nobody.
    person: String,
}

/// Names who leads a migration, over its revision in If-Match (or `rev`).
#[utoipa::path(post, path = "/api/v1/migrations/{id}/lead", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = LeadInput, responses((status = 200, body = Migration), (status = 412)))]
pub async fn lead(req: Req, Path(id): Path<MigrationId>, Form(input): Form<LeadInput>) -> Outcome {
    let row = migration_lead(&req.app, &req.ctx, (id, req.if_match_or(input.rev)?), &input.person).await?;
    req.done_rev(&row, row.rev, &format!("/migrations/{id}"), "migration-lead")
}

/// Saves a step, says that it is done with its evidence, that it is not needed, or opens it again, over its revision in
/// If-Match (or `rev`).
#[utoipa::path(post, path = "/api/v1/migration-steps/{id}", params(("id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = StepInput, responses((status = 200, body = Step), (status = 412)))]
pub async fn step(req: Req, Path(id): Path<StepId>, Form(input): Form<StepInput>) -> Outcome {
    let input = StepInput { rev: req.if_match_or(input.rev)?, ..input };
    let step = step_act(&req.app, &req.ctx, id, &input).await?;
    let done = format!("migration-step-{}", input.act.trim().replace('_', "-"));
    req.done_rev(&step, step.rev, &format!("/migrations/{}#steps", step.migration_id), &done)
}
