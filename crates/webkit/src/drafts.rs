//! What people are writing: kept as they go, let go of when they say so, and forgotten with the person.
//!
//! Keeping a draft is no act and leaves no entry: nothing of the house changes by it, and nobody but its writer sees it.

use async_trait::async_trait;
use axum::{extract::Path, http::Method};
use db::{Db, Entry};
use kernel::{Actor, Ctx, Erasing, Erasure, PersonId, Problem, ProblemKind, day};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Access, Form, Outcome, Req, Route, kept_words::is_secret as is_key, local_path, once::NO_FIELDS, saved,
    sent::LARGEST_FORM,
};

/// The routes of the floor itself.
pub(crate) fn routes() -> [Route; 2] {
    [
        Route::post("/drafts/{key}", Access::SignedIn, put).body_limit(LARGEST_FORM),
        Route::post("/drafts/{key}/drop", Access::SignedIn, let_go),
    ]
}

fn whose(req: &Req, key: &str) -> Result<PersonId, Problem> {
    match &req.ctx.actor {
        Actor::Person { person, .. } if is_key(key) => Ok(*person),
        _ => Err(Problem::not_found()),
    }
}

/// Keeps the form as it is now, field by field.
async fn put(req: Req, Path(key): Path<String>, Form(fields): Form<Vec<(String, String)>>) -> Outcome {
    let person = whose(&req, &key)?;
    if req.ctx.actor.account().is_some_and(|account| !req.app.drafts().step(account, req.ctx.now())) {
        return Err(Problem::new(ProblemKind::Throttled, "draft-too-often").into());
    }
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| !NO_FIELDS.contains(&name.as_str())).collect();
    db::draft_put(req.app.db(), &req.ctx, person, &key, &fields).await?;
    Req::json(&json!({ "at": day::show_instant(req.ctx.now(), req.ctx.lang) }))
}

#[derive(Deserialize)]
struct LetGo {
    #[serde(default)]
    back: String,
}

async fn let_go(req: Req, Path(key): Path<String>, Form(form): Form<LetGo>) -> Outcome {
    db::draft_drop(req.app.db(), &req.ctx, whose(&req, &key)?, &key).await?;
    Ok(Req::go(&local_path(&form.back).unwrap_or_else(|| "/".into()), ""))
}

/// Whether an answer is for a script, which reads no page.
pub(crate) fn is_of_script(method: &Method, path: &str) -> bool {
    *method == Method::POST && path.strip_prefix("/drafts/").is_some_and(is_key)
}

/// The drafts of people and the views that they keep, where they are to be forgotten.
#[derive(Debug)]
pub struct Drafts {
    db: Db,
}

impl Drafts {
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait]
impl Erasing for Drafts {
    async fn erase(&self, ctx: &Ctx, erasure: &Erasure) -> Result<(), Problem> {
        self.db
            .write(ctx, |tx| async move {
                db::drafts_erase(&tx, erasure.person).await?;
                saved::erase(&tx, erasure.person, erasure.name.as_deref()).await?;
                tx.ledger(Entry::new("draft.erase", erasure.person));
                Ok(())
            })
            .await
    }
}
