//! The frozen lists of owners: what would stand in one, what stands in it.

use std::collections::HashSet;

use db::{DbError, Reader, Row as _, Where, Words, Writer, marks, vals};
use derive::{Columns, Schema};
use jiff::civil::Date;
use kernel::{UnitId, ctx::vietnam};
use serde::Serialize;

use crate::model::{
    System, SystemId, SystemState,
    figures::{Baseline, BaselineId, BaselineItem},
    made_at,
};

/// What could stand in a list as of the day `$1` in the year `$2`, and stands in none: counted kinds that did not begin later.
/// Of what began on no known day its owner says otherwise.
const FREE: &str = "kind IN ('information_system', 'service') AND (operating_since IS NULL OR operating_since <= $1) \
    AND (operating_since IS NOT NULL OR since IS NULL OR since <= $2) \
    AND NOT EXISTS (SELECT 1 FROM registry_baseline_item AS item WHERE item.system_id = registry_system.id)";

/// Owners that have no list yet, each with the systems that stood on a day and still operate.
pub async fn stood(conn: &Reader, owners: &[UnitId], day: Date) -> Result<Vec<System>, DbError> {
    const AT_ONCE: usize = 5000;
    let mut out = Vec::new();
    for some in owners.chunks(AT_ONCE) {
        let mut values = vals![day.to_string(), i64::from(day.year())];
        values.extend(some.iter().map(|unit| unit.uuid().into()));
        let tail = format!(
            "WHERE {FREE} AND state IN ('operating', 'retiring') AND owner_id IN ({}) \
             AND NOT EXISTS (SELECT 1 FROM registry_baseline AS list WHERE list.unit_id = owner_id) \
             ORDER BY owner_id, name_sort, id",
            marks(3, some.len())
        );
        out.extend(System::find(conn, &tail, values).await?);
    }
    Ok(out)
}

/// Systems of these owners that could still be put into a list as of a day, by name: what has ended since stood then too.
pub async fn free(conn: &Reader, owners: &[UnitId], day: Date) -> Result<Vec<System>, DbError> {
    let mut values = vals![day.to_string(), i64::from(day.year())];
    values.extend(owners.iter().map(|unit| unit.uuid().into()));
    let tail = format!(
        "WHERE {FREE} AND state IN ('operating', 'retiring', 'retired') AND owner_id IN ({}) ORDER BY name_sort, id",
        marks(3, owners.len())
    );
    System::find(conn, &tail, values).await
}

#[derive(Columns)]
struct Owner {
    owner_id: UnitId,
}

/// Everybody who owns systems.
pub async fn owners(conn: &Reader) -> Result<Vec<UnitId>, DbError> {
    let sql = "SELECT DISTINCT owner_id FROM registry_system ORDER BY owner_id";
    Ok(conn.all::<Owner>(sql, vals![]).await?.into_iter().map(|row| row.owner_id).collect())
}

/// The day of an owner's list, where one is approved on this day.
pub async fn frozen_on(conn: &Reader, owner: UnitId, today: Date) -> Result<Option<Date>, DbError> {
    let approved = "WHERE unit_id = $1 AND approved_on <= $2";
    let list = Baseline::one(conn, approved, vals![owner.uuid(), today.to_string()]).await?;
    Ok(list.map(|list| list.as_of))
}

/// The day on which the first record of what these own was entered.
pub async fn first_entered(conn: &Reader, owners: &[UnitId]) -> Result<Option<Date>, DbError> {
    let mut list = Where::default();
    let units = list.list(owners.iter().map(UnitId::uuid));
    list.and(&format!("owner_id IN ({units})"));
    let first = System::one(conn, &format!("{} ORDER BY id LIMIT 1", list.sql()), list.values).await?;
    Ok(first.and_then(|system| made_at(&system.id)).map(vietnam))
}

