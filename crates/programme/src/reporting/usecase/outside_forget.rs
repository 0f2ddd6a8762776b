//! What is known of the people behind a body's links is forgotten: they asked for it, or are there no more.

use db::{Entry, Reader};
use kernel::{Ctx, OutsideId, Problem};
use serde_json::json;
use uuid::Uuid;
use webkit::{Core, LettersPort, has_link_drafts, link_drafts_erase};

use crate::{
    ids::{DutyId, PeriodId, ReportId},
    reporting::{
        store::{
            self,
            outside::{ContactRow, FillerRow, OutsideRow},
        },
        usecase::{outside_letters::link_forgotten, outside_link::period_for},
    },
};

/// Where somebody is named who came with a link: as the contact of links, and as who filled in what was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Behind {
    pub links: Vec<OutsideId>,
    pub reports: Vec<ReportId>,
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

/// Whoever came with a link, and the same person behind the other links of its body. The same is who bears the same name: an
/// address may be that of an office, so alone it tells only of a link behind which nobody gave one.
fn behind(link: Uuid, contacts: &[ContactRow], fillers: &[FillerRow]) -> Behind {
    let own = contacts.iter().find(|row| row.link_id == link);
    let filled = fillers.iter().filter(|row| row.link_id == link).map(|row| row.name.as_str());
    let names: Vec<&str> = own.iter().map(|row| row.name.as_str()).chain(filled).collect();
    let is_named = |name: &str| names.iter().any(|one| same(one, name));
    let is_at =
        |row: &ContactRow| row.name.as_str().is_empty() && own.is_some_and(|own| same(&own.address, &row.address));
    let links = contacts.iter().filter(|row| row.link_id == link || is_named(row.name.as_str()) || is_at(row));
    // What somebody else sent by a link of theirs stays that one's.
    let reports = fillers.iter().filter(|row| row.link_id == link || is_named(row.name.as_str()));
    Behind { links: links.map(ContactRow::link).collect(), reports: reports.map(FillerRow::report).collect() }
}

/// What was forgotten already is not found again; what is being written by the link counts as what is known.
async fn found(conn: &Reader, duty: DutyId, link: &OutsideRow) -> Result<Behind, Problem> {
    let contacts = store::outside::of_duty(conn, duty, link.unit()).await?;
    let fillers = store::outside::fillers_of_duty(conn, duty, link.unit()).await?;
    let mut all = behind(link.id, &contacts, &fillers);
    if !all.links.contains(&link.id()) && has_link_drafts(conn, link.id()).await? {
        all.links.push(link.id());
    }
    if all == Behind::default() { Err(Problem::not_found()) } else { Ok(all) }
}

/// What would be forgotten, for who is asked whether it is meant.
///
/// # Errors
/// Where its period is not the actor's, or nothing was kept of anybody.
pub async fn outside_behind(core: &Core, ctx: &Ctx, id: OutsideId) -> Result<(OutsideRow, Behind), Problem> {
    let conn = core.db().read();
    let link = store::outside::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let (_, duty) = period_for(core, ctx, &conn, link.period()).await?;
    let all = found(&conn, duty.id, &link).await?;
    Ok((link, all))
}

