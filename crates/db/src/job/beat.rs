//! Workers show that they are well, and others ask.

use std::time::Duration;

use super::row::Lane;
use crate::Db;

impl Db {
    pub(super) fn beat(&self, lane: Lane) {
        self.inner.pulse.beat(lane);
    }

    /// How long ago a lane last beat; none where it never did in this process. A lane that is well beats each second
    /// while it has nothing to do, and each 30 seconds while it works.
    pub fn pulse(&self, lane: Lane) -> Option<Duration> {
        self.inner.pulse.since(lane)
    }
}
