//! Tasks of live plans that no body has: kept as rows of their own, written by whoever gives or takes work.

use db::{DbError, FromQueryResult, Reader, Row as _, Words, Writer, vals};
use derive::{Row, Schema};
use jiff::{Timestamp, civil::Date};
use kernel::{Ground, Held, PlanId, Resource, Rule, UnitId, ctx::vietnam, text::fold};
use serde::Serialize;
use uuid::Uuid;
use webkit::{Act, Cell, Column, Filter, Grounds, Register, Related, Sort};

use crate::{ids::TaskId, plans, plans::store::plan::PlanRow, work::store::part::THERE};

/// Read in the house that issued the plan or follows it.
pub const READ: Rule =
    Rule { action: "unled.read", kind: "Plan", grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any)] };

/// A task that no body has yet.
#[derive(Debug, Clone, Row, Serialize, Schema)]
#[row(table = "programme_unled", follows(fold = fold))]
pub struct Unled {
    /// The task.
    pub id: TaskId,
    #[row(column = "plan_id")]
    pub plan_id: PlanId,
    /// What the plan is called.
    pub plan: Words,
    #[serde(skip)]
    pub place: String,
    pub section: Words,
    pub text: Words,
    /// The time frame as the plan says it.
    pub time_raw: Words,
    /// Microseconds since 1970.
    pub since: i64,
}

impl Unled {
    fn fold(&self) -> String {
        fold(&format!("{} {} {}", self.text, self.section, self.plan))
    }
}

fn day(micros: i64) -> Option<Date> {
    Timestamp::from_microsecond(micros).ok().map(vietnam)
}

fn typed(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

type Of = Column<Unled>;

pub static UNLED: Register<Unled> = Register {
    paths: webkit::register_paths!("/unled"),
    rule: &READ,
    grounds: Grounds {
        unit: Related::Among(
            "plan_id",
            "SELECT id FROM programme_plan WHERE COALESCE(issuer_id, follower_id) IN ({units})",
        ),
        follows: &[Related::Among("plan_id", "SELECT id FROM programme_plan WHERE follower_id IN ({units})")],
        involved: &[],
        compartment: None,
    },
    resource: |_, conn, row| Box::pin(resource(conn, row.plan_id)),
    from: "programme_unled{hint}",
    select: <Unled as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("plan", "place", "programme_unled_order"),
        Sort::rising("newest", "CAST(9999999999999999 - since AS text)", "programme_unled_newest").inverse(),
    ],
    filters: &[
        Filter::text("plan", "plan = {}", typed),
        Filter::unit("follower", "plan_id IN (SELECT id FROM programme_plan WHERE follower_id = {})"),
    ],
    columns: &[
        Of::new("text", |row| Cell::Text(row.text.to_string())).label("task"),
        Of::new("section", |row| Cell::Text(row.section.to_string())),
        Of::new("plan", |row| Cell::Text(row.plan.to_string())).by("plan"),
        Of::new("time", |row| Cell::Text(row.time_raw.to_string())).label("time-frame"),
        Of::new("since", |row| Cell::Day(day(row.since))).label("unled-since").by("newest"),
    ],
    part: None,
    href: |row| format!("/tasks/{}/amend", row.id),
    acts: &[] as &[Act],
};

async fn resource(conn: &Reader, plan: PlanId) -> Result<Resource, kernel::Problem> {
    let plan = plans::store::plan::get(conn, plan).await?.ok_or_else(kernel::Problem::not_found)?;
    Ok(Resource {
        kind: "Plan",
        id: plan.id().to_string(),
        // A body that is not in the tree has no house.
        unit: Some(plan.issuer_id.map_or_else(|| plan.follower(), UnitId::from_uuid)),
        followed_by: vec![plan.follower()],
        ..Resource::default()
    })
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    position: i64,
    section: String,
    text: String,
    time_raw: String,
}

/// Tasks of the plan that are there, with neither a part that is somebody's nor one that waits for a word.
fn find() -> String {
    format!(
        "SELECT t.id, t.position, t.section, t.text, t.time_raw FROM programme_task t \
         WHERE t.plan_id = $1 AND t.merged_into IS NULL \
         AND NOT EXISTS (SELECT 1 FROM programme_part p WHERE p.task_id = t.id AND {THERE}) \
         AND NOT EXISTS (SELECT 1 FROM programme_held h WHERE h.task_id = t.id AND h.body LIKE '{{\"part\"%')"
    )
}

/// Writes the plan's rows as its work is now, inside the act that changed it.
pub async fn settle(conn: &Writer, plan: &PlanRow, now: i64) -> Result<(), DbError> {
    let found: Vec<Found> = if plan.state == "live" { conn.all(&find(), vals![plan.id]).await? } else { vec![] };
    let known = of_plan(conn, plan.id()).await?;
    let gone: Vec<TaskId> = known
        .iter()
        .filter(|row| !found.iter().any(|task| task.id == row.id.uuid() && task.text == row.text.as_str()))
        .map(|row| row.id)
        .collect();
    Unled::delete(conn, gone.clone()).await?;
    let stays =
        |task: &&Found| known.iter().any(|row| row.id.uuid() == task.id) && !gone.iter().any(|id| id.uuid() == task.id);
    let new: Vec<Unled> = found
        .iter()
        .filter(|task| !stays(task))
        .map(|task| Unled {
            id: TaskId::from_uuid(task.id),
            plan_id: plan.id(),
            plan: Words::new(plan.label()),
            place: format!("{}-{}", 1_000_000_000_000_000_000 + plan.created_at, 1_000_000 + task.position),
            section: Words::new(&task.section),
            text: Words::new(&task.text),
            time_raw: Words::new(&task.time_raw),
            since: known.iter().find(|row| row.id.uuid() == task.id).map_or(now, |row| row.since),
        })
        .collect();
    Unled::insert_all(conn, &new).await
}

pub async fn of_plan(conn: &Reader, plan: PlanId) -> Result<Vec<Unled>, DbError> {
    Unled::find(conn, "WHERE plan_id = $1 ORDER BY place, id", vals![plan.uuid()]).await
}

/// Plans that one of these units follows and that have such tasks, each with how many.
pub async fn followed(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<(Uuid, String, i64)>, DbError> {
    #[derive(FromQueryResult)]
    struct Counted {
        plan_id: Uuid,
        plan: String,
        tasks: i64,
    }
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT plan_id, plan, COUNT(*) AS tasks FROM programme_unled WHERE plan_id IN \
         (SELECT id FROM programme_plan WHERE follower_id IN ({})) GROUP BY plan_id, plan ORDER BY MIN(place) LIMIT {limit}",
        db::marks(1, units.len())
    );
    let rows: Vec<Counted> = conn.all(&sql, units.iter().map(|unit| unit.uuid().into()).collect()).await?;
    Ok(rows.into_iter().map(|row| (row.plan_id, row.plan, row.tasks)).collect())
}
