//! Reports that are to come by a link whose letters have an address, and when their bodies were reminded.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use jiff::civil::Date;
use kernel::OutsideId;
use uuid::Uuid;

use crate::ids::{DutyId, ReportId};

/// A report that has not come, in its newest version, and a link by which it may.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Awaited {
    pub link_id: Uuid,
    pub report_id: Uuid,
    pub duty_id: Uuid,
    pub address: String,
    pub reminded_on: Option<String>,
    pub due_on: String,
    pub label: String,
    pub state: String,
    /// What became of the last version that was sent before this one; none where none was.
    pub sent_before: Option<String>,
}

impl Awaited {
    pub fn link(&self) -> OutsideId {
        OutsideId::from_uuid(self.link_id)
    }

    pub fn report(&self) -> ReportId {
        ReportId::from_uuid(self.report_id)
    }

    pub fn duty(&self) -> DutyId {
        DutyId::from_uuid(self.duty_id)
    }
}

fn select(which: &str) -> String {
    format!(
        "SELECT o.id AS link_id, r.id AS report_id, p.duty_id, c.address, c.reminded_on, r.due_on, r.label, r.state, \
         (SELECT b.state FROM programme_report b WHERE b.unit_id = r.unit_id AND b.owner_id = r.owner_id \
         AND b.label = r.label AND NOT b.consolidated AND b.version < r.version \
         AND b.state IN ('issued', 'accepted', 'returned') ORDER BY b.version DESC LIMIT 1) AS sent_before \
         FROM programme_report r JOIN programme_report_period t ON t.report_id = r.id \
         JOIN programme_period p ON p.id = t.period_id \
         JOIN programme_outside o ON o.period_id = p.id AND o.unit_id = r.unit_id \
         JOIN programme_outside_contact c ON c.link_id = o.id \
         WHERE o.state = 'live' AND c.address <> '' AND p.state = 'open' AND NOT r.consolidated \
         AND r.state NOT IN ('issued', 'accepted') AND {which} \
         AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id) ORDER BY o.id"
    )
}

/// Those of open periods that are due on one of these days and have not come.
pub async fn awaited(conn: &Reader, days: &[Date]) -> Result<Vec<Awaited>, DbError> {
    if days.is_empty() {
        return Ok(vec![]);
    }
    let sql = select(&format!("r.due_on IN ({})", db::marks(1, days.len())));
    conn.all(&sql, days.iter().map(|day| day.to_string().into()).collect()).await
}

/// The same of one link inside the act: the report and what was sent of it stay so until that is over.
pub async fn still_awaited(conn: &Writer, of: &Awaited) -> Result<bool, DbError> {
    let chain = "EXISTS (SELECT 1 FROM programme_report a WHERE a.id = $1 AND a.unit_id = programme_report.unit_id \
        AND a.owner_id = programme_report.owner_id AND a.label = programme_report.label)";
    conn.hold("programme_report", chain, vals![of.report().uuid()]).await?;
    let now: Option<Awaited> = conn.one(&select("o.id = $1"), vals![of.link().uuid()]).await?;
    Ok(now.as_ref() == Some(of))
}

/// Notes that a body is reminded of its report on this day: who has several links for it at one address has heard by all of them.
pub async fn reminded(conn: &Writer, of: &Awaited, day: &str) -> Result<(), DbError> {
    let sql = "UPDATE programme_outside_contact SET reminded_on = $3 WHERE LOWER(address) = LOWER($2) AND link_id IN \
        (SELECT o.id FROM programme_report_period t JOIN programme_report r ON r.id = t.report_id \
        JOIN programme_outside o ON o.period_id = t.period_id AND o.unit_id = r.unit_id \
        WHERE t.report_id = $1 AND o.state = 'live')";
    conn.exec(sql, vals![of.report().uuid(), of.address.as_str(), day]).await?;
    Ok(())
}
