//! Makes a reviewed plan live: its tasks, and one part for every body that leads one.

use crate::ids::{PartId, TaskId};
use std::collections::BTreeSet;

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resolution, UnitId, text};
use serde_json::json;
use uuid::Uuid;
use webkit::{Core, heavy};

use crate::{
    BodiesPort, CalendarPort, Error,
    approve::usecase::plan_preview::Preview,
    plans::{
        self,
        model::{
            alike::{Words, pairs},
            frame, read_duty,
            read_target::sign,
            role::PlanRole,
            row::{ReadTask, joined, units},
        },
        store::{
            link::{Link, LinkKind},
            plan::PlanRow,
            read_target::ReviewTarget,
        },
        usecase::{
            names::{self, Names},
            places::{orders_nothing, unanswered},
            plan_link, plan_read,
            review::{plan_in_review, resource},
        },
    },
    reporting::{self, usecase::duty},
    targets::{self, store::target::TargetRow},
    work::{
        self,
        model::clock,
        store::{held::Held, part::NewPart, task::TaskRow},
        usecase::{
            authority::{beyond, may_assign},
            route,
        },
    },
};

/// Bodies that one plan gives work to, each task counted for itself: a group is every member of it.
const MOST_GIVEN: usize = 60_000;

fn narrow(given: usize) -> Result<(), Problem> {
    if given > MOST_GIVEN {
        return Err(Problem::bad_input("plan-too-wide").with("count", given).with("limit", MOST_GIVEN));
    }
    Ok(())
}

struct Made {
    task: TaskRow,
    helpers: Vec<UnitId>,
    parts: Vec<NewPart>,
}

