//! The activity ledger: a hash chain that anyone can verify, and signed checkpoints beside it.
//!
//! An entry's body is canonical JSON text (RFC 8785) and hash = SHA-256(previous hash || body); every other column
//! repeats the body and is compared by [`verify()`]. The order is that of `seq`; `at` is what the machine's clock
//! claimed. Rows of sealed tables ([`crate::Change::seals`]) are covered by hashes in the bodies. The head is signed
//! into a file and a table ([`checkpoint`]), so that a truncated chain shows too. People appear as pseudonyms only.

mod accept;
pub(crate) mod append;
mod canonical;
mod check;
mod checkpoint;
mod entry;
mod fault;
mod find;
mod head;
mod images;
mod letter;
mod points;
mod report;
mod rows;
mod seal_rows;
pub(crate) mod seals;
mod signing;
mod stamps;
mod standing;
pub(crate) mod undo;
mod verify;
pub(crate) mod watch;

pub use self::{
    accept::{accept_clock, accept_head},
    check::{LastCheck, check, last_check},
    entry::{Entry, LedgerRow, get, page},
    fault::Fault,
    find::{LedgerFind, LedgerFound, find},
    head::{change_number, clock_is_behind, number},
    letter::{Named, SignedHead, signed_head},
    report::{Stamped, Verify, VerifyReport},
    seal_rows::seal_rows,
    stamps::{KeptStamp, keep_stamp, newest_stamp},
    standing::Standing,
    verify::{verify, verify_with},
};
pub(crate) use self::{
    head::STREAM,
    signing::{Signing, signing_key},
};
