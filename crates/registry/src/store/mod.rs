//! What of the registry is more than single rows.

pub mod assessment;
pub mod confirmation;
pub mod landscape;
pub mod list;
pub mod rules;
pub mod seen;
pub mod wave;
