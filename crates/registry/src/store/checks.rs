//! The last check of each kind of every system: need to know.

use db::{DbError, Reader, Where, vals};
use derive::Columns;
use jiff::civil::Date;
use kernel::{Scope, UnitId};

use crate::model::{CheckId, CheckKind, CheckOutcome, SystemId};

/// As many as one page shows.
pub const MOST: usize = 500;

/// A check after which none of its kind was made, and whose system it is of.
#[derive(Debug, Clone, Columns)]
pub struct Last {
    pub id: CheckId,
    pub system_id: SystemId,
    pub name: String,
    pub owner_id: UnitId,
    pub kind: CheckKind,
    pub on_day: Date,
    pub outcome: CheckOutcome,
    pub next_on: Option<Date>,
}

const SELECT: &str = "SELECT c.id, c.system_id, s.name, s.owner_id, c.kind, c.on_day, c.outcome, c.next_on \
    FROM registry_check AS c JOIN registry_system AS s ON s.id = c.system_id";

/// Of systems that are there; what was checked again since counts no more.
const OPEN: &str = "s.state NOT IN ('retired', 'mistaken') AND NOT EXISTS (SELECT 1 FROM registry_check AS later \
    WHERE later.system_id = c.system_id AND later.kind = c.kind \
    AND (later.on_day > c.on_day OR (later.on_day = c.on_day AND later.id > c.id)))";

/// Those of systems of these units, what is due first in front; one more than a page shows where there are more.
pub async fn of(conn: &Reader, known: &Scope) -> Result<Vec<Last>, DbError> {
    let mut list = Where::default();
    list.and(OPEN);
    if !known.everything {
        let units = list.list(known.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("s.owner_id IN ({units})"));
    }
    let sql = format!("{SELECT}{} ORDER BY COALESCE(c.next_on, '9999'), c.on_day, c.id LIMIT {}", list.sql(), MOST + 1);
    conn.all(&sql, list.values).await
}

/// Those that are to be made again on a day from the first to the last, of whatever body.
pub async fn between(conn: &Reader, (first, last): (Date, Date)) -> Result<Vec<Last>, DbError> {
    let sql = format!("{SELECT} WHERE c.next_on >= $1 AND c.next_on <= $2 AND {OPEN} ORDER BY c.next_on, c.id");
    conn.all(&sql, vals![first.to_string(), last.to_string()]).await
}
