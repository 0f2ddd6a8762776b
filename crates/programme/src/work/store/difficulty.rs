//! Difficulties, the way each takes, and the routes that plans prescribe.

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{
    PlanId, UnitId,
    ids::{DifficultyId, PartId},
};
use serde::Serialize;
use uuid::Uuid;

/// A stop on the way that a plan prescribes.
#[derive(Debug, Clone, FromQueryResult, Serialize, PartialEq, Eq)]
pub struct RouteRow {
    pub plan_id: Uuid,
    pub position: i64,
    pub unit_id: Uuid,
    /// The body through which it goes ("qua Sở ...").
    pub via_id: Option<Uuid>,
    /// Only when it exceeds what the body before may decide.
    pub if_exceeds: bool,
    /// Working days to answer in.
    pub days: i64,
    /// The plan's own words; empty where a person set it.
    pub source: String,
}

pub async fn route(conn: &Reader, plan: PlanId) -> Result<Vec<RouteRow>, DbError> {
    let sql = "SELECT plan_id, position, unit_id, via_id, if_exceeds, days, source FROM programme_route WHERE plan_id = $1 ORDER BY position";
    conn.all(sql, vals![plan.uuid()]).await
}

/// Replaces the whole route.
pub async fn route_set(conn: &Writer, plan: PlanId, rows: &[RouteRow]) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_route WHERE plan_id = $1", vals![plan.uuid()]).await?;
    for (position, row) in (1_i64..).zip(rows) {
        let sql = "INSERT INTO programme_route (plan_id, position, unit_id, via_id, if_exceeds, days, source) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values =
            vals![plan.uuid(), position, row.unit_id, row.via_id, row.if_exceeds, row.days, Words::new(&row.source)];
        conn.exec(sql, values).await?;
    }
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct DifficultyRow {
    pub id: Uuid,
    pub plan_id: Uuid,
    pub part_id: Option<Uuid>,
    pub target_id: Option<Uuid>,
    pub unit_id: Uuid,
    pub text: Words,
    pub proposal: Words,
    pub raised_at: i64,
    pub actor: String,
    /// `open`, `answered`, or `withdrawn`.
    pub state: String,
    pub holder_id: Option<Uuid>,
    pub due_on: Option<String>,
    pub answer: Option<Words>,
    pub answered_at: Option<i64>,
    pub rev: i64,
    /// The account behind the actor.
    #[serde(skip)]
    pub hand: Option<String>,
}

const COLUMNS: &str = "id, plan_id, part_id, target_id, unit_id, text, proposal, raised_at, actor, state, holder_id, due_on, answer, answered_at, rev, hand";

pub async fn insert(conn: &Writer, row: &DifficultyRow) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO programme_difficulty ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let values = vals![
        row.id,
        row.plan_id,
        row.part_id,
        row.target_id,
        row.unit_id,
        row.text.as_str(),
        row.proposal.as_str(),
        row.raised_at,
        row.actor.as_str(),
        row.state.as_str(),
        row.holder_id,
        row.due_on.clone(),
        row.answer.clone(),
        row.answered_at,
        row.rev,
        row.hand.clone(),
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

pub async fn get(conn: &Reader, id: DifficultyId) -> Result<Option<DifficultyRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM programme_difficulty WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn of_part(conn: &Reader, part: PartId) -> Result<Vec<DifficultyRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_difficulty WHERE part_id = $1 ORDER BY id DESC");
    conn.all(&sql, vals![part.uuid()]).await
}

/// What waits for an answer of these units, the longest overdue first; of all units where none is named.
pub async fn held_by(conn: &Reader, units: Option<&[UnitId]>, limit: u64) -> Result<Vec<DifficultyRow>, DbError> {
    let (filter, values) = among("holder_id", units);
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_difficulty WHERE state = 'open'{filter} ORDER BY due_on, id LIMIT {limit}"
    );
    conn.all(&sql, values).await
}

