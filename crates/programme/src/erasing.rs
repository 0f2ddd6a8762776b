//! What plans keep of a person by name: of which bodies they are the leader in charge, which steps are theirs, and about which
//! parts they are called.

use db::{Db, Entry};
use kernel::{Ctx, Erasing, Erasure, Problem, text::fold};
use serde_json::json;

use crate::{overview, reporting, work};

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

/// Does one of the names in a text, however it is marked and with whatever address before it, stand for this person?
fn is_named(text: &str, name: &str) -> bool {
    let name = fold(name);
    let means = |piece: &str| {
        let piece = fold(piece);
        piece == name || piece.strip_suffix(name.as_str()).is_some_and(|before| before.ends_with(' '))
    };
    let parts = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '\'' && c != '-';
    !name.is_empty() && (means(text) || text.split(parts).any(means))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_by_the_whole_name_however_it_is_written() {
        let name = "Nguyễn Văn Mẫu";
        for text in [name, "nguyen van mau", "Đ/c Nguyễn Văn Mẫu, Phó Giám đốc", "Lê Thị Ba; ông NGUYỄN VĂN MẪU (CNTT)"]
        {
            assert!(is_named(text, name), "{text}");
        }
        for text in ["", "Nguyễn Văn", "Nguyễn Văn Mẫu Mực", "Phòng Mẫu"] {
            assert!(!is_named(text, name), "{text}");
        }
        assert!(!is_named("Nguyễn Văn Mẫu", " "));
    }
}
