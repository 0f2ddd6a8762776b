//! The pages of systems; their register is `list`, and what their forms do is in `api`.

pub mod add;
pub mod assessment;
pub mod certificates;
pub mod components;
pub mod confirmations;
pub mod doubles;
pub mod figures;
pub mod form;
pub mod groups;
pub mod heads;
pub mod impact;
pub mod import;
pub mod level;
pub mod merge;
pub mod moves;
pub mod ours;
pub mod proofs;
pub mod questions;
pub mod road;
pub mod rules;
pub mod show;
pub mod wave_moves;
pub mod waves;
