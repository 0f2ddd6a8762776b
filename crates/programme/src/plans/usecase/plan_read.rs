//! What was read of a document, for those who ask again: its JSON is as large as the document, and so is parsed away
//! from the threads that answer, once per revision for the page of the plan.

use std::{sync::Arc, time::Duration};

use db::Conn;
use kernel::{PlanId, Problem, UnitId};
use moka::future::Cache;
use plan_reader::{Document, Duty, Plan, Target};
use serde::Deserialize;
use webkit::{App, heavy};

use crate::{
    BodiesPort,
    plans::{
        model::row::{Named, units},
        store::{self, plan::PlanRow},
    },
    work,
};

/// Targets and duties that the page of a plan shows.
pub const SHOWN: usize = 300;

/// The whole reading; none where it is of an older form.
pub(crate) async fn whole(conn: &Conn, id: PlanId) -> Result<Option<Plan>, Problem> {
    let Some(json) = store::plan::reading(conn, id).await? else { return Ok(None) };
    heavy(move || serde_json::from_str(&json).ok()).await
}

/// What the page of a plan shows of the reading.
#[derive(Debug)]
pub struct Brief {
    pub document: Document,
    /// At most [`SHOWN`] of them.
    pub targets: Vec<Target>,
    pub all_targets: usize,
    pub duties: Vec<Duty>,
    pub all_duties: usize,
}

impl From<Plan> for Brief {
    fn from(mut plan: Plan) -> Self {
        let (all_targets, all_duties) = (plan.targets.len(), plan.duties.len());
        plan.targets.truncate(SHOWN);
        plan.duties.truncate(SHOWN);
        Self { document: plan.document, targets: plan.targets, all_targets, duties: plan.duties, all_duties }
    }
}

/// Briefs that were looked at, by plan and revision.
#[derive(Debug)]
pub struct Briefs(Cache<(PlanId, i64), Option<Arc<Brief>>>);

impl Default for Briefs {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(100).time_to_idle(Duration::from_mins(10)).build())
    }
}

pub(crate) async fn brief(app: &App, plan: &PlanRow) -> Result<Option<Arc<Brief>>, Problem> {
    let read = async {
        let read = whole(&app.db().read(), plan.id()).await?;
        Ok::<_, Problem>(read.map(|read| Arc::new(Brief::from(read))))
    };
    let known = app.get::<Briefs>()?.0.try_get_with((plan.id(), plan.rev), read).await;
    known.map_err(Arc::unwrap_or_clone)
}

/// Bodies that the plan names and that were merged away since, each with the one that is there today.
pub(crate) async fn moved(app: &App, plan: &PlanRow) -> Result<Vec<(UnitId, UnitId)>, Problem> {
    #[derive(Deserialize)]
    struct Bodies {
        lead: Vec<Named>,
        coordinating: Vec<Named>,
    }
    let (conn, bodies) = (app.db().read(), Arc::clone(app.get::<BodiesPort>()?));
    let mut named = work::store::part::units_of_plan(&conn, plan.id()).await?;
    if plan.state == "review" {
        let rows = store::read_row::bodies(&conn, plan.id()).await?;
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
