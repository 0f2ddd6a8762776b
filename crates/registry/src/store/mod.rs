//! What of the registry is more than single rows.

pub mod confirmation;
pub mod figures;
pub mod list;
pub mod map;
