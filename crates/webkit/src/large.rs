//! Bodies whose size others choose: on the disk while they arrive, few senders at once, few megabytes of them in memory.

use std::{
    io::{Seek as _, Write as _},
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::body::{Body, Bytes};
use futures::StreamExt as _;
use kernel::{Problem, ProblemKind};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tokio_util::io::ReaderStream;

use crate::body::{SCRATCH, disk, refused_body};

/// Large requests under way: of one account, and of all.
pub(crate) const EACH: usize = 4;
pub(crate) const ALL: usize = 64;
/// Megabytes of files that this process holds at once: four of the largest.
const MEMORY: u32 = 200;
/// Smaller files are not counted.
const SMALL: u64 = 256 * 1024;
/// How long a file waits for its place, in the order of coming.
const PATIENCE: Duration = Duration::from_mins(1);
const MB: u64 = 1024 * 1024;
const PIECE: usize = 64 * 1024;

fn memory() -> Arc<Semaphore> {
    static PLACES: OnceLock<Arc<Semaphore>> = OnceLock::new();
    Arc::clone(PLACES.get_or_init(|| Arc::new(Semaphore::new(MEMORY as usize))))
}

/// Bytes that give their place back when the last who holds them lets go.
struct Placed<P> {
    bytes: Vec<u8>,
    _place: P,
}

impl<P> AsRef<[u8]> for Placed<P> {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The whole of a file, when there is room for it.
pub(crate) async fn read(file: std::fs::File, size: u64) -> Result<Bytes, Problem> {
    let place = if size > SMALL {
        let megabytes = u32::try_from(size.div_ceil(MB)).unwrap_or(MEMORY).min(MEMORY);
        let wait = tokio::time::timeout(PATIENCE, memory().acquire_many_owned(megabytes));
        let busy = |_| Problem::new(ProblemKind::Unavailable, "too-many-uploads");
        Some(wait.await.map_err(busy)?.map_err(Problem::internal)?)
    } else {
        None
    };
    let whole = move || {
        // By position: who reads the same file meanwhile has a place of their own.
        let (mut bytes, mut piece) = (Vec::with_capacity(usize::try_from(size).unwrap_or(0)), vec![0; PIECE]);
        while let read @ 1.. = file.read_at(&mut piece, bytes.len() as u64)? {
            bytes.extend_from_slice(&piece[..read]);
        }
        Ok(Bytes::from_owner(Placed { bytes, _place: place }))
    };
    tokio::task::spawn_blocking(whole).await.map_err(Problem::internal)?.map_err(disk)
}

/// A body written to a file without a name as it arrives.
pub(crate) async fn laid_down(data_dir: &Path, body: Body, limit: usize) -> Result<(std::fs::File, u64), Problem> {
    let mut file = tempfile::tempfile_in(data_dir.join(SCRATCH)).map_err(disk)?;
    let (mut pieces, mut size) = (body.into_data_stream(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| refused_body(&error).0)?;
        size += piece.len();
        if size > limit {
            return Err(Problem::new(ProblemKind::TooLarge, "body-too-large"));
        }
        file.write_all(&piece).map_err(disk)?;
    }
    file.rewind().map_err(disk)?;
    Ok((file, size as u64))
}

/// SHA-256 of the length and the bytes of a file, which is at its beginning before and after.
pub(crate) async fn hash(mut file: std::fs::File, size: u64) -> Result<(std::fs::File, String), Problem> {
    let work = move || {
        let mut digest = Sha256::new();
        digest.update(size.to_be_bytes());
        db::digest_file(&mut file, &mut digest)?;
        Ok((file, hex::encode(digest.finalize())))
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?.map_err(disk)
}

/// A file as a body, piece by piece.
pub(crate) fn body(file: std::fs::File) -> Body {
    Body::from_stream(ReaderStream::with_capacity(tokio::fs::File::from_std(file), PIECE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: usize) -> std::fs::File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&vec![7; size]).unwrap();
        file
    }

    #[tokio::test]
    async fn large_files_wait_until_others_are_let_go() {
        let size = 60 * MB;
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(read(file(10), size).await.unwrap());
        }
        let copy = held[0].clone();
        let mut fourth = Box::pin(read(file(10), size));
        let soon = Duration::from_millis(50);
        assert!(tokio::time::timeout(soon, &mut fourth).await.is_err(), "180 of 200 MB are taken");
        drop(held.remove(0));
        assert!(tokio::time::timeout(soon, &mut fourth).await.is_err(), "a copy holds the place as well");
        assert!(read(file(10), SMALL).await.is_ok(), "small ones do not wait");
        drop(copy);
        assert_eq!(fourth.await.unwrap().as_ref(), [7; 10]);
    }

    #[tokio::test]
    async fn a_file_is_the_same_as_a_body_and_under_its_hash() {
        let (file, hashed) = hash(
            {
                let mut file = file(3 * PIECE + 5);
                file.rewind().unwrap();
                file
            },
            3 * PIECE as u64 + 5,
        )
        .await
        .unwrap();
        let bytes = axum::body::to_bytes(body(file), usize::MAX).await.unwrap();
        assert_eq!(bytes, vec![7; 3 * PIECE + 5]);
        assert_eq!(hashed, crate::once::hash(&[&bytes]), "a retry from before an update is still the same request");
    }
}
