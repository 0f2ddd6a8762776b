//! The way that difficulties of a plan take: read from its words at approval, settable afterwards.

use db::Entry;
use kernel::{Ctx, PlanId, Problem, Resolution, UnitId};
use plan_reader::{Duty, DutyKind};
use serde_json::json;
use webkit::Core;

use crate::{
    Error,
    plans::{
        self,
        usecase::{names::Names, review::resource},
    },
    work::{
        store::{self, difficulty::RouteRow},
        usecase::difficulty::DAYS,
    },
};

/// The stops that a plan's own words name: through the body in brackets, to the body named, and on to the issuer only
/// "khi vượt thẩm quyền".
pub(crate) fn read(duties: &[Duty], names: &Names, plan: PlanId, issuer: Option<UnitId>) -> Vec<RouteRow> {
    let Some(duty) = duties.iter().find(|duty| duty.kind == DutyKind::Escalation) else { return vec![] };
    let one = |name: &String| match names.means(name) {
        Resolution::Unit { unit, certain: true, .. } => Some(unit),
        Resolution::Unit { .. } | Resolution::Group { .. } | Resolution::Unknown => None,
    };
    let exceeds = duty.text.to_lowercase().contains("vượt thẩm quyền");
    let via: Vec<UnitId> = duty.via.iter().filter_map(one).collect();
    let to: Vec<UnitId> = duty.to.iter().filter_map(one).collect();
    let mut stops: Vec<(UnitId, Option<UnitId>, bool)> = via.iter().map(|unit| (*unit, None, false)).collect();
    stops.extend(to.iter().map(|unit| (*unit, via.first().copied(), false)));
    if exceeds {
        stops.iter_mut().skip(1).for_each(|stop| stop.2 = true);
        let beyond = issuer.filter(|issuer| stops.len() == 1 && stops.iter().all(|stop| stop.0 != *issuer));
        stops.extend(beyond.map(|issuer| (issuer, None, true)));
    }
    let row = |(position, (unit, via, if_exceeds)): (i64, (UnitId, Option<UnitId>, bool))| RouteRow {
        plan_id: plan.uuid(),
        position,
        unit_id: unit.uuid(),
        via_id: via.map(|unit| unit.uuid()),
        if_exceeds,
        days: DAYS,
        source: duty.text.clone(),
    };
    (1..).zip(stops).map(row).collect()
}

/// One stop as a person sets it.
#[derive(Debug, Clone)]
pub struct Stop {
    pub unit: UnitId,
    /// The body through which it goes there.
    pub via: Option<UnitId>,
    pub if_exceeds: bool,
    pub days: i64,
}

/// Working days that a stop may have.
const MOST_DAYS: i64 = 60;

pub(crate) fn days_wrong() -> Problem {
    Problem::bad_input("route-days-wrong").with("most", MOST_DAYS).field("days", "route-days-wrong")
}

/// A body stands in it once, and nothing goes through the body to which it goes.
fn checked(stops: &[Stop]) -> Result<(), Problem> {
    if stops.iter().any(|stop| !(1..=MOST_DAYS).contains(&stop.days)) {
        return Err(days_wrong());
    }
    let is_twice = |at: usize| stops[..at].iter().any(|stop| stop.unit == stops[at].unit);
    if (1..stops.len()).any(is_twice) {
        return Err(Problem::bad_input("route-twice").field("unit", "route-twice"));
    }
    if stops.iter().any(|stop| stop.via == Some(stop.unit)) {
        return Err(Problem::bad_input("route-through-itself").field("via", "route-through-itself"));
    }
    Ok(())
}

/// Sets the whole route of a plan that is in force; an empty one leaves it to the usual way.
pub async fn route_set(core: &Core, ctx: &Ctx, id: PlanId, stops: &[Stop]) -> Result<(), Problem> {
    let conn = core.db().read();
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    core.authorizer().check(ctx, "plan.approve", &resource(&plan, &plans::store::role::list(&conn, id).await?))?;
    checked(stops)?;
    let rows: &Vec<RouteRow> = &(1..)
        .zip(stops)
        .map(|(position, stop)| RouteRow {
            plan_id: id.uuid(),
            position,
            unit_id: stop.unit.uuid(),
            via_id: stop.via.map(|via| via.uuid()),
            if_exceeds: stop.if_exceeds,
            days: stop.days,
            source: String::new(),
        })
        .collect();
    core.db()
        .write(ctx, |tx| async move {
            let plan = plans::store::plan::held(&tx, id).await?;
            if plan.is_none_or(|plan| plan.state != "live") {
                return Err(Error::WrongState.into());
            }
            store::difficulty::route_set(&tx, id, rows).await?;
            let units: Vec<String> = rows.iter().map(|row| UnitId::from_uuid(row.unit_id).to_string()).collect();
            tx.ledger(Entry::new("plan.route", id).detail(json!({ "units": units })));
            Ok(())
        })
        .await
}
