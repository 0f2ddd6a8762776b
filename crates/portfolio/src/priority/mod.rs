//! Which system first: a weighted sum that explains itself, over weights that anybody can read and change.

mod score;
mod sensitivity;
mod weights;

pub use score::{Profile, Score, Term, ranked};
pub use sensitivity::{Moved, Shift};
pub use weights::{CriterionText, SHIPPED, WeightFault, Weights, WeightsText};
