//! A file that somebody sent.

use axum::body::Bytes;
use kernel::Problem;

use crate::{body::disk, large};

/// One uploaded file, streamed to a file without a name: it vanishes with this value, and with the process.
#[derive(Debug)]
pub struct Upload {
    pub file_name: String,
    pub size: u64,
    pub file: std::fs::File,
    /// The other fields of the form.
    pub fields: Vec<(String, String)>,
}

impl Upload {
    /// The whole file in memory, of which there is so much for all: waits for its place, and holds it as long as the
    /// bytes are there.
    pub async fn bytes(&self) -> Result<Bytes, Problem> {
        large::read(self.file.try_clone().map_err(disk)?, self.size).await
    }

    /// The same file, open once more; none where the system has no more files.
    pub(crate) fn again(&self) -> Option<Self> {
        let file = self.file.try_clone().ok()?;
        Some(Self { file_name: self.file_name.clone(), size: self.size, file, fields: vec![] })
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Whether what the file would do was seen, and is wanted.
    pub fn is_confirmed(&self) -> bool {
        self.field(CONFIRM).is_some()
    }
}

/// The field by which somebody says that they saw what a file would do.
pub(crate) const CONFIRM: &str = "confirm";
