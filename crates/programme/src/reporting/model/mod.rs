//! Pure types and rules.

pub mod content;
pub mod desk;
pub mod note;
pub mod outside;
pub mod reception;
pub mod rights;
pub mod similar;
pub mod states;
pub mod step;
