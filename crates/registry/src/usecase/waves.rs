//! Waves of the move: their terms, the plan, and what somebody changes by hand.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use db::{Entry, Reader, Row as _, Tx};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind};
use portfolio::waves::{Assignment, Candidate, Fault, Given, Order, Pins, Refused, Wave};
use serde::Serialize;
use serde_json::json;
use webkit::{Answers, Core, heavy};

use super::{
    assess::whole,
    classify::{count, may_plan},
    landscapes,
};
use crate::{
    model::{
        SystemId,
        assessment::Decision,
        closed_days,
        landscape::Landscape,
        wave::{MOST, Reason, UsualTerms, WaveItem, WavePlan},
    },
    store::{assessment, moves, wave},
};

/// What all systems are, and how each is to move.
struct Material {
    landscape: Landscape,
    decisions: HashMap<SystemId, Decision>,
    /// Systems that are being moved.
    under_way: HashSet<SystemId>,
}

async fn load(core: &Core, moment: &Reader) -> Result<Material, Problem> {
    let landscape = landscapes::all(core, moment).await?;
    let rows = assessment::decisions(moment).await?;
    let under_way = moves::under_way(moment).await?;
    Ok(Material { landscape, decisions: rows.into_iter().map(|row| (row.system_id, row)).collect(), under_way })
}

/// The plan as it stands, made ready to be reckoned with.
pub struct Standing {
    pub plan: WavePlan,
    material: Material,
    pub items: Vec<WaveItem>,
    pub order: Order,
    /// Of the systems that have a wave, by their places.
    pub now: Assignment,
    pub efforts: HashMap<SystemId, i64>,
    /// What is moved already: it keeps the wave with which it went, and takes no room in any.
    done: HashSet<SystemId>,
}

impl Standing {
    pub fn landscape(&self) -> &Landscape {
        &self.material.landscape
    }

    pub fn decision(&self, id: SystemId) -> Option<&Decision> {
        self.material.decisions.get(&id)
    }

    pub fn waves(&self) -> Vec<Wave> {
        self.order.waves(&self.now)
    }

    pub fn faults(&self) -> Vec<Fault> {
        self.order.faults(&self.now)
    }

    /// The places of those that are to move, each with its wave: none where the terms have no such wave any more.
    pub fn moving(&self) -> impl Iterator<Item = (&WaveItem, Option<i64>)> {
        self.turns().filter(move |(item, _)| self.efforts.contains_key(&item.system_id))
    }

    /// The same, with what is moved already.
    pub fn turns(&self) -> impl Iterator<Item = (&WaveItem, Option<i64>)> {
        let there = 1..=self.plan.most_waves;
        let is_in = move |id: &SystemId| self.efforts.contains_key(id) || self.done.contains(id);
        let all = self.items.iter().filter(move |item| is_in(&item.system_id));
        all.map(move |item| (item, item.wave.filter(|wave| there.contains(wave))))
    }

    /// What the next planning leaves where it is, by its place.
    fn given(&self, today: Date) -> Given {
        let place = |item: &WaveItem| self.landscape().place(item.system_id);
        let small = |wave: i64| u32::try_from(wave).ok();
        let by_hand = self.moving().filter(|(item, _)| item.by_hand);
        let pins: Pins = by_hand.filter_map(|(item, wave)| Some((place(item)?, wave.and_then(small)))).collect();
        let moves = self.moving().filter(|(item, _)| self.is_under_way(item));
        let under_way = moves.filter_map(|(item, wave)| Some((place(item)?, wave.and_then(small)?))).collect();
        Given { pins, under_way, today: Some(today) }
    }

    /// It is being moved.
    pub fn is_under_way(&self, item: &WaveItem) -> bool {
        self.material.under_way.contains(&item.system_id)
    }

    /// It stands in a wave that is over, and nobody has begun to move it.
    pub fn is_left_over(&self, item: &WaveItem, today: Date) -> bool {
        item.wave.is_some_and(|wave| self.plan.is_over(wave, today)) && !self.is_under_way(item)
    }

    /// The systems that go together with this one, itself among them.
    pub fn ring(&self, place: u32) -> Vec<u32> {
        self.order.rings().into_iter().find(|ring| ring.contains(&place)).unwrap_or_else(|| vec![place])
    }
}

