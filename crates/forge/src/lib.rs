//! Makes documents with known answers, to measure how well the reader reads.
//!
//! A document is composed of a house, a head, a kind, forms of orders, bodies, figures, terms and what orders nothing,
//! by chance that a seed decides. What was composed is the answer. Start with [`document`] and [`score`]. For tests and
//! chores: nothing of the program depends on it, and the reader must know none of its word lists.

mod answer;
mod bodies;
mod chapters;
mod compose;
mod dice;
mod draft;
mod figures;
mod fold;
mod forged;
mod forms;
mod head;
mod house;
mod merged;
mod noise;
mod orders;
mod piece;
mod render;
mod same;
mod score;
mod sure;
mod tables;
mod tally;
mod targets;
mod times;
mod words;

pub use answer::{Answer, Duty, DutyKind, Form, Source, Target, Task, When};
pub use forged::{Forged, document, document_with};
pub use house::Kind;
pub use render::{Layout, WordForm};
pub use score::{Found, Score, score};
pub use sure::{Row, Step, Sure};
pub use tally::Tally;
pub use words::Words;
