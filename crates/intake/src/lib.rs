//! Foreign bytes and foreign tables, before anybody asks what they are about.
//!
//! Owns: what the letters of a file are (`decode`), where the cells of a CSV are (`table`), which column is which
//! (`Heads`), what each row is (`Row`). Never: I/O, words for people, what a domain means by a value. Start at `decode`
//! for bytes, at `Heads::find` for sheets.

mod cell;
mod csv;
mod decode;
mod figure;
mod fold;
mod grid;
mod heads;
mod rows;
mod syllable;
mod trouble;

pub use cell::{Broken, Cell};
pub use csv::{CsvDoubt, CsvRow, MOST_CELLS, Table, table};
pub use decode::{Charset, Decoded, Doubt, OldFont, decode, has_pair};
pub use figure::{Figure, figure};
pub use fold::fold;
pub use grid::{Area, Grid};
pub use heads::{Column, Found, HeadDoubt, Heads, Name};
pub use rows::{Line, Read, Row, RowDoubt, Why};
pub use syllable::is_syllable;
pub use trouble::Trouble;
