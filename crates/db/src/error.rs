//! What can go wrong below the store, sorted by what the user can do about it.

use kernel::{Problem, ProblemKind};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database is down, locked or overloaded: try again.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    #[error("disk full: {0}")]
    DiskFull(String),
    /// A unique or foreign key was violated; the text names the constraint or columns.
    #[error("constraint: {0}")]
    Constraint(String),
    /// Serialisation failure or deadlock on PostgreSQL: the whole act may be repeated.
    #[error("conflict: {0}")]
    Retry(String),
    /// Others may read the data folder, and it is not ours to change.
    #[error("{0} is open to others")]
    OpenToOthers(std::path::PathBuf),
    #[error("database: {0}")]
    Other(String),
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what) | SqlErr::ForeignKeyConstraintViolation(what)) =
            error.sql_err()
        {
            return Self::Constraint(what);
        }
        let text = error.to_string();
        match code(&error).as_deref() {
            Some("40001" | "40P01") => return Self::Retry(text),
            Some("53100") => return Self::DiskFull(text),
            Some("13") if text.contains("full") => return Self::DiskFull(text),
            Some("5" | "6" | "261" | "517" | "57P01" | "53300") => return Self::Unavailable(text),
            _ => {}
        }
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(text),
            _ if text.contains("Connection refused") || text.contains("timed out") => Self::Unavailable(text),
            _ => Self::Other(text),
        }
    }
}

impl DbError {
    /// As a problem; where there is one already, the conflict that `code` names.
    pub fn or_taken(self, code: &'static str) -> Problem {
        match self {
            Self::Constraint(_) => Problem::new(ProblemKind::Conflict, code).because(self),
            other => other.into(),
        }
    }
}

fn code(error: &DbErr) -> Option<String> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(e))
        | DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e)) => {
            e.as_database_error().and_then(|e| e.code()).map(|code| code.into_owned())
        }
        _ => None,
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        told(&error).because(error)
    }
}

/// Of many who waited for one statement each is told.
impl From<&DbError> for Problem {
    fn from(error: &DbError) -> Self {
        told(error).because(error)
    }
}

fn told(error: &DbError) -> Problem {
    match error {
        DbError::Unavailable(_) | DbError::Retry(_) => Problem::new(ProblemKind::Unavailable, "database-unavailable"),
        DbError::DiskFull(_) => Problem::new(ProblemKind::Unavailable, "disk-full"),
        DbError::Constraint(_) => Problem::new(ProblemKind::Conflict, "already-there"),
        DbError::OpenToOthers(folder) => {
            Problem::new(ProblemKind::Conflict, "open-to-others").with("folder", folder.display())
        }
        DbError::Other(_) => Problem::new(ProblemKind::Internal, "internal"),
    }
}
