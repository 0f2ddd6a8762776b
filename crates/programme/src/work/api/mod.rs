//! JSON.

pub(crate) mod amend;
pub(crate) mod compare_letter;
pub(crate) mod contact;
pub(crate) mod tasks;
pub(crate) mod together;
pub(crate) mod words;
pub(crate) mod work;
