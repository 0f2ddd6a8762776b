//! What is done with level dossiers.

pub mod act;
pub mod check;
pub mod controls;
pub mod guard;
mod head;
pub mod known;
mod lacks;
pub mod own;
pub mod paper;
pub mod propose;
pub mod record;
pub mod undo;
