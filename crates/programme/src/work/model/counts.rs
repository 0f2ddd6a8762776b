//! The table leaders know.

use serde::{Deserialize, Serialize};

/// The table leaders know, for one body or one task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Counts {
    pub total: i64,
    pub done: i64,
    pub done_late: i64,
    /// Reported done, not accepted yet. None in reports that were sealed before this was told apart.
    #[serde(default)]
    pub reported: i64,
    pub running: i64,
    pub late: i64,
    pub not_yet: i64,
    pub stopped: i64,
}

impl Counts {
    /// Done and accepted.
    pub fn finished(&self) -> i64 {
        self.done + self.done_late
    }

    /// What is judged by its day: finished, or late now.
    pub fn judged(&self) -> i64 {
        self.finished() + self.late
    }

    pub fn add(&mut self, other: Self) {
        self.total += other.total;
        self.done += other.done;
        self.done_late += other.done_late;
        self.reported += other.reported;
        self.running += other.running;
        self.late += other.late;
        self.not_yet += other.not_yet;
        self.stopped += other.stopped;
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, counts| {
            sum.add(counts);
            sum
        })
    }
}
