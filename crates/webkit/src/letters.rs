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
    /// By what it is called off: the hash of the secret that it carries, or a mark of its writer's. Its words are dropped when it
    /// ends, sent or not.
    pub carries: Option<String>,
}

#[async_trait]
pub trait Letters: Send + Sync + fmt::Debug {
    /// Whether this installation has a way out for letters.
    fn are_sent(&self) -> bool;

    /// Lays it among those that wait, inside the open act.
    async fn put(&self, tx: &db::Tx, letter: &Letter) -> Result<(), Problem>;

    /// Takes the letter that carries this away from those that wait: it opens nothing any more, or is not so any more.
    async fn call_off(&self, tx: &db::Tx, carries: &str) -> Result<(), Problem>;

    /// Of the letter that carries this no address is left, whatever became of it; one that waits is given up.
    async fn forget(&self, tx: &db::Tx, carries: &str) -> Result<(), Problem>;

    /// Those of these secrets whose letter came back or was given up.
    async fn lost(&self, conn: &db::Reader, carries: &[String]) -> Result<Vec<String>, Problem>;
}

/// As modules find it among the services.
pub type LettersPort = Arc<dyn Letters>;
