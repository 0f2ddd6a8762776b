//! The data folder: nobody but its owner reads it, and one server works in it.

use std::{
    fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use crate::DbError;

/// How the names of what the program writes begin: what was laid aside under a longer name is as secret.
const OURS: [&str; 9] =
    ["dinh.sqlite", "dinh.lock", "dinh-before-", "ledger", "installation", "blobs", "training", "scratch", "restoring"];

/// Makes the folder, or takes away what others may do in one of ours. Where that cannot be done nothing is opened.
pub(crate) fn prepare(data_dir: &Path, sqlite: bool) -> Result<(), DbError> {
    let say = |error: std::io::Error| DbError::Other(format!("{}: {error}", data_dir.display()));
    DirBuilder::new().recursive(true).mode(0o700).create(data_dir).map_err(say)?;
    close_to_others(data_dir, data_dir)?;
    for file in std::fs::read_dir(data_dir).map_err(say)? {
        let file = file.map_err(say)?;
        if file.file_name().to_str().is_some_and(|name| OURS.iter().any(|ours| name.starts_with(ours))) {
            close_to_others(&file.path(), data_dir)?;
        }
    }
    if sqlite {
        // SQLite gives its other files the modes of this one.
        private(&data_dir.join("dinh.sqlite")).map_err(say)?;
    }
    Ok(())
}

fn close_to_others(path: &Path, data_dir: &Path) -> Result<(), DbError> {
    let Ok(meta) = std::fs::metadata(path) else { return Ok(()) };
    let mode = meta.permissions().mode();
    if mode.trailing_zeros() >= 6 {
        return Ok(());
    }
    let mended = std::fs::set_permissions(path, Permissions::from_mode(mode & 0o700));
    mended.map_err(|_| DbError::OpenToOthers(data_dir.to_owned()))?;
    tracing::warn!(path = %path.display(), "others could read this; now they cannot");
    Ok(())
}

/// Opens a file for writing that only its owner reads.
pub(crate) fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).read(true).mode(0o600).open(path)
}

/// Replaces a small file as a whole.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let part = with_ending(path, "new");
    let mut file = private(&part)?;
    file.set_len(0)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&part, path)?;
    sync_folder(path)
}

pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// A new name outlasts a power cut when the folder it stands in is on the disk.
pub(crate) fn sync_folder(of: &Path) -> std::io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// Held for as long as a server (or a restore) works in the folder; a process that dies lets go of it.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held, not read")] pub(crate) File);

pub(crate) fn lock_file(data_dir: &Path) -> std::io::Result<File> {
    private(&data_dir.join("dinh.lock"))
}

/// The folder for ourselves alone; none when somebody works in it.
pub(crate) fn try_alone(data_dir: &Path) -> std::io::Result<Option<Held>> {
    let file = lock_file(data_dir)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
