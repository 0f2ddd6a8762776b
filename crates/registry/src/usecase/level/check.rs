//! What is wrong with the levels of systems today: computed from days, never stored.

use std::collections::BTreeMap;

use db::Reader;
use derive::Schema;
use jiff::civil::Date;
use kernel::{Calendar, Code as _, Ctx, Held, Problem, UnitId};
use serde::Serialize;
use serde_json::{Value as Json, json};
use webkit::Core;

use crate::{
    model::{
        SystemId, SystemKind,
        level::{Dossier, Known, LevelFault, faults, is_operating},
    },
    store::level::{dossiers, known},
};

/// One thing that is wrong, with both days that show it.
#[derive(Debug, Clone, Serialize, Schema)]
pub struct Violation {
    pub system: SystemId,
    pub name: String,
    pub owner: UnitId,
    pub fault: LevelFault,
    pub level: Option<i64>,
    /// Since when, or by when.
    pub since: Option<Date>,
    pub days: Option<i64>,
    /// The day of the first decision, and when it was entered here.
    pub approved_on: Option<Date>,
    pub recorded_on: Option<Date>,
    /// A leader let it operate all the same.
    pub is_overruled: bool,
}

/// How the levels of the systems within reach stand.
#[derive(Debug, Default)]
pub struct Standing {
    pub systems: usize,
    pub operating: usize,
    /// Of these, what the indicator of levels counts: a database has its level and is no system of that.
    pub counted: usize,
    /// Of those, approved after operation began, as that indicator has it.
    pub counted_late: usize,
    /// Times that a leader let one operate without a dossier.
    pub overruled: i64,
    pub violations: Vec<Violation>,
}

/// What is wrong within the reach of the actor; of one owner alone where that is asked.
pub async fn standing(core: &Core, ctx: &Ctx, conn: &Reader, owner: Option<UnitId>) -> Result<Standing, Problem> {
    let reach = core.authorizer().reach(ctx, Held::Any);
    let some = owner.map(|owner| core.bodies().answer_for(&[owner]));
    let systems = known(conn, &reach, some.as_deref()).await?;
    let mut of: BTreeMap<SystemId, Vec<Dossier>> = BTreeMap::new();
    for row in dossiers(conn, &reach, some.as_deref()).await? {
        of.entry(row.system_id).or_default().push(row);
    }
    let (calendar, today) = (core.times().calendar(), ctx.today());
    let mut out = Standing { systems: systems.len(), ..Standing::default() };
    for system in systems {
        let is_counted = is_operating(system.state) && system.kind != SystemKind::Database;
        out.operating += usize::from(is_operating(system.state));
        out.counted += usize::from(is_counted);
        out.overruled += system.overruled;
        let rows = of.remove(&system.id).unwrap_or_default();
        let system = Known { owner_id: core.bodies().today(system.owner_id), ..system };
        let found = violations(system, &rows, &calendar, today);
        out.counted_late += usize::from(is_counted && found.iter().any(|one| one.fault == LevelFault::Late));
        out.violations.extend(found);
    }
    Ok(out)
}

fn violations(system: Known, rows: &[Dossier], calendar: &Calendar, today: Date) -> Vec<Violation> {
    let first = rows.iter().filter(|row| row.is_approved()).min_by_key(|row| row.approved_on);
    let newest = rows.iter().max_by_key(|row| row.approved_on);
    let one = |found: crate::model::level::Found| Violation {
        system: system.id,
        name: system.name.clone(),
        owner: system.owner_id,
        fault: found.fault,
        level: newest.map(|row| row.level),
        since: found.since,
        days: found.days,
        approved_on: first.and_then(|row| row.approved_on),
        recorded_on: first.and_then(|row| row.recorded_on),
        is_overruled: found.fault == LevelFault::Unapproved && system.overruled > 0,
    };
    faults(&system, rows, calendar, today).into_iter().map(one).collect()
}

/// How many of each kind there are, by owner; who has most first.
pub fn by_owner(standing: &Standing) -> Vec<(UnitId, Vec<usize>, usize)> {
    let mut of: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
    for one in &standing.violations {
        let counts = of.entry(one.owner).or_insert_with(|| vec![0; LevelFault::ALL.len()]);
        for (count, fault) in counts.iter_mut().zip(LevelFault::ALL) {
            *count += usize::from(*fault == one.fault);
        }
    }
    let mut out: Vec<_> = of.into_iter().map(|(unit, counts)| (unit, counts.iter().sum(), counts)).collect();
    out.sort_by_key(|(unit, sum, _): &(UnitId, usize, Vec<usize>)| (std::cmp::Reverse(*sum), *unit));
    out.into_iter().map(|(unit, sum, counts)| (unit, counts, sum)).collect()
}

/// The same for the console: every violation, with its words and whose it is.
pub async fn told(core: &Core, ctx: &Ctx) -> Result<Json, Problem> {
    let found = standing(core, ctx, &core.db().read(), None).await?;
    let name = |unit| core.bodies().body(unit).map(|body| body.name).unwrap_or_default();
    let words = |fault: LevelFault| core.locales().text(ctx.lang, &fault.words(), &[]);
    let lines: Vec<Json> = found
        .violations
        .iter()
        .map(|one| {
            let mut line = serde_json::to_value(one).unwrap_or_default();
            line["owner_name"] = name(one.owner).into();
            line["words"] = words(one.fault).into();
            line
        })
        .collect();
    Ok(json!({
        "today": ctx.today().to_string(), "systems": found.systems, "operating": found.operating,
        "overruled": found.overruled, "violations": lines,
    }))
}
