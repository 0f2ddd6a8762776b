//! What of the registry is more than single rows.

pub mod confirmation;
pub mod level;
pub mod list;
pub mod moves;
