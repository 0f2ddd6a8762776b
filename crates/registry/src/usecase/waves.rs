//! Waves of the move: their terms, the plan, and what somebody changes by hand.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use db::{Entry, Reader, Row as _};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind};
use portfolio::waves::{Assignment, Candidate, Fault, Order, Refused, Span, Wave};
use serde_json::json;
use webkit::{Answers, Core, heavy};

use super::{
    assess::whole,
    classify::{Material, count, load, may_plan},
};
use crate::{
    model::{
        SystemId,
        landscape::Landscape,
        wave::{MOST, Reason, UsualTerms, WaveItem, WavePlan},
    },
    store::wave,
};

/// The plan as it stands, made ready to be reckoned with.
pub struct Standing {
    pub plan: WavePlan,
    pub material: Material,
    pub items: Vec<WaveItem>,
    pub order: Order,
    /// Of the systems that have a wave, by their places.
    pub now: Assignment,
    pub efforts: HashMap<SystemId, i64>,
}

impl Standing {
    pub fn landscape(&self) -> &Landscape {
        &self.material.landscape
    }

    pub fn waves(&self) -> Vec<Wave> {
        self.order.waves(&self.now)
    }

    pub fn faults(&self) -> Vec<Fault> {
        self.order.faults(&self.now)
    }

    /// The places of those that are to move, each with its wave: none where the terms have no such wave any more.
    pub fn moving(&self) -> impl Iterator<Item = (&WaveItem, Option<i64>)> {
        let there = 1..=self.plan.most_waves;
        let moving = self.items.iter().filter(move |item| self.efforts.contains_key(&item.system_id));
        moving.map(move |item| (item, item.wave.filter(|wave| there.contains(wave))))
    }

    /// The systems that go together with this one, itself among them.
    pub fn ring(&self, place: u32) -> Vec<u32> {
        self.order.rings().into_iter().find(|ring| ring.contains(&place)).unwrap_or_else(|| vec![place])
    }
}

/// The plan that is kept; none where nobody has said its terms.
pub async fn standing(conn: &Reader) -> Result<Option<Arc<Standing>>, Problem> {
    let Some(plan) = wave::plan(conn).await? else { return Ok(None) };
    let (material, items) = (load(conn).await?, wave::items(conn).await?);
    let made = heavy(move || ready(plan, material, items)).await??;
    Ok(Some(Arc::new(made)))
}

/// Who moves, as rules and reviewers decided it.
fn ready(plan: WavePlan, material: Material, items: Vec<WaveItem>) -> Result<Standing, Problem> {
    let (mut candidates, mut efforts) = (Vec::new(), HashMap::new());
    for (case, place) in material.landscape.cases().iter().zip(0u32..) {
        let Some(row) = material.assessments.get(&case.id) else { continue };
        if !case.is_assessed() || !row.decided().moves() {
            continue;
        }
        let effort = row.effort.unwrap_or(plan.usual_effort);
        efforts.insert(case.id, effort);
        let (effort, priority) = (u32::try_from(effort).unwrap_or(u32::MAX), row.score);
        candidates.push(Candidate { system: place, effort, priority, earliest: None, blackouts: Vec::new() });
    }
    let needs: Vec<(u32, u32)> = material.landscape.graph().carrying().collect();
    let order = Order::new(plan.terms(), candidates, &needs).map_err(|why| refused(&why))?;
    let placed = items.iter().filter_map(|item| {
        let place = material.landscape.place(item.system_id).filter(|_| efforts.contains_key(&item.system_id))?;
        Some((place, u32::try_from(item.wave?).ok()?))
    });
    let now = placed.collect();
    Ok(Standing { plan, material, items, order, now, efforts })
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
            let kept = match now {
                Some(now) => {
                    let kept = WavePlan { id: now.id, planned_on: now.planned_on, rev: now.rev, ..plan.clone() };
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

fn detail(plan: &WavePlan) -> serde_json::Value {
    json!({ "start": plan.start_on.to_string(), "days": plan.days, "systems": plan.most_systems,
        "effort": plan.most_effort, "waves": plan.most_waves })
}

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
    let spans = spans(sent.text("blackouts"));
    if let Err(line) = &spans {
        let fault = kernel::FieldProblem::new("blackouts", "terms-span");
        problem.fields.push(kernel::FieldProblem { args: vec![("text", line.clone())], ..fault });
    }
    let (Some(start_on), Ok(spans), true) = (start, spans, problem.fields.is_empty()) else { return Err(problem) };
    let blackouts = serde_json::to_string(&spans).map_err(Problem::internal)?;
    let usual = UsualTerms::shipped().plan(ctx.new_id(), ctx.today());
    let numbers = WavePlan { days, most_systems, most_effort, most_waves, free_days, usual_effort, ..usual };
    Ok(WavePlan { start_on, blackouts, ..numbers })
}

/// Days that are closed, a line each: `30/01/2027 - 20/02/2027`, or one day.
pub fn spans(text: &str) -> Result<Vec<Span>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (from, to) = line.split_once(" - ").or_else(|| line.split_once('–')).unwrap_or((line, line));
        let span = Span { from: kernel::day::read(from)?, to: kernel::day::read(to)? };
        Some(span).filter(|span| span.from <= span.to)
    };
    lines.map(|line| read(line).ok_or_else(|| line.to_owned())).collect()
}

