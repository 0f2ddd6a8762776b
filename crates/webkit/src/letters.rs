//! Letters to addresses that are nobody's in this house: a domain writes one inside its act, who has the ways out sends it.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use kernel::Problem;

/// A letter in plain text.
#[derive(Debug, Clone)]
pub struct Letter {
    pub address: String,
    pub subject: String,
    pub text: String,
}

#[async_trait]
pub trait Letters: Send + Sync + fmt::Debug {
    /// Whether this installation has a way out for letters.
    fn are_sent(&self) -> bool;

    /// Lays it among those that wait, inside the open act.
    async fn put(&self, tx: &db::Tx, letter: &Letter) -> Result<(), Problem>;
}

/// As modules find it among the services.
pub type LettersPort = Arc<dyn Letters>;
