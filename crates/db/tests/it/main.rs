//! The ledger as a witness: right while people work, and not to be deceived afterwards; on SQLite or PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod clock;
mod seals;
mod setup;
mod signing;
mod snapshot;
