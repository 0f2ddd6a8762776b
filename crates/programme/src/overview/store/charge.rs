//! Which leader is in charge of which body.

use std::collections::BTreeMap;

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::UnitId;
use uuid::Uuid;

/// The leader in charge of each body that has one.
pub async fn all(conn: &Reader) -> Result<BTreeMap<UnitId, String>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
        leader: String,
    }
    let rows: Vec<Row> = conn.all("SELECT unit_id, leader FROM programme_charge", vals![]).await?;
    Ok(rows.into_iter().map(|row| (UnitId::from_uuid(row.unit_id), row.leader)).collect())
}

/// Puts a leader in charge of a body; nobody with an empty name.
pub async fn set(conn: &Writer, unit: UnitId, leader: &str) -> Result<(), DbError> {
    if leader.is_empty() {
        conn.exec("DELETE FROM programme_charge WHERE unit_id = $1", vals![unit.uuid()]).await?;
        return Ok(());
    }
    let sql = "INSERT INTO programme_charge (unit_id, leader) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET leader = excluded.leader";
    conn.exec(sql, vals![unit.uuid(), Words::new(leader)]).await?;
    Ok(())
}
