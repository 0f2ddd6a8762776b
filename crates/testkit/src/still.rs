//! A clock and ids that are the same in every run.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use kernel::{Clock, IdSource};

/// A clock that stands still until it is moved. It starts on 21 November 2026, 10:42 in Vietnam.
#[derive(Debug)]
pub struct FrozenClock(Mutex<Timestamp>);

impl Default for FrozenClock {
    fn default() -> Self {
        Self(Mutex::new("2026-11-21T03:42:00Z".parse().unwrap()))
    }
}

impl FrozenClock {
    /// The morning of a day in Vietnam.
    pub fn set(&self, day: jiff::civil::Date) {
        let morning = day.at(8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7)));
        *self.0.lock().unwrap() = morning.unwrap().timestamp();
    }

    pub fn move_by(&self, span: jiff::SignedDuration) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(span).unwrap();
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Ids that are the same in every run.
#[derive(Debug, Default)]
pub struct SeededIds(AtomicU64);

impl SeededIds {
    /// Those after the first so many.
    pub fn after(used: u64) -> Self {
        Self(AtomicU64::new(used))
    }

    pub fn used(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl IdSource for SeededIds {
    fn bits(&self) -> u128 {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}
