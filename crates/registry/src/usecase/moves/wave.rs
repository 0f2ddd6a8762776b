//! How far the systems of each wave are on their way, and what a project takes from its wave.

use std::collections::{BTreeMap, HashMap};

use db::{Reader, Row as _, Where, vals};
use derive::Schema;
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use portfolio::waves::Span;
use serde::Serialize;
use webkit::Core;

use crate::{
    model::{System, SystemId, moves::MigrationState, wave::WaveItem},
    store::{
        assessment,
        landscape::AT_ONCE,
        moves::{HowFar, newest},
        seen, wave,
    },
    usecase::waves::standing,
};

/// A system that is to move, as far as the reader sees it.
#[derive(Debug, Clone)]
pub struct Turn {
    pub system: SystemId,
    pub wave: i64,
    /// Its newest project that was not cancelled.
    pub project: Option<HowFar>,
}

impl Turn {
    /// The days that its project says, where it says any.
    pub fn window(&self) -> Option<(Date, Date)> {
        self.project.and_then(|project| project.window())
    }
}

/// Days of one wave.
#[derive(Debug, Clone)]
pub struct WaveDays {
    pub days: (Date, Date),
    /// Closed for all systems.
    pub closed: Vec<Span>,
    /// Closed for one alone.
    pub own: HashMap<SystemId, Vec<Span>>,
}

/// How many of the systems of a wave are how far, of those that the reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Schema)]
pub struct Progress {
    pub wave: i64,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub systems: usize,
    /// Without a project.
    pub unopened: usize,
    pub planned: usize,
    pub running: usize,
    pub cut_over: usize,
    pub accepted: usize,
    pub rolled_back: usize,
}

/// The systems that have a wave, in the order of the plan.
pub async fn turns(core: &Core, ctx: &Ctx) -> Result<Vec<Turn>, Problem> {
    let conn = core.db().read();
    let Some(standing) = standing(core).await? else { return Ok(vec![]) };
    let seen = seen::all(core, ctx, &conn).await?;
    let projects = newest(core, ctx, &conn).await?;
    let projects: HashMap<SystemId, HowFar> = projects.into_iter().map(|one| (one.system_id, one)).collect();
    let turn = |(item, wave): (&WaveItem, Option<i64>)| {
        let project = projects.get(&item.system_id).copied();
        Some(Turn { system: item.system_id, wave: wave?, project })
    };
    Ok(standing.turns().filter(|(item, _)| seen.has(item.system_id)).filter_map(turn).collect())
}

/// The same, wave by wave.
pub async fn progress(conn: &Reader, turns: &[Turn]) -> Result<Vec<Progress>, Problem> {
    let plan = wave::plan(conn).await?;
    let mut waves: BTreeMap<i64, Vec<Option<MigrationState>>> = BTreeMap::new();
    for turn in turns {
        waves.entry(turn.wave).or_default().push(turn.project.map(|project| project.state));
    }
    let of = |(wave, states): (i64, Vec<Option<MigrationState>>)| {
        let count = |state: Option<MigrationState>| states.iter().filter(|one| **one == state).count();
        let (from, to) = plan.as_ref().and_then(|plan| plan.days_of(wave)).unzip();
        Progress {
            wave,
            from,
            to,
            systems: states.len(),
            unopened: count(None),
            planned: count(Some(MigrationState::Planned)),
            running: count(Some(MigrationState::Running)),
            cut_over: count(Some(MigrationState::CutOver)),
            accepted: count(Some(MigrationState::Accepted)),
            rolled_back: count(Some(MigrationState::RolledBack)),
        }
    };
    Ok(waves.into_iter().map(of).collect())
}

/// The systems of these turns.
pub async fn systems(conn: &Reader, turns: &[&Turn]) -> Result<HashMap<SystemId, System>, Problem> {
    let mut out = HashMap::new();
    for some in turns.chunks(AT_ONCE) {
        let mut list = Where::default();
        let ids = list.list(some.iter().map(|turn| turn.system.uuid()));
        list.and(&format!("id IN ({ids})"));
        let found = System::find(conn, &list.sql(), list.values).await?;
        out.extend(found.into_iter().map(|system| (system.id, system)));
    }
    Ok(out)
}

/// When a wave is, and when these systems of it may not be cut over; none where the terms have no such wave.
pub async fn days_of(conn: &Reader, wave: i64, turns: &[&Turn]) -> Result<Option<WaveDays>, Problem> {
    let Some(plan) = wave::plan(conn).await? else { return Ok(None) };
    let Some(days) = plan.days_of(wave) else { return Ok(None) };
    let ids: Vec<SystemId> = turns.iter().map(|turn| turn.system).collect();
    let rows = assessment::decisions_of(conn, &ids).await?;
    let own = rows.iter().map(|row| (row.system_id, row.spans())).collect();
    Ok(Some(WaveDays { days, closed: plan.spans(), own }))
}

/// The first and the last day on which a system may stop, where its wave has such days.
type Window = Option<(Date, Date)>;

/// The wave of a system, where that is not over before this day, and the first days in it from then on in which it may be cut
/// over, for the form by which its project is opened.
pub async fn wave_of(conn: &Reader, id: SystemId, from: Date) -> Result<Option<(i64, Window)>, Problem> {
    let Some(plan) = wave::plan(conn).await? else { return Ok(None) };
    let item = WaveItem::one(conn, "WHERE system_id = $1", vals![id.uuid()]).await?;
    let there = |wave: &i64| plan.days_of(*wave).is_some_and(|(_, last)| last >= from);
    let Some(wave) = item.and_then(|item| item.wave).filter(there) else { return Ok(None) };
    let said = assessment::of(conn, id).await?;
    let from = said.as_ref().and_then(|said| said.earliest).map_or(from, |earliest| earliest.max(from));
    let own = said.map(|said| said.spans()).unwrap_or_default();
    Ok(Some((wave, plan.open_days(wave, from, &own))))
}