/// Refuses while questions are open, while it names bodies beyond the right of who approves it, and, unless who approves
/// it says that they know (`unseen`), while nobody looked at some of its rows. All of the plan becomes live, or nothing.
pub async fn plan_approve(core: &Core, ctx: &Ctx, id: PlanId, unseen: bool) -> Result<usize, Problem> {
    let plan = plan_in_review(core, ctx, id).await?;
    let conn = core.db().read();
    let mark = plans::store::plan::review_mark(&conn, id).await?;
    let mut rows = plans::store::read_row::list(&conn, id).await?;
    rows.retain(|row| row.state != "dropped");
    let open = unanswered(&rows, &plans::store::finding::list(&conn, id).await?);
    if open > 0 {
        return Err(Error::OpenProblems(open).into());
    }
    let mut targets = plans::store::read_target::list(&conn, id).await?;
    let mut reading = plan_read::whole(&conn, id).await?;
    let said = plans::store::read_duty::list(&conn, id).await?;
    let duties = read_duty::all(reading.as_ref().map(|read| read.duties.as_slice()).unwrap_or_default(), &said);
    if orders_nothing(&rows, &targets, &duties) {
        return Err(Error::NoTask.into());
    }
    let nobody_saw = Preview::of(&plan, &rows, &targets, &duties).unseen();
    if nobody_saw > 0 && !unseen && !ctx.actor.is_trusted() {
        return Err(Error::Unseen(nobody_saw).into());
    }
    let leads: Vec<UnitId> = rows.iter().flat_map(|row| row.task.leads()).collect();
    narrow(leads.len() + rows.iter().map(|row| row.task.helpers().len()).sum::<usize>())?;
    may_assign(core, ctx, &leads, Some(&plan.standing()))?;
    let source = plans::store::plan::text(&conn, id).await?;
    let (bodies, times) = (core.bodies(), core.times());
    let mut made = (1_i64..)
        .zip(&rows)
        .map(|(position, row)| make(ctx, &plan, bodies, times, position, &row.task, &source))
        .collect::<Vec<_>>();
    let parts = made.iter().map(|made| made.parts.len()).sum::<usize>();
    targets.retain(|target| target.state != "dropped");
    let roles = roles(&targets);
    let (follower, plan_rev) = (plan.follower(), plan.rev);
    let read_targets = targets;
    let targets =
        &read_targets.iter().map(|target| target_row(ctx, target, &read_targets, &source)).collect::<Vec<_>>();
    let own = ctx.clone();
    let passages = &heavy(move || passages(&own, &source)).await?;
    if let Some(read) = &mut reading {
        read.duties = read_duty::kept(duties);
    }
    let issuer = plan.issuer_id.map(UnitId::from_uuid);
    let names = Names::of(bodies, reading.iter().flat_map(names::of_duties), issuer).await?;
    let stops = reading.as_ref().map(|read| route::read(&read.duties, &names, id, issuer)).unwrap_or_default();
    let duties = reading.as_ref().map(|read| duty::read(read, &names)).unwrap_or_default();
    let cited = match &reading {
        Some(read) => plan_link::cited(&conn, &read.document).await?.iter().map(PlanRow::id).collect(),
        None => vec![],
    };
    let cited: &Vec<PlanId> = &cited;
    let stops = &stops;
    let answering = answering(targets, &read_targets);
    narrow(answering.len())?;
    let said = Said { roles, answering, held: vec![] };
    let Said { roles, answering, held } = &holding(core, ctx, &plan, &mut made, said);
    let (made, duties) = (&made, &duties);
    let carried = &carried(core, ctx, id, made).await?;
    core.db()
        .write(ctx, |tx| async move {
            if !plans::store::plan::live_set(&tx, id, plan_rev, ctx.now().as_microsecond()).await? {
                // Approved by somebody else, or written on while this one read it.
                let now = plans::store::plan::get(&tx, id).await?;
                let is_reviewed = now.is_some_and(|plan| plan.state == "review");
                return Err(if is_reviewed { Problem::stale() } else { Error::NotInReview.into() });
            }
            if plans::store::plan::review_mark(&tx, id).await? != mark {
                return Err(Problem::stale());
            }
            let tasks: Vec<_> = made.iter().map(|made| (&made.task, made.helpers.as_slice())).collect();
            work::store::task::insert_all(&tx, &tasks).await?;
            let given: Vec<&NewPart> = made.iter().flat_map(|made| &made.parts).collect();
            work::store::part::insert_all(&tx, &given).await?;
            for other in cited.iter().filter(|other| **other != id) {
                plans::store::link::insert(&tx, Link { plan: id, other: *other, kind: LinkKind::Implements }).await?;
            }
            for (part, (done, accepted), note) in &carried.done {
                work::store::part::done_set(&tx, *part, (done, accepted.as_deref()), note).await?;
            }
            let links = plans::store::link::list(&tx, id).await?;
            if replaced(id, &links).into_iter().ne(carried.replaced.iter().map(|(old, _)| *old)) {
                return Err(Problem::stale());
            }
            for (old, mark) in &carried.replaced {
                plans::store::plan::held(&tx, *old).await?;
                // What was done in it, or given out, meanwhile would be open here.
                if work::store::part::held_mark(&tx, *old).await? != *mark {
                    return Err(Problem::stale());
                }
                work::store::part::stop_all(&tx, *old, &ctx.today().to_string()).await?;
                reporting::store::duty::end_all(&tx, *old).await?;
                // What was filed or withdrawn stays so.
                if plans::store::plan::replaced_set(&tx, *old).await? {
                    tx.ledger(Entry::new("plan.replaced", *old).detail(json!({ "by": id.to_string() })));
                }
                settle(&tx, *old, ctx.now().as_microsecond()).await?;
            }
            targets::store::target::insert_all(&tx, targets).await?;
            plans::store::passage::insert_all(&tx, id, passages).await?;
            targets::store::value::bodies_insert(&tx, answering).await?;
            duty::propose(&tx, id, follower, duties).await?;
            work::store::difficulty::route_set(&tx, id, stops).await?;
            for (unit, role) in roles {
                plans::store::role::insert(&tx, id, *unit, *role).await?;
            }
            let held: Vec<_> = held.iter().map(|held| (ctx.new_id::<crate::ids::Part>().uuid(), held)).collect();
            work::store::held::insert_all(&tx, id, &held).await?;
            settle(&tx, id, ctx.now().as_microsecond()).await?;
            let detail = json!({ "tasks": made.len(), "parts": parts, "targets": targets.len(), "roles": roles.len(), "carried": carried.done.len() });
            tx.ledger(Entry::new("plan.approve", id).detail(detail));
            Ok(())
        })
        .await?;
    Ok(parts)
}

/// Tasks of the plan that nobody has stand in the list of such tasks.
pub(crate) async fn settle(tx: &db::Tx, id: PlanId, now: i64) -> Result<(), Problem> {
    let plan = plans::store::plan::get(tx, id).await?.ok_or_else(Problem::not_found)?;
    Ok(work::store::unled::settle(tx, &plan, now).await?)
}

