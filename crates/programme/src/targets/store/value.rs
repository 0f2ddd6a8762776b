//! Values of targets by unit and period, the way planned for them, and who reports on them.

use crate::ids::{TargetId, ValueId};
use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, vals};
use kernel::UnitId;
use serde::Serialize;
use uuid::Uuid;

use crate::targets::model::rollup::Measure;

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct ValueRow {
    pub id: Uuid,
    pub target_id: Uuid,
    pub unit_id: Uuid,
    pub period: String,
    pub numerator_milli: Option<i64>,
    pub denominator_milli: Option<i64>,
    pub value_milli: i64,
    /// `estimate`, `preliminary`, or `official`.
    pub status: String,
    pub evidence: Words,
    /// `manual`, or the platform that it was taken from.
    pub source: String,
    pub at: i64,
    pub actor: String,
    /// The body that gave it in the name of `unit_id`.
    pub acted_by: Option<Uuid>,
}

impl ValueRow {
    pub fn measure(&self) -> Measure {
        Measure { numerator: self.numerator_milli, denominator: self.denominator_milli, value: self.value_milli }
    }
}

pub(super) const COLUMNS: &str = "id, target_id, unit_id, period, numerator_milli, denominator_milli, value_milli, status, evidence, source, at, actor, acted_by";

/// So many targets in one statement.
const AT_ONCE: usize = 5000;

/// Ends this very value; false when another stands in its place.
pub async fn end(conn: &Writer, id: ValueId, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_value SET replaced_at = $2 WHERE id = $1 AND replaced_at IS NULL";
    Ok(conn.exec(sql, vals![id.uuid(), at]).await? == 1)
}

pub async fn get(conn: &Reader, id: ValueId) -> Result<Option<ValueRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_value WHERE id = $1"), vals![id.uuid()]).await
}

/// What stands of a target, by period and unit.
pub async fn of_target(conn: &Reader, target: TargetId) -> Result<Vec<ValueRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_value WHERE target_id = $1 AND replaced_at IS NULL ORDER BY period, unit_id"
    );
    conn.all(&sql, vals![target.uuid()]).await
}

/// What stands of a unit in these years.
pub async fn of_unit(conn: &Reader, unit: UnitId, first_year: i16) -> Result<Vec<ValueRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_value WHERE unit_id = $1 AND replaced_at IS NULL AND period >= $2 ORDER BY period"
    );
    conn.all(&sql, vals![unit.uuid(), first_year.to_string()]).await
}

