//! Days that an administrator set apart, and the hours of offices.

use std::collections::HashMap;

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use jiff::civil::Date;
use kernel::{DayKind, Hours, SpecialDay, UnitId};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct DayRow {
    day: String,
    kind: Option<String>,
    name: String,
    source: String,
}

/// Rows over the built-in ones; none as kind makes the day what its weekday says.
pub async fn days(conn: &Reader) -> Result<Vec<(Date, Option<SpecialDay>)>, DbError> {
    let rows: Vec<DayRow> =
        conn.all("SELECT day, kind, name, source FROM directory_calendar_day ORDER BY day", vals![]).await?;
    let special = |row: DayRow| {
        let kind = row.kind.as_deref().and_then(DayKind::parse);
        let own = kind.map(|kind| SpecialDay {
            kind,
            name_vi: row.name.clone(),
            name_en: row.name,
            source: row.source,
            status: "amended".into(),
        });
        Some((row.day.parse().ok()?, own))
    };
    Ok(rows.into_iter().filter_map(special).collect())
}

pub async fn day_set(conn: &Writer, day: Date, kind: Option<DayKind>, name: &str, source: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_calendar_day (day, kind, name, source) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name, source = excluded.source";
    conn.exec(
        sql,
        vals![day.to_string(), kind.map(|kind| kind.code().to_owned()), Words::new(name), Words::new(source)],
    )
    .await?;
    Ok(())
}

/// Takes an amendment back; false when there was none.
pub async fn day_drop(conn: &Writer, day: Date) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_calendar_day WHERE day = $1", vals![day.to_string()]).await? == 1)
}

#[derive(FromQueryResult)]
struct HoursRow {
    unit_id: Uuid,
    opens: String,
    closes: String,
}

pub async fn hours(conn: &Reader) -> Result<HashMap<UnitId, Hours>, DbError> {
    let rows: Vec<HoursRow> = conn.all("SELECT unit_id, opens, closes FROM directory_hours", vals![]).await?;
    let hours = |row: HoursRow| {
        let hours = Hours { opens: row.opens.parse().ok()?, closes: row.closes.parse().ok()? };
        Some((UnitId::from_uuid(row.unit_id), hours))
    };
    Ok(rows.into_iter().filter_map(hours).collect())
}

pub async fn hours_set(conn: &Writer, unit: UnitId, hours: Hours) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_hours (unit_id, opens, closes) VALUES ($1, $2, $3) \
        ON CONFLICT (unit_id) DO UPDATE SET opens = excluded.opens, closes = excluded.closes";
    conn.exec(sql, vals![unit.uuid(), hours.opens.to_string(), hours.closes.to_string()]).await?;
    Ok(())
}
