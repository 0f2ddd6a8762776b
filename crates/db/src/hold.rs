//! Who works in the data folder.

use kernel::{Problem, ProblemKind};
use sea_orm::DbBackend;

use crate::{
    Db,
    folder::{Held, lock_file, try_alone},
};

impl Db {
    /// For a server: alone on SQLite; several may serve one PostgreSQL from one folder.
    pub fn hold(&self) -> Result<Held, Problem> {
        if matches!(self.backend(), DbBackend::Sqlite) {
            return self.hold_alone();
        }
        let file = lock_file(self.data_dir()).map_err(|error| self.unusable(&error))?;
        file.try_lock_shared().map_err(|_| self.taken())?;
        Ok(Held(file))
    }

    /// For what changes everything: a restore, a change of the schema of SQLite.
    pub fn hold_alone(&self) -> Result<Held, Problem> {
        let held = try_alone(self.data_dir()).map_err(|error| self.unusable(&error))?;
        held.ok_or_else(|| self.taken())
    }

    fn taken(&self) -> Problem {
        Problem::new(ProblemKind::Conflict, "folder-taken").with("folder", self.data_dir().display())
    }

    fn unusable(&self, error: &std::io::Error) -> Problem {
        Problem::bad_input("file-unusable").with("file", self.data_dir().display()).because(error)
    }
}