/// Forgets who is behind a link, and behind the other links of the same body and duty where it is the same person.
///
/// # Errors
/// Where its period is not the actor's, or nothing was kept of anybody.
pub async fn outside_forget(core: &Core, ctx: &Ctx, id: OutsideId) -> Result<PeriodId, Problem> {
    let conn = core.db().read();
    let link = &store::outside::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let (_, duty) = &period_for(core, ctx, &conn, link.period()).await?;
    let letters = core.get::<LettersPort>()?;
    core.db()
        .write(ctx, |tx| async move {
            let Behind { links, reports } = found(&tx, duty.id, link).await?;
            for one in &links {
                store::outside::forget(&tx, *one).await?;
                link_drafts_erase(&tx, *one).await?;
                link_forgotten(&tx, letters, *one).await?;
            }
            for one in &reports {
                store::outside::forget_filler(&tx, *one).await?;
            }
            let period = link.period().to_string();
            let detail = json!({ "period": period, "links": links.len(), "reports": reports.len() });
            tx.ledger(Entry::new("outside.forget", id).unit(link.unit()).detail(detail));
            Ok(())
        })
        .await?;
    Ok(link.period())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(link: u128, address: &str, name: &str) -> ContactRow {
        ContactRow {
            link_id: Uuid::from_u128(link),
            address: address.to_owned(),
            name: name.into(),
            ..ContactRow::default()
        }
    }

    fn filler(report: u128, link: u128, name: &str) -> FillerRow {
        FillerRow { report_id: Uuid::from_u128(report), link_id: Uuid::from_u128(link), name: name.into() }
    }

    /// The numbers of the links and of the reports of which who came with the first link is forgotten.
    fn of_first(contacts: &[ContactRow], fillers: &[FillerRow]) -> (Vec<u128>, Vec<u128>) {
        let Behind { links, reports } = behind(Uuid::from_u128(1), contacts, fillers);
        let links = links.iter().map(|link| link.uuid().as_u128());
        (links.collect(), reports.iter().map(|report| report.uuid().as_u128()).collect())
    }

    #[test]
    fn nobody_else_is_forgotten_for_having_no_name() {
        let one = contact(1, "vt@a.example", "Nguyễn Văn Ngoài");
        let forgets = |other: ContactRow| of_first(&[one.clone(), other], &[]).0 == [1, 2];
        assert!(forgets(contact(2, "VT@a.example", "")) && forgets(contact(2, "", "NGUYỄN VĂN NGOÀI")));
        assert!(!forgets(contact(2, "", "")));
        let nameless = [contact(1, "", ""), contact(2, "", "")];
        assert_eq!(of_first(&nameless, &[filler(7, 2, "")]), (vec![1], vec![]));
    }

    /// An office has one mailbox, and several people who write from it.
    #[test]
    fn whoever_shares_an_address_or_a_link_under_another_name_is_not_forgotten() {
        let one = contact(1, "vt@a.example", "Nguyễn Văn Ngoài");
        let shared = [one.clone(), contact(2, "vt@a.example", "Trần Thị Khác")];
        assert_eq!(of_first(&shared, &[]), (vec![1], vec![]));
        assert_eq!(of_first(&[contact(1, "vt@a.example", ""), shared[1].clone()], &[]), (vec![1], vec![]));
        // A link that somebody used without saying who, after another one had sent by it.
        let nameless = [one.clone(), contact(2, "vt@a.example", "")];
        let fillers = [filler(7, 2, "Trần Thị Khác"), filler(8, 2, "Nguyễn Văn Ngoài")];
        assert_eq!(of_first(&nameless, &fillers), (vec![1, 2], vec![8]));
        let renamed = [one, contact(2, "", "Nguyễn Văn Ngoài")];
        assert_eq!(of_first(&renamed, &fillers), (vec![1, 2], vec![8]));
    }

    #[test]
    fn a_name_that_stands_only_under_what_was_sent_is_found() {
        // The first link is another one's now; the second knows the person only as who filled in.
        let contacts = [contact(1, "", "Nguyễn Văn Ngoài"), contact(2, "kh@a.example", "Trần Thị Khác")];
        let fillers = [filler(7, 2, "nguyễn văn ngoài"), filler(8, 2, "Trần Thị Khác")];
        assert_eq!(of_first(&contacts, &fillers), (vec![1], vec![7]), "the person, and nobody else");
        // Nor is a contact needed: of an old link nothing else is left.
        let fillers = [filler(7, 1, "Trần Thị Khác"), filler(8, 3, "Trần Thị Khác"), filler(9, 3, "Lê Văn Ba")];
        assert_eq!(of_first(&contacts[1..], &fillers), (vec![2], vec![7, 8]));
        assert_eq!(of_first(&[], &fillers), (vec![], vec![7, 8]));
        assert_eq!(behind(Uuid::from_u128(4), &contacts, &fillers), Behind::default());
    }
}
