//! Which folder belongs to which database: an id in both, made once and compared at every start.
//!
//! Blobs and the ledger's key of one province beside the rows of another would be neither whole nor provable.

use std::path::{Path, PathBuf};

use kernel::{Ctx, Problem, ProblemKind};

use crate::{Db, Entry, folder, house::word, vals};

const FILE: &str = "installation";

fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The folder's id while the database does not know it yet.
fn offered(data_dir: &Path) -> PathBuf {
    data_dir.join("installation.offered")
}

fn unwritten(path: &Path) -> impl Fn(std::io::Error) -> Problem {
    move |error| Problem::bad_input("file-unusable").with("file", path.display()).because(error)
}

/// The id that the folder has or offers; a new one is on the disk before it is in the database.
pub(crate) fn of_folder(data_dir: &Path) -> Result<String, Problem> {
    if let Some(id) = read(&data_dir.join(FILE)).or_else(|| read(&offered(data_dir))) {
        return Ok(id);
    }
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    let (id, path) = (hex::encode(bytes), offered(data_dir));
    folder::replace(&path, id.as_bytes()).map_err(unwritten(&path))?;
    Ok(id)
}

/// The database has taken the folder's id.
pub(crate) fn settle(data_dir: &Path, id: &str) -> Result<(), Problem> {
    let path = data_dir.join(FILE);
    folder::replace(&path, id.as_bytes()).map_err(unwritten(&path))?;
    let _ = std::fs::remove_file(offered(data_dir));
    Ok(())
}

fn wrong_pair(db: &Db) -> Problem {
    Problem::new(ProblemKind::Conflict, "wrong-pair").with("folder", db.data_dir().display())
}

/// Ties a new pair, refuses a wrong one.
pub(crate) async fn tie(db: &Db) -> Result<(), Problem> {
    let known = word(&db.read(), FILE).await?;
    let own = read(&db.data_dir().join(FILE));
    match (&known, &own) {
        (Some(known), Some(own)) if known == own => return Ok(()),
        (Some(_) | None, Some(_)) => return Err(wrong_pair(db)),
        (_, None) => {}
    }
    let id = match known {
        // Killed between the row and the file: the offer is still there.
        Some(known) if read(&offered(db.data_dir())).as_ref() == Some(&known) => known,
        Some(_) => return Err(wrong_pair(db)),
        None => {
            let id = of_folder(db.data_dir())?;
            let sql = "INSERT INTO db_house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
            db.own().exec(sql, vals![FILE, id.as_str()]).await?;
            match word(&db.read(), FILE).await? {
                Some(taken) if taken == id => id,
                // Another program of the same folder was first.
                taken if taken.is_some() && taken == read(&db.data_dir().join(FILE)) => return Ok(()),
                _ => return Err(wrong_pair(db)),
            }
        }
    };
    settle(db.data_dir(), &id)
}

/// An operator says that this folder and this database belong together, and why.
pub async fn tie_anew(db: &Db, ctx: &Ctx, reason: &str) -> Result<(), Problem> {
    let own = read(&db.data_dir().join(FILE));
    let id = &match own {
        Some(own) => own,
        None => of_folder(db.data_dir())?,
    };
    db.write(ctx, |tx| async move {
        let sql = "INSERT INTO db_house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.exec(sql, vals![FILE, id.as_str()]).await?;
        tx.ledger(Entry::new("house.tie", "house").reason(reason));
        Ok(())
    })
    .await?;
    settle(db.data_dir(), id)
}
