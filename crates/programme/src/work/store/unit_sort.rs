//! The place that its body's name gives a report or a difficulty, for those that are there since before it was kept.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::UnitId;
use uuid::Uuid;

/// As the indexes of these orders read it.
const NONE: &str = "COALESCE(unit_sort, '') = ''";

/// The bodies of which something has no place.
pub async fn unplaced(conn: &Reader) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Body {
        unit_id: Uuid,
    }
    let sql = format!(
        "SELECT unit_id FROM programme_report WHERE {NONE} UNION SELECT unit_id FROM programme_difficulty WHERE {NONE}"
    );
    let rows: Vec<Body> = conn.all(&sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// Gives all of a body that have none this one; how many there were.
pub async fn place(conn: &Writer, unit: UnitId, sort: &str) -> Result<u64, DbError> {
    let reports = format!("UPDATE programme_report SET unit_sort = $2 WHERE unit_id = $1 AND {NONE}");
    let difficulties = format!("UPDATE programme_difficulty SET unit_sort = $2 WHERE unit_id = $1 AND {NONE}");
    Ok(conn.exec(&reports, vals![unit.uuid(), sort]).await?
        + conn.exec(&difficulties, vals![unit.uuid(), sort]).await?)
}
