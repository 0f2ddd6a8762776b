//! How much of its quota a site has used: one site must not fill the disk of another.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use kernel::{Problem, ProblemKind};

#[derive(Debug)]
pub struct Room {
    folder: PathBuf,
    quota: Option<u64>,
    full: AtomicBool,
}

impl Room {
    pub(crate) fn new(folder: &Path, quota: Option<u64>) -> Self {
        Self { folder: folder.to_owned(), quota, full: AtomicBool::new(false) }
    }

    /// Looks how large the folder is; remembered until the next look.
    pub async fn look(&self, more: u64) -> Result<(), Problem> {
        let Some(quota) = self.quota else { return Ok(()) };
        let folder = self.folder.clone();
        let used = tokio::task::spawn_blocking(move || size(&folder)).await.map_err(Problem::internal)?;
        self.full.store(used >= quota, Ordering::Relaxed);
        if used.saturating_add(more) > quota { Err(refusal(quota)) } else { Ok(()) }
    }

    /// Refuses while the last look found the quota used up.
    ///
    /// # Errors
    /// Then.
    pub fn check(&self) -> Result<(), Problem> {
        match self.quota {
            Some(quota) if self.full.load(Ordering::Relaxed) => Err(refusal(quota)),
            _ => Ok(()),
        }
    }
}

fn refusal(quota: u64) -> Problem {
    Problem::new(ProblemKind::Unavailable, "quota-full").with("limit", quota / 1024 / 1024)
}

/// Bytes of all files below; what vanishes meanwhile counts nothing.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(meta) if meta.is_dir() => size(&entry.path()),
        Ok(meta) => meta.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_over_its_quota_refuses_until_it_is_smaller() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep").join("file");
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(&file, vec![0; 900]).unwrap();
        let room = Room::new(folder.path(), Some(1000));
        assert!(room.look(100).await.is_ok() && room.check().is_ok());
        assert_eq!(room.look(101).await.unwrap_err().code, "quota-full");
        assert!(room.check().is_ok(), "what was refused for its own size stops nobody else");
        std::fs::write(&file, vec![0; 1000]).unwrap();
        assert!(room.look(0).await.is_ok() && room.check().is_err());
        std::fs::write(&file, b"").unwrap();
        assert!(room.look(0).await.is_ok() && room.check().is_ok());
        assert!(Room::new(folder.path(), None).look(u64::MAX).await.is_ok());
    }
}
