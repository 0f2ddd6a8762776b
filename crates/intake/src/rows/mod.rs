//! The rows of tables.

mod asked;
mod line;
mod read;
mod shape;
mod sort;
mod sums;
mod words;

pub use line::{Line, Row, RowDoubt, Why};
pub use read::Read;
