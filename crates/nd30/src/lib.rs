//! Administrative documents in the layout of NĐ 30/2020/NĐ-CP, Appendix I: one [`Paper`], and its HTML.
//!
//! Pure: a paper goes in, text comes out. Files to send are written behind the port [`Writer`]. Nothing here knows what
//! a report is.
//! Start with [`Paper`].

mod form;
mod html;
mod paper;
mod writable;
mod writer;

pub use form::{appendix_name, attached_to, day_long, number, place_and_day, recipients};
pub use html::html;
pub use paper::{Appendix, Block, Kind, Level, Paper, Run, Signer, Table};
pub use writable::writable;
pub use writer::{Error, Writer};
