//! Targets of live plans: milestones of indicators.

use crate::ids::TargetId;
use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, matching, search_put_all, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct TargetRow {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub position: i64,
    pub text: String,
    /// Thousandths of the unit.
    pub value_milli: i64,
    pub unit: String,
    pub comparator: String,
    pub from_year: Option<i64>,
    pub to_year: Option<i64>,
    pub stretch_milli: Option<i64>,
    pub indicator: Option<String>,
    /// False where another part of the document states the same: never counted twice.
    pub counted: bool,
    pub owners: String,
    pub implementers: String,
    pub quote: String,
    pub source_start: i64,
    pub source_end: i64,
    /// How units' values become its own; none where nobody chose.
    pub rollup: Option<String>,
    pub threshold_milli: Option<i64>,
}

const COLUMNS: &str = "id, plan_id, position, text, value_milli, unit, comparator, from_year, to_year, stretch_milli, indicator, counted, owners, implementers, quote, source_start, source_end, rollup, threshold_milli";

/// Many targets in few statements.
pub async fn insert_all(conn: &Writer, rows: &[TargetRow]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_target", COLUMNS);
    for row in rows {
        insert.row(vals![
            row.id,
            row.plan_id,
            row.position,
            Words::new(&row.text),
            row.value_milli,
            Words::new(&row.unit),
            row.comparator.as_str(),
            row.from_year,
            row.to_year,
            row.stretch_milli,
            row.indicator.clone(),
            row.counted,
            Words::new(&row.owners),
            Words::new(&row.implementers),
            Words::new(&row.quote),
            row.source_start,
            row.source_end,
            row.rollup.clone(),
            row.threshold_milli,
        ]);
    }
    insert.run(conn).await?;
    let texts: Vec<(Uuid, Words)> = rows.iter().map(|row| (row.id, Words::new(&row.text))).collect();
    search_put_all(conn, "programme_target_search", &texts).await
}

/// Counted targets by id, by plan and position.
pub async fn by_ids(conn: &Reader, ids: &[Uuid]) -> Result<Vec<TargetRow>, DbError> {
    let mut out = Vec::new();
    for some in ids.chunks(5000) {
        let mut values = vals![true];
        values.extend(some.iter().map(|id| db::Value::from(*id)));
        let sql = format!(
            "SELECT {COLUMNS} FROM programme_target WHERE counted = $1 AND id IN ({}) ORDER BY plan_id, position",
            db::marks(2, some.len())
        );
        out.extend(conn.all::<TargetRow>(&sql, values).await?);
    }
    Ok(out)
}

/// Says which indicator it is a milestone of; false where another one was said since.
pub async fn indicator_set(
    conn: &Writer,
    id: TargetId,
    (before, after): (Option<&str>, Option<&str>),
) -> Result<bool, DbError> {
    let sql = "UPDATE programme_target SET indicator = $2 WHERE id = $1 AND COALESCE(indicator, '') = $3";
    let values = vals![id.uuid(), after.map(str::to_owned), before.unwrap_or_default()];
    Ok(conn.exec(sql, values).await? == 1)
}

pub async fn get(conn: &Reader, id: TargetId) -> Result<Option<TargetRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_target WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<TargetRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_target WHERE plan_id = $1 ORDER BY position");
    conn.all(&sql, vals![plan.uuid()]).await
}

/// Counted targets of live plans by year: those with these words, of this indicator.
pub async fn list(conn: &Reader, words: &str, indicator: Option<&str>) -> Result<Vec<TargetRow>, DbError> {
    let mut sql = format!(
        "SELECT {COLUMNS} FROM programme_target WHERE counted = $1 AND plan_id IN (SELECT id FROM programme_plan WHERE state = 'live')"
    );
    let mut values = vals![true];
    if let Some(code) = indicator {
        sql.push_str(" AND indicator = $2");
        values.extend(vals![code]);
    }
    if let Some((inside, value)) = matching(conn.backend(), "programme_target", words, values.len() + 1) {
        sql.push_str(&format!(" AND id IN ({inside})"));
        values.extend(vals![value]);
    }
    sql.push_str(" ORDER BY to_year, plan_id, position LIMIT 2000");
    conn.all(&sql, values).await
}
