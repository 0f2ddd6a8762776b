//! Parts of the archive, each up to a limit.

use std::io::{Cursor, Read};

use crate::Refusal;

pub type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Uncompressed bytes of one part. A plan of 1,000 pages has about 10 MB.
const MAX_PART: u64 = 128 * 1024 * 1024;

pub fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged("Word"))?;
    if bytes.len() as u64 > MAX_PART {
        return Err(Refusal::TooLarge);
    }
    Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
}
