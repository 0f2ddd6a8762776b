//! The pieces of a document in a format.

mod docx;
mod md;
mod txt;

pub use docx::{Look, docx};
pub use md::md;
pub use txt::{Layout, Rendered, layout, txt};
