//! What somebody places by hand in the plan of waves, and lets loose again.

use std::collections::HashMap;

use db::{Entry, Row as _};
use jiff::civil::Date;
use kernel::{Ctx, Problem, ProblemKind};
use portfolio::waves::{Fault, Wave};
use serde::Serialize;
use serde_json::json;
use webkit::Core;

use super::{
    classify::may_plan,
    waves::{Standing, check_seen, held, read},
};
use crate::{
    model::{
        SystemId,
        wave::{Reason, WaveItem},
    },
    store::wave,
};

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

/// What was placed by hand, or let loose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ByHand {
    #[schema(value_type = Vec<String>)]
    pub systems: Vec<SystemId>,
    /// Of the plan from then on.
    pub rev: i64,
}

impl ByHand {
    fn of(rows: &[WaveItem], rev: i64) -> Self {
        Self { systems: rows.iter().map(|row| row.system_id).collect(), rev: rev + 1 }
    }
}

/// Reckons with it and changes nothing. `to` is the number of a wave that is not over yet; none takes the systems out of all
/// waves.
pub fn shift(standing: &Standing, id: SystemId, to: Option<u32>, today: Date) -> Result<Shift, Problem> {
    let place = standing.landscape().place(id).ok_or_else(Problem::not_found)?;
    if to.is_some_and(|to| standing.plan.is_over(i64::from(to), today)) {
        return Err(Problem::bad_input("wave-ended").field("to", "wave-ended"));
    }
    let no_move = |_| Problem::bad_input("no-such-wave").field("to", "no-such-wave");
    let systems = standing.ring(place);
    let moved = standing.order.moved_all(&standing.now, &systems, to).map_err(no_move)?;
    let from = standing.now.get(&place).copied();
    Ok(Shift { waves: moved.waves, breaks: moved.breaks, mends: moved.mends, systems, from, to })
}

/// Does it, over the revision of the plan that was seen: what goes together moves together, and stays there whatever is
/// planned, until it is let loose.
pub async fn waves_move(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (SystemId, i64),
    to: Option<u32>,
) -> Result<ByHand, Problem> {
    may_plan(core, ctx)?;
    let standing = read(core).await?;
    check_seen(&standing.plan, rev)?;
    let shift = shift(&standing, id, to, ctx.today())?;
    let there: HashMap<SystemId, &WaveItem> = standing.items.iter().map(|item| (item.system_id, item)).collect();
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
    let systems: Vec<String> = rows.iter().map(|row| row.system_id.to_string()).collect();
    let breaks = shift.breaks.len();
    let (rows, detail) = (&rows, &json!({ "from": shift.from, "to": shift.to, "systems": systems, "breaks": breaks }));
    core.db()
        .write(ctx, |tx| async move {
            let plan = held(&tx, rev).await?;
            wave::put_all(&tx, rows).await.map_err(WaveItem::refused)?;
            plan.keep(&tx).await?;
            tx.ledger(Entry::new("waves.move", plan.id).detail(detail.clone()));
            Ok(ByHand::of(rows, rev))
        })
        .await
}

/// Lets the next planning place again what was placed by hand: one system with those that go only together with it, or all.
/// Until then they stay where they are.
pub async fn waves_loose(core: &Core, ctx: &Ctx, one: Option<SystemId>, rev: i64) -> Result<ByHand, Problem> {
    may_plan(core, ctx)?;
    let standing = read(core).await?;
    check_seen(&standing.plan, rev)?;
    let ring = match one {
        Some(id) => Some(standing.ring(standing.landscape().place(id).ok_or_else(Problem::not_found)?)),
        None => None,
    };
    let is_meant = |item: &&WaveItem| {
        let place = standing.landscape().place(item.system_id);
        item.by_hand && ring.as_ref().is_none_or(|ring| place.is_some_and(|place| ring.contains(&place)))
    };
    let loose = |item: &WaveItem| {
        let reasons: Vec<Reason> = item.reasons().into_iter().filter(|reason| *reason != Reason::ByHand).collect();
        let why = serde_json::to_string(&reasons).map_err(Problem::internal)?;
        Ok::<_, Problem>(WaveItem { by_hand: false, why, ..item.clone() })
    };
    let rows = standing.items.iter().filter(is_meant).map(loose).collect::<Result<Vec<_>, Problem>>()?;
    if rows.is_empty() {
        return Err(Problem::new(ProblemKind::Conflict, "waves-none-by-hand"));
    }
    let rows = &rows;
    core.db()
        .write(ctx, |tx| async move {
            let plan = held(&tx, rev).await?;
            wave::put_all(&tx, rows).await.map_err(WaveItem::refused)?;
            plan.keep(&tx).await?;
            let detail = json!({ "system": one.map(|id| id.to_string()), "systems": rows.len() });
            tx.ledger(Entry::new("waves.loose", plan.id).detail(detail));
            Ok(ByHand::of(rows, rev))
        })
        .await
}
