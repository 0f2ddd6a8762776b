//! Whether people can be sent here, part by part.

use std::time::Duration;

use db::Lane;
use kernel::{Actor, Lang};
use serde::Serialize;
use webkit::{App, check::Level};

use crate::doctor;

/// For the database's answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// A lane that works beats each 30 seconds; after as long its job is somebody else's.
const LOST: Duration = Duration::from_secs(90);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ok,
    Fault,
    /// What would tell it is at fault itself.
    Unknown,
}

impl State {
    fn of(is_well: bool) -> Self {
        if is_well { Self::Ok } else { Self::Fault }
    }
}

#[derive(Debug, Serialize)]
pub struct Ready {
    ready: bool,
    database: State,
    /// Acts are refused while it is behind the ledger.
    clock: State,
    short_jobs: State,
    long_jobs: State,
    disk: State,
}

impl Ready {
    pub fn is_ready(&self) -> bool {
        self.ready
    }
}

pub async fn look(app: &App) -> Ready {
    let now = app.ctx(Actor::System("ops"), Lang::Vi).now().as_microsecond();
    let asked = tokio::time::timeout(PATIENCE, db::clock_is_behind(&app.db().read(), now)).await;
    let (database, clock) = match asked {
        Ok(Ok(is_behind)) => (State::Ok, State::of(!is_behind)),
        Ok(Err(_)) | Err(_) => (State::Fault, State::Unknown),
    };
    let lane = |lane: Lane| State::of(app.db().pulse(lane).is_some_and(|ago| ago < LOST));
    let (short_jobs, long_jobs, disk) = (lane(Lane::Short), lane(Lane::Long), State::of(has_room(app).await));
    let ready = [database, clock, short_jobs, long_jobs, disk].iter().all(|state| *state == State::Ok);
    Ready { ready, database, clock, short_jobs, long_jobs, disk }
}

/// Under its quota, where it has one, and on the disk.
async fn has_room(app: &App) -> bool {
    app.room().look(0).await.is_ok() && doctor::disk(app).level != Level::Fault
}
