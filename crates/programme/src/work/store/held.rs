//! What a plan would give beyond its authority: kept until the body in whose name it stands confirms it.

use crate::ids::TaskId;
use db::{DbError, FromQueryResult, Insert, Reader, Writer, vals};
use kernel::{PlanId, UnitId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{plans::model::role::PlanRole, work::store::part::NewPart};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    Part(NewPart),
    Helper { task: Uuid, unit: UnitId },
    Answers { target: Uuid, unit: UnitId, role: String },
    Role { unit: UnitId, role: PlanRole },
}

impl Held {
    pub fn unit(&self) -> UnitId {
        match self {
            Self::Part(part) => part.unit,
            Self::Helper { unit, .. } | Self::Answers { unit, .. } | Self::Role { unit, .. } => *unit,
        }
    }

    /// The task that it is about; of what is about none, no task's id.
    pub fn task(&self) -> Uuid {
        match self {
            Self::Part(part) => part.task,
            Self::Helper { task, .. } => *task,
            Self::Answers { .. } | Self::Role { .. } => Uuid::nil(),
        }
    }
}

pub async fn insert(conn: &Writer, id: Uuid, plan: PlanId, held: &Held) -> Result<(), DbError> {
    insert_all(conn, plan, &[(id, held)]).await
}

/// Many in few statements.
pub async fn insert_all(conn: &Writer, plan: PlanId, all: &[(Uuid, &Held)]) -> Result<(), DbError> {
    let mut insert = Insert::into("programme_held", "id, plan_id, task_id, unit_id, body");
    for (id, held) in all {
        let body = serde_json::to_string(held).unwrap_or_default();
        insert.row(vals![*id, plan.uuid(), held.task(), held.unit().uuid(), body]);
    }
    insert.run(conn).await
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    body: String,
}

async fn rows(conn: &Reader, column: &str, of: Uuid) -> Result<Vec<(Uuid, Held)>, DbError> {
    let sql = format!("SELECT id, body FROM programme_held WHERE {column} = $1 ORDER BY id");
    let rows: Vec<Row> = conn.all(&sql, vals![of]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, serde_json::from_str(&row.body).ok()?))).collect())
}

pub async fn of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<(Uuid, Held)>, DbError> {
    rows(conn, "plan_id", plan.uuid()).await
}

pub async fn of_task(conn: &Reader, task: TaskId) -> Result<Vec<Held>, DbError> {
    Ok(rows(conn, "task_id", task.uuid()).await?.into_iter().map(|(_, held)| held).collect())
}

pub async fn is_there(conn: &Reader, id: Uuid) -> Result<bool, DbError> {
    Ok(conn.count("SELECT COUNT(*) FROM programme_held WHERE id = $1", vals![id]).await? == 1)
}

/// The same with the ids of their rows.
pub async fn rows_of_task(conn: &Reader, task: TaskId) -> Result<Vec<(Uuid, Held)>, DbError> {
    rows(conn, "task_id", task.uuid()).await
}

pub async fn drop(conn: &Writer, id: Uuid) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_held WHERE id = $1", vals![id]).await?;
    Ok(())
}
