//! Difficulties: raised on a part or a target, carried along the plan's route, answered in time or seen to be late.

use crate::ids::{DifficultyId, PartId, TargetId};
use db::{Entry, Reader, Row as _, Words};
use kernel::{Calendar, Ctx, PlanId, Problem, Resource, UnitId};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        model::{hands, meanwhile::is_as_before},
        store::plan::PlanRow,
        usecase::{behalf, meanwhile},
    },
    targets,
    work::{
        model::difficulty::{Difficulty, DifficultyState, READ},
        store::{
            self,
            difficulty::{HopRow, RouteRow},
        },
        usecase::part_act::{in_force, part_for},
    },
};

/// Working days to answer in where the plan says nothing.
pub const DAYS: i64 = 5;
/// The act that takes the last step back, in the ledger.
const BACK: &str = "difficulty.back";

/// What a difficulty is about.
#[derive(Debug, Clone, Copy)]
pub enum About {
    Part(PartId),
    /// A target, and the unit that reports on it.
    Target(TargetId, UnitId),
}

/// A difficulty as a matter of this unit, for what is done with it.
pub(crate) fn of_unit(row: &Difficulty, unit: Option<UnitId>) -> Resource {
    Resource { kind: "Difficulty", id: row.id.to_string(), unit, ..Resource::default() }
}

/// A difficulty that the actor may read.
pub(crate) async fn seen(core: &Core, ctx: &Ctx, conn: &Reader, id: DifficultyId) -> Result<Difficulty, Problem> {
    let row = Difficulty::get(conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, READ.action, &store::difficulty::resource(conn, &row).await?)?;
    Ok(row)
}

/// The plan's own route; without one: who follows the plan, and beyond it who issued it.
pub async fn route_of(core: &Core, plan: &PlanRow) -> Result<Vec<RouteRow>, Problem> {
    let own = store::difficulty::route(&core.db().read(), plan.id()).await?;
    if !own.is_empty() {
        return Ok(own);
    }
    let stop = |position, unit: uuid::Uuid, if_exceeds| RouteRow {
        plan_id: plan.id,
        position,
        unit_id: unit,
        via_id: None,
        if_exceeds,
        days: DAYS,
        source: String::new(),
    };
    let follower = plan.follower().uuid();
    let beyond = plan.issuer_id.filter(|issuer| *issuer != follower).map(|issuer| stop(2, issuer, true));
    Ok(std::iter::once(stop(1, follower, false)).chain(beyond).collect())
}

fn due(calendar: &Calendar, ctx: &Ctx, days: i64) -> String {
    let now = ctx.now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).datetime();
    calendar.within(now, i32::try_from(days).unwrap_or(5), None).due.to_string()
}

fn hop(ctx: &Ctx, calendar: &Calendar, id: DifficultyId, position: i64, stop: &RouteRow) -> HopRow {
    HopRow {
        difficulty_id: id.uuid(),
        position,
        unit_id: stop.unit_id,
        via_id: stop.via_id,
        received_at: ctx.now().as_microsecond(),
        due_on: due(calendar, ctx, stop.days),
        left_at: None,
        outcome: None,
        text: Words::default(),
        hand: None,
    }
}

