//! Bodies that are no more what they were when a plan named them.

use std::sync::Arc;

use kernel::{Problem, UnitId};
use serde::Deserialize;
use webkit::{Core, heavy};

use crate::{
    plans::{
        self,
        model::row::{Named, units},
        store::plan::PlanRow,
    },
    work,
};

/// Bodies that the plan names and that were merged away since, each with the one that is there today.
pub(crate) async fn moved(core: &Core, plan: &PlanRow) -> Result<Vec<(UnitId, UnitId)>, Problem> {
    #[derive(Deserialize)]
    struct Bodies {
        lead: Vec<Named>,
        coordinating: Vec<Named>,
    }
    let (conn, bodies) = (core.db().read(), Arc::clone(core.bodies()));
    let mut named = work::store::part::units_of_plan(&conn, plan.id()).await?;
    if plan.state == "review" {
        let rows = plans::store::read_row::bodies(&conn, plan.id()).await?;
        let of_row = |json: &String| {
            let row: Bodies = serde_json::from_str(json).ok()?;
            Some([units(&row.lead), units(&row.coordinating)].concat())
        };
        named.extend(heavy(move || rows.iter().filter_map(of_row).flatten().collect::<Vec<_>>()).await?);
    }
    named.sort_unstable();
    named.dedup();
    let today = named.into_iter().map(|unit| (unit, bodies.today(unit)));
    Ok(today.filter(|(old, new)| old != new).collect())
}