/// What these units raised, or anybody in a plan that they follow, the newest first; all where none is named.
pub async fn seen_by(conn: &Reader, units: Option<&[UnitId]>, limit: u64) -> Result<Vec<DifficultyRow>, DbError> {
    let (filter, values) = among("unit_id", units);
    let filter = match units {
        None => filter,
        Some(_) => {
            let list = filter.split_once(" IN ").map(|(_, list)| list).unwrap_or_default();
            // The newest first is their order already; on SQLite the plus keeps it from gathering all and sorting them.
            let plain = if conn.is_sqlite() { "+" } else { "" };
            format!(
                " AND ({plain}unit_id IN {list} OR {plain}plan_id IN (SELECT id FROM programme_plan WHERE follower_id IN {list}))"
            )
        }
    };
    let sql = format!("SELECT {COLUMNS} FROM programme_difficulty WHERE 1 = 1{filter} ORDER BY id DESC LIMIT {limit}");
    conn.all(&sql, values).await
}

/// Raised by a unit, open at some moment of a stretch of time: for its report.
pub async fn of_unit(conn: &Reader, unit: UnitId, from: i64, to: i64) -> Result<Vec<DifficultyRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_difficulty WHERE unit_id = $1 AND raised_at < $3 AND state <> 'withdrawn' \
        AND (answered_at IS NULL OR answered_at >= $2) ORDER BY id"
    );
    conn.all(&sql, vals![unit.uuid(), from, to]).await
}

/// Open ones whose day has passed.
pub async fn late(conn: &Reader, today: &str) -> Result<Vec<DifficultyRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM programme_difficulty WHERE state = 'open' AND due_on < $1 ORDER BY id");
    conn.all(&sql, vals![today]).await
}

fn among(column: &str, units: Option<&[UnitId]>) -> (String, Vec<db::Value>) {
    let Some(units) = units else { return (String::new(), vec![]) };
    (format!(" AND {column} IN ({})", db::marks(1, units.len())), units.iter().map(|unit| unit.uuid().into()).collect())
}

/// Where it stands after an act, over revision `rev`.
pub async fn state_set(conn: &Writer, row: &DifficultyRow, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_difficulty SET state = $3, holder_id = $4, due_on = $5, answer = $6, answered_at = $7, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let values =
        vals![row.id, rev, row.state.as_str(), row.holder_id, row.due_on.clone(), row.answer.clone(), row.answered_at];
    Ok(conn.exec(sql, values).await? == 1)
}

/// A stop that it really made.
#[derive(Debug, Clone, FromQueryResult, Serialize)]
pub struct HopRow {
    pub difficulty_id: Uuid,
    pub position: i64,
    pub unit_id: Uuid,
    pub via_id: Option<Uuid>,
    pub received_at: i64,
    pub due_on: String,
    pub left_at: Option<i64>,
    /// `answered`, `forwarded`, or `withdrawn`.
    pub outcome: Option<String>,
    pub text: Words,
    /// The account by which it left.
    #[serde(skip)]
    pub hand: Option<String>,
}

pub async fn hops(conn: &Reader, id: DifficultyId) -> Result<Vec<HopRow>, DbError> {
    let sql = "SELECT difficulty_id, position, unit_id, via_id, received_at, due_on, left_at, outcome, text, hand FROM programme_hop WHERE difficulty_id = $1 ORDER BY position";
    conn.all(sql, vals![id.uuid()]).await
}

pub async fn hop_insert(conn: &Writer, row: &HopRow) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_hop (difficulty_id, position, unit_id, via_id, received_at, due_on, text) VALUES ($1, $2, $3, $4, $5, $6, '')";
    let values = vals![row.difficulty_id, row.position, row.unit_id, row.via_id, row.received_at, row.due_on.as_str()];
    conn.exec(sql, values).await?;
    Ok(())
}

/// Takes a stop out: the undo of passing on.
pub async fn hop_drop(conn: &Writer, id: DifficultyId, position: i64) -> Result<(), DbError> {
    let sql = "DELETE FROM programme_hop WHERE difficulty_id = $1 AND position = $2";
    conn.exec(sql, vals![id.uuid(), position]).await?;
    Ok(())
}

pub async fn hop_leave(
    conn: &Writer,
    id: DifficultyId,
    position: i64,
    at: Option<i64>,
    outcome: Option<&str>,
    text: &str,
    hand: Option<&str>,
) -> Result<(), DbError> {
    let sql = "UPDATE programme_hop SET left_at = $3, outcome = $4, text = $5, hand = $6 WHERE difficulty_id = $1 AND position = $2";
    let (outcome, hand) = (outcome.map(str::to_owned), hand.map(str::to_owned));
    conn.exec(sql, vals![id.uuid(), position, at, outcome, text, hand]).await?;
    Ok(())
}
