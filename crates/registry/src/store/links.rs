//! The links of many systems at once, what they are built of, and what was measured.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Reader, Row, Value, Writer, marks, vals};
use jiff::civil::Date;
use kernel::{Id, ids::StaticType};

use crate::model::{Bill, BillId, Component, Relation, System, SystemId, Use, availability::Availability};

const AT_ONCE: usize = 500;

async fn all<R: Row, K: StaticType>(conn: &Reader, column: &str, ids: &[Id<K>]) -> Result<Vec<R>, DbError> {
    let mut out = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let tail = format!("WHERE {column} IN ({}) ORDER BY id", marks(1, some.len()));
        out.extend(R::find(conn, &tail, values(some)).await?);
    }
    Ok(out)
}

/// What leads from these.
pub async fn relations_from(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Relation>, DbError> {
    all(conn, "from_id", systems).await
}

/// Who uses these.
pub async fn uses_of(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Use>, DbError> {
    all(conn, "system_id", systems).await
}

/// What these are built of, as their lists say it.
pub async fn components_of(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Component>, DbError> {
    let bills: Vec<Bill> = all(conn, "system_id", systems).await?;
    let of: BTreeMap<BillId, SystemId> = bills.iter().map(|bill| (bill.id, bill.system_id)).collect();
    let rows: Vec<Component> = all(conn, "bill_id", &of.keys().copied().collect::<Vec<_>>()).await?;
    let whose = |row: Component| Some(Component { system_id: *of.get(&row.bill_id)?, ..row });
    Ok(rows.into_iter().filter_map(whose).collect())
}

/// What was measured of these systems, from the first of these months to the last.
pub async fn months_of(conn: &Reader, asked: &BTreeSet<(SystemId, Date)>) -> Result<Vec<Availability>, DbError> {
    let months = || asked.iter().map(|(_, month)| *month);
    let Some((first, last)) = months().min().zip(months().max()) else { return Ok(vec![]) };
    let systems: BTreeSet<SystemId> = asked.iter().map(|(id, _)| *id).collect();
    let mut out = Vec::new();
    for some in systems.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
        let (known, from, until) = (marks(1, some.len()), some.len() + 1, some.len() + 2);
        let tail = format!("WHERE system_id IN ({known}) AND month >= ${from} AND month <= ${until} ORDER BY id");
        let span = vals![first.to_string(), last.to_string()];
        out.extend(Availability::find(conn, &tail, values(some).into_iter().chain(span).collect()).await?);
    }
    Ok(out)
}

/// These themselves, as they stay until the act is over.
pub async fn held(conn: &Writer, systems: &[SystemId]) -> Result<Vec<System>, DbError> {
    let mut out = Vec::new();
    for some in systems.chunks(AT_ONCE) {
        let which = format!("id IN ({})", marks(1, some.len()));
        conn.hold(System::TABLE, &which, values(some)).await?;
        out.extend(System::find(conn, &format!("WHERE {which} ORDER BY id"), values(some)).await?);
    }
    Ok(out)
}

fn values<K: StaticType>(ids: &[Id<K>]) -> Vec<Value> {
    ids.iter().map(|id| Value::from(id.uuid())).collect()
}
