//! Tables as text.

mod delimiter;
mod quotes;
mod records;
mod table;

pub use table::{CsvDoubt, CsvRow, MOST_CELLS, Table, table};
