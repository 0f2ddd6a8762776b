//! Assessments in numbers, and many at once.

use std::collections::BTreeMap;

use db::{DbError, Reader, Row as _, Value, Where, Words, Writer, marks, vals};
use derive::Columns;
use kernel::{Code as _, UnitId};

use super::landscape::AT_ONCE;
use crate::model::{
    Amount, SystemId, SystemKind,
    assessment::{Assessment, AssessmentId, Decision, MoveStrategy, ReviewState},
};

/// How many are to move in one way.
#[derive(Debug, Clone, Columns)]
pub struct Count {
    pub strategy: MoveStrategy,
    pub review: ReviewState,
    pub is_answered: i64,
    pub count: i64,
}

/// Leaves those that are assessed now: what was entered by mistake, or is of another kind since, keeps its row and counts
/// nowhere.
fn assessed(seen: &mut Where) {
    let kinds = seen.list(SystemKind::MAIN.iter().map(|kind| kind.code()));
    seen.and(&format!("kind IN ({kinds})"));
    seen.and("state <> 'mistaken'");
}

/// By the strategy that holds, by review and by whether anybody answered; of the systems that this condition of the
/// register allows.
pub async fn counts(conn: &Reader, mut seen: Where) -> Result<Vec<Count>, DbError> {
    assessed(&mut seen);
    let sql = format!(
        "SELECT COALESCE(a.overruled, a.strategy) AS strategy, a.review AS review, \
         CAST(CASE WHEN a.answered > 0 THEN 1 ELSE 0 END AS BIGINT) AS is_answered, COUNT(*) AS count FROM registry_assessment a \
         JOIN (SELECT id FROM registry_system{}) s ON s.id = a.system_id GROUP BY 1, 2, 3",
        seen.sql()
    );
    conn.all(&sql, seen.values).await
}

/// How many of those that the condition allows nobody has classified: what was entered since the last classification.
pub async fn unclassified(conn: &Reader, mut seen: Where) -> Result<i64, DbError> {
    assessed(&mut seen);
    seen.and("NOT EXISTS (SELECT 1 FROM registry_assessment a WHERE a.system_id = registry_system.id)");
    conn.count(&format!("SELECT COUNT(*) FROM registry_system{}", seen.sql()), seen.values).await
}

/// Answers of another system, with what they led to.
#[derive(Debug, Clone, Columns)]
pub struct Answered {
    pub id: SystemId,
    pub name: String,
    pub answers: String,
    pub facts: String,
}

/// How many are looked at for one that is alike: the newest.
pub const LOOKED_AT: i64 = 300;

/// Systems of a kind, other than this one, of which somebody has answered questions, that the condition allows.
pub async fn answered(
    conn: &Reader,
    mut seen: Where,
    (own, kind): (SystemId, SystemKind),
) -> Result<Vec<Answered>, DbError> {
    let kind = seen.bind(kind.code());
    seen.and(&format!("kind = {kind}"));
    let own = seen.bind(own.uuid());
    seen.and(&format!("id <> {own}"));
    seen.and("state <> 'mistaken'");
    let sql = format!(
        "SELECT s.id AS id, s.name AS name, a.answers AS answers, a.facts AS facts FROM registry_assessment a \
         JOIN (SELECT id, name FROM registry_system{}) s ON s.id = a.system_id WHERE a.answered > 0 \
         ORDER BY a.id DESC LIMIT {LOOKED_AT}",
        seen.sql()
    );
    conn.all(&sql, seen.values).await
}

pub async fn of(conn: &Reader, system: SystemId) -> Result<Option<Assessment>, DbError> {
    Assessment::one(conn, "WHERE system_id = $1", vals![system.uuid()]).await
}

const DECISIONS: &str = "SELECT system_id, strategy, overruled, score, effort, earliest, closed_days, reviewed_at \
    FROM registry_assessment";

