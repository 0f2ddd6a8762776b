//! Forgets where a person was to be told, what they were told, and the letters to them.

use db::{Db, Entry};
use kernel::{Ctx, Erasing, Erasure, Problem};

use crate::store;

#[derive(Debug)]
pub struct Addresses {
    db: Db,
}

impl Addresses {
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait::async_trait]
impl Erasing for Addresses {
    async fn erase(&self, ctx: &Ctx, erasure: &Erasure) -> Result<(), Problem> {
        self.db
            .write(ctx, |tx| async move {
                store::erase(&tx, erasure.person).await?;
                tx.ledger(Entry::new("notify.erase", erasure.person));
                Ok(())
            })
            .await
    }
}
