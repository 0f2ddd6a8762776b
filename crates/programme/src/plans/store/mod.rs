//! The only SQL of it.

pub mod cascade;
pub mod confirmation;
pub mod finding;
pub mod link;
pub mod pair;
pub mod passage;
pub mod plan;
pub mod plan_assigned;
pub mod plan_end;
pub mod public;
pub mod read_duty;
pub mod read_row;
pub mod read_target;
pub mod role;
