//! Word files: paragraphs, tables, automatic numbers and text boxes, in reading order.
//!
//! A few parts of the archive are read, each up to a limit; pictures and everything else stay closed.

mod archive;
mod attribute;
mod body;
mod numbering;
mod package;
mod said;
mod style;

use std::io::Cursor;

use crate::{Refusal, sheet::Sheet};

pub fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged("Word"))?;
    let parts = package::parts(&mut archive)?;
    let mut read = |name: &str| archive::part(&mut archive, name).map(Option::unwrap_or_default);
    let (document, styles, numbering) = (read(&parts.document)?, read(&parts.styles)?, read(&parts.numbering)?);
    body::read(&document, numbering::Numbering::read(&numbering, &styles), style::Styles::read(&styles))
}
