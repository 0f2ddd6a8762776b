//! The one door to the database: SQLite by default, PostgreSQL by URL, the same SQL text on both.
//!
//! Every change goes through [`Db::write`]: the rows, the ledger entry, the facts and the jobs of one act are one
//! transaction, and a write that leaves no ledger entry is refused. No business words live here.
//! Start with [`Db::open`] and [`Tx`].

mod access;
mod backup;
mod blob;
mod connect;
mod error;
mod idempotency;
mod insert;
mod job;
mod lease;
mod ledger;
mod outbox;
mod schema;
mod seal;
mod search;
mod sql;
mod tx;

pub use access::{AccessRow, page as access_page};
pub use backup::{backup, restore};
pub use blob::{BlobHash, Blobs, scanned_at as blob_scanned_at};
pub use connect::{Db, Location};
pub use error::DbError;
pub use idempotency::{Replay, replay, store_response};
pub use insert::Insert;
pub use job::{Job, JobHandler, JobState, before as jobs_before, daily, drain, job, progress, queued_at, run_forever};
pub use lease::{Lease, acquire, clock, renew};
pub use ledger::{Entry, LedgerRow, VerifyReport, number as ledger_number, page as ledger_page, verify};
pub use schema::{Change, Migration, ModuleMigrations, Pending, copy_before, migrate, pending};
pub use sea_orm::{DbBackend, FromQueryResult, Value};
pub use search::{matching, search_put};
pub use sql::Conn;
pub use tx::Tx;

/// `$3, $4, $5` for three values from the third on; `NULL` for none, which no `IN` finds.
pub fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    if marks.is_empty() { "NULL".into() } else { marks.join(", ") }
}

/// Values of a statement, in the order of `$1`, `$2` ...
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
