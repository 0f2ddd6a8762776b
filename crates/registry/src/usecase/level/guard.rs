//! No new system operates without an approved dossier. A leader may let one, with a reason: that is kept and counted.

use std::collections::{BTreeSet, HashMap, HashSet};

use db::{Reader, Row as _, Words};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind, Resource, UnitId};
use webkit::{Core, Kept as _};

use crate::{
    model::{
        System, SystemId, check_done,
        level::{Dossier, Overrule, is_operating},
    },
    store::{
        figures::baseline,
        level::{of_system, of_systems, system_operates},
    },
    usecase::typed,
};

const DAY: &str = "operating_since";

async fn is_approved(conn: &Reader, system: SystemId, today: Date) -> Result<bool, Problem> {
    Ok(of_system(conn, system).await?.iter().any(|row| row.is_in_force(today)))
}

fn missing() -> Problem {
    Problem::new(ProblemKind::Conflict, "level-missing").field("state", "level-missing")
}

/// Refused where no approval of the system is in force today.
pub async fn approved_now(conn: &Reader, system: SystemId, today: Date) -> Result<(), Problem> {
    if is_approved(conn, system, today).await? { Ok(()) } else { Err(missing()) }
}

/// It operates, and is a thing that has a level.
fn is_asked(system: &System) -> bool {
    is_operating(system.state) && !system.is_veiled() && system.kind.is_main()
}

/// What began after this day is new, as `figures/cloud_new_first.sql` counts: the day of the owner's approved list. Where
/// there is none it is the day of the first record of what the owner has; and what begins today is new in any case.
async fn stood_until(core: &Core, ctx: &Ctx, conn: &Reader, owner: UnitId) -> Result<Date, Problem> {
    let today = ctx.today();
    let frozen = baseline::frozen_on(conn, owner, today).await?;
    let until = match frozen {
        Some(day) => Some(day),
        None => baseline::first_entered(conn, &core.bodies().answer_for(&[owner])).await?,
    };
    let yesterday = today.yesterday().map_err(Problem::internal)?;
    Ok(until.map_or(yesterday, |until| until.min(yesterday)))
}

fn refused(code: &'static str, field: &str) -> Problem {
    Problem::bad_input(code).field(field, code)
}

/// What is said of it does not tell whether it began after this day.
fn unsaid(system: &System, until: Date, ctx: &Ctx) -> Problem {
    if (system.operating_since, system.since) == (None, None) {
        return refused("operating-since-missing", "since");
    }
    refused("operating-day-missing", DAY).with("until", kernel::day::show(until, ctx.lang))
}

/// Whether it is refused for that alone.
pub fn is_unsaid(problem: &Problem) -> bool {
    ["operating-since-missing", "operating-day-missing"].contains(&problem.code)
}

/// Whether what a form enters as operating is new. A year alone must tell it.
fn is_new(system: &System, until: Date, ctx: &Ctx) -> Result<bool, Problem> {
    let alone = system.since.filter(|_| system.operating_since.is_none());
    if let Some(year) = alone.filter(|year| *year > i64::from(ctx.today().year())) {
        return Err(refused("operating-year-to-come", "since").with("year", year));
    }
    system.began_after(until).ok_or_else(|| unsaid(system, until, ctx))
}

/// Whether another day makes a new one of a system that operates. What was new stays what it is, and is shown as that; where
/// it was known what it is, the other day must tell it too.
fn turns_new((system, was): (&System, &System), until: Date, ctx: &Ctx) -> Result<bool, Problem> {
    let (is_new, was_new) = (system.began_after(until), was.began_after(until));
    if is_new.is_none() && was_new.is_some() {
        return Err(unsaid(system, until, ctx));
    }
    Ok(is_new == Some(true) && was_new != Some(true))
}

/// Whether it depends on the day on which it began.
fn is_by_day(system: &System, was: Option<&System>) -> bool {
    match was.filter(|was| was.kind.is_main()) {
        Some(was) => is_operating(was.state) && system.has_other_day(was),
        None => true,
    }
}

/// What it is refused for unless it is approved; none where nobody asks for that. `until` is the day up to which its owner's
/// stood, where [`is_by_day`].
fn unless_approved(
    ctx: &Ctx,
    (system, was): (&System, Option<&System>),
    until: Option<Date>,
) -> Result<Option<Problem>, Problem> {
    match (was.filter(|was| was.kind.is_main()), until) {
        (Some(was), _) if !is_operating(was.state) => Ok(Some(missing())),
        (Some(was), Some(until)) if turns_new((system, was), until, ctx)? => {
            let field = if system.operating_since.is_some() { DAY } else { "since" };
            Ok(Some(Problem::new(ProblemKind::Conflict, "level-missing-day").field(field, "level-missing-day")))
        }
        (None, Some(until)) if is_new(system, until, ctx)? => Ok(Some(missing())),
        _ => Ok(None),
    }
}

