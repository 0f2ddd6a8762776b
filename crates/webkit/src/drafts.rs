//! What people are writing: kept as they go, let go of when they say so, and forgotten with the person.
//!
//! Keeping a draft is no act and leaves no entry: nothing of the house changes by it, and nobody but its writer sees it.

use std::pin::Pin;

use async_trait::async_trait;
use axum::{extract::Path, http::Method};
use db::{Db, Entry};
use kernel::{Actor, Ctx, Erasing, Erasure, PersonId, Problem, ProblemKind, day};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Access, App, Form, Outcome, Req, Route, Written, kept_words::is_secret as is_key, local_path, once::NO_FIELDS,
    saved, sent::LARGEST_FORM,
};

/// Asks whether who comes has the link of this form, as often as it may be asked.
pub type Whose = for<'a> fn(&'a Req, &'a str) -> Pin<Box<dyn Future<Output = Result<Written, Problem>> + Send + 'a>>;

/// Where the draft of a form is kept that is written without an account: below the form, since the browser brings the secret of
/// the link there alone.
#[derive(Clone, Copy)]
pub struct DraftDoor {
    /// `/…/{id}/draft`, and `/…/{id}/draft/drop`.
    pub keep: &'static str,
    pub drop: &'static str,
    /// Fields that a draft does not keep: drafts are masked, and what is of use only as it was typed would come back spoilt.
    pub unkept: &'static [&'static str],
    pub whose: Whose,
}

/// The routes of such a form.
pub(crate) fn door(door: DraftDoor) -> [Route; 2] {
    let keep = move |req: Req, Path(id): Path<String>, Form(mut fields): Form<Vec<(String, String)>>| async move {
        fields.retain(|(name, _)| !door.unkept.contains(&name.as_str()));
        let written = (door.whose)(&req, &id).await?;
        // Nobody is signed in: the gate has not asked whether there is room.
        req.app.room().check()?;
        kept(&req, written.writer(), (&written.key(), Some(&written.form)), fields).await
    };
    let drop = move |req: Req, Path(id): Path<String>| async move {
        let written = (door.whose)(&req, &id).await?;
        db::draft_drop(req.app.db(), &req.ctx, written.writer(), &written.key()).await?;
        Outcome::Ok(Req::go(&written.form, ""))
    };
    [
        Route::post(door.keep, Access::Public, keep).body_limit(LARGEST_FORM),
        Route::post(door.drop, Access::Public, drop),
    ]
}

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
    // A key says nothing of its form; what is forgotten takes the drafts about it along by their pages.
    let page = req.referer();
    let page = page.as_deref().and_then(|page| page.split('?').next());
    kept(&req, person, (&key, page), fields).await
}

async fn kept(req: &Req, writer: PersonId, of: (&str, Option<&str>), fields: Vec<(String, String)>) -> Outcome {
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| !NO_FIELDS.contains(&name.as_str())).collect();
    db::draft_put(req.app.db(), &req.ctx, writer, of, &fields).await?;
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

/// Whether an answer is for a script, which reads no page: what is asked for is a draft, or, at this route, one of a form that is
/// written by a link.
pub(crate) fn is_of_script(app: &App, method: &Method, path: &str, route: &str) -> bool {
    let is_draft = path.strip_prefix("/drafts/").is_some_and(is_key) || app.doors().contains(&route);
    *method == Method::POST && is_draft
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
