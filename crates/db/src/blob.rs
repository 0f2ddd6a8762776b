//! Files by content: the name is the SHA-256 of the bytes, so writing twice is writing once.
//!
//! A blob is written before the row that names it ([`crate::Tx::keep_blob`]). Nothing but the sweep deletes one.

mod keep;

use std::{
    fmt,
    fs::{DirBuilder, OpenOptions},
    io::{Read as _, Seek as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use kernel::Problem;
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as StorePath};
use sha2::{Digest, Sha256};

use crate::{DbError, Reader, folder::sync_folder, vals};

/// SHA-256 of the content, in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobHash(String);

impl BlobHash {
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self) -> StorePath {
        StorePath::from(self.place())
    }

    fn place(&self) -> String {
        format!("{}/{}", &self.0[..2], &self.0[2..])
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    folder: PathBuf,
}

/// How a stored blob is not what its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Missing,
    Damaged,
}

impl Blobs {
    pub fn local(folder: &Path) -> Result<Self, DbError> {
        let say = |error: &dyn fmt::Display| DbError::Other(format!("{}: {error}", folder.display()));
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| say(&error))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| say(&error))?;
        Ok(Self { store: Arc::new(store), folder: folder.to_owned() })
    }

    /// Stores the bytes; safe to repeat. A file that was there is written anew, so that its age starts again.
    pub async fn put(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<BlobHash, Problem> {
        let folder = self.folder.clone();
        let lay = move || {
            let bytes = bytes.as_ref();
            let hash = BlobHash::of(bytes);
            lay_down(&folder.join(hash.place()), bytes).map(|()| hash)
        };
        tokio::task::spawn_blocking(lay).await.map_err(Problem::internal)?.map_err(|error| unkept(&error))
    }

    /// Takes away what a `put` that was killed before a moment in seconds left; returns how many files.
    pub(crate) async fn clear_unfinished(&self, moment: i64) -> Result<usize, Problem> {
        let folder = self.folder.clone();
        let before = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(moment).unwrap_or(0));
        // One may be finished while we look.
        let is_old =
            move |file: &Path| std::fs::metadata(file).and_then(|meta| meta.modified()).is_ok_and(|at| at < before);
        let clear = move || -> std::io::Result<usize> {
            let files = unfinished(&folder)?;
            Ok(files.iter().filter(|file| is_old(file) && std::fs::remove_file(file).is_ok()).count())
        };
        tokio::task::spawn_blocking(clear).await.map_err(Problem::internal)?.map_err(|error| unkept(&error))
    }

    pub async fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, Problem> {
        let bytes = self.bytes(hash).await.map_err(|error| storage(&error))?;
        if BlobHash::of(&bytes) == *hash {
            Ok(bytes)
        } else {
            Err(Problem::internal(format!("blob {hash} is damaged")))
        }
    }

    /// The file itself, once all of it was found to be what its name says; it is not held in memory for that.
    pub async fn open(&self, hash: &BlobHash) -> Result<std::fs::File, Problem> {
        let place = self.folder.join(hash.place());
        let opened = tokio::task::spawn_blocking(move || opened(&place)).await.map_err(Problem::internal)?;
        let (file, found) = opened.map_err(|error| unkept(&error))?;
        if found == *hash { Ok(file) } else { Err(Problem::internal(format!("blob {hash} is damaged"))) }
    }

    async fn bytes(&self, hash: &BlobHash) -> Result<Vec<u8>, object_store::Error> {
        Ok(self.store.get(&hash.path()).await?.bytes().await?.to_vec())
    }

    /// The bytes where they are what their name says, and else how they are not.
    pub(crate) async fn look(&self, hash: &BlobHash) -> Result<Result<Vec<u8>, Fault>, Problem> {
        match self.bytes(hash).await {
            Ok(bytes) if BlobHash::of(&bytes) == *hash => Ok(Ok(bytes)),
            Ok(_) => Ok(Err(Fault::Damaged)),
            Err(object_store::Error::NotFound { .. }) => Ok(Err(Fault::Missing)),
            // One unreadable sector must not keep the rest from being read.
            Err(error) if error.to_string().contains("os error 5") => Ok(Err(Fault::Damaged)),
            Err(error) => Err(storage(&error)),
        }
    }

    /// Since when the file has been there, in seconds; none where there is none.
    pub(crate) async fn since(&self, hash: &BlobHash) -> Result<Option<i64>, Problem> {
        match self.store.head(&hash.path()).await {
            Ok(meta) => Ok(Some(meta.last_modified.timestamp())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(storage(&error)),
        }
    }

    /// For the sweep alone.
    pub(crate) async fn remove(&self, hash: &BlobHash) -> Result<(), Problem> {
        match self.store.delete(&hash.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(storage(&error)),
        }
    }

    /// Every file here that is older than a moment in seconds.
    pub(crate) async fn older(&self, moment: i64) -> Result<Vec<BlobHash>, Problem> {
        use futures::TryStreamExt;
        let old = |file: object_store::ObjectMeta| {
            let is_old = file.last_modified.timestamp() < moment;
            let hash = BlobHash::parse(&file.location.as_ref().replace('/', ""));
            async move { Ok(hash.filter(|_| is_old)) }
        };
        self.store.list(None).try_filter_map(old).try_collect().await.map_err(|error| storage(&error))
    }
}

