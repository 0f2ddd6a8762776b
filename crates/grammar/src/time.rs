//! Times as plans, letters and conclusions write them.
//!
//! [`scan`] finds every time of a text: days, months, quarters, half-years, years, ranges and stages; what recurs; what
//! is counted from something; events. [`deadline`] says which of them a clause gives its work. Nothing is moved: "trước
//! ngày 30/6" is the 30th with [`Bound::Before`], and a day that does not exist is kept as written, with a doubt.

mod bound;
mod dated;
mod deadline;
mod digits;
mod doubt;
mod event;
mod model;
mod on;
mod point;
mod recurring;
mod relative;
mod role;
mod scan;
mod stage;
mod written;

pub use deadline::deadline;
pub use model::{Bound, Doubt, Every, Found, InMonth, On, Part, Role, Time, Unit};
pub(crate) use scan::{Piece, pieces};

/// Every time that a text (in NFC) names, in its order; none overlaps another. Spans are bytes of the text.
pub fn scan(text: &str) -> Vec<Found> {
    pieces(&crate::token::Tokens::of(text)).into_iter().map(|piece| piece.found).collect()
}
