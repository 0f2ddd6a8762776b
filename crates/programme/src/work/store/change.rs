//! Official acts on live tasks and plans, each with the rows that it changed as they were and as it left them.

use db::{DbError, FromQueryResult, Reader, Words, Writer, mask_json, vals};
use kernel::PlanId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{ChangeId, TaskId},
    work::{
        model::amend::{Step, TaskImage},
        store::held::Held,
    },
};

/// What an act changed, for whoever takes it back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Left {
    /// Before and after.
    pub tasks: Vec<(TaskImage, TaskImage)>,
    pub new_tasks: Vec<Uuid>,
    /// Before and after, with the revision that the act left.
    pub parts: Vec<Step>,
    pub new_parts: Vec<Uuid>,
    pub held: Vec<Uuid>,
    pub held_dropped: Vec<(Uuid, Held)>,
    /// Evidence, with the part that it came from and the one that it went to.
    pub evidence: Vec<(Uuid, Uuid, Uuid)>,
    /// Lines in the histories of parts.
    pub entries: Vec<Uuid>,
    /// The act made the plan wait for another word; none where it was made before that was written down.
    pub is_anew: Option<bool>,
    /// Since when it waited for one before.
    pub waited: Option<i64>,
    /// Since when it waited for one until the act left nothing to wait for.
    pub settled: Option<i64>,
    /// Bodies of a target before and after.
    pub target_bodies: Option<TargetBodies>,
    /// The indicator of a target, where the act said another one.
    pub measured: Option<Measured>,
    /// Duties that ended with their plan.
    pub duties: Vec<(Uuid, String)>,
}

impl Left {
    /// The tasks of which the act changed anything, but for those of what it made wait.
    pub fn touched(&self) -> impl Iterator<Item = Uuid> {
        let tasks = self.tasks.iter().map(|(task, _)| task.id).chain(self.new_tasks.iter().copied());
        let parts = self.parts.iter().flat_map(|(before, after)| [before.task_id, after.task_id]);
        tasks.chain(parts).chain(self.held_dropped.iter().map(|(_, held)| held.task()))
    }
}

impl Left {
    /// The indicator of the target before and after; the same where the act said nothing of it.
    pub fn measured_way(&self) -> (Option<&str>, Option<&str>) {
        let one = self.measured.as_ref();
        (one.and_then(|one| one.before.as_deref()), one.and_then(|one| one.after.as_deref()))
    }

    /// It made bodies wait, and said nothing new of the work.
    pub fn only_waits(&self) -> bool {
        let same =
            |(before, after): &(TaskImage, TaskImage)| before.text == after.text && before.result == after.result;
        !self.held.is_empty() && self.new_tasks.is_empty() && self.tasks.iter().all(same)
    }
}

/// What of an act decides since when its plan waits. It stands by itself: every act on the plan is asked for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Waits {
    /// Rows that wait by the act, and those that waited until then.
    pub held: Vec<Uuid>,
    pub dropped: Vec<Uuid>,
    pub is_anew: Option<bool>,
    pub waited: Option<i64>,
    pub only_waits: bool,
}

impl Waits {
    pub fn of(left: &Left) -> Self {
        Self {
            held: left.held.clone(),
            dropped: left.held_dropped.iter().map(|(row, _)| *row).collect(),
            is_anew: left.is_anew,
            waited: left.waited,
            only_waits: left.only_waits(),
        }
    }

    /// As it is stored; empty where nothing is decided by it.
    fn written(&self) -> Result<String, DbError> {
        let decides = self.is_anew != Some(false) || !self.held.is_empty() || !self.dropped.is_empty();
        if decides {
            serde_json::to_string(self).map_err(|error| DbError::Other(error.to_string()))
        } else {
            Ok(String::new())
        }
    }
}