/// Raises a difficulty: it goes to the first stop of the route that is not the body itself.
pub async fn difficulty_raise(
    core: &Core,
    ctx: &Ctx,
    about: About,
    text: &str,
    proposal: &str,
    on_behalf: bool,
) -> Result<DifficultyId, Problem> {
    if text.trim().is_empty() {
        return Err(Error::Empty("text").into());
    }
    let (unit, plan, part, target) = match about {
        About::Part(id) => {
            let part = part_for(core, ctx, id, "part.finish").await?;
            (part.unit(), part.plan(), Some(id), None)
        }
        About::Target(id, unit) => {
            let target = targets::store::target::get(&core.db().read(), id).await?.ok_or_else(Problem::not_found)?;
            core.authorizer().check(ctx, "value.enter", &Resource { kind: "Target", ..Resource::unit(unit) })?;
            targets::usecase::value_row::answering(core, &target, unit).await?;
            (unit, PlanId::from_uuid(target.plan_id), None, Some(id))
        }
    };
    let acted_by = behalf::chosen(core, ctx, unit, on_behalf)?;
    let plan = plans::store::plan::get(&core.db().read(), plan).await?.ok_or_else(Problem::not_found)?;
    let calendar = core.times().calendar();
    let route = route_of(core, &plan).await?;
    let first = route.iter().find(|stop| stop.unit_id != unit.uuid()).ok_or(Error::RouteEnds)?;
    let id = ctx.new_id::<crate::ids::Difficulty>();
    let stop = &hop(ctx, &calendar, id, 1, first);
    let row = &Difficulty {
        id,
        plan: plan.id(),
        part,
        target,
        unit,
        text: Words::new(text),
        proposal: Words::new(proposal),
        raised_at: ctx.now().as_microsecond(),
        actor: ctx.actor.pseudonym(),
        state: DifficultyState::Open,
        holder: Some(UnitId::from_uuid(stop.unit_id)),
        due_on: stop.due_on.parse().ok(),
        answer: None,
        answered_at: None,
        rev: 1,
        hand: Some(hands::hand(&ctx.actor)),
        acted_by,
        unit_sort: core.bodies().body(unit).map(|body| body.sort),
    };
    core.db()
        .write(ctx, |tx| async move {
            in_force(&tx, row.plan).await?;
            row.insert(&tx).await?;
            store::difficulty::hop_insert(&tx, stop).await?;
            let detail = json!({ "holder": UnitId::from_uuid(stop.unit_id).to_string(), "due_on": stop.due_on, "acted_by": row.acted_by });
            tx.ledger(Entry::new("difficulty.raise", id).unit(unit).detail(detail));
            Ok(())
        })
        .await?;
    Ok(id)
}

/// What its holder, or who raised it, does with a difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifficultyAct {
    /// The holder answers: it is settled.
    Answer,
    /// The holder passes it on: beyond its competence, or only through it.
    Forward,
    /// Who raised it no longer needs an answer.
    Withdraw,
    /// The undo of the others: it is again where it was before.
    Back,
}

pub async fn difficulty_act(
    core: &Core,
    ctx: &Ctx,
    id: DifficultyId,
    rev: i64,
    act: DifficultyAct,
    words: &str,
) -> Result<Difficulty, Problem> {
    let conn = core.db().read();
    let row = Difficulty::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let hops = store::difficulty::hops(&conn, id).await?;
    authorise(core, ctx, &row, &hops, act)?;
    let words = &Words::new(words);
    if matches!(act, DifficultyAct::Answer | DifficultyAct::Forward) && words.is_empty() {
        return Err(Error::Empty("words").into());
    }
    if row.state != DifficultyState::Open && act != DifficultyAct::Back {
        return Err(Error::AlreadyAnswered.into());
    }
    // With nothing but the first stop behind it there is no step to take back.
    if act == DifficultyAct::Back && row.state == DifficultyState::Open && hops.len() < 2 {
        return Err(Error::WrongState.into());
    }
    // What the actor did and took back leaves it as it was seen; the step that is taken back is the one that was seen.
    let is_as_seen = |acts: &[&str]| act != DifficultyAct::Back && is_as_before(acts, |act| act == BACK);
    meanwhile::seen(&conn, ctx, &id.to_string(), (rev, row.rev), is_as_seen).await?;
    let unforward = act == DifficultyAct::Back && row.state == DifficultyState::Open;
    let now = ctx.now().as_microsecond();
    let mut next = row.clone();
    let mut new_hop = None;
    match act {
        DifficultyAct::Answer => {
            next.state = DifficultyState::Answered;
            (next.answer, next.answered_at) = (Some(words.clone()), Some(now));
        }
        DifficultyAct::Withdraw => next.state = DifficultyState::Withdrawn,
        DifficultyAct::Forward => {
            let plan = plans::store::plan::get(&conn, row.plan).await?.ok_or_else(Problem::not_found)?;
            let been: Vec<_> = hops.iter().map(|hop| hop.unit_id).chain([row.unit.uuid()]).collect();
            let stop = route_of(core, &plan).await?.into_iter().find(|stop| !been.contains(&stop.unit_id));
            let stop = stop.ok_or(Error::RouteEnds)?;
            let position = i64::try_from(hops.len()).unwrap_or(0) + 1;
            let stop = hop(ctx, &core.times().calendar(), id, position, &stop);
            (next.holder, next.due_on) = (Some(UnitId::from_uuid(stop.unit_id)), stop.due_on.parse().ok());
            new_hop = Some(stop);
        }
        DifficultyAct::Back => {
            next.state = DifficultyState::Open;
            (next.answer, next.answered_at) = (None, None);
            if let Some(before) = hops.iter().rev().nth(1).filter(|_| unforward) {
                (next.holder, next.due_on) = (Some(UnitId::from_uuid(before.unit_id)), before.due_on.parse().ok());
            }
        }
    }
    let (row_next, new_hop, position) = (&next, &new_hop, i64::try_from(hops.len()).unwrap_or(0));
    let hand = &hands::hand(&ctx.actor);
    core.db()
        .write(ctx, |tx| async move {
            row_next.keep(&tx).await?;
            let (left, outcome, action) = match act {
                DifficultyAct::Answer => (Some(now), Some("answered"), "difficulty.answer"),
                DifficultyAct::Forward => (Some(now), Some("forwarded"), "difficulty.forward"),
                DifficultyAct::Withdraw => (Some(now), Some("withdrawn"), "difficulty.withdraw"),
                DifficultyAct::Back => (None, None, BACK),
            };
            let text = if left.is_some() { words.as_str() } else { "" };
            if unforward {
                store::difficulty::hop_drop(&tx, id, position).await?;
            }
            let position = if unforward { position - 1 } else { position };
            let hand = left.map(|_| hand.as_str());
            store::difficulty::hop_leave(&tx, id, position, left, outcome, text, hand).await?;
            if let Some(stop) = new_hop {
                store::difficulty::hop_insert(&tx, stop).await?;
            }
            let detail = json!({ "state": row_next.state, "holder": row_next.holder, "rev": row_next.rev + 1 });
            tx.ledger(Entry::new(action, id).unit(row_next.unit).detail(detail));
            Ok(())
        })
        .await?;
    Ok(next)
}

