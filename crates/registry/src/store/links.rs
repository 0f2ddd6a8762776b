//! The links, and what was measured, of many systems at once.

use db::{DbError, Reader, Row as _, Value, Writer, marks};

use crate::model::{Relation, System, SystemId, Use, availability::Availability};

const AT_ONCE: usize = 500;

/// What leads from these.
pub async fn relations_from(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Relation>, DbError> {
    let mut out = Vec::new();
    for some in systems.chunks(AT_ONCE) {
        let tail = format!("WHERE from_id IN ({}) ORDER BY id", marks(1, some.len()));
        out.extend(Relation::find(conn, &tail, values(some)).await?);
    }
    Ok(out)
}

/// Who uses these.
pub async fn uses_of(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Use>, DbError> {
    let mut out = Vec::new();
    for some in systems.chunks(AT_ONCE) {
        let tail = format!("WHERE system_id IN ({}) ORDER BY id", marks(1, some.len()));
        out.extend(Use::find(conn, &tail, values(some)).await?);
    }
    Ok(out)
}

/// The months of these that were measured.
pub async fn months_of(conn: &Reader, systems: &[SystemId]) -> Result<Vec<Availability>, DbError> {
    let mut out = Vec::new();
    for some in systems.chunks(AT_ONCE) {
        let tail = format!("WHERE system_id IN ({}) ORDER BY id", marks(1, some.len()));
        out.extend(Availability::find(conn, &tail, values(some)).await?);
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

fn values(systems: &[SystemId]) -> Vec<Value> {
    systems.iter().map(|id| Value::from(id.uuid())).collect()
}
