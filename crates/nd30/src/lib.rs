//! Administrative documents in the layout of NĐ 30/2020/NĐ-CP, Appendix I: one [`Paper`], and its HTML.
//!
//! Pure: a paper goes in, text comes out. Files to send are written behind the port [`Writer`]. Nothing here knows what
//! a report is.
//! Start with [`Paper`].

mod form;
mod html;
mod measure;
mod paper;
mod writable;
mod writer;

pub use form::{
    DRAFT, appendix_name, attached_to, beside_signature, day_long, issuer_lines, number, place_and_day, recipients,
    title,
};
pub use html::html;
pub use measure::{Columns, columns, width};
pub use paper::{Appendix, Block, Cell, Column, Kind, Level, Paper, Run, Signer, Table};
pub use writable::writable;
pub use writer::{Error, Writer};
