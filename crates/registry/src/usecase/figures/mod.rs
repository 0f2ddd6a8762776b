//! What is done with frozen lists and milestones, and how values are counted and kept.

pub mod baseline_add;
pub mod baseline_approve;
pub mod baseline_change;
pub mod baseline_list;
pub mod baseline_make;
pub mod catalogue;
pub mod keep;
pub mod milestone;
mod port;
pub mod undo;
pub mod value;

pub use self::port::OwnFigures;