/// Places every system that is to move. What was placed by hand stays where `keeps_hand` says so, whatever it breaks: the page
/// shows that.
pub async fn waves_plan(core: &Core, ctx: &Ctx, keeps_hand: bool) -> Result<(i64, i64), Problem> {
    may_plan(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            let no_terms = || Problem::new(ProblemKind::Conflict, "waves-no-terms");
            let plan = wave::held(&tx).await?.ok_or_else(no_terms)?;
            let (material, items) = (load(&tx).await?, wave::items(&tx).await?);
            let (own, kept) = (ctx.clone(), plan.clone());
            let made = heavy(move || {
                let standing = ready(kept, material, items)?;
                let rows = placed(&standing, &own, keeps_hand);
                Ok::<_, Problem>((standing.items, rows))
            });
            let (old, rows) = made.await??;
            let named: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
            let gone: Vec<_> = old.iter().map(|item| item.id).filter(|id| !named.contains(id)).collect();
            let same: HashMap<_, _> = old.iter().map(|item| (item.id, item)).collect();
            let fresh: Vec<WaveItem> = rows.iter().filter(|row| same.get(&row.id) != Some(row)).cloned().collect();
            wave::put_all(&tx, &gone, &fresh).await?;
            let id = plan.id;
            WavePlan { planned_on: Some(ctx.today()), ..plan }.keep(&tx).await?;
            let placed = count(rows.iter().filter(|row| row.wave.is_some()).count());
            let without = count(rows.len()) - placed;
            let detail = json!({ "placed": placed, "without": without, "kept_hand": keeps_hand });
            tx.ledger(Entry::new("waves.plan", id).detail(detail));
            Ok((placed, without))
        })
        .await
}