/// The plan that is kept, as one moment has it; none where nobody has said its terms.
pub async fn standing(core: &Core) -> Result<Option<Arc<Standing>>, Problem> {
    let moment = core.db().snapshot().await?;
    let Some(plan) = wave::plan(&moment).await? else { return Ok(None) };
    let (material, items) = (load(core, &moment).await?, wave::items(&moment).await?);
    drop(moment);
    let made = heavy(move || ready(plan, material, items)).await??;
    Ok(Some(Arc::new(made)))
}

/// The same, to be reckoned with before anything is held.
pub async fn read(core: &Core) -> Result<Arc<Standing>, Problem> {
    standing(core).await?.ok_or_else(no_terms)
}

fn no_terms() -> Problem {
    Problem::new(ProblemKind::Conflict, "waves-no-terms")
}

pub fn check_seen(plan: &WavePlan, rev: i64) -> Result<(), Problem> {
    let meanwhile = || Problem::new(ProblemKind::Conflict, "waves-meanwhile");
    if plan.rev == rev { Ok(()) } else { Err(meanwhile()) }
}

/// The plan as it stays until the act is over, where it is still the one that was read: each act on it counts its revision.
pub async fn held(tx: &Tx, rev: i64) -> Result<WavePlan, Problem> {
    let plan = wave::held(tx).await?.ok_or_else(no_terms)?;
    check_seen(&plan, rev)?;
    Ok(plan)
}

/// Who moves, as rules and reviewers decided it.
fn ready(plan: WavePlan, material: Material, items: Vec<WaveItem>) -> Result<Standing, Problem> {
    let (mut candidates, mut efforts, mut done) = (Vec::new(), HashMap::new(), HashSet::new());
    for (case, place) in material.landscape.cases().iter().zip(0u32..) {
        let Some(row) = material.decisions.get(&case.id) else { continue };
        if !case.is_assessed() || !row.decided().moves() {
            continue;
        }
        if material.landscape.is_carried_out(case.id, row.decided(), row.reviewed_at) {
            done.insert(case.id);
            continue;
        }
        let effort = row.effort.unwrap_or(plan.usual_effort);
        efforts.insert(case.id, effort);
        let (effort, priority) = (u32::try_from(effort).unwrap_or(u32::MAX), row.score);
        let (earliest, blackouts) = (row.earliest, row.spans());
        candidates.push(Candidate { system: place, effort, priority, earliest, blackouts });
    }
    let needs: Vec<(u32, u32)> = material.landscape.graph().carrying().collect();
    let order = Order::new(plan.terms(), candidates, &needs).map_err(|why| refused(&why))?;
    let placed = items.iter().filter_map(|item| {
        let place = material.landscape.place(item.system_id).filter(|_| efforts.contains_key(&item.system_id))?;
        Some((place, u32::try_from(item.wave?).ok()?))
    });
    let now = placed.collect();
    Ok(Standing { plan, material, items, order, now, efforts, done })
}

fn refused(why: &Refused) -> Problem {
    match why {
        Refused::NoRoom => Problem::bad_input("waves-no-room").field("free_days", "waves-no-room"),
        Refused::TooLong => Problem::bad_input("waves-too-long").field("most_waves", "waves-too-long"),
        Refused::TwiceNamed { system } => Problem::internal(format!("place {system} twice")),
        Refused::BackwardSpan { .. } => Problem::bad_input("span-backward").field("blackouts", "span-backward"),
    }
}

/// Numbers of the terms, as their form names them.
pub const NUMBERS: [&str; 6] = ["days", "most_systems", "most_effort", "most_waves", "free_days", "usual_effort"];

/// Keeps the terms of the plan, over the revision that was read (0 where there was none); nothing is placed by that.
pub async fn waves_terms(core: &Core, ctx: &Ctx, rev: i64, sent: &Answers) -> Result<WavePlan, Problem> {
    may_plan(core, ctx)?;
    let plan = terms(ctx, sent)?;
    // What cannot be reckoned with is refused before it is kept.
    Order::new(plan.terms(), Vec::new(), &[]).map_err(|why| refused(&why))?;
    let plan = &plan;
    core.db()
        .write(ctx, |tx| async move {
            let now = wave::held(&tx).await?;
            Problem::stale_unless(now.as_ref().map_or(0, |now| now.rev) == rev)?;
            begins_rightly(plan, now.as_ref(), ctx.today())?;
            let kept = match now {
                Some(now) => {
                    let kept = WavePlan {
                        id: now.id,
                        planned_on: now.planned_on,
                        // Of a plan that does not say it, it was by those that are changed now.
                        planned_by: now.planned_by.clone().or_else(|| now.planned_on.map(|_| now.by())),
                        rev: now.rev,
                        ..plan.clone()
                    };
                    kept.keep(&tx).await?;
                    WavePlan { rev: now.rev + 1, ..kept }
                }
                None => {
                    plan.add(&tx).await?;
                    plan.clone()
                }
            };
            tx.ledger(Entry::new("waves.terms", kept.id).detail(json!({ "terms": detail(&kept) })));
            Ok(kept)
        })
        .await
}

