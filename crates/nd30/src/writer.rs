//! The port through which a paper becomes a file to send.

use std::fmt;

use crate::Paper;

/// Writes papers as files. Takes some tens of milliseconds of processor time: call it off the async threads.
pub trait Writer: Send + Sync + fmt::Debug {
    /// A Word file that opens without repair.
    fn docx(&self, paper: &Paper) -> Result<Vec<u8>, Error>;

    /// Pages as they are printed.
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, Error>;
}

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
