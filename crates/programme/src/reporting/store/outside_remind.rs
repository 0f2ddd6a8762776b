//! Reports that are to come by a link whose letters have an address, and when their bodies were reminded.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use jiff::civil::Date;
use kernel::OutsideId;
use uuid::Uuid;

use crate::ids::DutyId;

/// A report that is to come by a link whose letters have an address.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Awaited {
    pub link_id: Uuid,
    pub duty_id: Uuid,
    pub address: String,
    pub reminded_on: Option<String>,
    pub due_on: String,
    pub label: String,
}

impl Awaited {
    pub fn link(&self) -> OutsideId {
        OutsideId::from_uuid(self.link_id)
    }

    pub fn duty(&self) -> DutyId {
        DutyId::from_uuid(self.duty_id)
    }
}

/// Those of open periods that are due on one of these days and were not sent, in their newest version.
pub async fn awaited(conn: &Reader, days: &[Date]) -> Result<Vec<Awaited>, DbError> {
    if days.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT o.id AS link_id, p.duty_id, c.address, c.reminded_on, r.due_on, r.label \
         FROM programme_report r JOIN programme_report_period t ON t.report_id = r.id \
         JOIN programme_period p ON p.id = t.period_id \
         JOIN programme_outside o ON o.period_id = p.id AND o.unit_id = r.unit_id \
         JOIN programme_outside_contact c ON c.link_id = o.id \
         WHERE o.state = 'live' AND c.address <> '' AND p.state = 'open' AND NOT r.consolidated \
         AND r.state NOT IN ('issued', 'accepted') AND r.due_on IN ({}) \
         AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = r.id) ORDER BY o.id",
        db::marks(1, days.len())
    );
    conn.all(&sql, days.iter().map(|day| day.to_string().into()).collect()).await
}

/// Notes that the body of a link is reminded on this day; false where it was already.
pub async fn reminded(conn: &Writer, link: OutsideId, day: &str) -> Result<bool, DbError> {
    let sql = "UPDATE programme_outside_contact SET reminded_on = $2 \
        WHERE link_id = $1 AND address <> '' AND (reminded_on IS NULL OR reminded_on < $2)";
    Ok(conn.exec(sql, vals![link.uuid(), day]).await? == 1)
}