/// A plan stays at its start, or its waves would have other numbers; a new one is not over before anybody has moved.
fn begins_rightly(plan: &WavePlan, now: Option<&WavePlan>, today: Date) -> Result<(), Problem> {
    if plan.start_on >= today || now.is_some_and(|now| now.start_on == plan.start_on) {
        return Ok(());
    }
    Err(Problem::bad_input("waves-terms").field("start_on", "terms-day-past"))
}

fn detail(plan: &WavePlan) -> serde_json::Value {
    json!({ "start": plan.start_on.to_string(), "days": plan.days, "systems": plan.most_systems,
        "effort": plan.most_effort, "waves": plan.most_waves })
}

/// Closed spans of a plan: each is asked for each wave and system.
const MOST_SPANS: usize = 200;

fn terms(ctx: &Ctx, sent: &Answers) -> Result<WavePlan, Problem> {
    let mut problem = Problem::bad_input("waves-terms");
    let mut number = |name: &'static str| {
        let number = whole(sent.text(name)).filter(|number| (1..=MOST).contains(number));
        number.unwrap_or_else(|| {
            problem.fields.push(kernel::FieldProblem::new(name, "terms-number"));
            1
        })
    };
    let [days, most_systems, most_effort, most_waves, free_days, usual_effort] = NUMBERS.map(&mut number);
    let start = kernel::day::read(sent.text("start_on"));
    if start.is_none() {
        problem.fields.push(kernel::FieldProblem::new("start_on", "terms-day"));
    }
    let spans = closed_days::read(sent.text("blackouts"));
    if let Err(line) = &spans {
        let fault = kernel::FieldProblem::new("blackouts", "terms-span");
        problem.fields.push(kernel::FieldProblem { args: vec![("text", line.clone())], ..fault });
    }
    if spans.as_ref().is_ok_and(|spans| spans.len() > MOST_SPANS) {
        let fault = kernel::FieldProblem::new("blackouts", "closed-days-many");
        problem.fields.push(kernel::FieldProblem { args: vec![("most", MOST_SPANS.to_string())], ..fault });
    }
    let (Some(start_on), Ok(spans), true) = (start, spans, problem.fields.is_empty()) else { return Err(problem) };
    let blackouts = serde_json::to_string(&spans).map_err(Problem::internal)?;
    let usual = UsualTerms::shipped().plan(ctx.new_id(), ctx.today());
    let numbers = WavePlan { days, most_systems, most_effort, most_waves, free_days, usual_effort, ..usual };
    Ok(WavePlan { start_on, blackouts, ..numbers })
}

/// What a planning found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Planned {
    /// Systems that have a wave.
    pub placed: i64,
    /// Systems for which none was found.
    pub without: i64,
    /// Of the plan from then on.
    pub rev: i64,
}

