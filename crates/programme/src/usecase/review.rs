//! Reviewing what was read: accept, correct, drop, say who is meant, set questions aside with a reason.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resolution, Resource, UnitId, ids::ReadRowId};
use serde::Deserialize;
use serde_json::json;
use webkit::App;

use super::names::bounded;
use crate::{
    BodiesPort, Error,
    model::{
        role::{Circle, PlanRole},
        row::Named,
    },
    store::{self, plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
};

/// A plan as the policies see it.
pub(crate) fn resource(plan: &PlanRow, roles: &[(UnitId, PlanRole)]) -> Resource {
    let circle = Circle::new(plan.follower(), roles);
    Resource {
        kind: "Plan",
        id: plan.id().to_string(),
        unit: plan.issuer_id.map(UnitId::from_uuid),
        followed_by: circle.followers,
        involved: circle.others,
    }
}

pub(crate) async fn plan_in_review(app: &App, ctx: &Ctx, id: PlanId) -> Result<PlanRow, Problem> {
    let conn = app.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    app.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, id).await?))?;
    if plan.state == "review" { Ok(plan) } else { Err(Error::NotInReview.into()) }
}

/// What a person decided about one row.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Accept,
    Drop,
    /// Back to open: the undo of accept and drop.
    Reopen,
}

async fn save(app: &App, ctx: &Ctx, row: &ReviewRow, action: &'static str) -> Result<(), Problem> {
    app.db()
        .write(ctx, |tx| async move {
            if !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(action, row.plan).detail(json!({ "row": row.id.to_string(), "state": row.state })));
            Ok(())
        })
        .await
}

pub(crate) async fn load(app: &App, ctx: &Ctx, id: ReadRowId, rev: i64) -> Result<(PlanRow, ReviewRow), Problem> {
    let row = store::read_row::get(&app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let plan = plan_in_review(app, ctx, row.plan).await?;
    if row.rev == rev { Ok((plan, row)) } else { Err(Problem::stale()) }
}

pub async fn decide(app: &App, ctx: &Ctx, id: ReadRowId, rev: i64, act: &Act) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(app, ctx, id, rev).await?;
    row.state = match act {
        Act::Accept if !row.task.questions().is_empty() => {
            return Err(Error::OpenProblems(row.task.questions().len()).into());
        }
        Act::Accept => "accepted",
        Act::Drop => "dropped",
        Act::Reopen => "open",
    }
    .to_owned();
    let row = &row;
    app.db()
        .write(ctx, |tx| async move {
            if !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            // Who accepts a row has compared it with the document; a dropped one leaves no doubts behind.
            match row.state.as_str() {
                "accepted" => store::finding::close_row(&tx, row.plan, row.position, "check_scan").await?,
                "dropped" => store::finding::close_row(&tx, row.plan, row.position, "%").await?,
                _ => 0,
            };
            let detail = json!({ "row": row.id.to_string(), "state": row.state });
            tx.ledger(Entry::new("plan.review", row.plan).detail(detail));
            Ok(())
        })
        .await?;
    Ok(plan.id())
}

/// The correction form of a row. Lists of bodies are separated by semicolons.
#[derive(Debug, Clone, Deserialize, Default, utoipa::ToSchema)]
#[serde(default)]
pub struct Correction {
    pub text: String,
    pub lead: String,
    pub coordinating: String,
    pub time: String,
    pub result: String,
    /// Why the remaining questions do not matter; empty leaves them open.
    pub reason: String,
}

pub async fn correct(app: &App, ctx: &Ctx, id: ReadRowId, rev: i64, given: &Correction) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(app, ctx, id, rev).await?;
    if given.text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let issuer = plan.issuer_id.map(UnitId::from_uuid);
    row.task.text = given.text.trim().to_owned();
    row.task.lead = named(app, issuer, &given.lead, &row.task.lead)?;
    row.task.coordinating = named(app, issuer, &given.coordinating, &row.task.coordinating)?;
    row.task.time = plan_reader::parse_time(given.time.trim());
    row.task.result = Some(given.result.trim().to_owned()).filter(|text| !text.is_empty());
    row.task.set_aside = Some(given.reason.trim().to_owned()).filter(|text| !text.is_empty());
    row.state = "open".to_owned();
    save(app, ctx, &row, "plan.correct").await?;
    Ok(plan.id())
}

