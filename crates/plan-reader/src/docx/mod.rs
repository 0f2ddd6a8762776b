//! Word files: paragraphs, tables, automatic numbers and text boxes, in reading order.
//!
//! A few parts of the archive are read, each up to a limit; pictures and everything else stay closed.

mod attribute;
mod body;
mod numbering;
mod package;
mod said;
mod style;

use std::io::{Cursor, Read};

use crate::{Refusal, sheet::Sheet};

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Uncompressed bytes of one part. A plan of 1,000 pages has about 10 MB.
const MAX_PART: u64 = 128 * 1024 * 1024;

pub fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged("Word"))?;
    let parts = package::parts(&mut archive)?;
    let mut read = |name: &str| part(&mut archive, name).map(Option::unwrap_or_default);
    let (document, styles, numbering) = (read(&parts.document)?, read(&parts.styles)?, read(&parts.numbering)?);
    body::read(&document, numbering::Numbering::read(&numbering, &styles), style::Styles::read(&styles))
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged("Word"))?;
    if bytes.len() as u64 > MAX_PART {
        return Err(Refusal::TooLarge);
    }
    Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
}