/// Places every system that is to move, round what is under way or was placed by hand: that stays where it is, and says what
/// it breaks there. What is left over of waves that have ended goes on to those that are open.
pub async fn waves_plan(core: &Core, ctx: &Ctx) -> Result<Planned, Problem> {
    may_plan(core, ctx)?;
    let standing = read(core).await?;
    let (own, from) = (ctx.clone(), Arc::clone(&standing));
    let rows = heavy(move || placed(&from, &own)).await?;
    let named: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
    let gone =
        standing.items.iter().filter(|item| !named.contains(&item.id) && !standing.done.contains(&item.system_id));
    let gone: Vec<_> = gone.map(|item| item.id).collect();
    let same: HashMap<_, _> = standing.items.iter().map(|item| (item.id, item)).collect();
    let fresh: Vec<WaveItem> = rows.iter().filter(|row| same.get(&row.id) != Some(row)).cloned().collect();
    // Of what has its first wave nothing stands there.
    let old = fresh.iter().map(|row| row.id).filter(|id| same.contains_key(id));
    let gone: Vec<_> = gone.into_iter().chain(old).collect();
    let placed = count(rows.iter().filter(|row| row.wave.is_some()).count());
    let (without, by_hand) = (count(rows.len()) - placed, count(rows.iter().filter(|row| row.by_hand).count()));
    let (rev, gone, fresh) = (standing.plan.rev, &gone, &fresh);
    core.db()
        .write(ctx, |tx| async move {
            let plan = held(&tx, rev).await?;
            wave::put_instead(&tx, gone, fresh).await.map_err(WaveItem::refused)?;
            let id = plan.id;
            WavePlan { planned_on: Some(ctx.today()), planned_by: Some(plan.by()), ..plan }.keep(&tx).await?;
            let detail = json!({ "placed": placed, "without": without, "by_hand": by_hand });
            tx.ledger(Entry::new("waves.plan", id).detail(detail));
            Ok(Planned { placed, without, rev: rev + 1 })
        })
        .await
}

fn placed(standing: &Standing, ctx: &Ctx) -> Vec<WaveItem> {
    let today = ctx.today();
    let (plan, landscape) = (standing.order.plan_round(&standing.given(today)), standing.landscape());
    let old: HashMap<SystemId, &WaveItem> = standing.items.iter().map(|item| (item.system_id, item)).collect();
    let row = |place: u32, wave: Option<u32>, turn: u32, reasons: Vec<Reason>| {
        let system_id = landscape.id(place)?;
        let before = old.get(&system_id);
        let id = before.map_or_else(|| ctx.new_id(), |item| item.id);
        let hand = before.filter(|item| item.by_hand && !standing.is_left_over(item, today));
        // Of a wave that there is not any more it stays said, for terms that have it again.
        let wave = hand.map_or(wave.map(i64::from), |item| item.wave);
        let left = before.and_then(|item| left_over(standing, item, today));
        let reasons: Vec<Reason> = left.into_iter().chain(reasons).collect();
        let why = serde_json::to_string(&reasons).unwrap_or_else(|_| "[]".to_owned());
        Some(WaveItem { id, system_id, wave, turn: i64::from(turn), by_hand: hand.is_some(), why })
    };
    let placed = plan.placed.iter().filter_map(|one| {
        let reasons = one.why.iter().filter_map(|why| Reason::of(why, landscape)).collect();
        row(one.system, Some(one.wave), one.turn, reasons)
    });
    let last = u32::MAX;
    let without = plan.unplaced.iter().filter_map(|one| {
        let reasons = Reason::of_none(&one.why, landscape).into_iter().collect();
        row(one.system, None, last, reasons)
    });
    placed.chain(without).collect()
}

/// The wave that is over in which it was not moved: this one, or one from which a planning took it before.
fn left_over(standing: &Standing, item: &WaveItem, today: Date) -> Option<Reason> {
    if standing.is_left_over(item, today) {
        return item.wave.map(|wave| Reason::LeftOver { wave });
    }
    item.reasons().into_iter().find(|reason| matches!(reason, Reason::LeftOver { .. }))
}

/// Waves in short, for programs: of the plan that is kept, or, where there is none, as they would be by the usual terms.
pub async fn short(core: &Core, ctx: &Ctx) -> Result<(bool, Vec<(u32, Vec<SystemId>)>), Problem> {
    let moment = core.db().snapshot().await?;
    let (kept, today) = (wave::plan(&moment).await?, ctx.today());
    let is_planned = kept.as_ref().is_some_and(|plan| plan.planned_on.is_some());
    let plan = kept.unwrap_or_else(|| UsualTerms::shipped().plan(ctx.new_id(), today));
    let (material, items) = (load(core, &moment).await?, wave::items(&moment).await?);
    drop(moment);
    let made = heavy(move || {
        let standing = ready(plan, material, items)?;
        let as_would_be = || standing.order.plan_round(&standing.given(today)).waves;
        let waves = if is_planned { standing.waves() } else { as_would_be() };
        let id = |place: &u32| standing.landscape().id(*place);
        let short =
            |wave: &Wave| -> (u32, Vec<SystemId>) { (wave.number, wave.systems.iter().filter_map(id).collect()) };
        Ok::<_, Problem>(waves.iter().map(short).collect::<Vec<_>>())
    });
    Ok((is_planned, made.await??))
}
