//! How papers become files: written by `nd30-write`, with the fonts that are embedded beside the pages' styles.

use std::sync::OnceLock;

use nd30::{Error, Paper, Writer};
use nd30_write::Fonts;

const FONTS: [&str; 4] = ["tinos-regular.ttf", "tinos-bold.ttf", "tinos-italic.ttf", "tinos-bold-italic.ttf"];

/// Writes the papers of every domain.
#[derive(Debug)]
pub struct Papers;

impl Writer for Papers {
    fn docx(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        nd30_write::docx(paper)
    }

    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, Error> {
        nd30_write::pdf(paper, fonts().ok_or(Error::NoFont)?)
    }
}

/// Unpacked once, when the first PDF is set; none where they were not built.
fn fonts() -> Option<&'static Fonts> {
    static READ: OnceLock<Option<Fonts>> = OnceLock::new();
    READ.get_or_init(|| Fonts::new(FONTS.into_iter().filter_map(webkit::asset_bytes)).ok()).as_ref()
}
