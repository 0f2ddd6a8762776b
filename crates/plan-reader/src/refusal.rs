//! Why bytes are no document that is read.

/// Why a document is not read, for a person to act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the file is larger than 50 MB")]
    TooLarge,
    #[error("the file is empty")]
    Empty,
    /// Pages were recognised, and bear no letter.
    #[error("no letter was recognised in the picture")]
    Unlettered,
    #[error("this kind of file is not read: {0}")]
    Format(&'static str),
    #[error("the file is not text (byte {0})")]
    NotText(usize),
    #[error("the document is marked as a state secret ({0})")]
    Classified(&'static str),
    #[error("the {0} file is damaged")]
    Damaged(&'static str),
    #[error("the Word file is damaged: {part}, byte {at}")]
    Malformed { part: &'static str, at: u64 },
    #[error("the file is protected by a password")]
    Encrypted,
    /// Its pages must be recognised first.
    #[error("the file holds pictures of pages, or letters that say nothing")]
    Scan,
}
