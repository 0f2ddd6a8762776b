//! How far the systems of each wave are on their way, and what a project takes from its wave.

use std::collections::{BTreeMap, HashMap};

use db::{Reader, Row as _, Where, vals};
use derive::Schema;
use jiff::civil::Date;
use kernel::{Ctx, Problem};
use serde::Serialize;
use webkit::Core;

use crate::{
    model::{
        System, SystemId,
        moves::{MigrationId, MigrationState},
        wave::WaveItem,
    },
    store::{landscape::AT_ONCE, moves::newest, seen, wave},
    usecase::waves::standing,
};

/// A system that is to move, as far as the reader sees it.
#[derive(Debug, Clone)]
pub struct Turn {
    pub system: SystemId,
    pub wave: i64,
    /// Its newest project that was not cancelled.
    pub project: Option<(MigrationId, MigrationState)>,
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
    let Some(standing) = standing(&conn).await? else { return Ok(vec![]) };
    let seen = seen::all(core, ctx, &conn).await?;
    let projects = newest(core, ctx, &conn).await?;
    let projects: HashMap<SystemId, (MigrationId, MigrationState)> =
        projects.into_iter().map(|one| (one.system_id, (one.id, one.state))).collect();
    let turn = |(item, wave): (&WaveItem, Option<i64>)| {
        let project = projects.get(&item.system_id).copied();
        Some(Turn { system: item.system_id, wave: wave?, project })
    };
    Ok(standing.moving().filter(|(item, _)| seen.has(item.system_id)).filter_map(turn).collect())
}

/// The same, wave by wave.
pub async fn progress(conn: &Reader, turns: &[Turn]) -> Result<Vec<Progress>, Problem> {
    let plan = wave::plan(conn).await?;
    let mut waves: BTreeMap<i64, Vec<Option<MigrationState>>> = BTreeMap::new();
    for turn in turns {
        waves.entry(turn.wave).or_default().push(turn.project.map(|(_, state)| state));
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

/// The wave of a system with its days, for the form by which its project is opened.
pub async fn wave_of(conn: &Reader, id: SystemId) -> Result<Option<(i64, (Date, Date))>, Problem> {
    let Some(plan) = wave::plan(conn).await? else { return Ok(None) };
    let item = WaveItem::one(conn, "WHERE system_id = $1", vals![id.uuid()]).await?;
    Ok(item.and_then(|item| item.wave).and_then(|wave| Some((wave, plan.days_of(wave)?))))
}