/// Of all systems, without the texts that lead to it.
pub async fn decisions(conn: &Reader) -> Result<Vec<Decision>, DbError> {
    conn.all(DECISIONS, vals![]).await
}

/// The same, of these.
pub async fn decisions_of(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Decision>, DbError> {
    let mut out = Vec::new();
    for some in systems.chunks(AT_ONCE) {
        let mut list = Where::default();
        let ids = list.list(some.iter().map(|id| id.uuid()));
        list.and(&format!("system_id IN ({ids})"));
        let found: Vec<Decision> = conn.all(&format!("{DECISIONS}{}", list.sql()), list.values).await?;
        out.extend(found);
    }
    Ok(out)
}

/// The same, as it stays until the act is over.
pub async fn held(conn: &Writer, system: SystemId) -> Result<Option<Assessment>, DbError> {
    conn.hold(Assessment::TABLE, "system_id = $1", vals![system.uuid()]).await?;
    of(conn, system).await
}

/// Puts these in the place of what stands under their keys, each over the revision before its own; false where one of those
/// is not there any more as it was read.
pub async fn put_all(conn: &Writer, rows: &[Assessment]) -> Result<bool, DbError> {
    let mut old: BTreeMap<i64, Vec<AssessmentId>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.rev > 1) {
        old.entry(row.rev - 1).or_default().push(row.id);
    }
    for (rev, ids) in old {
        for some in ids.chunks(AT_ONCE) {
            let mut values: Vec<Value> = some.iter().map(|id| Value::from(id.uuid())).collect();
            values.push(rev.into());
            let tail = format!("WHERE id IN ({}) AND rev = ${}", marks(1, some.len()), values.len());
            if Assessment::delete_where(conn, &tail, values).await? != some.len() as u64 {
                return Ok(false);
            }
        }
    }
    Assessment::insert_all(conn, rows).await?;
    Ok(true)
}

/// Writes on systems of this revision how they are to move; none takes it away. False where one of them has another since.
pub async fn write_strategy(
    conn: &Writer,
    strategy: Option<MoveStrategy>,
    (rev, systems): (i64, &[SystemId]),
) -> Result<bool, DbError> {
    for some in systems.chunks(AT_ONCE) {
        let mut values: Vec<Value> = some.iter().map(|id| Value::from(id.uuid())).collect();
        values.push(strategy.map(|one| one.code().to_owned()).into());
        values.push(rev.into());
        let sql = format!(
            "UPDATE registry_system SET strategy = ${}, rev = rev + 1 WHERE id IN ({}) AND rev = ${}",
            some.len() + 1,
            marks(1, some.len()),
            some.len() + 2
        );
        if conn.exec(&sql, values).await? != some.len() as u64 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A system that is to move, with its score and what is known of the effort.
#[derive(Debug, Clone, Columns)]
pub struct Moving {
    pub id: SystemId,
    pub name: Words,
    pub owner_id: UnitId,
    pub strategy: MoveStrategy,
    pub users: Option<Amount>,
    pub score: i64,
    pub effort: Option<i64>,
}

/// The highest score first; of the systems that this condition of the register allows.
pub async fn moving(conn: &Reader, mut seen: Where) -> Result<Vec<Moving>, DbError> {
    assessed(&mut seen);
    let moves = seen.list(MoveStrategy::ALL.iter().filter(|strategy| strategy.moves()).map(|strategy| strategy.code()));
    seen.and(&format!("state <> 'retired' AND strategy IN ({moves})"));
    let sql = format!(
        "SELECT s.id AS id, s.name AS name, s.owner_id AS owner_id, s.strategy AS strategy, s.users AS users, \
         a.score AS score, a.effort AS effort \
         FROM (SELECT id, name, owner_id, strategy, users FROM registry_system{}) s \
         JOIN registry_assessment a ON a.system_id = s.id ORDER BY a.score DESC, s.id",
        seen.sql()
    );
    conn.all(&sql, seen.values).await
}
