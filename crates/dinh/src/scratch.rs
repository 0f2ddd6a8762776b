//! Files that live as long as the work on them: `scratch` inside the data folder, for nobody else to read.
//!
//! Each process has a folder of its own there and holds a lock on it; what a dead one left is removed by the next that
//! starts.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;

const LOCK: &str = "lock";
const GATE: &str = ".gate";

#[derive(Debug, Clone)]
pub struct Scratch(Arc<Own>);

/// The lock ends with the process that holds it, however that ended.
#[derive(Debug)]
struct Own {
    folder: TempDir,
    passwd: PathBuf,
    _lock: File,
}

impl Scratch {
    /// Makes the folder of this process inside `data_dir` and removes those of dead ones.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let root = data_dir.join(webkit::SCRATCH);
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&root)?;
        fs::set_permissions(&root, fs::Permissions::from_mode(0o700))?;
        // One at a time: a folder that is not locked yet is not a dead one's.
        let gate = File::create(root.join(GATE))?;
        gate.lock()?;
        for entry in fs::read_dir(&root)?.flatten() {
            remove_if_dead(&entry.path());
        }
        Self::make(tempfile::Builder::new().prefix("run-").tempdir_in(&root)?)
    }

    /// A folder of the system's, for a command that has no data folder.
    pub fn temporary() -> io::Result<Self> {
        Self::make(tempfile::Builder::new().prefix("dinh-").tempdir()?)
    }

    fn make(folder: TempDir) -> io::Result<Self> {
        let lock = File::create(folder.path().join(LOCK))?;
        lock.lock()?;
        let passwd = folder.path().join("passwd");
        fs::write(&passwd, crate::sandbox::PASSWD)?;
        Ok(Self(Arc::new(Own { folder, passwd, _lock: lock })))
    }

    /// The users that a tool in its box knows.
    pub fn passwd(&self) -> &Path {
        &self.0.passwd
    }

    /// A new folder for one document.
    pub fn folder(&self) -> io::Result<TempDir> {
        tempfile::Builder::new().prefix("doc-").tempdir_in(self.0.folder.path())
    }
}

fn remove_if_dead(path: &Path) {
    if path.file_name().is_some_and(|name| name == GATE) {
        return;
    }
    let alive = File::open(path.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_err());
    let removed = match () {
        () if alive => Ok(()),
        () if path.is_dir() => fs::remove_dir_all(path),
        () => fs::remove_file(path),
    };
    if let Err(error) = removed {
        tracing::warn!(%error, "a left-over file of scratch could not be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dead_processes_left_is_removed_and_what_living_ones_hold_stays() {
        let data = tempfile::tempdir().unwrap();
        let living = Scratch::open(data.path()).unwrap();
        let work = living.folder().unwrap();
        let root = data.path().join(webkit::SCRATCH);
        fs::create_dir_all(root.join("run-dead/doc-1")).unwrap();
        fs::write(root.join("run-dead/lock"), "").unwrap();
        fs::write(root.join(".tmp-upload"), "secret").unwrap();
        let second = Scratch::open(data.path()).unwrap();
        assert!(work.path().is_dir() && !root.join("run-dead").exists() && !root.join(".tmp-upload").exists());
        assert_eq!(fs::metadata(&root).unwrap().permissions().mode() & 0o777, 0o700);
        drop(work);
        drop((living, second));
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1, "only the gate stays");
    }
}
