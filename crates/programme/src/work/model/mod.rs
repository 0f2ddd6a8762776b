//! Pure types and rules.

pub mod amend;
pub mod change;
pub mod clock;
pub mod compare_letter;
pub mod contact;
pub mod counts;
pub mod difficulty;
pub mod letter;
pub mod order;
pub mod outcome;
pub mod question;
pub mod state;
pub mod task;
pub mod trail;
