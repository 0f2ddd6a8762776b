//! What is done with the list of state-owned enterprises, and with what they sign.

pub mod forms;
pub mod listed;
pub mod seen;
pub mod undo;
