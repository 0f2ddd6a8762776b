//! The one door to the database: SQLite by default, PostgreSQL by URL, the same SQL text on both.
//!
//! Every change goes through [`Db::write`]: the rows, the ledger entry, the facts and the jobs of one act are one
//! transaction, and a write that leaves no ledger entry is refused. No business words live here.
//! Start with [`Db::open`] and [`Tx`].

mod access;
mod act;
mod backup;
mod blob;
mod column;
mod condition;
mod connect;
mod draft;
mod error;
mod facts;
mod folder;
mod forget;
mod forgotten;
mod hold;
mod house;
mod idempotency;
mod insert;
mod installation;
mod job;
mod lease;
mod ledger;
mod marks;
mod personal;
mod pool;
mod restoring;
mod retention;
mod row;
mod schema;
mod scrub;
mod seal;
mod search;
mod sql;
mod sweep;
mod tx;
mod words;

pub use access::{AccessRow, page as access_page};
pub use backup::{BackedUp, Restored, backup, glance as backup_glance, restore, restore_if};
pub use blob::{BlobHash, Blobs, digest_file, scanned_at as blob_scanned_at};
pub use column::{Column, read_code, read_column};
pub use condition::Where;
pub use connect::{Db, Location, exists};
pub use draft::{
    DraftRow, drop as draft_drop, erase as drafts_erase, get as draft, keys as draft_keys, put as draft_put,
};
pub use error::DbError;
pub use facts::{snapshot as fact_snapshot, tables as fact_tables, waiting as facts_waiting};
pub use folder::Held;
pub use forget::{forget_named, forget_of};
pub use forgotten::{Forgetting, Forgotten, is_forgotten};
pub use idempotency::{Earlier, Replay, earlier, store_answer};
pub use insert::Insert;
pub use installation::tie_anew;
pub use job::{
    Job, JobCount, JobHandler, JobId, JobState, Lane, LateJobs, OfJob, before as jobs_before, counts as job_counts,
    daily, drain, give_back as give_back_jobs, job, last_failure, late as late_jobs, progress, queued_at,
    release as release_jobs, run_forever,
};
pub use lease::{Lease, acquire, clock, renew};
pub use ledger::undo::{UNDO, can_undo, forget as forget_before, is_kept_before, touched, undo};
pub use ledger::{
    Entry, Fault, KeptStamp, LastCheck, LedgerFind, LedgerFound, LedgerRow, Named, SignedHead, Stamped, Standing,
    Verify, VerifyReport, accept_clock, accept_head, change_number, check as ledger_check, clock_is_behind,
    find as ledger_find, get as ledger_entry, keep_stamp, last_check as last_ledger_check, newest_stamp,
    number as ledger_number, page as ledger_page, seal_rows, signed_head, verify, verify_with,
};
pub use marks::marks;
pub use personal::{Personal, Shown};
pub use pool::Pool;
pub use retention::{Age, OWN as OWN_RETENTION, Retention, kept, purge};
pub use row::Row;
pub use schema::{
    Change, Migration, ModuleMigrations, Pending, copy_before, echoing_tables, migrate, pending, text_columns,
};
pub use scrub::{SCRUB, Scrub, ScrubFault, WeeklyScrub, last_scrub, scrub};
pub use sea_orm::{DbBackend, DbErr as DriverError, FromQueryResult, QueryResult, Value};
pub use search::{bearing, matching, search_put_all, words};
pub use sql::{Reader, Writer, hear};
pub use sweep::{release, sweep};
pub use tx::Tx;
pub use words::{Words, identities, mask, mask_json, may_be_citizens};