fn placed(standing: &Standing, ctx: &Ctx, keeps_hand: bool) -> Vec<WaveItem> {
    let (plan, landscape) = (standing.order.plan(), standing.landscape());
    let old: HashMap<SystemId, &WaveItem> = standing.items.iter().map(|item| (item.system_id, item)).collect();
    let why = |reasons: Vec<Reason>| serde_json::to_string(&reasons).unwrap_or_else(|_| "[]".to_owned());
    let row = |place: u32, wave: Option<u32>, turn: u32, reasons: Vec<Reason>| {
        let system_id = landscape.id(place)?;
        let before = old.get(&system_id);
        if let Some(hand) = before.filter(|item| keeps_hand && item.by_hand) {
            return Some((*hand).clone());
        }
        let id = before.map_or_else(|| ctx.new_id(), |item| item.id);
        let (wave, turn) = (wave.map(i64::from), i64::from(turn));
        Some(WaveItem { id, system_id, wave, turn, by_hand: false, why: why(reasons) })
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

/// What a change by hand would do.
pub struct Shift {
    /// What moves: the system, and those that go only together with it.
    pub systems: Vec<u32>,
    pub from: Option<u32>,
    pub to: Option<u32>,
    pub breaks: Vec<Fault>,
    pub mends: Vec<Fault>,
    /// The waves that it touches, as they would be.
    pub waves: Vec<Wave>,
}

/// Reckons with it and changes nothing. `to` is the number of a wave; none takes the systems out of all waves.
pub fn shift(standing: &Standing, id: SystemId, to: Option<u32>) -> Result<Shift, Problem> {
    let place = standing.landscape().place(id).ok_or_else(Problem::not_found)?;
    let no_move = |_| Problem::bad_input("no-such-wave").field("to", "no-such-wave");
    let systems = standing.ring(place);
    let moved = standing.order.moved_all(&standing.now, &systems, to).map_err(no_move)?;
    let from = standing.now.get(&place).copied();
    Ok(Shift { waves: moved.waves, breaks: moved.breaks, mends: moved.mends, systems, from, to })
}

/// Does it: what goes together moves together.
pub async fn waves_move(core: &Core, ctx: &Ctx, id: SystemId, to: Option<u32>) -> Result<(), Problem> {
    may_plan(core, ctx)?;
    core.db()
        .write(ctx, |tx| async move {
            let no_terms = || Problem::new(ProblemKind::Conflict, "waves-no-terms");
            let plan = wave::held(&tx).await?.ok_or_else(no_terms)?;
            let standing = standing(&tx).await?.ok_or_else(no_terms)?;
            let shift = shift(&standing, id, to)?;
            let there: BTreeMap<SystemId, &WaveItem> =
                standing.items.iter().map(|item| (item.system_id, item)).collect();
            let why = serde_json::to_string(&[Reason::ByHand]).map_err(Problem::internal)?;
            let row = |place: &u32| {
                let system_id = standing.landscape().id(*place)?;
                let before = there.get(&system_id);
                let id = before.map_or_else(|| ctx.new_id(), |item| item.id);
                let turn = before.map_or(i64::from(u32::MAX), |item| item.turn);
                let wave = to.map(i64::from);
                Some(WaveItem { id, system_id, wave, turn, by_hand: true, why: why.clone() })
            };
            let rows: Vec<WaveItem> = shift.systems.iter().filter_map(row).collect();
            wave::put_all(&tx, &[], &rows).await?;
            let systems: Vec<String> = rows.iter().map(|row| row.system_id.to_string()).collect();
            let breaks = shift.breaks.len();
            let detail = json!({ "from": shift.from, "to": shift.to, "systems": systems, "breaks": breaks });
            tx.ledger(Entry::new("waves.move", plan.id).detail(detail));
            Ok(())
        })
        .await
}

/// Waves in short, for programs: of the plan that is kept, or, where there is none, as they would be by the usual terms.
pub async fn short(conn: &Reader, ctx: &Ctx) -> Result<(bool, Vec<(u32, Vec<SystemId>)>), Problem> {
    let (kept, today) = (wave::plan(conn).await?, ctx.today());
    let is_planned = kept.as_ref().is_some_and(|plan| plan.planned_on.is_some());
    let plan = kept.unwrap_or_else(|| UsualTerms::shipped().plan(ctx.new_id(), today));
    let (material, items) = (load(conn).await?, wave::items(conn).await?);
    let made = heavy(move || {
        let standing = ready(plan, material, items)?;
        let waves = if is_planned { standing.waves() } else { standing.order.plan().waves };
        let id = |place: &u32| standing.landscape().id(*place);
        let short =
            |wave: &Wave| -> (u32, Vec<SystemId>) { (wave.number, wave.systems.iter().filter_map(id).collect()) };
        Ok::<_, Problem>(waves.iter().map(short).collect::<Vec<_>>())
    });
    Ok((is_planned, made.await??))
}

/// The first and the last day that some waves take.
pub fn days_of(waves: &[Wave]) -> Option<(Date, Date)> {
    Some((waves.iter().map(|wave| wave.from).min()?, waves.iter().map(|wave| wave.to).max()?))
}
