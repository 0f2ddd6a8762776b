//! What people say of a project when they open it and later.

use db::Words;
use derive::Record;
use jiff::civil::Date;
use kernel::{Problem, UnitId};
use webkit::Reading;

use super::{
    Migration, Strategy,
    migration::{SHORTEST, bare},
};
use crate::model::SystemHosting;

/// The fields of its form.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(settle = settled)]
pub struct Plan {
    #[field(usual = Strategy::Rehost)]
    pub strategy: Strategy,
    #[field(label = "migration-to", usual = SystemHosting::ProvincialCloud)]
    pub to_hosting: SystemHosting,
    #[field(name = "runner", label = "migration-runner")]
    pub runner_id: Option<UnitId>,
    #[field(label = "migration-wave", within = 1..999)]
    pub wave: Option<i64>,
    #[field(label = "migration-window-begins")]
    pub window_begins: Option<Date>,
    #[field(label = "migration-window-ends")]
    pub window_ends: Option<Date>,
    #[field(label = "migration-window-hours", words = 100)]
    pub window_hours: Option<Words>,
    #[field(label = "migration-announcement", words = 200)]
    pub announcement: Option<Words>,
    #[field(label = "migration-announced-on")]
    pub announced_on: Option<Date>,
    #[field(label = "migration-checksum-given", identifier = 140)]
    pub checksum_given: Option<String>,
    #[field(label = "migration-checksum-verified", identifier = 140)]
    pub checksum_verified: Option<String>,
}

impl Plan {
    pub fn of(row: &Migration) -> Self {
        Self {
            strategy: row.strategy,
            to_hosting: row.to_hosting,
            runner_id: row.runner_id,
            wave: row.wave,
            window_begins: row.window_begins,
            window_ends: row.window_ends,
            window_hours: row.window_hours.clone(),
            announcement: row.announcement.clone(),
            announced_on: row.announced_on,
            checksum_given: row.checksum_given.clone(),
            checksum_verified: row.checksum_verified.clone(),
        }
    }

    pub fn put(self, row: Migration) -> Migration {
        Migration {
            strategy: self.strategy,
            to_hosting: self.to_hosting,
            runner_id: self.runner_id,
            wave: self.wave,
            window_begins: self.window_begins,
            window_ends: self.window_ends,
            window_hours: self.window_hours,
            announcement: self.announcement,
            announced_on: self.announced_on,
            checksum_given: self.checksum_given,
            checksum_verified: self.checksum_verified,
            ..row
        }
    }

    /// A window ends after it begins, an announcement has its day and its number, and a checksum is long enough to
    /// prove something.
    fn settled(self, reading: &mut Reading<'_>, over: Option<&Self>) -> Self {
        let sums = |plan: &Self| [plan.checksum_given.clone(), plan.checksum_verified.clone()];
        let before = over.map(sums).unwrap_or_default();
        for ((field, now), was) in ["checksum_given", "checksum_verified"].into_iter().zip(sums(&self)).zip(before) {
            if now != was && now.is_some_and(|text| bare(&text).len() < SHORTEST) {
                reading.refuse(field, Problem::bad_input("migration-checksum-short").with("least", SHORTEST));
            }
        }
        if self.window_ends.is_some() && self.window_begins.is_none() {
            reading.refuse("window_begins", Problem::bad_input("field-empty"));
        }
        if self.window_begins.zip(self.window_ends).is_some_and(|(begins, ends)| ends < begins) {
            reading.refuse("window_ends", Problem::bad_input("migration-window-backwards"));
        }
        if self.announced_on.is_some() && self.announcement.is_none() {
            reading.refuse("announcement", Problem::bad_input("field-empty"));
        }
        if self.announcement.is_some() && self.announced_on.is_none() {
            reading.refuse("announced_on", Problem::bad_input("field-empty"));
        }
        self
    }
}
