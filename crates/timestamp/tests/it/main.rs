//! Against `openssl ts`, which both makes what we read and reads what we keep.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod authority;
mod foreign;
mod stamps;
