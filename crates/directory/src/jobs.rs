//! Once a day: accounts of people who have long had no post are closed.

use std::sync::Arc;

use db::{Db, Job, JobHandler};
use kernel::{Ctx, Problem};
use webkit::App;

use crate::{Directory, Settings, usecase::close};

pub const DAILY: &str = "directory.daily";

#[derive(Debug)]
pub struct Daily {
    app: App,
}

impl Daily {
    pub fn handler(app: &App) -> Arc<dyn JobHandler> {
        Arc::new(Self { app: app.clone() })
    }
}

#[async_trait::async_trait]
impl JobHandler for Daily {
    fn kind(&self) -> &'static str {
        DAILY
    }

    async fn run(&self, _db: &Db, ctx: &Ctx, _job: &Job) -> Result<(), Problem> {
        let days = self.app.get::<Settings>()?.close_after_days;
        let closed = close::close_idle(self.app.get::<Directory>()?, ctx, days).await?;
        if closed > 0 {
            tracing::info!(closed, "accounts without a post were closed");
        }
        Ok(())
    }
}
