//! One verb per file: authorise, load, decide, store, ledger.

pub(crate) mod authority;
pub mod chase;
pub mod difficulty;
pub mod evidence;
pub mod extension;
pub mod helper;
pub mod letter;
pub mod paper;
pub mod part_act;
pub mod part_undo;
pub mod question;
pub mod route;
pub mod step;
pub mod task_assign;
pub mod tracking;
