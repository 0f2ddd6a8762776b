//! Administrative documents in the layout of NĐ 30/2020/NĐ-CP, Appendix I: one [`Paper`], written as DOCX, PDF and HTML.
//!
//! Pure: a paper goes in, bytes come out. The DOCX names Times New Roman and carries no font; the PDF carries the free
//! font that the caller gives, of the same widths. Nothing here knows what a report is.
//! Start with [`Paper`].

mod docx;
mod form;
mod html;
mod paper;
mod pdf;
mod writable;

pub use docx::docx;
pub use form::{day_long, number};
pub use html::html;
pub use paper::{Appendix, Block, Kind, Level, Paper, Run, Signer, Table};
pub use pdf::{Fonts, pdf};

/// What can go wrong while a paper is written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the font is missing or damaged")]
    NoFont,
    #[error("typesetting: {0}")]
    Typeset(String),
    #[error("packing: {0}")]
    Pack(String),
}