/// An act as it makes its plan wait.
#[derive(Debug, FromQueryResult)]
pub struct WaitRow {
    pub at: i64,
    pub undone_at: Option<i64>,
    waits: Option<String>,
    /// Of acts of before this was written down.
    was_left: Option<String>,
}

impl WaitRow {
    pub fn waits(&self) -> Result<Waits, DbError> {
        match (&self.waits, &self.was_left) {
            (Some(waits), _) => read(waits),
            (None, Some(left)) => read(left).map(|left| Waits::of(&left)),
            (None, None) => Ok(Waits::default()),
        }
    }
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Other(error.to_string()))
}

/// Who owns a target and who reports on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetBodies {
    pub before: Vec<(Uuid, String)>,
    pub after: Vec<(Uuid, String)>,
}

/// The indicator of a target before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub before: Option<String>,
    pub after: Option<String>,
}

/// An act on work that is under way.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ChangeRow {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub task_id: Option<Uuid>,
    pub target_id: Option<Uuid>,
    /// `amend`, `pause`, `end`, `resume`, `split`, `merge`, `target`, `withdraw`.
    pub kind: String,
    pub reason: String,
    pub day: Option<String>,
    pub number: Option<String>,
    pub at: i64,
    pub actor: String,
    pub hand: Option<String>,
    pub was_left: String,
    pub undone_at: Option<i64>,
}

impl ChangeRow {
    pub fn id(&self) -> ChangeId {
        ChangeId::from_uuid(self.id)
    }

    pub fn plan(&self) -> PlanId {
        PlanId::from_uuid(self.plan_id)
    }

    pub fn left(&self) -> Result<Left, DbError> {
        read(&self.was_left)
    }
}

/// As it is stored: the words in it are those of tasks, and no personal number stays whole in it.
pub(crate) fn written(left: &Left) -> Result<String, DbError> {
    let mut json = serde_json::to_value(left).map_err(|error| DbError::Other(error.to_string()))?;
    mask_json(&mut json);
    Ok(json.to_string())
}

const COLUMNS: &str =
    "id, plan_id, task_id, target_id, kind, reason, day, number, at, actor, hand, was_left, undone_at";

pub async fn insert(conn: &Writer, row: &ChangeRow, waits: &Waits) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_change (id, plan_id, task_id, target_id, kind, reason, day, number, at, actor, hand, was_left, waits) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = vals![
        row.id,
        row.plan_id,
        row.task_id,
        row.target_id,
        row.kind.as_str(),
        Words::new(&row.reason),
        row.day.clone(),
        row.number.as_deref().map(Words::new),
        row.at,
        row.actor.as_str(),
        row.hand.clone(),
        row.was_left.as_str(),
        waits.written()?,
    ];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: ChangeId) -> Result<Option<ChangeRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_change WHERE id = $1"), vals![id.uuid()]).await
}

async fn of(conn: &Reader, column: &str, id: Uuid) -> Result<Vec<ChangeRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_change WHERE {column} = $1 ORDER BY id DESC LIMIT 100");
    conn.all(&sql, vals![id]).await
}

/// The newest first, with those by which other tasks became part of it.
pub async fn of_task(conn: &Reader, task: TaskId) -> Result<Vec<ChangeRow>, DbError> {
    let mut rows = of(conn, "task_id", task.uuid()).await?;
    let others = super::task::merged_into(conn, task).await?;
    for some in others.chunks(500) {
        let sql = format!(
            "SELECT {COLUMNS} FROM programme_change WHERE task_id IN ({}) AND kind = 'merge' AND undone_at IS NULL ORDER BY id DESC LIMIT 100",
            db::marks(1, some.len())
        );
        let merges: Vec<ChangeRow> = conn.all(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?;
        rows.extend(merges);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    Ok(rows)
}

pub async fn of_target(conn: &Reader, target: Uuid) -> Result<Vec<ChangeRow>, DbError> {
    of(conn, "target_id", target).await
}

pub async fn of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<ChangeRow>, DbError> {
    of(conn, "plan_id", plan.uuid()).await
}

/// A number that changes with every act on the plan: who looked at it before must look again.
pub async fn mark(conn: &Reader, plan: PlanId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) + COUNT(undone_at) FROM programme_change WHERE plan_id = $1";
    conn.count(sql, vals![plan.uuid()]).await
}

/// How many acts there were on a target, and how many went back.
pub async fn acts_on_target(conn: &Reader, target: Uuid) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) + COUNT(undone_at) FROM programme_change WHERE target_id = $1";
    conn.count(sql, vals![target]).await
}

