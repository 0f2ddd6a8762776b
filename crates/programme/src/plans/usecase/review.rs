//! Reviewing what was read: accept, correct, drop, say who is meant, set questions aside with a reason.

use crate::ids::ReadRowId;
use db::{Entry, Words};
use kernel::{Ctx, Learned, PlanId, Problem, Reach, Resolution, Resource, UnitId};
use serde::Deserialize;
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        model::{
            authority::{stands_over, top},
            role::{Circle, PlanRole},
            row::Named,
        },
        store::{self, plan::PlanRow, read_row::ReviewRow, read_target::ReviewTarget},
        usecase::{
            confirmation::{lapse, may_confirm},
            names::bounded,
        },
    },
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
        ..Resource::default()
    }
}

pub(crate) async fn plan_in_review(core: &Core, ctx: &Ctx, id: PlanId) -> Result<PlanRow, Problem> {
    let conn = core.db().read();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &store::role::list(&conn, id).await?))?;
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

/// Something that the plan says is said anew: whoever confirms or approves an older reading is told so.
pub(crate) async fn rewritten(core: &Core, ctx: &Ctx, tx: &db::Tx, plan: PlanId) -> Result<(), Problem> {
    if !store::plan::reviewed(tx, plan).await? {
        return Err(Error::NotInReview.into());
    }
    lapse(core, ctx, tx, plan).await
}

/// Inside the act that says something on a plan: it is still under review, and stays so until the act is over.
pub(crate) async fn still_reviewed(tx: &db::Tx, plan: PlanId) -> Result<(), Problem> {
    if store::plan::review_hold(tx, plan).await? { Ok(()) } else { Err(Error::NotInReview.into()) }
}

async fn save(core: &Core, ctx: &Ctx, row: &ReviewRow, is_anew: bool, action: &'static str) -> Result<(), Problem> {
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, row.plan).await?;
            if is_anew {
                rewritten(core, ctx, &tx, row.plan).await?;
            }
            if !store::read_row::update(&tx, row).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new(action, row.plan).detail(json!({ "row": row.id.to_string(), "state": row.state })));
            Ok(())
        })
        .await
}

pub(crate) async fn load(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64) -> Result<(PlanRow, ReviewRow), Problem> {
    let row = store::read_row::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let plan = plan_in_review(core, ctx, row.plan).await?;
    Problem::stale_unless(row.rev == rev)?;
    Ok((plan, row))
}

pub async fn decide(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64, act: &Act) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    let was_dropped = row.state == "dropped";
    row.state = match act {
        Act::Accept if !row.task.questions().is_empty() => {
            return Err(Error::OpenProblems(row.task.questions().len()).into());
        }
        Act::Accept => "accepted",
        Act::Drop => "dropped",
        Act::Reopen => "open",
    }
    .to_owned();
    let (row, is_back) = (&row, was_dropped && row.state != "dropped");
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, row.plan).await?;
            if is_back {
                rewritten(core, ctx, &tx, row.plan).await?;
            }
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

pub async fn correct(core: &Core, ctx: &Ctx, id: ReadRowId, rev: i64, given: &Correction) -> Result<PlanId, Problem> {
    let (plan, mut row) = load(core, ctx, id, rev).await?;
    if given.text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let issuer = plan.issuer_id.map(UnitId::from_uuid);
    let before = row.task.clone();
    row.task.text = given.text.trim().to_owned();
    row.task.lead = named(core, issuer, &given.lead, &row.task.lead)?;
    row.task.coordinating = named(core, issuer, &given.coordinating, &row.task.coordinating)?;
    row.task.time = plan_reader::parse_time(given.time.trim());
    row.task.result = Some(given.result.trim().to_owned()).filter(|text| !text.is_empty());
    row.task.set_aside = Some(given.reason.trim().to_owned()).filter(|text| !text.is_empty());
    row.state = "open".to_owned();
    save(core, ctx, &row, row.task.says() != before.says(), "plan.correct").await?;
    Ok(plan.id())
}

/// The bodies that a person typed; those that stood there before keep their meaning.
pub(crate) fn named(core: &Core, issuer: Option<UnitId>, text: &str, old: &[Named]) -> Result<Vec<Named>, Problem> {
    let bodies = core.bodies();
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

/// Where the meaning holds, as far as a person asks and may: in this plan; in all documents of its issuer, where that
/// body is of the reviewer's own house; everywhere, for who keeps the tree.
fn reach(core: &Core, ctx: &Ctx, plan: &PlanRow, asked: &str) -> Result<Reach, Problem> {
    let bodies = core.bodies().as_ref();
    let issuer = plan.issuer_id.map(UnitId::from_uuid);
    let own_house = |issuer: &UnitId| ctx.actor.posts().iter().any(|post| stands_over(bodies, post.unit, *issuer));
    match asked {
        "all" => {
            let root = top(bodies, issuer.unwrap_or_else(|| plan.follower()));
            core.authorizer().check(ctx, "unit.edit", &Resource::unit(root))?;
            Ok(Reach::All)
        }
        "plan" => Ok(Reach::Plan),
        _ => Ok(issuer.filter(own_house).map_or(Reach::Plan, Reach::Issuer)),
    }
}

/// Rows and targets of the plan that have these words. Others keep their revision: another reviewer may have them open.
async fn with_words(core: &Core, id: PlanId, words: &str) -> Result<(Vec<ReviewRow>, Vec<ReviewTarget>), Problem> {
    let conn = core.db().read();
    let mut rows = store::read_row::list(&conn, id).await?;
    rows.retain(|row| row.task.lead.iter().chain(&row.task.coordinating).any(|named| named.text == words));
    let mut targets = store::read_target::list(&conn, id).await?;
    targets.retain(|row| row.target.owners.iter().chain(&row.target.implementers).any(|named| named.text == words));
    Ok((rows, targets))
}

/// Says which unit words of the plan mean, in every row of it, and remembers it as far as the person may.
pub async fn name_body(
    core: &Core,
    ctx: &Ctx,
    id: PlanId,
    words: &str,
    unit: UnitId,
    asked: &str,
) -> Result<Reach, Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let bodies = core.bodies();
    let name = bodies.body(unit).ok_or_else(Problem::not_found)?.name;
    let words = &*Words::new(words);
    let reach = reach(core, ctx, &plan, asked)?;
    let (rows, targets) = with_words(core, id, words).await?;
    if rows.is_empty() && targets.is_empty() {
        return Err(Problem::bad_input("words-not-there").with("words", words).field("words", "words-not-there"));
    }
    // First the directory: it refuses words that are another body's name.
    bodies.learn(ctx, &Learned { words: words.to_owned(), unit, plan: id, reach }).await?;
    let means = Resolution::Unit { unit, name, certain: true };
    let detail = json!({ "words": words, "unit": unit.to_string(), "reach": reach.code() });
    mean(core, ctx, id, Entry::new("plan.name_body", id).detail(detail), rows, targets, (words, &means)).await?;
    Ok(reach)
}

