//! What a new day brings: letters about answers that are late, drafted for an officer to release; signed files that
//! nobody compared yet, files that nobody could look at, and reminders of reports that come by a link. And what the first start of
//! a version brings.

use async_trait::async_trait;
use db::{Db, Entry, Job, JobHandler};
use kernel::{Ctx, Problem, UnitId};
use serde_json::json;

use crate::{
    BodiesPort,
    files::usecase::look::look_missing,
    reporting::usecase::{outside_remind::remind_later, report_compare::compare_missing},
    work::{
        self,
        store::unit_sort::{place, unplaced},
        usecase::letter::draft_for_late,
    },
};

pub(crate) const DAILY: &str = "programme.daily";
/// Of a kind of its own: no day has done it when a version starts for the first time.
pub(crate) const PLACE: &str = "programme.place";

#[derive(Debug)]
pub(crate) struct Daily {
    pub bodies: BodiesPort,
}

#[async_trait]
impl JobHandler for Daily {
    fn kind(&self) -> &'static str {
        DAILY
    }

    /// Each letter is an act of its own; what was drafted before is not drafted again.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        remind_later(db, ctx).await?;
        for late in work::store::difficulty::late(&db.read(), &ctx.today().to_string()).await? {
            draft_for_late(db, &self.bodies, ctx, &late).await?;
        }
        compare_missing(db, ctx).await?;
        look_missing(db, ctx).await
    }
}

/// Puts what is there since before it was kept where the names of its bodies put it: no step of a schema knows these.
#[derive(Debug)]
pub(crate) struct Place {
    pub bodies: BodiesPort,
}

impl Place {
    /// As it is called today, or what took its place.
    fn sort(&self, unit: UnitId) -> Option<String> {
        let body = self.bodies.body(unit).or_else(|| self.bodies.body(self.bodies.today(unit)))?;
        Some(body.sort).filter(|sort| !sort.is_empty())
    }
}

#[async_trait]
impl JobHandler for Place {
    fn kind(&self) -> &'static str {
        PLACE
    }

    /// An act for each body; there is none once all have their places.
    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        for unit in unplaced(&db.read()).await? {
            let Some(sort) = self.sort(unit) else { continue };
            let sort = sort.as_str();
            db.write(ctx, |tx| async move {
                let rows = place(&tx, unit, sort).await?;
                tx.ledger(Entry::new("report.place", unit).unit(unit).detail(json!({ "rows": rows })));
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}