/// What a plan says of bodies beside its leads.
struct Said {
    roles: Vec<(UnitId, PlanRole)>,
    answering: Vec<(Uuid, UnitId, &'static str)>,
    /// What waits for the word of the body in whose name the plan stands.
    held: Vec<Held>,
}

/// Parts what the plan says of helpers, of bodies that answer for targets and of roles into what takes effect now and
/// what waits.
fn holding(core: &Core, ctx: &Ctx, plan: &PlanRow, made: &mut [Made], mut said: Said) -> Said {
    let helpers = made.iter().flat_map(|made| made.helpers.iter().copied());
    let named = helpers.chain(said.roles.iter().map(|(unit, _)| *unit));
    let named = named.chain(said.answering.iter().map(|(_, unit, _)| *unit));
    let beyond = beyond(core, ctx, &named.collect::<Vec<_>>(), Some(&plan.standing()));
    let held = &mut said.held;
    for made in made {
        let task = made.task.id;
        let away = made.helpers.iter().copied().filter(|unit| beyond.contains(unit));
        held.extend(away.map(|unit| Held::Helper { task, unit }));
        made.helpers.retain(|unit| !beyond.contains(unit));
    }
    for (target, unit, role) in said.answering.iter().filter(|(_, unit, _)| beyond.contains(unit)) {
        held.push(Held::Answers { target: *target, unit: *unit, role: (*role).to_owned() });
    }
    let away = said.roles.iter().filter(|(unit, _)| beyond.contains(unit));
    held.extend(away.map(|(unit, role)| Held::Role { unit: *unit, role: *role }));
    said.roles.retain(|(unit, _)| !beyond.contains(unit));
    said.answering.retain(|(_, unit, _)| !beyond.contains(unit));
    said
}

/// Work of the plans that this one takes the place of.
#[derive(Default)]
struct Carried {
    /// Each with the mark of its parts.
    replaced: Vec<(PlanId, i64)>,
    /// Parts of the new plan that were done in an old one: the days on which that was reported and accepted, and the note.
    done: Vec<(PartId, (String, Option<String>), String)>,
}

/// The plans that this one takes the place of, in whichever ways.
fn replaced(id: PlanId, links: &[Link]) -> BTreeSet<PlanId> {
    links.iter().filter(|link| link.plan == id && link.kind.ends_other()).map(|link| link.other).collect()
}

/// What the same bodies did in the same tasks of replaced plans is done here too.
async fn carried(core: &Core, ctx: &Ctx, id: PlanId, made: &[Made]) -> Result<Carried, Problem> {
    let conn = core.db().read();
    let mut out = Carried::default();
    let new: Vec<String> = made.iter().map(|made| made.task.text.clone()).collect();
    for other in replaced(id, &plans::store::link::list(&conn, id).await?) {
        let old = plans::store::plan::get(&conn, other).await?.ok_or_else(Problem::not_found)?;
        let roles = plans::store::role::list(&conn, other).await?;
        core.authorizer().check(ctx, "plan.approve", &resource(&old, &roles))?;
        out.replaced.push((other, work::store::part::mark(&conn, other).await?));
        let tasks = work::store::task::of_plan(&conn, other).await?;
        let (old, new) = (tasks.iter().map(|task| task.text.clone()).collect::<Vec<_>>(), new.clone());
        let words = |texts: &[String]| texts.iter().map(|text| Words::of(text)).collect::<Vec<_>>();
        for (at, (twin, _)) in heavy(move || pairs(&words(&old), &words(&new))).await? {
            for part in work::store::part::of_task(&conn, tasks[at].id).await? {
                let same = made[twin].parts.iter().find(|new| new.unit == part.unit());
                if let (Some(new), Some(day)) = (same, part.done_on) {
                    out.done.push((new.id, (day, part.accepted_on), part.done_note.unwrap_or_default().into_string()));
                }
            }
        }
    }
    Ok(out)
}

/// Who answers for the targets and who carries them out; names that need a person give no role.
fn roles(targets: &[ReviewTarget]) -> Vec<(UnitId, PlanRole)> {
    let mut out = Vec::new();
    for target in targets {
        let (owners, implementers) = (&target.target.owners, &target.target.implementers);
        for (names, role) in [(owners, PlanRole::OwnsTarget), (implementers, PlanRole::Implements)] {
            for name in names {
                if let Resolution::Unit { unit, certain: true, .. } = name.means
                    && !out.contains(&(unit, role))
                {
                    out.push((unit, role));
                }
            }
        }
    }
    out
}

/// Who reports on each target and who answers for it; of a group, every member.
fn answering(rows: &[TargetRow], read: &[ReviewTarget]) -> Vec<(Uuid, UnitId, &'static str)> {
    let mut out = Vec::new();
    for (row, target) in rows.iter().zip(read).filter(|(row, _)| row.counted) {
        for (names, role) in [(&target.target.owners, "owns"), (&target.target.implementers, "reports")] {
            out.extend(units(names).into_iter().map(|unit| (row.id, unit, role)));
        }
    }
    out
}

fn target_row(ctx: &Ctx, row: &ReviewTarget, all: &[ReviewTarget], source: &str) -> TargetRow {
    let target = &row.target;
    let twin = target.twin.and_then(|twin| all.iter().find(|other| other.position == twin));
    let counted = target.counts_beside(row.position, twin.map(|twin| (twin.position, &twin.target)));
    TargetRow {
        id: ctx.new_id::<crate::ids::Target>().uuid(),
        plan_id: row.plan.uuid(),
        position: row.position,
        text: target.text.clone(),
        value_milli: target.value_milli,
        unit: target.unit.clone(),
        comparator: sign(target.comparator).to_owned(),
        from_year: target.from.map(i64::from),
        to_year: target.to.map(i64::from),
        stretch_milli: target.stretch_milli,
        indicator: target.indicator.clone(),
        counted,
        owners: joined(&target.owners),
        implementers: joined(&target.implementers),
        quote: source.get(target.start..target.end).unwrap_or_default().trim().to_owned(),
        source_start: i64::try_from(target.start).unwrap_or(0),
        source_end: i64::try_from(target.end).unwrap_or(0),
        rollup: None,
        threshold_milli: None,
    }
}

/// The lines of the document with the byte where each begins.
fn passages(ctx: &Ctx, source: &str) -> Vec<(Uuid, i64, db::Words)> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        if text.chars().any(char::is_alphanumeric) {
            let id = ctx.new_id::<crate::ids::Passage>().uuid();
            out.push((id, i64::try_from(at).unwrap_or(0), db::Words::new(text.replace('\t', " · "))));
        }
        at += line.len();
    }
    out
}

