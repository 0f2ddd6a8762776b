//! How a value comes in: only as one that was asked whether its unit gives it.

use crate::ids::TargetId;
use db::{DbError, Writer, vals};
use kernel::UnitId;

use crate::targets::{store::value::COLUMNS, usecase::value_row::CheckedValue};

/// Writes a value; the one that stood for the same target, unit and period is kept as replaced.
pub async fn insert(conn: &Writer, value: &CheckedValue) -> Result<(), DbError> {
    let row = value.row();
    replace(conn, TargetId::from_uuid(row.target_id), UnitId::from_uuid(row.unit_id), &row.period, row.at).await?;
    let sql = format!(
        "INSERT INTO programme_value ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    let values = vals![
        row.id,
        row.target_id,
        row.unit_id,
        row.period.as_str(),
        row.numerator_milli,
        row.denominator_milli,
        row.value_milli,
        row.status.as_str(),
        row.evidence.as_str(),
        row.source.as_str(),
        row.at,
        row.actor.as_str(),
        row.acted_by,
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

async fn replace(conn: &Writer, target: TargetId, unit: UnitId, period: &str, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE programme_value SET replaced_at = $4 WHERE target_id = $1 AND unit_id = $2 AND period = $3 AND replaced_at IS NULL";
    conn.exec(sql, vals![target.uuid(), unit.uuid(), period, at]).await?;
    Ok(())
}