/// Asked before a system is added by a form or changed: one that begins to operate, one that began after what was there,
/// and one that does so by another day, needs its approval. What operated before says since when, is taken in as it is, and
/// shown as what it is; so is whatever a list has for the first time.
pub async fn may_operate(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    system: &System,
    was: Option<&System>,
) -> Result<(), Problem> {
    if !is_asked(system) {
        return Ok(());
    }
    let until = if is_by_day(system, was) { Some(stood_until(core, ctx, conn, system.owner_id).await?) } else { None };
    let Some(refusal) = unless_approved(ctx, (system, was), until)? else { return Ok(()) };
    if is_approved(conn, system.id, ctx.today()).await? { Ok(()) } else { Err(refusal) }
}

/// The same of many that are there, each with what it was, in their order: the rows of an owner and the approvals are asked
/// for once.
pub async fn may_all_operate(
    core: &Core,
    ctx: &Ctx,
    conn: &Reader,
    changed: &[(&System, &System)],
) -> Result<Vec<Result<(), Problem>>, Problem> {
    let by_day = changed.iter().filter(|(system, was)| is_asked(system) && is_by_day(system, Some(*was)));
    let owners: BTreeSet<UnitId> = by_day.map(|(system, _)| system.owner_id).collect();
    let mut until: HashMap<UnitId, Date> = HashMap::new();
    for owner in owners {
        until.insert(owner, stood_until(core, ctx, conn, owner).await?);
    }
    let refusal = |(system, was): &(&System, &System)| {
        let until = until.get(&system.owner_id).copied();
        if is_asked(system) { unless_approved(ctx, (*system, Some(*was)), until) } else { Ok(None) }
    };
    let refusals: Vec<Result<Option<Problem>, Problem>> = changed.iter().map(refusal).collect();
    let asked = changed.iter().zip(&refusals).filter(|(_, refusal)| matches!(refusal, Ok(Some(_))));
    let asked: Vec<SystemId> = asked.map(|((system, _), _)| system.id).collect();
    let approved = of_systems(conn, &asked).await?.into_iter().filter(|row| row.is_in_force(ctx.today()));
    let approved: HashSet<SystemId> = approved.map(|row| row.system_id).collect();
    let answer = |((system, _), refusal): (&(&System, &System), Result<Option<Problem>, Problem>)| match refusal? {
        Some(problem) if !approved.contains(&system.id) => Err(problem),
        _ => Ok(()),
    };
    Ok(changed.iter().zip(refusals).map(answer).collect())
}

/// Whether the actor may let a system operate without a dossier.
pub fn may_overrule(core: &Core, ctx: &Ctx, system: &System) -> Result<(), Problem> {
    core.check_today(ctx, "level.overrule", Resource::kept("Dossier", system.owner_id))
}

/// Whether the actor is led to it: of what has a level and is not over, where none of these dossiers is in force.
pub fn offers_overrule(core: &Core, ctx: &Ctx, system: &System, dossiers: &[Dossier]) -> bool {
    let is_in_force = dossiers.iter().any(|row| row.is_in_force(ctx.today()));
    let is_of_it = system.is_live() && !system.is_veiled() && system.kind.is_main();
    may_overrule(core, ctx, system).is_ok() && is_of_it && !is_in_force
}

/// A system begins to operate without an approved dossier, by the word of a leader: since the day that is said, else today.
/// One that operates already is a new one by the day that is said.
pub async fn system_overrule(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    (reason, day): (&str, &str),
) -> Result<Overrule, Problem> {
    let system = System::seen(core, ctx, &core.db().read(), id).await?;
    may_overrule(core, ctx, &system)?;
    let empty = || Problem::bad_input("field-empty").field("reason", "field-empty");
    let reason = typed::words("reason", reason, 2000)?.map(Words::new).ok_or_else(empty)?;
    let (owner_id, on_day) = (system.owner_id, ctx.today());
    let since = typed::day(DAY, day)?;
    check_done(DAY, since, on_day)?;
    let row = &Overrule { id: ctx.new_id(), system_id: id, owner_id, on_day, reason };
    core.db()
        .write(ctx, |tx| async move {
            let system = System::held(&tx, id).await?.ok_or_else(Problem::not_found)?;
            may_overrule(core, ctx, &system)?;
            Problem::stale_unless(system.rev == rev)?;
            if !system.is_live() {
                return Err(Problem::new(ProblemKind::Conflict, "level-operates"));
            }
            if system.is_veiled() || !system.kind.is_main() {
                return Err(Problem::new(ProblemKind::Conflict, "level-of-nothing"));
            }
            let next = since.map_or_else(|| system.clone(), |day| system.clone().of_day(day));
            if is_operating(system.state) {
                if since.is_none() {
                    return Err(Problem::new(ProblemKind::Conflict, "level-operates"));
                }
                let until = stood_until(core, ctx, &tx, system.owner_id).await?;
                if !turns_new((&next, &system), until, ctx)? {
                    return Err(Problem::bad_input("level-day-stood").field(DAY, "level-day-stood"));
                }
            } else {
                system.check_placed()?;
            }
            if is_approved(&tx, id, on_day).await? {
                return Err(Problem::new(ProblemKind::Conflict, "level-there"));
            }
            system_operates(&tx, &next.begun(on_day)).await?;
            row.add(&tx).await?;
            tx.ledger(system.entry("system.overrule").reason(row.reason.clone()));
            Ok(row.clone())
        })
        .await
}
