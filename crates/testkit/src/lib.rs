//! For tests only: a database of its own per test, a frozen clock, seeded ids, a client of the router, and a [`house()`] of one
//! domain (feature `house`).
//!
//! With `TESTKIT_POSTGRES=postgres://…/postgres` the same tests run on PostgreSQL; `cargo xtask test` starts one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "test support: a failure here is a failed test")]

mod client;
mod database;
#[cfg(feature = "house")]
mod documented;
pub mod hostile;
#[cfg(feature = "house")]
mod house;
mod ports;
mod post;
mod prepared;
mod signed;
mod still;
mod word;

pub use client::{Answer, Client, Part, Soil, Watch, together};
pub use database::{TestDb, steps_before};
#[cfg(feature = "house")]
pub use documented::Documented;
#[cfg(feature = "house")]
pub use house::{Building, House, People, Running, Service, Units, Wire, Wiring, house};
pub use ports::ports;
pub use post::{Post, free_port};
pub use signed::signed_pdf;
pub use still::{FrozenClock, SeededIds};
pub use word::word_file;

/// How often a bounded test of chance goes round: `usual` times, or a thousand times as often in `cargo xtask soak`.
pub fn rounds(usual: usize) -> usize {
    if std::env::var_os("TESTKIT_SOAK").is_some() { usual * 1000 } else { usual }
}
