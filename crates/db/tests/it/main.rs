//! The floor alone on a database of its own, SQLite or PostgreSQL: the ledger as a witness, keys, jobs, retention.

#![expect(clippy::unwrap_used, reason = "tests")]

mod batched;
mod clock;
mod drafts;
mod facts;
mod jobs;
mod once;
mod retention;
mod seals;
mod setup;
mod signing;
mod snapshot;
mod undo;

use std::sync::Arc;

use kernel::{Actor, Ctx, Lang};
use testkit::{FrozenClock, SeededIds, TestDb};

/// A migrated database, and a context on a clock that stands still.
pub struct Bench {
    pub test: TestDb,
    pub clock: Arc<FrozenClock>,
    pub ctx: Ctx,
}

impl Bench {
    pub async fn new() -> Self {
        let test = TestDb::open().await;
        db::migrate(&test.db, &[]).await.unwrap();
        let clock = Arc::new(FrozenClock::default());
        let ctx = Ctx::new(Actor::System("test"), Lang::Vi, clock.clone(), Arc::new(SeededIds::default()));
        Self { test, clock, ctx }
    }

    pub fn of(&self, who: &'static str) -> Ctx {
        self.ctx.with_actor(Actor::System(who))
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.test.db.read().count(sql, vec![]).await.unwrap()
    }

    pub async fn exec(&self, sql: &str) {
        let write = self.test.db.write(&self.ctx, |tx| async move {
            tx.bookkeeping();
            tx.exec(sql, vec![]).await?;
            Ok(())
        });
        write.await.unwrap();
    }
}
