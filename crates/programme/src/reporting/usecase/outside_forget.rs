//! What is known of the people behind a body's links is forgotten: they asked for it, or are there no more.

use db::Entry;
use kernel::{Ctx, OutsideId, Problem};
use serde_json::json;
use webkit::{Core, link_drafts_erase};

use crate::{
    ids::PeriodId,
    reporting::{
        store::{self, outside::ContactRow},
        usecase::outside_link::period_for,
    },
};

/// The same person, as far as name and address tell.
fn is_same(one: &ContactRow, other: &ContactRow) -> bool {
    let same = |a: &str, b: &str| !a.is_empty() && a.to_lowercase() == b.to_lowercase();
    one.link_id == other.link_id || same(&one.address, &other.address) || same(&one.name, &other.name)
}

/// Forgets who is behind a link, and behind the other links of the same body and duty where it is the same person.
///
/// # Errors
/// Where its period is not the actor's.
pub async fn outside_forget(core: &Core, ctx: &Ctx, id: OutsideId) -> Result<PeriodId, Problem> {
    let conn = core.db().read();
    let link = &store::outside::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let (_, duty) = &period_for(core, ctx, &conn, link.period()).await?;
    core.db()
        .write(ctx, |tx| async move {
            let known = store::outside::of_duty(&tx, duty.id, link.unit()).await?;
            let one = known.iter().find(|row| row.link_id == link.id).ok_or_else(Problem::not_found)?;
            let same: Vec<&ContactRow> = known.iter().filter(|row| is_same(one, row)).collect();
            for row in &same {
                store::outside::forget(&tx, row.link()).await?;
                store::outside::forget_fillers(&tx, row.link()).await?;
                link_drafts_erase(&tx, row.link()).await?;
            }
            let detail = json!({ "period": link.period().to_string(), "links": same.len() });
            tx.ledger(Entry::new("outside.forget", id).unit(link.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(link.period())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nobody_else_is_forgotten_for_having_no_name() {
        let row = |id: u128, address: &str, name: &str| ContactRow {
            link_id: Uuid::from_u128(id),
            address: address.to_owned(),
            name: name.into(),
            ..ContactRow::default()
        };
        let one = row(1, "vt@a.example", "Nguyễn Văn Ngoài");
        assert!(is_same(&one, &row(1, "", "")) && is_same(&one, &row(2, "VT@a.example", "")));
        assert!(is_same(&one, &row(2, "", "NGUYỄN VĂN NGOÀI")));
        assert!(!is_same(&one, &row(2, "", "")) && !is_same(&row(1, "", ""), &row(2, "", "")));
    }
}