/// The bodies that a person typed; those that stood there before keep their meaning.
pub(crate) fn named(app: &App, issuer: Option<UnitId>, text: &str, old: &[Named]) -> Result<Vec<Named>, Problem> {
    let bodies = app.get::<BodiesPort>()?;
    let known =
        |name: &String| old.iter().find(|named| named.text == *name && named.means != Resolution::Unknown).cloned();
    let fresh = |name: String| {
        let means = match bodies.resolve(&name, issuer) {
            // What a person typed and left standing is what they mean.
            Resolution::Unit { unit, name, .. } => Resolution::Unit { unit, name, certain: true },
            other => other,
        };
        Named { text: name, means }
    };
    let names = bounded(plan_reader::split_bodies(text))?.into_iter();
    Ok(names.map(|name| known(&name).unwrap_or_else(|| fresh(name))).collect())
}

/// Says which unit words mean, in every row of the plan, and remembers it.
pub async fn name_body(app: &App, ctx: &Ctx, id: PlanId, words: &str, unit: UnitId) -> Result<(), Problem> {
    plan_in_review(app, ctx, id).await?;
    let bodies = app.get::<BodiesPort>()?;
    let name = bodies.body(unit).ok_or_else(Problem::not_found)?.name;
    let mut rows = store::read_row::list(&app.db().read(), id).await?;
    // Rows that do not have these words keep their revision: another reviewer may have them open.
    rows.retain(|row| row.task.lead.iter().chain(&row.task.coordinating).any(|named| named.text == words));
    for row in &mut rows {
        for named in row.task.lead.iter_mut().chain(&mut row.task.coordinating).filter(|named| named.text == words) {
            named.means = Resolution::Unit { unit, name: name.clone(), certain: true };
        }
    }
    let mut targets = store::read_target::list(&app.db().read(), id).await?;
    let names = |target: &ReviewTarget| {
        target.target.owners.iter().chain(&target.target.implementers).any(|named| named.text == words)
    };
    targets.retain(names);
    for row in &mut targets {
        let target = &mut row.target;
        for named in target.owners.iter_mut().chain(&mut target.implementers).filter(|named| named.text == words) {
            named.means = Resolution::Unit { unit, name: name.clone(), certain: true };
        }
    }
    let (rows, targets) = (&rows, &targets);
    app.db()
        .write(ctx, |tx| async move {
            for row in rows {
                if !store::read_row::update(&tx, row).await? {
                    return Err(Problem::stale());
                }
            }
            for target in targets {
                if !store::read_target::update(&tx, target).await? {
                    return Err(Problem::stale());
                }
            }
            tx.ledger(Entry::new("plan.name_body", id).detail(json!({ "words": words, "unit": unit.to_string() })));
            Ok(())
        })
        .await?;
    bodies.learn(ctx, unit, words).await
}

/// Sets every open question of the plan aside with one reason.
pub async fn set_aside(app: &App, ctx: &Ctx, id: PlanId, reason: &str) -> Result<usize, Problem> {
    plan_in_review(app, ctx, id).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let mut rows = store::read_row::list(&app.db().read(), id).await?;
    rows.retain(|row| !row.task.questions().is_empty());
    for row in &mut rows {
        row.task.set_aside = Some(reason.to_owned());
    }
    let rows = &rows;
    app.db()
        .write(ctx, |tx| async move {
            for row in rows {
                if !store::read_row::update(&tx, row).await? {
                    return Err(Problem::stale());
                }
            }
            store::finding::aside_all(&tx, id, reason).await?;
            tx.ledger(Entry::new("plan.set_aside", id).reason(reason).detail(json!({ "rows": rows.len() })));
            Ok(())
        })
        .await?;
    Ok(rows.len())
}

/// Corrects number, title and the unit that follows the plan.
pub async fn head(
    app: &App,
    ctx: &Ctx,
    id: PlanId,
    rev: i64,
    number: &str,
    title: &str,
    follower: UnitId,
) -> Result<(), Problem> {
    plan_in_review(app, ctx, id).await?;
    if title.trim().is_empty() {
        return Err(Error::Empty("title").into());
    }
    app.db()
        .write(ctx, |tx| async move {
            if !store::plan::head_set(&tx, id, rev, number.trim(), title.trim(), follower).await? {
                return Err(Problem::stale());
            }
            if !number.trim().is_empty() && !number.trim().starts_with('/') {
                store::finding::close_plan(&tx, id, "number_blank").await?;
            }
            tx.ledger(Entry::new("plan.head", id).unit(follower).detail(json!({ "number": number.trim() })));
            Ok(())
        })
        .await
}
