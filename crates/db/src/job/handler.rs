//! Who does the work.

use std::fmt;

use async_trait::async_trait;
use kernel::{Ctx, Problem};

use super::row::{Job, Lane};
use crate::Db;

/// Does the work of one kind of job. An error of kind `Unavailable` is retried; any other ends the job.
///
/// It may be dropped at any await, and run again from the start, when its lease is lost.
#[async_trait]
pub trait JobHandler: Send + Sync + fmt::Debug {
    fn kind(&self) -> &'static str;
    fn lane(&self) -> Lane {
        Lane::Short
    }
    async fn run(&self, db: &Db, ctx: &Ctx, job: &Job) -> Result<(), Problem>;
    /// Whether this was no attempt at the work: what it needs was busy with others. It is tried again however often.
    fn is_uncounted(&self, _problem: &Problem) -> bool {
        false
    }
    /// Called once when the job has ended in failure, so that what waits for it can say so.
    async fn failed(&self, _db: &Db, _ctx: &Ctx, _job: &Job, _problem: &Problem) -> Result<(), Problem> {
        Ok(())
    }
}
