//! The ledger is verified by itself each day; the administrators' page says what was found.

use async_trait::async_trait;
use db::{Db, Job, JobHandler, Lane};
use kernel::{Ctx, Problem};

pub const DAILY: &str = "directory.ledger_check";

#[derive(Debug)]
pub struct Check;

#[async_trait]
impl JobHandler for Check {
    fn kind(&self) -> &'static str {
        DAILY
    }

    fn lane(&self) -> Lane {
        Lane::Long
    }

    async fn run(&self, db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        db::ledger_check(db, ctx).await?;
        Ok(())
    }
}
