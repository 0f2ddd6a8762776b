//! A [`nd30::Paper`] as a file that leaves the house: DOCX by docx-rs, PDF by typst.
//!
//! Pure: a paper goes in, bytes come out. The DOCX names Times New Roman and carries no font; the PDF carries the free
//! font that the caller gives, of the same widths. A crate of its own, so that who edits papers does not wait for the
//! typesetter: domains know only the port [`nd30::Writer`].
//! Start with [`docx()`] and [`pdf()`].

mod docx;
mod frame;
mod grid;
mod letters;
mod package;
mod pdf;

pub use docx::docx;
pub use pdf::{Fonts, pdf};
