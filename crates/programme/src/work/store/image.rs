//! Images of tasks and parts: read, and written back.

use db::{DbError, FromQueryResult, Reader, Words, Writer, search_put_all, vals};
use kernel::UnitId;
use uuid::Uuid;

use crate::{
    ids::TaskId,
    work::{
        model::amend::{PartImage, TaskImage},
        store::task::TaskRow,
    },
};

const PART: &str = "id, task_id, unit_id, sort_plan, time_kind, start_on, due_on, clock, clock_from, clock_days, done_on, stopped_on, stop_kind, rev";

pub async fn parts(conn: &Reader, task: TaskId) -> Result<Vec<PartImage>, DbError> {
    let sql = format!("SELECT {PART} FROM programme_part WHERE task_id = $1 ORDER BY unit_sort, id");
    conn.all(&sql, vals![task.uuid()]).await
}

/// Writes what acts of this kind change, over the revision of the image before; false where somebody was at it meanwhile.
pub async fn part_set(conn: &Writer, rev: i64, after: &PartImage) -> Result<bool, DbError> {
    let sql = "UPDATE programme_part SET task_id = $3, sort_plan = $4, sort_due = $5, time_kind = $6, start_on = $7, due_on = $8, \
        clock = $9, clock_from = $10, clock_days = $11, stopped_on = $12, stop_kind = $13, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let sort_due = format!("{} {}", after.due_on.as_deref().unwrap_or("9999-12-31"), after.sort_plan);
    let values = vals![
        after.id,
        rev,
        after.task_id,
        after.sort_plan.as_str(),
        sort_due,
        after.time_kind.as_str(),
        after.start_on.clone(),
        after.due_on.clone(),
        after.clock.clone(),
        after.clock_from.clone(),
        after.clock_days,
        after.stopped_on.clone(),
        after.stop_kind.clone(),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// Whether nobody did anything with a part since it was made: as it was, with nothing that hangs on it.
pub async fn is_untouched(conn: &Reader, part: Uuid) -> Result<bool, DbError> {
    let there = ["entry", "evidence", "step", "due", "extension", "difficulty", "question"]
        .map(|table| format!("(SELECT COUNT(*) FROM programme_{table} WHERE part_id = $1)"));
    let sql = format!("SELECT {} + (SELECT rev - 1 FROM programme_part WHERE id = $1)", there.join(" + "));
    let helpers = "SELECT COUNT(*) FROM programme_helper WHERE part_id = $1";
    Ok(conn.count(&sql, vals![part]).await? == 0 && conn.count(helpers, vals![part]).await? == 0)
}

pub async fn part_delete(conn: &Writer, part: Uuid) -> Result<(), DbError> {
    super::contact::clear(conn, part).await?;
    conn.exec("DELETE FROM programme_part WHERE id = $1", vals![part]).await?;
    Ok(())
}

/// The task with the helpers that its plan names.
pub async fn task(conn: &Reader, row: &TaskRow) -> Result<TaskImage, DbError> {
    #[derive(FromQueryResult)]
    struct Helper {
        unit_id: Uuid,
    }
    let sql = "SELECT unit_id FROM programme_helper WHERE task_id = $1 AND part_id IS NULL ORDER BY unit_id";
    let helpers: Vec<Helper> = conn.all(sql, vals![row.id]).await?;
    Ok(TaskImage {
        id: row.id,
        text: row.text.clone(),
        time_raw: row.time_raw.clone(),
        time_kind: row.time_kind.clone(),
        result: row.result.clone(),
        coordinating: row.coordinating.clone(),
        merged_into: row.merged_into,
        helpers: helpers.into_iter().map(|row| UnitId::from_uuid(row.unit_id)).collect(),
    })
}

/// Writes a task as its image says, with its helpers and what is looked for.
pub async fn task_set(conn: &Writer, before: &TaskImage, after: &TaskImage) -> Result<(), DbError> {
    let sql = "UPDATE programme_task SET text = $2, time_raw = $3, time_kind = $4, result = $5, coordinating = $6, merged_into = $7 WHERE id = $1";
    let values = vals![
        after.id,
        Words::new(&after.text),
        Words::new(&after.time_raw),
        after.time_kind.as_str(),
        after.result.as_deref().map(Words::new),
        Words::new(&after.coordinating),
        after.merged_into,
    ];
    conn.exec(sql, values).await?;
    if before.text != after.text {
        search_put_all(conn, "programme_task_search", &[(after.id, Words::new(&after.text))]).await?;
    }
    for unit in before.helpers.iter().filter(|unit| !after.helpers.contains(unit)) {
        let sql = "DELETE FROM programme_helper WHERE task_id = $1 AND unit_id = $2 AND part_id IS NULL";
        conn.exec(sql, vals![after.id, unit.uuid()]).await?;
    }
    for unit in after.helpers.iter().filter(|unit| !before.helpers.contains(unit)) {
        let sql = "INSERT INTO programme_helper (task_id, unit_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        conn.exec(sql, vals![after.id, unit.uuid()]).await?;
    }
    Ok(())
}

/// Takes away a task that a split made; refused by the database where anything hangs on it.
pub async fn task_delete(conn: &Writer, task: Uuid) -> Result<(), DbError> {
    for sql in [
        "DELETE FROM programme_unled WHERE id = $1",
        "DELETE FROM programme_helper WHERE task_id = $1 AND part_id IS NULL",
        "DELETE FROM programme_task_search WHERE id = $1",
        "DELETE FROM programme_task WHERE id = $1",
    ] {
        conn.exec(sql, vals![task]).await?;
    }
    Ok(())
}

/// Evidence that stands or stood at a part goes to another part.
pub async fn evidence_of(conn: &Reader, part: Uuid) -> Result<Vec<Uuid>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let rows: Vec<Row> =
        conn.all("SELECT id FROM programme_evidence WHERE part_id = $1 ORDER BY id", vals![part]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

pub async fn evidence_move(conn: &Writer, evidence: Uuid, from: Uuid, to: Uuid) -> Result<bool, DbError> {
    let sql = "UPDATE programme_evidence SET part_id = $3 WHERE id = $1 AND part_id = $2";
    Ok(conn.exec(sql, vals![evidence, from, to]).await? == 1)
}
