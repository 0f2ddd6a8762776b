//! What is done with migrations.

pub mod act;
pub mod edit;
pub mod lead;
pub mod open;
pub mod seen;
pub mod step;
mod timing;
pub mod undo;
pub mod wave;
