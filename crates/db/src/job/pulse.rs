//! The pulse of the lanes of this process: when each last looked for work, or showed that it is at it.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::row::Lane;

#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<[Option<Instant>; Lane::ALL.len()]>);

impl Pulse {
    pub(super) fn beat(&self, lane: Lane) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[lane as usize] = Some(Instant::now());
    }

    pub(super) fn since(&self, lane: Lane) -> Option<Duration> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[lane as usize].map(|at| at.elapsed())
    }
}
