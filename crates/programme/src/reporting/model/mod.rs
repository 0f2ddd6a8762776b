//! Pure types and rules.

pub mod content;
pub mod desk;
pub mod note;
pub mod rights;
pub mod similar;
pub mod states;
pub mod step;
