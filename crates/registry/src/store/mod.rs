//! What of the registry is more than single rows.

pub mod components;
pub mod confirmation;
pub mod doubles;
pub mod list;
pub mod ours;
pub mod papers;
