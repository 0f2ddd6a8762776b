//! Typed relations between systems: who stops when one is switched off, what one needs, which go only together.

mod adjacency;
mod cycles;
mod impact;
mod model;
mod needs;

pub use cycles::{groups, ring};
pub use impact::{Effect, Impact, Struck};
pub use model::{Graph, Kind, OutOfRange, Relation};
pub use needs::Needs;
