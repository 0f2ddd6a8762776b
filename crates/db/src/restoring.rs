//! Keys of a restore lie aside until its rows are in the database; who opens the folder next ends what was cut off.

use std::path::{Path, PathBuf};

use kernel::Problem;
use sea_orm::DatabaseConnection;

use crate::{DbError, Reader, folder, house};

pub(crate) const WORD: &str = "restored";
const TOKEN: &str = "token";

fn aside(data_dir: &Path) -> PathBuf {
    data_dir.join("restoring")
}

fn say(path: &Path) -> impl Fn(std::io::Error) -> DbError {
    move |error| DbError::Other(format!("{}: {error}", path.display()))
}

/// Lays files aside; the token is what the database will say when the rows are there.
pub(crate) fn lay_aside(data_dir: &Path, files: &[(&str, Vec<u8>)]) -> Result<String, Problem> {
    let place = aside(data_dir);
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    let token = hex::encode(bytes);
    let write = || -> std::io::Result<()> {
        if place.exists() {
            std::fs::remove_dir_all(&place)?;
        }
        std::fs::create_dir(&place)?;
        for (name, bytes) in files {
            folder::replace(&place.join(name), bytes)?;
        }
        folder::replace(&place.join(TOKEN), token.as_bytes())
    };
    write().map_err(|error| say(&place)(error))?;
    Ok(token)
}

pub(crate) fn forget(data_dir: &Path) {
    let _ = std::fs::remove_dir_all(aside(data_dir));
}

/// Puts the files in their places. What the folder signed with before is kept under another name.
pub(crate) fn put_in_place(data_dir: &Path) -> Result<(), DbError> {
    let place = aside(data_dir);
    let moved = || -> std::io::Result<()> {
        for file in std::fs::read_dir(&place)? {
            let name = file?.file_name();
            if name == TOKEN {
                continue;
            }
            let to = data_dir.join(&name);
            if to.exists() {
                std::fs::rename(&to, folder::with_ending(&to, "before-restore"))?;
            }
            std::fs::rename(place.join(&name), &to)?;
        }
        folder::sync_folder(&place)?;
        std::fs::remove_dir_all(&place)
    };
    moved().map_err(say(&place))
}

/// Ends a restore that was cut off: with its keys where the rows are there, without a trace where they are not.
pub(crate) async fn finish(data_dir: &Path, reader: &DatabaseConnection) -> Result<(), DbError> {
    if !aside(data_dir).exists() {
        return Ok(());
    }
    // While the restore still runs it is no business of ours.
    let Some(_held) = folder::try_alone(data_dir).map_err(say(data_dir))? else { return Ok(()) };
    let conn = Reader::pool(reader.clone());
    let word = if conn.has_table("db_house").await? { house::word(&conn, WORD).await? } else { None };
    let token = std::fs::read_to_string(aside(data_dir).join(TOKEN)).ok();
    if token.is_some() && word == token {
        put_in_place(data_dir)
    } else {
        forget(data_dir);
        Ok(())
    }
}
