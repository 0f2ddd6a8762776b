//! The port through which a domain gives what it counts by itself: the value of an indicator from the rows that it keeps.
//! And the one by which it hears what plans make of that value.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::{Ctx, Problem, SourceClass, UnitId};

/// A value that nobody typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub numerator: i64,
    /// 0 where the indicator does not apply.
    pub denominator: i64,
    /// The day whose rows were counted.
    pub on: Date,
    pub source: SourceClass,
    /// The page that opens it: what was counted, what was not, and why.
    pub href: String,
    /// What opening it asks for: the action, and the kind of what the unit keeps.
    pub opened_by: (&'static str, &'static str),
}

#[async_trait::async_trait]
pub trait Figures: Send + Sync + fmt::Debug {
    /// An indicator of a unit and all below it on a day; none where nobody counts it here, or not yet, and of a day that is over
    /// where nothing was kept: rows say how it is today and not how it was.
    ///
    /// # Errors
    /// Where the rows cannot be read.
    async fn value(&self, ctx: &Ctx, indicator: &str, unit: UnitId, as_of: Date) -> Result<Option<Counted>, Problem>;
}

/// How far a counted value has come: whoever follows a target confirms it, and publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Provisional,
    Confirmed,
    Published,
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Confirmed => "confirmed",
            Self::Published => "published",
        }
    }
}

/// What is said of a counted value at one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How its plan is called.
    pub plan: String,
    /// The page of the target.
    pub href: String,
    pub stage: Stage,
    /// Whose word it is; nobody's while it is provisional.
    pub by: Option<UnitId>,
    /// Of which period that word is: the key of its words, and what stands in them. The same number may come again later.
    pub period: Option<(&'static str, Vec<(&'static str, String)>)>,
}

#[async_trait::async_trait]
pub trait Stated: Send + Sync + fmt::Debug {
    /// At each target of a plan in force that measures this indicator for a unit and all below it, or for the whole province:
    /// what is said of the value (part and whole) that was counted for it.
    ///
    /// # Errors
    /// Where the rows cannot be read.
    async fn stated(&self, indicator: &str, unit: Option<UnitId>, counted: (i64, i64)) -> Result<Vec<Said>, Problem>;
}
