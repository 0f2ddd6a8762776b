//! The pieces of a document in a format.

mod blanks;
mod docx;
mod html;
mod md;
mod rtf;
mod txt;
mod word_form;
mod word_table;

pub use blanks::blanks;
pub use docx::docx;
pub use html::html;
pub use md::md;
pub use rtf::rtf;
pub use txt::{Layout, Rendered, layout, txt};
pub use word_form::WordForm;
