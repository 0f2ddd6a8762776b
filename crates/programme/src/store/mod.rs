//! The only SQL of the programme.

pub mod part;
pub mod plan;
pub mod read_row;
pub mod role;
pub mod task;
