//! Tasks, who helps with them, and their search index.

use std::collections::BTreeSet;

use crate::ids::{PartId, TaskId};
use db::{DbError, FromQueryResult, Insert, Reader, Words, Writer, search_put_all, vals};
use kernel::{PlanId, UnitId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct TaskRow {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub position: i64,
    pub section: String,
    pub text: String,
    pub time_raw: String,
    pub time_kind: String,
    pub result: Option<String>,
    pub quote: String,
    pub source_start: i64,
    pub source_end: i64,
    pub coordinating: String,
    /// The task that it became one with.
    pub merged_into: Option<Uuid>,
}

const WRITTEN: &str =
    "id, plan_id, position, section, text, time_raw, time_kind, result, quote, source_start, source_end, coordinating";
const COLUMNS: &str = "id, plan_id, position, section, text, time_raw, time_kind, result, quote, source_start, source_end, coordinating, merged_into";

pub async fn insert(conn: &Writer, task: &TaskRow, helpers: &[UnitId]) -> Result<(), DbError> {
    insert_all(conn, &[(task, helpers)]).await
}

/// Many tasks in few statements, each with the helpers that its plan names.
pub async fn insert_all(conn: &Writer, tasks: &[(&TaskRow, &[UnitId])]) -> Result<(), DbError> {
    let mut rows = Insert::into("programme_task", WRITTEN);
    let mut names = Insert::into("programme_helper", "task_id, unit_id");
    for (task, helpers) in tasks {
        rows.row(vals![
            task.id,
            task.plan_id,
            task.position,
            Words::new(&task.section),
            Words::new(&task.text),
            Words::new(&task.time_raw),
            task.time_kind.as_str(),
            task.result.as_deref().map(Words::new),
            Words::new(&task.quote),
            task.source_start,
            task.source_end,
            Words::new(&task.coordinating),
        ]);
        for unit in *helpers {
            names.row(vals![task.id, unit.uuid()]);
        }
    }
    rows.run(conn).await?;
    let texts: Vec<(Uuid, Words)> = tasks.iter().map(|(task, _)| (task.id, Words::new(&task.text))).collect();
    search_put_all(conn, "programme_task_search", &texts).await?;
    names.run(conn).await
}

pub async fn get(conn: &Reader, id: TaskId) -> Result<Option<TaskRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_task WHERE id = $1"), vals![id.uuid()]).await
}

/// How many acts touched a task: its words, its parts, and what waits for a word about it.
pub async fn revision(conn: &Reader, id: TaskId) -> Result<i64, DbError> {
    conn.count("SELECT COALESCE(rev, 0) FROM programme_task WHERE id = $1", vals![id.uuid()]).await
}

/// Tasks that became part of this one.
pub async fn merged_into(conn: &Reader, id: TaskId) -> Result<Vec<Uuid>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let sql = "SELECT id FROM programme_task WHERE plan_id = (SELECT plan_id FROM programme_task WHERE id = $1) AND merged_into = $1";
    let rows: Vec<Row> = conn.all(sql, vals![id.uuid()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// An act touched these tasks: who looked at one of them before must look again.
pub async fn touched(conn: &Writer, tasks: &BTreeSet<Uuid>) -> Result<(), DbError> {
    let tasks: Vec<Uuid> = tasks.iter().copied().collect();
    for some in tasks.chunks(500) {
        let sql =
            format!("UPDATE programme_task SET rev = COALESCE(rev, 0) + 1 WHERE id IN ({})", db::marks(1, some.len()));
        conn.exec(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?;
    }
    Ok(())
}

pub async fn last_position(conn: &Reader, plan: PlanId) -> Result<i64, DbError> {
    let sql = "SELECT COALESCE(MAX(position), 0) FROM programme_task WHERE plan_id = $1";
    conn.count(sql, vals![plan.uuid()]).await
}

/// Those that are tasks of their own.
pub async fn of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<TaskRow>, DbError> {
    let sql =
        format!("SELECT {COLUMNS} FROM programme_task WHERE plan_id = $1 AND merged_into IS NULL ORDER BY position");
    conn.all(&sql, vals![plan.uuid()]).await
}

/// A task by its words.
#[derive(Debug, Clone, FromQueryResult)]
pub struct TaskWords {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub text: String,
}

/// The words of those of several plans that are tasks of their own, in the order of each plan.
pub async fn words_of_plans(conn: &Reader, plans: &[Uuid]) -> Result<Vec<TaskWords>, DbError> {
    let mut out = Vec::new();
    for some in plans.chunks(5000) {
        let sql = format!(
            "SELECT id, plan_id, text FROM programme_task WHERE plan_id IN ({}) AND merged_into IS NULL ORDER BY plan_id, position",
            db::marks(1, some.len())
        );
        out.extend(conn.all::<TaskWords>(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?);
    }
    Ok(out)
}

pub async fn helpers(conn: &Reader, id: TaskId) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
    }
    let rows: Vec<Row> = conn.all("SELECT unit_id FROM programme_helper WHERE task_id = $1", vals![id.uuid()]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// Helpers that a part's body brought in.
pub async fn own_helpers(conn: &Reader, part: PartId) -> Result<Vec<UnitId>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        unit_id: Uuid,
    }
    let rows: Vec<Row> =
        conn.all("SELECT unit_id FROM programme_helper WHERE part_id = $1", vals![part.uuid()]).await?;
    Ok(rows.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect())
}

/// A helper that the plan names, added after the task was written.
pub async fn plan_helper_insert(conn: &Writer, task: TaskId, unit: UnitId) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_helper (task_id, unit_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    conn.exec(sql, vals![task.uuid(), unit.uuid()]).await?;
    Ok(())
}

pub async fn helper_insert(conn: &Writer, task: TaskId, unit: UnitId, part: PartId) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_helper (task_id, unit_id, part_id) VALUES ($1, $2, $3)";
    conn.exec(sql, vals![task.uuid(), unit.uuid(), part.uuid()]).await?;
    Ok(())
}

/// False where this part's body brought no such helper in.
pub async fn helper_delete(conn: &Writer, task: TaskId, unit: UnitId, part: PartId) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_helper WHERE task_id = $1 AND unit_id = $2 AND part_id = $3";
    Ok(conn.exec(sql, vals![task.uuid(), unit.uuid(), part.uuid()]).await? == 1)
}
