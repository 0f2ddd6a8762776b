//! What people said of which item below is which above.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;
use uuid::Uuid;

use crate::{
    ids::{ReadRowId, ReadTargetId},
    plans::model::pairing::{Saying, Says},
};

/// A task or a target of a plan, as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemId {
    Task(ReadRowId),
    Target(ReadTargetId),
}

impl ItemId {
    pub fn parse(text: &str) -> Option<Self> {
        let task = text.parse().ok().map(Self::Task);
        task.or_else(|| text.parse().ok().map(Self::Target))
    }

    fn of(kind: &str, id: Uuid) -> Self {
        if kind == "target" { Self::Target(ReadTargetId::from_uuid(id)) } else { Self::Task(ReadRowId::from_uuid(id)) }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Target(_) => "target",
        }
    }

    fn table(self) -> &'static str {
        match self {
            Self::Task(_) => "programme_read_row",
            Self::Target(_) => "programme_read_target",
        }
    }

    pub fn uuid(self) -> Uuid {
        match self {
            Self::Task(id) => id.uuid(),
            Self::Target(id) => id.uuid(),
        }
    }

    /// Tasks are paired with tasks, targets with targets.
    pub fn is_like(self, other: Self) -> bool {
        self.kind() == other.kind()
    }
}

impl std::fmt::Display for ItemId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Task(id) => write!(f, "{id}"),
            Self::Target(id) => write!(f, "{id}"),
        }
    }
}

/// What somebody said.
#[derive(Debug, Clone)]
pub struct Pair {
    pub saying: Saying,
    /// The mark of who said so.
    pub actor: String,
    pub at: i64,
    /// From 1; of what was said anew, or after it was taken back, another one.
    pub rev: i64,
}

#[derive(FromQueryResult)]
struct Row {
    item_id: Uuid,
    twin_id: Uuid,
    kind: String,
    says: String,
    actor: String,
    at: i64,
    rev: i64,
}

/// What is said of these two plans, in one order.
pub async fn list(conn: &Reader, above: PlanId, child: PlanId) -> Result<Vec<Pair>, DbError> {
    let sql = "SELECT item_id, twin_id, kind, says, actor, at, COALESCE(rev, 1) AS rev FROM programme_pair \
        WHERE child_id = $1 AND above_id = $2 ORDER BY item_id, twin_id";
    let rows: Vec<Row> = conn.all(sql, vals![child.uuid(), above.uuid()]).await?;
    let pair = |row: Row| {
        let id = |id| ItemId::of(&row.kind, id).to_string();
        let saying = Saying { above: id(row.item_id), below: id(row.twin_id), says: Says::parse(&row.says)? };
        Some(Pair { saying, actor: row.actor, at: row.at, rev: row.rev })
    };
    Ok(rows.into_iter().filter_map(pair).collect())
}

/// Whether a plan has this item, and nobody dropped it.
pub async fn is_of(conn: &Reader, item: ItemId, plan: PlanId) -> Result<bool, DbError> {
    let sql = format!("SELECT COUNT(*) FROM {} WHERE id = $1 AND plan_id = $2 AND state <> 'dropped'", item.table());
    Ok(conn.count(&sql, vals![item.uuid(), plan.uuid()]).await? == 1)
}

/// Of which plans and items something is said.
#[derive(Debug, Clone, Copy)]
pub struct Between {
    pub above: PlanId,
    pub child: PlanId,
    pub item: ItemId,
    pub twin: ItemId,
}

/// What is said of them, and its revision; none where nothing is.
pub async fn said(conn: &Reader, of: Between) -> Result<Option<(Says, i64)>, DbError> {
    #[derive(FromQueryResult)]
    struct Now {
        says: String,
        rev: i64,
    }
    let sql = "SELECT says, COALESCE(rev, 1) AS rev FROM programme_pair \
        WHERE child_id = $1 AND item_id = $2 AND twin_id = $3 AND above_id = $4";
    let values = vals![of.child.uuid(), of.item.uuid(), of.twin.uuid(), of.above.uuid()];
    let now: Option<Now> = conn.one(sql, values).await?;
    Ok(now.and_then(|now| Some((Says::parse(&now.says)?, now.rev))))
}

/// Says it over revision `rev`, 0 where nothing is said; with none takes back what is said. False when somebody else was first.
pub async fn set(
    conn: &Writer,
    of: Between,
    says: Option<Says>,
    rev: i64,
    (actor, at): (&str, i64),
) -> Result<bool, DbError> {
    let (child, above, says) = (of.child.uuid(), of.above.uuid(), says.map_or("none", Says::code));
    let (item, twin, actor) = (of.item.uuid(), of.twin.uuid(), actor.to_owned());
    let said = if rev == 0 {
        let sql = "INSERT INTO programme_pair (child_id, item_id, twin_id, above_id, kind, says, actor, at, rev) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (child_id, item_id, twin_id) \
            DO UPDATE SET says = excluded.says, actor = excluded.actor, at = excluded.at, \
            rev = COALESCE(programme_pair.rev, 1) + 1 WHERE programme_pair.says = 'none'";
        conn.exec(sql, vals![child, item, twin, above, of.item.kind(), says, actor, at]).await?
    } else {
        let sql = "UPDATE programme_pair SET says = $5, actor = $6, at = $7, rev = COALESCE(rev, 1) + 1 \
            WHERE child_id = $1 AND item_id = $2 AND twin_id = $3 AND above_id = $4 \
            AND says <> 'none' AND COALESCE(rev, 1) = $8";
        conn.exec(sql, vals![child, item, twin, above, says, actor, at, rev]).await?
    };
    Ok(said == 1)
}
