//! How Vietnamese administrative texts write numbers, times, bodies and document numbers.
//!
//! Each module scans a text (in NFC) and returns every find with its place, byte offsets into the text it was given.
//! Nothing here chooses among the finds: whoever reads a clause picks by place, never "the first match".

mod blanks;
pub mod body;
pub mod document_number;
mod letter;
pub mod number;
mod spelled;
pub mod time;
mod token;
mod unit;

pub use blanks::collapse;
