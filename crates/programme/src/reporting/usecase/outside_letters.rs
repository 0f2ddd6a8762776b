//! Letters about a link that wait to be sent, or were: none goes out that is not so any more, and none tells of who is forgotten.

use db::Tx;
use kernel::{OutsideId, Problem};
use webkit::LettersPort;

use crate::reporting::store::{self, outside::OutsideRow, report::ReportRow};

/// The link opens nothing any more: neither what carries it goes out nor what reminds of it.
pub(crate) async fn link_over(tx: &Tx, letters: &LettersPort, link: &OutsideRow) -> Result<(), Problem> {
    letters.call_off(tx, &link.token_hash).await?;
    letters.call_off(tx, &link.reminder()).await
}

/// The report has come: nobody is reminded of it, by whichever of its links.
pub(crate) async fn report_came(tx: &Tx, letters: &LettersPort, report: &ReportRow) -> Result<(), Problem> {
    for link in store::outside::live_of_report(tx, report.id(), report.unit()).await? {
        letters.call_off(tx, &link.reminder()).await?;
    }
    Ok(())
}

/// Who is behind the link is forgotten: no letter goes to them, and of those that went nothing says where.
pub(crate) async fn link_forgotten(tx: &Tx, letters: &LettersPort, id: OutsideId) -> Result<(), Problem> {
    let Some(link) = store::outside::get(tx, id).await? else { return Ok(()) };
    letters.call_off(tx, &link.reminder()).await?;
    letters.forget(tx, &link.reminder()).await?;
    letters.forget(tx, &link.token_hash).await
}
