//! What the map of one body shows: its live systems, and all relations that lead from or to one of them.

use db::{DbError, Reader, Where, Words, vals};
use derive::{Columns, Schema};
use kernel::{Scope, UnitId};
use serde::Serialize;

use crate::model::{LinkKind, SystemHosting, SystemId, SystemKind, SystemState};

/// A system of the body.
#[derive(Debug, Clone, Serialize, Columns, Schema)]
#[schema(as = MapSystem)]
pub struct Node {
    pub id: SystemId,
    pub name: Words,
    pub kind: SystemKind,
    pub state: SystemState,
    pub hosting: SystemHosting,
    pub level: Option<i64>,
}

/// A relation with the owners at both ends.
#[derive(Debug, Clone, Columns)]
pub struct Line {
    pub from_id: SystemId,
    pub to_id: SystemId,
    pub kind: LinkKind,
    pub from_owner: UnitId,
    pub to_owner: UnitId,
}

/// The systems of an owner, of one hosting and one level where these are asked for.
pub async fn nodes(
    conn: &Reader,
    owner: UnitId,
    hosting: Option<SystemHosting>,
    level: Option<i64>,
) -> Result<Vec<Node>, DbError> {
    use kernel::Code as _;
    let mut list = Where::default();
    let owner = list.bind(owner.uuid());
    list.and(&format!("owner_id = {owner}"));
    list.and("state NOT IN ('retired', 'mistaken')");
    if let Some(hosting) = hosting {
        let hosting = list.bind(hosting.code());
        list.and(&format!("hosting = {hosting}"));
    }
    if let Some(level) = level {
        let level = list.bind(level);
        list.and(&format!("COALESCE(level, 0) = {level}"));
    }
    let sql = "SELECT id, name, kind, state, hosting, level FROM registry_system";
    conn.all(&format!("{sql}{} ORDER BY name_sort, id", list.sql()), list.values).await
}

/// From and to the systems of an owner; what is gone at the other end is left out.
pub async fn lines(conn: &Reader, owner: UnitId) -> Result<Vec<Line>, DbError> {
    let live = "SELECT id FROM registry_system WHERE owner_id = $1 AND state NOT IN ('retired', 'mistaken')";
    // Known before the scan: else PostgreSQL reads all relations of the province for those of one body.
    let own = if conn.is_sqlite() { format!("IN ({live})") } else { format!("= ANY(ARRAY({live}))") };
    let sql = format!(
        "SELECT line.from_id AS from_id, line.to_id AS to_id, line.kind AS kind, $1 AS from_owner, other.owner_id AS to_owner \
         FROM registry_relation AS line JOIN registry_system AS other ON other.id = line.to_id \
         WHERE line.from_id {own} AND other.state NOT IN ('retired', 'mistaken') \
         UNION ALL SELECT line.from_id, line.to_id, line.kind, one.owner_id, $1 \
         FROM registry_relation AS line JOIN registry_system AS one ON one.id = line.from_id \
         WHERE line.to_id {own} AND one.owner_id <> $1 AND one.state NOT IN ('retired', 'mistaken') \
         ORDER BY from_id, to_id, kind"
    );
    conn.all(&sql, vals![owner.uuid()]).await
}

/// How many live systems a body owns.
#[derive(Debug, Clone, Copy, Columns)]
pub struct Owned {
    pub owner_id: UnitId,
    pub count: i64,
}

/// The bodies within reach that own most, at most so many.
pub async fn owning_most(conn: &Reader, reach: &Scope, most: u64) -> Result<Vec<Owned>, DbError> {
    let mut list = Where::default();
    list.and("state NOT IN ('retired', 'mistaken')");
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(UnitId::uuid));
        list.and(&format!("owner_id IN ({units})"));
    }
    let sql = format!(
        "SELECT owner_id, COUNT(*) AS count FROM registry_system{} GROUP BY owner_id ORDER BY count DESC, owner_id \
         LIMIT {most}",
        list.sql()
    );
    conn.all(&sql, list.values).await
}

/// How many relations say that systems of one body give data to systems of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Schema, Columns)]
pub struct Shares {
    #[serde(rename = "from")]
    #[schema(rename = "from", value_type = String)]
    pub from_owner: UnitId,
    #[serde(rename = "to")]
    #[schema(rename = "to", value_type = String)]
    pub to_owner: UnitId,
    pub count: i64,
}

/// Between different bodies, one of which is within reach.
pub async fn shares(conn: &Reader, reach: &Scope) -> Result<Vec<Shares>, DbError> {
    let mut list = Where::default();
    list.and("line.kind = 'shares_data'");
    list.and("one.owner_id <> other.owner_id");
    list.and("one.state NOT IN ('retired', 'mistaken') AND other.state NOT IN ('retired', 'mistaken')");
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(UnitId::uuid));
        list.and(&format!("one.owner_id IN ({units}) OR other.owner_id IN ({units})"));
    }
    let sql = format!(
        "SELECT one.owner_id AS from_owner, other.owner_id AS to_owner, COUNT(*) AS count \
         FROM registry_relation AS line JOIN registry_system AS one ON one.id = line.from_id \
         JOIN registry_system AS other ON other.id = line.to_id{} GROUP BY one.owner_id, other.owner_id",
        list.sql()
    );
    conn.all(&sql, list.values).await
}