fn authorise(core: &Core, ctx: &Ctx, row: &Difficulty, hops: &[HopRow], act: DifficultyAct) -> Result<(), Problem> {
    // Passing on is taken back by who passed it on, as long as the next stop has not answered.
    let passed = hops.iter().rev().nth(1).filter(|_| act == DifficultyAct::Back && row.state == DifficultyState::Open);
    if let Some(before) = passed {
        let before = Some(UnitId::from_uuid(before.unit_id));
        core.authorizer().check(ctx, "difficulty.answer", &of_unit(row, before))?;
        return own_step(ctx, row, hops);
    }
    let by_raiser = act == DifficultyAct::Withdraw
        || (act == DifficultyAct::Back && hops.last().is_some_and(|hop| hop.outcome.as_deref() == Some("withdrawn")));
    let unit = if by_raiser { Some(row.unit) } else { row.holder };
    core.authorizer().check(ctx, "difficulty.answer", &of_unit(row, unit))?;
    // Nobody settles what they raised themselves, by another post of theirs either.
    let settles = matches!(act, DifficultyAct::Answer | DifficultyAct::Forward);
    if settles && hands::is_own(&ctx.actor, row.hand.as_deref(), &row.actor) {
        return Err(Error::FourEyes("four-eyes-difficulty").into());
    }
    if act == DifficultyAct::Back { own_step(ctx, row, hops) } else { Ok(()) }
}

/// The last step is taken back by who took it. Of steps of before hands were kept: not what others said to who raised it.
pub(crate) fn own_step(ctx: &Ctx, row: &Difficulty, hops: &[HopRow]) -> Result<(), Problem> {
    let left = if row.state == DifficultyState::Open { hops.iter().rev().nth(1) } else { hops.last() };
    let raised = || hands::is_own(&ctx.actor, row.hand.as_deref(), &row.actor);
    let is_own = match left.and_then(|hop| hop.hand.as_deref()) {
        Some(kept) => hands::is_taker(&ctx.actor, Some(kept), ""),
        None => row.state == DifficultyState::Withdrawn || !raised(),
    };
    if is_own { Ok(()) } else { Err(Error::FourEyes("undo-not-yours").into()) }
}
