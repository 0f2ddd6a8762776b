//! What of the registry is more than single rows.

pub mod assessment;
pub mod components;
pub mod confirmation;
pub mod doubles;
pub mod figures;
pub mod landscape;
pub mod level;
pub mod list;
pub mod map;
pub mod moves;
pub mod ours;
pub mod papers;
pub mod rules;
pub mod seen;
pub mod telecom;
pub mod wave;
