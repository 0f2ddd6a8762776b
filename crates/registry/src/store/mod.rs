//! What of the registry is more than single rows.

pub mod confirmation;
pub mod list;
pub mod level;
pub mod moves;
