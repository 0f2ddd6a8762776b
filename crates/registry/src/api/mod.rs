//! Systems for programs; what is also done by forms is done by the same handlers.

pub mod appraise;
pub mod baselines;
pub mod cost;
mod document;
pub mod enterprises;
pub mod figures;
pub mod inventory;
pub mod label;
pub mod level;
pub mod moves;
pub mod paged;
pub mod proofs;
pub mod systems;
pub mod telecom;
pub mod waves;

pub use self::document::document;
