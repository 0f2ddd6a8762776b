//! Why a child of this program, or a foreign one, gave no answer.

use programme::Error;

/// A longer answer is none: the server has to hold it.
pub const MAX_OUTPUT: usize = 32 * 1024 * 1024;

/// Why a child gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed {
    /// Too many wait already.
    Busy,
    /// The sandbox is missing: which package, setting or part of the kernel.
    NoSandbox(String),
    TooLong,
    Died(String),
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        let refused = |code, detail| Self::FileRefused { code, detail };
        match failed {
            Failed::Busy => Self::ReadersBusy,
            Failed::NoSandbox(lacking) => refused("plan-needs-sandbox", lacking),
            Failed::TooLong => refused("plan-too-large", String::new()),
            Failed::Died(how) => refused("plan-reader-died", how),
        }
    }
}