/// Of these owners those that have no list yet.
pub async fn lacking(conn: &Reader, owners: &[UnitId]) -> Result<Vec<UnitId>, DbError> {
    let there: HashSet<UnitId> = all(conn).await?.into_iter().map(|list| list.unit_id).collect();
    Ok(owners.iter().copied().filter(|owner| !there.contains(owner)).collect())
}

/// A list as it is shown among all.
#[derive(Debug, Clone, Serialize, Columns, Schema)]
#[schema(as = BaselineSummary)]
pub struct Summary {
    pub id: BaselineId,
    pub unit_id: UnitId,
    pub as_of: Date,
    pub approved_on: Option<Date>,
    pub systems: i64,
    pub counted: i64,
    pub eligible: i64,
}

pub async fn all(conn: &Reader) -> Result<Vec<Summary>, DbError> {
    let sql = "SELECT list.id, list.unit_id, list.as_of, list.approved_on, COUNT(item.id) AS systems, \
        COUNT(CASE WHEN item.is_counted THEN 1 END) AS counted, \
        COUNT(CASE WHEN item.is_counted AND item.is_eligible THEN 1 END) AS eligible \
        FROM registry_baseline AS list LEFT JOIN registry_baseline_item AS item ON item.baseline_id = list.id \
        GROUP BY list.id, list.unit_id, list.as_of, list.approved_on ORDER BY list.unit_id";
    conn.all(sql, vals![]).await
}

/// A line of a list with the system that it is about, as that is now.
#[derive(Debug, Clone, Serialize, Columns, Schema)]
#[schema(as = BaselineLine)]
pub struct Entry {
    pub system_id: SystemId,
    pub name: Words,
    pub owner_id: UnitId,
    pub state: SystemState,
    pub is_counted: bool,
    pub is_eligible: bool,
    pub reason: Option<Words>,
    pub ground: Option<Words>,
    pub rev: i64,
}

pub async fn entries(conn: &Reader, id: BaselineId) -> Result<Vec<Entry>, DbError> {
    let sql = "SELECT item.system_id, named.name, named.owner_id, named.state, item.is_counted, item.is_eligible, item.reason, \
        item.ground, item.rev FROM registry_baseline_item AS item JOIN registry_system AS named ON named.id = item.system_id \
        WHERE item.baseline_id = $1 ORDER BY named.name_sort, item.system_id";
    conn.all(sql, vals![id.uuid()]).await
}

/// The lists that nobody has approved stay as they are until the act is over.
pub async fn hold_open(conn: &Writer) -> Result<(), DbError> {
    conn.hold("registry_baseline", "approved_on IS NULL", vals![]).await
}

pub async fn of(conn: &Reader, lists: &[BaselineId]) -> Result<Vec<Baseline>, DbError> {
    let tail = format!("WHERE id IN ({}) ORDER BY unit_id", marks(1, lists.len()));
    Baseline::find(conn, &tail, lists.iter().map(|id| id.uuid().into()).collect()).await
}

/// Every line of these lists.
pub async fn items(conn: &Reader, lists: &[BaselineId]) -> Result<Vec<BaselineItem>, DbError> {
    let tail = format!("WHERE baseline_id IN ({}) ORDER BY baseline_id, system_id", marks(1, lists.len()));
    BaselineItem::find(conn, &tail, lists.iter().map(|id| id.uuid().into()).collect()).await
}

/// Who approved the list decided what it leaves out.
pub async fn decided(conn: &Writer, id: BaselineId, by: &str) -> Result<(), DbError> {
    let sql = "UPDATE registry_baseline_item SET decided_by = $2, rev = rev + 1 WHERE baseline_id = $1";
    conn.exec(sql, vals![id.uuid(), by]).await.map(|_| ())
}

pub async fn item(conn: &Reader, list: BaselineId, system: SystemId) -> Result<Option<BaselineItem>, DbError> {
    BaselineItem::one(conn, "WHERE baseline_id = $1 AND system_id = $2", vals![list.uuid(), system.uuid()]).await
}
