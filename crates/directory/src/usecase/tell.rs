//! Telling a person of a change of their account.

use db::Tx;
use kernel::{
    PersonId, Problem,
    notices::{TELL, Tell},
};

/// In the program and by letter, inside the act that changes it.
pub(crate) async fn tell(tx: &Tx, person: PersonId, what: &str) -> Result<(), Problem> {
    tell_at(tx, person, what, "/account").await
}

pub(super) async fn tell_at(tx: &Tx, person: PersonId, what: &str, href: &str) -> Result<(), Problem> {
    let tell = Tell { person, what: what.into(), href: href.into(), words: None };
    tx.enqueue(TELL, &serde_json::to_value(tell).map_err(Problem::internal)?).await?;
    Ok(())
}
