//! What a new day brings: letters about answers that are late, drafted for an officer to release; signed files that
//! nobody compared yet, files that nobody could look at, and reminders of reports that come by a link.

use async_trait::async_trait;
use db::{Db, Job, JobHandler};
use kernel::{Ctx, Problem};

use crate::{
    BodiesPort,
    files::usecase::look::look_missing,
    reporting::usecase::{outside_remind::remind_later, report_compare::compare_missing},
    work::{self, usecase::letter::draft_for_late},
};

pub(crate) const DAILY: &str = "programme.daily";

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
