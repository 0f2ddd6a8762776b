//! Systems for programs; what is also done by forms is done by the same handlers.

pub mod appraise;
pub mod cost;
mod document;
pub mod figures;
pub mod inventory;
pub mod label;
pub mod level;
pub mod moves;
pub mod proofs;
pub mod systems;
pub mod telecom;

pub use self::document::document;