/// What stands of one period, for all targets and units.
pub async fn of_period(conn: &Reader, period: &str) -> Result<Vec<ValueRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_value WHERE period = $1 AND replaced_at IS NULL ORDER BY target_id, unit_id"
    );
    conn.all(&sql, vals![period]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct BodyRow {
    pub target_id: Uuid,
    pub unit_id: Uuid,
    /// `owns` or `reports`.
    pub role: String,
}

pub async fn body_insert(conn: &Writer, target: Uuid, unit: UnitId, role: &str) -> Result<(), DbError> {
    bodies_insert(conn, &[(target, unit, role)]).await
}

/// Many bodies in few statements.
pub async fn bodies_insert(conn: &Writer, bodies: &[(Uuid, UnitId, &str)]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_target_body", "target_id, unit_id, role");
    for (target, unit, role) in bodies {
        insert.row(vals![*target, unit.uuid(), *role]);
    }
    insert.or("DO NOTHING");
    insert.run(conn).await
}

pub async fn body_delete(conn: &Writer, target: Uuid, unit: UnitId, role: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM programme_target_body WHERE target_id = $1 AND unit_id = $2 AND role = $3";
    conn.exec(sql, vals![target, unit.uuid(), role]).await?;
    Ok(())
}

pub async fn bodies(conn: &Reader, target: TargetId) -> Result<Vec<BodyRow>, DbError> {
    let sql = "SELECT target_id, unit_id, role FROM programme_target_body WHERE target_id = $1";
    conn.all(sql, vals![target.uuid()]).await
}

pub async fn bodies_of_plan(conn: &Reader, plan: kernel::PlanId) -> Result<Vec<BodyRow>, DbError> {
    let sql = "SELECT b.target_id, b.unit_id, b.role FROM programme_target t JOIN programme_target_body b ON b.target_id = t.id \
        WHERE t.plan_id = $1 ORDER BY b.target_id, b.role, b.unit_id";
    conn.all(sql, vals![plan.uuid()]).await
}

/// The bodies of these targets, whosever they are.
pub async fn bodies_of_targets(conn: &Reader, targets: &[Uuid]) -> Result<Vec<BodyRow>, DbError> {
    let mut out = Vec::new();
    for some in targets.chunks(AT_ONCE) {
        let marks = db::marks(1, some.len());
        let sql = format!("SELECT target_id, unit_id, role FROM programme_target_body WHERE target_id IN ({marks})");
        out.extend(conn.all::<BodyRow>(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?);
    }
    Ok(out)
}

/// What stands of these targets.
pub async fn of_targets(conn: &Reader, targets: &[Uuid]) -> Result<Vec<ValueRow>, DbError> {
    let mut out = Vec::new();
    for some in targets.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT {COLUMNS} FROM programme_value WHERE target_id IN ({}) AND replaced_at IS NULL \
             ORDER BY target_id, period, unit_id",
            db::marks(1, some.len())
        );
        out.extend(conn.all::<ValueRow>(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?);
    }
    Ok(out)
}

/// What stands of all targets of a plan, by target, period and unit.
pub async fn of_plan(conn: &Reader, plan: kernel::PlanId) -> Result<Vec<ValueRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_value WHERE target_id IN (SELECT id FROM programme_target WHERE plan_id = $1) \
         AND replaced_at IS NULL ORDER BY target_id, period, unit_id"
    );
    conn.all(&sql, vals![plan.uuid()]).await
}

/// Targets that a unit reports on, or owns where nobody is named to report.
pub async fn targets_of(conn: &Reader, unit: UnitId) -> Result<Vec<Uuid>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        target_id: Uuid,
    }
    let sql = "SELECT DISTINCT b.target_id FROM programme_target_body b WHERE b.unit_id = $1 AND (b.role = 'reports' OR NOT EXISTS \
        (SELECT 1 FROM programme_target_body o WHERE o.target_id = b.target_id AND o.role = 'reports'))";
    let rows: Vec<Row> = conn.all(sql, vals![unit.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.target_id).collect())
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct PlannedRow {
    pub target_id: Uuid,
    pub year: i64,
    pub value_milli: i64,
}

/// The values planned between now and the goal.
pub async fn trajectory(conn: &Reader, target: TargetId) -> Result<Vec<PlannedRow>, DbError> {
    let sql = "SELECT target_id, year, value_milli FROM programme_trajectory WHERE target_id = $1 ORDER BY year";
    conn.all(sql, vals![target.uuid()]).await
}

pub async fn planned_in(conn: &Reader, year: i16) -> Result<Vec<PlannedRow>, DbError> {
    conn.all("SELECT target_id, year, value_milli FROM programme_trajectory WHERE year = $1", vals![i64::from(year)])
        .await
}

/// Sets the whole way anew.
pub async fn trajectory_set(conn: &Writer, target: TargetId, rows: &[(i16, i64)]) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_trajectory WHERE target_id = $1", vals![target.uuid()]).await?;
    for (year, value) in rows {
        let sql = "INSERT INTO programme_trajectory (target_id, year, value_milli) VALUES ($1, $2, $3)";
        conn.exec(sql, vals![target.uuid(), i64::from(*year), *value]).await?;
    }
    Ok(())
}

/// The rule by which units' values become the target's.
pub async fn rollup_set(conn: &Writer, target: TargetId, rule: &str, threshold: Option<i64>) -> Result<(), DbError> {
    let sql = "UPDATE programme_target SET rollup = $2, threshold_milli = $3 WHERE id = $1";
    conn.exec(sql, vals![target.uuid(), rule, threshold]).await?;
    Ok(())
}
