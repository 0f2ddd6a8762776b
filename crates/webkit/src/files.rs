//! Files that somebody brings to be kept: what they may be, what is asked of them first, and how they are given out.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use axum::body::Bytes;
use db::{BlobHash, Tx};
use kernel::{Problem, ProblemKind};

use crate::{Core, Outcome, Req, Scan, Scanner};

/// Largest file in bytes.
pub const LARGEST_FILE: usize = 50 * 1024 * 1024;

/// Files that offices exchange: the ending, and what the bytes must be.
const KINDS: [(&str, &[&str]); 13] = [
    ("pdf", &["pdf"]),
    ("docx", &["docx", "zip"]),
    ("xlsx", &["xlsx", "zip"]),
    ("pptx", &["pptx", "zip"]),
    ("odt", &["odt", "zip"]),
    ("ods", &["ods", "zip"]),
    ("doc", &["doc", "msi"]),
    ("xls", &["xls", "doc", "msi"]),
    ("zip", &["zip"]),
    ("png", &["png"]),
    ("jpg", &["jpg"]),
    ("jpeg", &["jpg"]),
    ("mp4", &["mp4", "m4v"]),
];

/// What the pictures in a file say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Clear,
    /// A mark of secrecy.
    Said(String),
    /// Nobody can read them, today or later.
    Unreadable,
}

/// Looks for marks of secrecy where foreign bytes can do no harm.
#[async_trait]
pub trait FileLook: Send + Sync + fmt::Debug {
    /// Refuses a file whose text bears a mark; whether pages of it are pictures, which nobody has read yet.
    async fn has_pictures(&self, bytes: Bytes) -> Result<bool, Problem>;

    /// Reads its pictures, which takes long.
    async fn mark(&self, bytes: Vec<u8>) -> Result<Mark, Problem>;
}

/// What looks at files, as modules find it among the services.
pub type FileLookPort = Arc<dyn FileLook>;

/// The ending of a file's name.
pub fn file_ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// Refuses a file whose ending is not known, or whose bytes are something else.
///
/// # Errors
/// In words, at the field `file`.
pub fn check_file(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    let ending = file_ending(name);
    let refused = |code| Problem::bad_input(code).with("name", name).with("ending", &ending).field("file", code);
    let (_, kinds) = KINDS.iter().find(|(known, _)| *known == ending).ok_or_else(|| refused("file-ending"))?;
    let found = infer::get(bytes).map(|kind| kind.extension()).unwrap_or_default();
    if kinds.contains(&found) { Ok(()) } else { Err(refused("file-not-what-it-says")) }
}

/// Looks at a file before anything of it is kept.
///
/// # Errors
/// In words: larger than so many bytes, of no known kind, infected.
pub async fn scanned_file(core: &Core, name: &str, bytes: &Bytes, limit: u64) -> Result<Scan, Problem> {
    if bytes.len() as u64 > limit {
        return Err(Problem::new(ProblemKind::TooLarge, "file-too-large").with("limit", limit / 1024 / 1024));
    }
    check_file(name, bytes)?;
    core.get::<Scanner>()?.scan(bytes).await
}

/// Names a stored file inside the open act that takes it in.
pub async fn name_file(tx: &Tx, hash: &BlobHash, size: usize, scan: Scan) -> Result<(), Problem> {
    tx.keep_blob(hash, i64::try_from(size).unwrap_or(i64::MAX), "application/octet-stream").await?;
    if scan == Scan::Clean {
        tx.blob_scanned(hash, tx.ctx().now()).await?;
    }
    Ok(())
}

/// A file that was looked at and is stored, for a row that will name it.
#[derive(Debug)]
pub struct StoredFile {
    pub hash: BlobHash,
    /// Pages of it are pictures: a job must look at them for marks of secrecy.
    pub has_pictures: bool,
    size: usize,
    scan: Scan,
}

impl StoredFile {
    /// Looks at the bytes, scans and stores them.
    ///
    /// # Errors
    /// As of [`scanned_file`], and where it is marked as secret.
    pub async fn of(core: &Core, name: &str, bytes: Bytes) -> Result<Self, Problem> {
        let scan = scanned_file(core, name, &bytes, LARGEST_FILE as u64).await?;
        let has_pictures = core.get::<FileLookPort>()?.has_pictures(bytes.clone()).await?;
        let size = bytes.len();
        let hash = core.db().blobs().put(bytes).await?;
        Ok(Self { hash, has_pictures, size, scan })
    }

    /// Names it inside the open act that takes it in.
    pub async fn name(&self, tx: &Tx) -> Result<(), Problem> {
        name_file(tx, &self.hash, self.size, self.scan).await
    }
}

/// A stored file as an attachment, under a name that every system accepts.
pub async fn attachment(req: &Req, file_name: &str, hash: &BlobHash) -> Outcome {
    let file = req.app.db().blobs().open(hash).await?;
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, "txt"));
    let name = format!("{}.{}", kernel::text::file_stem(stem), kernel::text::file_stem(extension));
    Req::stored_file(&name, "application/octet-stream", file)
}

#[cfg(test)]
mod tests {
    use super::check_file;

    #[test]
    fn a_file_must_be_what_its_ending_says() {
        assert!(check_file("a.pdf", b"%PDF-1.7 ...").is_ok());
        assert_eq!(check_file("a.pdf", b"MZ\x90\0").unwrap_err().code, "file-not-what-it-says");
        assert_eq!(check_file("a.exe", b"MZ\x90\0").unwrap_err().code, "file-ending");
        assert_eq!(check_file("khong-duoi", b"").unwrap_err().code, "file-ending");
        assert!(check_file("a.DOCX", b"PK\x03\x04").is_ok());
    }
}
