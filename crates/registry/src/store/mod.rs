//! What of the registry is more than single rows.

pub mod assessment;
pub mod checks;
pub mod components;
pub mod confirmation;
pub mod contracts;
pub mod cost;
pub mod doubles;
pub mod enterprise;
pub mod figures;
pub mod label;
pub mod landscape;
pub mod level;
pub mod links;
pub mod list;
pub mod map;
pub mod moves;
pub mod ours;
pub mod papers;
pub mod rules;
pub mod seen;
pub mod telecom;
pub mod veiled;
pub mod wave;
