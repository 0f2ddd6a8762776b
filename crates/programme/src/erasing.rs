//! What plans keep of a person by name: of which bodies they are the leader in charge.

use db::{Db, Entry};
use kernel::{Ctx, Erasing, Erasure, Problem};
use serde_json::json;

use crate::store;

#[derive(Debug)]
pub struct Charges {
    db: Db,
}

impl Charges {
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait::async_trait]
impl Erasing for Charges {
    /// Only a name that one person bears means that person.
    async fn erase(&self, ctx: &Ctx, erasure: &Erasure) -> Result<(), Problem> {
        let Some(name) = &erasure.name else { return Ok(()) };
        self.db
            .write(ctx, |tx| async move {
                for unit in store::charge::erase(&tx, name).await? {
                    tx.ledger(Entry::new("charge.set", unit).unit(unit).detail(json!({ "set": false })));
                }
                tx.ledger(Entry::new("charge.erase", erasure.person));
                Ok(())
            })
            .await
    }
}
