//! The only SQL of the programme.

pub mod cascade;
pub mod charge;
pub mod difficulty;
pub mod due;
pub mod duty;
pub mod entry;
pub mod evidence;
pub mod extension;
pub mod finding;
pub mod held;
pub mod letter;
pub mod link;
pub mod part;
pub mod passage;
pub mod plan;
pub mod question;
pub mod read_row;
pub mod read_target;
pub mod red;
pub mod register;
pub mod report;
pub mod role;
pub mod step;
pub mod target;
pub mod task;
pub mod value;
