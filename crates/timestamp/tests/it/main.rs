//! Against `openssl ts`, which both makes what we read and reads what we keep.

mod authority;
mod foreign;
mod stamps;
