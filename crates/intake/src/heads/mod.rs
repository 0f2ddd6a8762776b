//! The heads of tables.

mod assign;
mod find;
mod name;
mod stack;

pub use find::{Column, Found, HeadDoubt, Heads};
pub use name::Name;