/// The undo of [`name_body`]: the words mean again what the directory makes of them.
pub async fn unname_body(core: &Core, ctx: &Ctx, id: PlanId, words: &str, unit: UnitId) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let words = &*Words::new(words);
    let bodies = core.bodies();
    bodies.unlearn(ctx, &Learned { words: words.to_owned(), unit, plan: id, reach: Reach::Plan }).await?;
    let (rows, targets) = with_words(core, id, words).await?;
    let means = bodies.resolve(words, plan.issuer_id.map(UnitId::from_uuid));
    let entry = Entry::new("plan.unname_body", id).detail(json!({ "words": words }));
    mean(core, ctx, id, entry, rows, targets, (words, &means)).await
}

async fn mean(
    core: &Core,
    ctx: &Ctx,
    plan: PlanId,
    entry: Entry,
    mut rows: Vec<ReviewRow>,
    mut targets: Vec<ReviewTarget>,
    (words, means): (&str, &Resolution),
) -> Result<(), Problem> {
    let set = |named: &mut Named| {
        if named.text == words {
            named.means = means.clone();
        }
    };
    let mut is_anew = false;
    for row in &mut rows {
        let before = row.task.clone();
        row.task.lead.iter_mut().chain(&mut row.task.coordinating).for_each(set);
        is_anew |= row.task.says() != before.says();
    }
    for row in &mut targets {
        let before = row.target.clone();
        let target = &mut row.target;
        target.owners.iter_mut().chain(&mut target.implementers).for_each(set);
        is_anew |= row.target.says() != before.says();
    }
    let (rows, targets, entry) = (&rows, &targets, &entry);
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, plan).await?;
            if is_anew {
                rewritten(core, ctx, &tx, plan).await?;
            }
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
            tx.ledger(entry.clone());
            Ok(())
        })
        .await
}

/// Sets every open question of the plan aside with one reason.
pub async fn set_aside(core: &Core, ctx: &Ctx, id: PlanId, reason: &str) -> Result<usize, Problem> {
    plan_in_review(core, ctx, id).await?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let mut rows = store::read_row::list(&core.db().read(), id).await?;
    rows.retain(|row| !row.task.questions().is_empty());
    for row in &mut rows {
        row.task.set_aside = Some(reason.to_owned());
    }
    let rows = &rows;
    core.db()
        .write(ctx, |tx| async move {
            still_reviewed(&tx, id).await?;
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

/// Following is a right over other bodies: it goes to a unit of one's own house, or is given by the body in whose name
/// the plan stands.
pub(crate) fn may_hand_over(core: &Core, ctx: &Ctx, plan: &PlanRow, follower: UnitId) -> Result<(), Problem> {
    let bodies = core.bodies().as_ref();
    let own_house = ctx.actor.posts().iter().any(|post| stands_over(bodies, post.unit, follower));
    if ctx.actor.is_trusted() || own_house || may_confirm(core, ctx, plan) {
        return Ok(());
    }
    Err(Problem::bad_input("follower-beyond").field("follower", "follower-beyond"))
}

/// Corrects number, title and the unit that follows the plan. What is confirmed is confirmed under its name.
pub async fn head(
    core: &Core,
    ctx: &Ctx,
    id: PlanId,
    rev: i64,
    number: &str,
    title: &str,
    follower: UnitId,
) -> Result<(), Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    if title.trim().is_empty() {
        return Err(Error::Empty("title").into());
    }
    if follower != plan.follower() {
        may_hand_over(core, ctx, &plan, follower)?;
    }
    let named = (plan.number.as_deref().unwrap_or_default(), plan.title.as_deref().unwrap_or_default());
    let renamed = named != (number.trim(), title.trim());
    core.db()
        .write(ctx, |tx| async move {
            if !store::plan::head_set(&tx, id, rev, number.trim(), title.trim(), follower).await? {
                return Err(Problem::stale());
            }
            if renamed {
                lapse(core, ctx, &tx, id).await?;
            }
            if !number.trim().is_empty() && !number.trim().starts_with('/') {
                store::finding::close_plan(&tx, id, "number_blank").await?;
            }
            tx.ledger(Entry::new("plan.head", id).unit(follower).detail(json!({ "number": number.trim() })));
            Ok(())
        })
        .await
}
