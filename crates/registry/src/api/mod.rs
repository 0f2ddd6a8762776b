//! Systems for programs; what is also done by forms is done by the same handlers.

pub mod appraise;
mod document;
pub mod figures;
pub mod inventory;
pub mod level;
pub mod moves;
pub mod proofs;
pub mod systems;

pub use self::document::document;
