//! Difficulties, the way each takes, and the routes that plans prescribe.

use crate::ids::{DifficultyId, PartId};
use db::{DbError, FromQueryResult, Reader, Row as _, Words, Writer, vals};
use kernel::{PlanId, Problem, Resource, UnitId};
use serde::Serialize;
use uuid::Uuid;

use crate::{plans, work::model::difficulty::Difficulty};

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

pub async fn of_part(conn: &Reader, part: PartId) -> Result<Vec<Difficulty>, DbError> {
    Difficulty::find(conn, "WHERE part_id = $1 ORDER BY id DESC", vals![part.uuid()]).await
}

/// What waits for an answer of these units, the longest overdue first.
pub async fn held_by(conn: &Reader, units: &[UnitId], limit: u64) -> Result<Vec<Difficulty>, DbError> {
    let marks = db::marks(1, units.len());
    let tail = format!("WHERE state = 'open' AND holder_id IN ({marks}) ORDER BY due_on, id LIMIT {limit}");
    Difficulty::find(conn, &tail, units.iter().map(|unit| unit.uuid().into()).collect()).await
}

/// What a report says of a difficulty.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Hindrance {
    pub id: Uuid,
    pub text: Words,
    pub proposal: Words,
    pub answer: Option<Words>,
}

/// Raised by a unit, open at some moment of a stretch of time: for its report.
pub async fn of_unit(conn: &Reader, unit: UnitId, from: i64, to: i64) -> Result<Vec<Hindrance>, DbError> {
    let sql = "SELECT id, text, proposal, answer FROM programme_difficulty WHERE unit_id = $1 AND raised_at < $3 \
        AND state <> 'withdrawn' AND (answered_at IS NULL OR answered_at >= $2) ORDER BY id";
    conn.all(sql, vals![unit.uuid(), from, to]).await
}

/// Open ones whose day has passed.
pub async fn late(conn: &Reader, today: &str) -> Result<Vec<Difficulty>, DbError> {
    Difficulty::find(conn, "WHERE state = 'open' AND due_on < $1 ORDER BY id", vals![today]).await
}

/// What the right to read it comes from.
pub async fn resource(conn: &Reader, row: &Difficulty) -> Result<Resource, Problem> {
    let plan = plans::store::plan::any(conn, row.plan).await?.ok_or_else(Problem::not_found)?;
    let had = hops(conn, row.id).await?.into_iter().map(|hop| UnitId::from_uuid(hop.unit_id));
    Ok(Resource {
        kind: "Difficulty",
        id: row.id.to_string(),
        unit: Some(row.unit),
        followed_by: had.chain([plan.follower()]).collect(),
        involved: row.holder.into_iter().collect(),
        ..Resource::default()
    })
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
