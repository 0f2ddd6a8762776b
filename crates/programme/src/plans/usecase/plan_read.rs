//! What was read of a document, for those who ask again: its JSON is as large as the document, and so is parsed away
//! from the threads that answer, once per revision for the page of the plan.

use std::{sync::Arc, time::Duration};

use db::Reader;
use kernel::{PlanId, Problem};
use moka::future::Cache;
use plan_reader::{Document, Duty, Placed, Plan, Target};
use serde::{Deserialize, Serialize};
use webkit::{Core, heavy};

use crate::plans::{
    model::{
        placed::said_whole,
        read_duty::{self, ReadDuty},
        read_target::{milli, written},
    },
    store::{self, plan::PlanRow},
};

/// Targets and duties that the page of a plan shows.
pub const SHOWN: usize = 300;

/// The reading as it is stored: what was read, and beside it where each sentence ended.
#[derive(Serialize)]
pub(crate) struct Stored<'a> {
    #[serde(flatten)]
    pub plan: &'a Plan,
    pub places: &'a [Placed],
}

/// What [`Stored`] has beside the plan; nothing in readings that were stored without it.
#[derive(Deserialize)]
struct Places {
    #[serde(default)]
    places: Vec<Placed>,
}

/// The whole reading; none where it is of an older form.
pub(crate) async fn whole(conn: &Reader, id: PlanId) -> Result<Option<Plan>, Problem> {
    let Some(json) = store::plan::reading(conn, id).await? else { return Ok(None) };
    heavy(move || serde_json::from_str(&json).ok()).await
}

/// The same and its places.
pub(crate) async fn placed(conn: &Reader, id: PlanId) -> Result<Option<(Plan, Vec<Placed>)>, Problem> {
    let Some(json) = store::plan::reading(conn, id).await? else { return Ok(None) };
    let both = move || {
        let plan = serde_json::from_str(&json).ok()?;
        let places = serde_json::from_str::<Places>(&json).map(|stored| stored.places);
        Some((plan, places.unwrap_or_default()))
    };
    heavy(both).await
}

/// The duties to report of a plan under review as they stand.
pub(crate) async fn duties(conn: &Reader, id: PlanId) -> Result<Vec<ReadDuty>, Problem> {
    let duties = whole(conn, id).await?.map(|plan| plan.duties).unwrap_or_default();
    Ok(read_duty::reviewed(&duties, &store::read_duty::list(conn, id).await?))
}

/// A target of the reading, and the sentence that states it where that says more.
#[derive(Debug, Serialize)]
pub struct Stated {
    #[serde(flatten)]
    pub target: Target,
    pub sentence: Option<String>,
    /// Its figure as the review writes it.
    pub written: String,
}

/// What the page of a plan shows of the reading.
#[derive(Debug)]
pub struct Brief {
    pub document: Document,
    /// At most [`SHOWN`] of them.
    pub targets: Vec<Stated>,
    pub all_targets: usize,
    pub duties: Vec<Duty>,
    pub all_duties: usize,
}

impl Brief {
    /// `text`: the document's own.
    fn of(plan: Plan, text: &str) -> Self {
        let mut duties = read_duty::stated(&plan.duties);
        let (all_targets, all_duties) = (plan.targets.len(), duties.len());
        duties.truncate(SHOWN);
        let stated = |target: Target| {
            let quote = text.get(target.source.start..target.source.end).unwrap_or_default();
            let written = written(milli(target.value));
            Stated { sentence: said_whole(quote, &target.text), written, target }
        };
        let targets = plan.targets.into_iter().take(SHOWN).map(stated).collect();
        Self { document: plan.document, targets, all_targets, duties, all_duties }
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

pub(crate) async fn brief(core: &Core, plan: &PlanRow) -> Result<Option<Arc<Brief>>, Problem> {
    let read = async {
        let conn = core.db().read();
        let Some(read) = whole(&conn, plan.id()).await? else { return Ok::<_, Problem>(None) };
        let text = store::plan::text(&conn, plan.id()).await?;
        Ok(Some(Arc::new(Brief::of(read, &text))))
    };
    let known = core.get::<Briefs>()?.0.try_get_with((plan.id(), plan.rev), read).await;
    known.map_err(Arc::unwrap_or_clone)
}
