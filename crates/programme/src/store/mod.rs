//! The only SQL of the programme.

pub mod cascade;
pub mod finding;
pub mod link;
pub mod part;
pub mod passage;
pub mod plan;
pub mod read_row;
pub mod read_target;
pub mod role;
pub mod target;
pub mod task;
