//! The port through which a domain gives what it counts by itself: the value of an indicator from the rows that it keeps.

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
