//! What plans keep of a person by name: of which bodies they are the leader in charge, which steps are theirs, and about which
//! parts they are called.

use db::{Db, Entry};
use kernel::{Ctx, Erasing, Erasure, Problem, text::is_named};
use serde_json::json;
use webkit::LettersPort;

use crate::{
    overview,
    reporting::{self, usecase::outside_letters::link_forgotten},
    work,
};

#[derive(Debug)]
pub struct Charges {
    db: Db,
    letters: LettersPort,
}

impl Charges {
    pub fn new(db: Db, letters: LettersPort) -> Self {
        Self { db, letters }
    }
}

#[async_trait::async_trait]
impl Erasing for Charges {
    /// Only a name that one person bears means that person.
    async fn erase(&self, ctx: &Ctx, erasure: &Erasure) -> Result<(), Problem> {
        self.db
            .write(ctx, |tx| async move {
                // What rows were before may name the person too, however it is written.
                db::forget_before(&tx).await?;
                work::store::contact::forget(&tx, erasure.person).await?;
                let Some(name) = &erasure.name else {
                    tx.ledger(Entry::new("charge.erase", erasure.person).detail(json!({ "steps": 0 })));
                    return Ok(());
                };
                let charges = overview::store::charge::all(&tx).await?;
                for (unit, _) in charges.into_iter().filter(|(_, leader)| is_named(leader, name)) {
                    overview::store::charge::set(&tx, unit, "").await?;
                    tx.ledger(Entry::new("charge.set", unit).unit(unit).detail(json!({ "set": false })));
                }
                let links = reporting::store::outside::names(&tx).await?;
                for (link, _) in links.into_iter().filter(|(_, who)| is_named(who, name)) {
                    reporting::store::outside::forget(&tx, link).await?;
                    webkit::link_drafts_erase(&tx, link).await?;
                    link_forgotten(&tx, &self.letters, link).await?;
                }
                let fillers = reporting::store::outside::fillers(&tx).await?;
                for (report, _) in fillers.into_iter().filter(|(_, who)| is_named(who, name)) {
                    reporting::store::outside::forget_filler(&tx, report).await?;
                }
                let mut steps = work::store::step::owners(&tx).await?;
                steps.retain(|(_, owner)| is_named(owner, name));
                for (step, _) in &steps {
                    work::store::step::owner_drop(&tx, *step).await?;
                }
                let contacts = work::store::contact::typed(&tx).await?;
                for (part, _) in contacts.iter().filter(|(_, typed)| is_named(typed, name)) {
                    work::store::contact::clear(&tx, *part).await?;
                }
                tx.ledger(Entry::new("charge.erase", erasure.person).detail(json!({ "steps": steps.len() })));
                Ok(())
            })
            .await
    }
}
