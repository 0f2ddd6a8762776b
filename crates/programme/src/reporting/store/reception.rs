//! What the receivers of a report beside the one that gathers made of it.

use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, vals};
use kernel::UnitId;
use uuid::Uuid;

use crate::ids::ReportId;

#[derive(Debug, Clone, FromQueryResult)]
pub struct ReceptionRow {
    pub id: Uuid,
    pub report_id: Uuid,
    pub unit_id: Uuid,
    /// `waiting`, `accepted`, or `returned`.
    pub state: String,
    /// Under which number its records clerk entered it, and when.
    pub number: Option<Words>,
    pub received_on: Option<String>,
    pub remarks: Option<Words>,
    /// Who took the last step.
    pub hand: Option<String>,
    pub at: i64,
    pub rev: i64,
}

impl ReceptionRow {
    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn report(&self) -> ReportId {
        ReportId::from_uuid(self.report_id)
    }
}

const ROW: &str = "id, report_id, unit_id, state, number, received_on, remarks, hand, at, rev";

pub async fn of_report(conn: &Reader, report: ReportId) -> Result<Vec<ReceptionRow>, DbError> {
    let sql = format!("SELECT {ROW} FROM programme_reception WHERE report_id = $1 ORDER BY id");
    conn.all(&sql, vals![report.uuid()]).await
}

#[derive(FromQueryResult)]
struct OfUnit {
    unit_id: Uuid,
}

/// The bodies to which a report went beside the one that gathers it: they read it too.
pub async fn receivers(conn: &Reader, report: ReportId) -> Result<Vec<UnitId>, DbError> {
    let sql = "SELECT unit_id FROM programme_reception WHERE report_id = $1 ORDER BY unit_id";
    let rows: Vec<OfUnit> = conn.all(sql, vals![report.uuid()]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// A select of the reports that went to `{units}`, for the register.
pub const RECEIVED_BY: &str = "SELECT report_id FROM programme_reception WHERE unit_id IN ({units})";

/// Whether one of its receivers returned a report, and it stays so until the act is over.
pub async fn is_returned(conn: &Writer, report: Uuid) -> Result<bool, DbError> {
    Ok(conn.keep("programme_report", "id = $1 AND state = 'returned'", vals![report]).await?
        || conn.keep("programme_reception", "report_id = $1 AND state = 'returned'", vals![report]).await?)
}

/// Whether a newer version `n` was sent: that one is what the receivers have, whatever they made of it.
pub(super) const IS_SENT: &str = "n.state IN ('issued', 'accepted', 'returned')";

/// Whether a newer version of a report was sent: that one is what its receivers have.
pub async fn is_replaced(conn: &Reader, report: ReportId) -> Result<bool, DbError> {
    let sql = format!("SELECT n.unit_id FROM programme_report n WHERE n.replaces_id = $1 AND {IS_SENT}");
    Ok(conn.one::<OfUnit>(&sql, vals![report.uuid()]).await?.is_some())
}

/// Nobody sends the newer version of a report, where there is one, until the act is over.
pub async fn hold_newer(conn: &Writer, report: ReportId) -> Result<(), DbError> {
    conn.hold("programme_report", "replaces_id = $1", vals![report.uuid()]).await
}

/// A report comes to these; each has a row of its own.
pub async fn insert_all(conn: &Writer, rows: &[ReceptionRow]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_reception", ROW);
    for row in rows {
        insert.row(vals![
            row.id,
            row.report_id,
            row.unit_id,
            row.state.as_str(),
            row.number.clone(),
            row.received_on.clone(),
            row.remarks.clone(),
            row.hand.clone(),
            row.at,
            row.rev,
        ]);
    }
    insert.run(conn).await
}

/// Over revision `rev`; false when somebody else was first.
pub async fn save(conn: &Writer, row: &ReceptionRow, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_reception SET state = $3, number = $4, received_on = $5, remarks = $6, hand = $7, at = $8, \
        rev = rev + 1 WHERE id = $1 AND rev = $2";
    let values = vals![
        row.id,
        rev,
        row.state.as_str(),
        row.number.clone(),
        row.received_on.clone(),
        row.remarks.clone(),
        row.hand.clone(),
        row.at,
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// What waits for one of its receivers, with what is said of the report there.
#[derive(Debug, FromQueryResult)]
pub struct WaitingRow {
    pub report_id: Uuid,
    /// The receiver.
    pub unit_id: Uuid,
    pub received_on: Option<String>,
    /// Whose report it is, of which period, due when, by whose hands.
    pub sender_id: Uuid,
    pub label: String,
    pub due_on: String,
    pub hands: Option<String>,
}

/// What came to these units and waits for them, the oldest first; not what a newer version took the place of.
pub async fn waiting(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<WaitingRow>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT p.report_id, p.unit_id, p.received_on, r.unit_id AS sender_id, r.label, r.due_on, r.hands \
         FROM programme_reception p JOIN programme_report r ON r.id = p.report_id \
         WHERE p.unit_id IN ({}) AND p.state = 'waiting' \
         AND NOT EXISTS (SELECT 1 FROM programme_report n WHERE n.replaces_id = p.report_id AND {IS_SENT}) \
         ORDER BY p.at, p.id LIMIT {limit}",
        db::marks(1, units.len())
    );
    conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await
}
