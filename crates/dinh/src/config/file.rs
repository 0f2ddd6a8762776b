//! `dinh.toml`: that of the working folder alone, and only where nobody else can have written it. It decides where data
//! lie and whether foreign files are read in confinement.

use std::{
    fs::File,
    io::{Error, ErrorKind, Read as _},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

const NAME: &str = "dinh.toml";
/// Group and others may write.
const WRITABLE: u32 = 0o022;

/// The file of this folder and what it says.
pub fn read(folder: &Path) -> Result<Option<(PathBuf, String)>, String> {
    let path = folder.join(NAME);
    // What a link leads to is decided by who made the link.
    let link = match std::fs::symlink_metadata(&path) {
        Ok(link) => link,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => return Ok(None),
        Err(error) => return Err(unreadable(&path, &error)),
    };
    let mut file = File::open(&path).map_err(|error| unreadable(&path, &error))?;
    let meta = file.metadata().map_err(|error| unreadable(&path, &error))?;
    let own = rustix::process::geteuid().as_raw();
    let shown = path.display();
    if let Some(other) = [link.uid(), meta.uid()].into_iter().find(|uid| *uid != 0 && *uid != own) {
        return Err(format!(
            "tệp cài đặt {shown} thuộc người dùng số {other}, không phải root hay người chạy lệnh; hãy đổi chủ tệp (chown) hoặc chạy ở thư mục khác / the settings file {shown} belongs to user {other}, who is neither root nor the user who runs this; change its owner (chown) or run in another folder"
        ));
    }
    if meta.mode() & WRITABLE != 0 {
        return Err(format!(
            "người khác trên máy sửa được tệp cài đặt {shown}; hãy chạy: chmod go-w {shown} / others on this machine can change the settings file {shown}; run: chmod go-w {shown}"
        ));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| unreadable(&path, &error))?;
    Ok(Some((path, text)))
}

fn unreadable(path: &Path, error: &Error) -> String {
    let shown = path.display();
    format!("không đọc được tệp cài đặt {shown} / the settings file {shown} cannot be read: {error}")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_others_may_write_or_own_is_refused_and_none_is_looked_for_above() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("below");
        std::fs::create_dir(&below).unwrap();
        let file = folder.path().join(NAME);
        std::fs::write(&file, "log = \"info\"\n").unwrap();
        let allow = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        allow(0o640);
        assert_eq!(read(folder.path()), Ok(Some((file.clone(), "log = \"info\"\n".into()))));
        assert_eq!(read(&below), Ok(None));
        for mode in [0o666, 0o620, 0o602] {
            allow(mode);
            let refused = read(folder.path()).unwrap_err();
            assert!(refused.contains("chmod go-w") && refused.contains("others on this machine"), "{refused}");
        }
        allow(0o600);
        // Only root can give a file away.
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&file, Some(4242), None).unwrap();
            assert!(read(folder.path()).unwrap_err().contains("4242"));
        }
    }
}
