//! What the registry of information systems decides, on plain inputs.
//!
//! Owns: impact over typed relations (`graph`), open rule tables (`table`) and the two that ship (`strategy`, `level`),
//! questionnaires (`questions`), priority (`priority`), waves (`waves`), cost (`cost`). Never: I/O, a clock, rows of a
//! database, words for people other than those of the data files. Start at `table::Table` and `graph::Graph`.

pub mod cost;
pub mod graph;
pub mod level;
pub mod priority;
pub mod questions;
pub mod strategy;
pub mod table;
pub mod waves;
mod words;

pub use words::{Coded, Edition, Status, Words};
