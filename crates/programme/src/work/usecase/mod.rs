//! One verb per file: authorise, load, decide, store, ledger.

pub(crate) mod authority;
pub mod change;
pub mod change_undo;
pub mod chase;
pub mod contact;
pub mod difficulty;
pub mod evidence;
pub mod extension;
pub mod helper;
pub mod letter;
pub(crate) mod naming;
pub mod paper;
pub mod part_act;
pub mod part_undo;
pub mod question;
pub mod remembered;
pub mod route;
pub mod step;
pub mod task_amend;
pub mod task_assign;
pub mod task_shape;
pub mod task_stop;
pub(crate) mod timing;
pub(crate) mod told;
pub mod tracking;
pub(crate) mod wait;
