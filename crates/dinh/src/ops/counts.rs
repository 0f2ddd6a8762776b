//! What the database says of itself, asked at most every few seconds however often somebody scrapes.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use db::{JobCount, LateJobs};
use kernel::{Actor, Lang, Problem};
use tokio::sync::Mutex;
use webkit::App;

use crate::doctor::LATE_MICROS;

const KEPT: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub struct Counts {
    pub jobs: Vec<JobCount>,
    pub late: Vec<LateJobs>,
    pub ledger: i64,
    pub facts: i64,
    pub mail: i64,
}

#[derive(Debug)]
struct Last {
    at: Instant,
    /// None where the database gave none.
    counts: Option<Arc<Counts>>,
}

#[derive(Debug, Default)]
pub struct Remembered(Mutex<Option<Last>>);

impl Remembered {
    pub async fn of(&self, app: &App) -> Option<Arc<Counts>> {
        let mut last = self.0.lock().await;
        if let Some(last) = last.as_ref().filter(|last| last.at.elapsed() < KEPT) {
            return last.counts.clone();
        }
        let counts = match tokio::time::timeout(PATIENCE, count(app)).await {
            Ok(Ok(counts)) => Some(Arc::new(counts)),
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "the database could not be counted");
                None
            }
            Err(_) => {
                tracing::warn!("the database did not answer in time to be counted");
                None
            }
        };
        *last = Some(Last { at: Instant::now(), counts: counts.clone() });
        counts
    }
}

async fn count(app: &App) -> Result<Counts, Problem> {
    let conn = app.db().read();
    let since = app.ctx(Actor::System("ops"), Lang::Vi).now().as_microsecond() - LATE_MICROS;
    Ok(Counts {
        jobs: db::job_counts(&conn).await?,
        late: db::late_jobs(&conn, since).await?,
        ledger: db::ledger_number(&conn).await?,
        facts: db::facts_waiting(&conn).await?,
        mail: notify::mail_waiting(&conn, i64::MAX).await?,
    })
}