fn make(
    ctx: &Ctx,
    plan: &PlanRow,
    bodies: &BodiesPort,
    times: &CalendarPort,
    position: i64,
    task: &ReadTask,
    source: &str,
) -> Made {
    let id: TaskId = ctx.new_id::<crate::ids::Task>();
    let quote = source.get(task.start..task.end).unwrap_or_default().trim().to_owned();
    let coordinating = joined(&task.coordinating);
    let row = TaskRow {
        id: id.uuid(),
        plan_id: plan.id,
        position,
        section: task.cited(),
        text: task.text.clone(),
        time_raw: task.time.raw.clone(),
        time_kind: frame::kind_code(&task.time).to_owned(),
        result: task.result.clone(),
        quote,
        source_start: i64::try_from(task.start).unwrap_or(0),
        source_end: i64::try_from(task.end).unwrap_or(0),
        coordinating,
        merged_into: None,
    };
    let part = |unit: UnitId| {
        let unit = bodies.today(unit);
        let unit_sort = bodies.body(unit).map(|body| body.sort).unwrap_or_default();
        let id: PartId = ctx.new_id::<crate::ids::Part>();
        NewPart {
            id,
            task: row.id,
            plan: plan.id,
            unit,
            sort_plan: format!("{:016}-{position:06}-{}", plan.created_at, text::fold(&unit_sort)),
            unit_sort,
            time_kind: frame::kind_code(&task.time).to_owned(),
            start_on: frame::start(&task.time).map(|day| day.to_string()),
            due_on: clock::of_time(&task.time)
                .map(|clock| clock.deadline(&times.calendar(), times.hours(unit)).due.to_string()),
            clock: clock::of_time(&task.time),
        }
    };
    let parts = task.leads().into_iter().map(part).collect();
    Made { helpers: task.helpers(), parts, task: row }
}