/// The acts on the plan that decide since when it waits, the first one first, with those that were taken back.
pub async fn waits(conn: &Reader, plan: PlanId) -> Result<Vec<WaitRow>, DbError> {
    let sql = "SELECT at, undone_at, waits, CASE WHEN waits IS NULL THEN was_left END AS was_left FROM programme_change \
        WHERE plan_id = $1 AND (waits IS NULL OR waits <> '') ORDER BY id";
    conn.all(sql, vals![plan.uuid()]).await
}

/// Plans that were withdrawn, of these tasks: what each is called, and since when.
pub async fn withdrawn(conn: &Reader, tasks: &[Uuid]) -> Result<Vec<(String, Option<String>)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        label: String,
        day: Option<String>,
    }
    let mut out = Vec::new();
    for some in tasks.chunks(5000) {
        let sql = format!(
            "SELECT DISTINCT COALESCE(l.number, l.title, l.file_name) AS label, c.day FROM programme_task t \
             JOIN programme_plan l ON l.id = t.plan_id JOIN programme_change c ON c.id = l.withdrawal \
             WHERE l.state = 'withdrawn' AND t.id IN ({}) ORDER BY 1",
            db::marks(1, some.len())
        );
        let rows: Vec<Row> = conn.all(&sql, some.iter().map(|id| db::Value::from(*id)).collect()).await?;
        out.extend(rows.into_iter().map(|row| (row.label, row.day)));
    }
    out.dedup();
    Ok(out)
}

/// False where it was taken back already.
pub async fn undone_set(conn: &Writer, id: ChangeId, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_change SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    Ok(conn.exec(sql, vals![id.uuid(), at]).await? == 1)
}

/// Acts on the plan after this one that stand.
pub async fn later(conn: &Reader, row: &ChangeRow) -> Result<Vec<ChangeRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_change WHERE plan_id = $1 AND id > $2 AND undone_at IS NULL ORDER BY id"
    );
    conn.all(&sql, vals![row.plan_id, row.id]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_the_waiting_stands_by_itself_and_is_the_same_of_before() {
        let row = Uuid::from_u128(7);
        let left = Left { held: vec![row], is_anew: Some(true), waited: Some(5), ..Left::default() };
        let waits = Waits::of(&left);
        assert!(waits.only_waits);
        let (now, before) = (waits.written().unwrap(), written(&left).unwrap());
        let read = |waits: Option<&str>, was_left: Option<&str>| {
            let [waits, was_left] = [waits, was_left].map(|text| text.map(str::to_owned));
            WaitRow { at: 1, undone_at: None, waits, was_left }.waits().unwrap()
        };
        assert_eq!((read(Some(&now), None), read(None, Some(&before))), (waits.clone(), waits));
    }

    #[test]
    fn an_act_by_which_nothing_waits_is_not_read_at_all() {
        let words = Left { is_anew: Some(false), new_tasks: vec![Uuid::from_u128(8)], ..Left::default() };
        assert_eq!(Waits::of(&words).written().unwrap(), "");
        assert_ne!(Waits::of(&Left::default()).written().unwrap(), "", "of which nobody knows");
        let moved = Left { is_anew: Some(false), held: vec![Uuid::from_u128(8)], ..Left::default() };
        assert_ne!(Waits::of(&moved).written().unwrap(), "");
    }
}
