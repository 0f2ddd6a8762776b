//! The pulse of the lanes of this process: when each last looked for work, or showed that it is at it.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::Lane;
use crate::Db;

#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<[Option<Instant>; Lane::ALL.len()]>);

impl Db {
    pub(super) fn beat(&self, lane: Lane) {
        self.inner.pulse.0.lock().unwrap_or_else(PoisonError::into_inner)[lane as usize] = Some(Instant::now());
    }

    /// How long ago a lane last beat; none where it never did in this process. A lane that is well beats each second
    /// while it has nothing to do, and each 30 seconds while it works.
    pub fn pulse(&self, lane: Lane) -> Option<Duration> {
        let beats = self.inner.pulse.0.lock().unwrap_or_else(PoisonError::into_inner);
        beats[lane as usize].map(|at| at.elapsed())
    }
}
