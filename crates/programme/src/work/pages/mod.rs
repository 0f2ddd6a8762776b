//! Pages.

pub(crate) mod amend;
pub(crate) mod assign;
pub(crate) mod changed;
pub(crate) mod compare_letter;
pub(crate) mod contact;
pub(crate) mod difficulties;
pub(crate) mod grouped;
pub(crate) mod letters;
pub(crate) mod list;
pub(crate) mod part;
pub(crate) mod questions;
pub(crate) mod register;
pub(crate) mod route;
pub(crate) mod task;
pub(crate) mod tracking;
