//! The only SQL of it.

pub mod change;
pub mod contact;
pub mod difficulty;
pub mod due;
pub mod entry;
pub mod evidence;
pub mod extension;
pub mod held;
pub mod image;
pub mod letter;
pub mod lists;
pub mod part;
pub mod question;
pub mod red;
pub mod register;
pub mod step;
pub mod task;
pub mod unit_sort;
pub mod unled;