/// A file at its beginning, and what its bytes are called.
fn opened(place: &Path) -> std::io::Result<(std::fs::File, BlobHash)> {
    let (mut file, mut digest) = (std::fs::File::open(place)?, Sha256::new());
    digest_file(&mut file, &mut digest)?;
    Ok((file, BlobHash(hex::encode(digest.finalize()))))
}

/// Feeds a file that is at its beginning to a digest, piece by piece, and leaves it at its beginning.
pub fn digest_file(file: &mut std::fs::File, digest: &mut Sha256) -> std::io::Result<()> {
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return file.rewind(),
            read => digest.update(&piece[..read]),
        }
    }
}

/// Written beside its place, on the disk, and only then put there: a row that names it outlasts a power cut, so must
/// the blob, and one that is there is never half.
fn lay_down(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let prefix = place.parent().unwrap_or(place);
    DirBuilder::new().recursive(true).mode(0o700).create(prefix)?;
    let mut own = [0u8; 8];
    getrandom::fill(&mut own).map_err(|error| std::io::Error::other(error.to_string()))?;
    let part = place.with_extension(format!("{}.part", hex::encode(own)));
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&part, place)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    written?;
    sync_folder(place)?;
    sync_folder(prefix)
}

/// Files beside the place of a blob: `<rest of the hash>.<own>.part`, and `<rest>#<number>` of earlier versions.
fn unfinished(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let is_part = |name: &str| {
        let hash = name.split(['.', '#']).next().unwrap_or_default();
        hash.len() == 62 && hash.len() < name.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut out = Vec::new();
    for prefix in std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()? {
        if !prefix.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(prefix.path())? {
            let file = file?;
            if file.file_name().to_str().is_some_and(is_part) && file.file_type()?.is_file() {
                out.push(file.path());
            }
        }
    }
    Ok(out)
}

fn unkept(error: &std::io::Error) -> Problem {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { "disk-full" } else { "storage-unavailable" };
    Problem::new(kernel::ProblemKind::Unavailable, code).because(error)
}

fn storage(error: &object_store::Error) -> Problem {
    let text = error.to_string();
    let code = if text.contains("No space left") { "disk-full" } else { "storage-unavailable" };
    Problem::new(kernel::ProblemKind::Unavailable, code).because(text)
}

/// When a scanner last found nothing in a blob; none when it was never scanned.
pub async fn scanned_at(conn: &Reader, hash: &BlobHash) -> Result<Option<i64>, DbError> {
    let at = conn.count("SELECT at FROM db_blob_scan WHERE hash = $1", vals![hash.as_str()]).await?;
    Ok((at > 0).then_some(at))
}
