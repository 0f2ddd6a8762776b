//! Systems and their relations for the rules: all of them in a few statements, or what stands around one.

use db::{DbError, Reader, Value, marks, vals};

use crate::model::{
    SystemId, SystemState,
    case::Case,
    landscape::{Arrow, Landscape},
    moved::Moved,
};

const COLUMNS: &str = "id, owner_id, name, code, kind, state, hosting, personal_data, since, operating_since, criticality, \
     users, state_secret, ai_potential, packaging, support_ends_on, strategy, rev";
const ARROW: &str = "from_id, to_id, kind";
const MOVED: &str = "SELECT system_id, strategy, to_hosting, ended_on FROM registry_migration WHERE state = 'accepted'";

/// Ids in one statement.
pub const AT_ONCE: usize = 500;

/// Everything but what was entered by mistake.
pub async fn all(conn: &Reader) -> Result<Landscape, DbError> {
    let cases: Vec<Case> =
        conn.all(&format!("SELECT {COLUMNS} FROM registry_system WHERE state <> 'mistaken'"), vals![]).await?;
    let arrows: Vec<Arrow> = conn.all(&format!("SELECT {ARROW} FROM registry_relation"), vals![]).await?;
    let moved: Vec<Moved> = conn.all(MOVED, vals![]).await?;
    Ok(Landscape::new(cases, &arrows).after(moved))
}

/// One system with those to which it stands in a relation: enough for what is known of it.
pub async fn around(conn: &Reader, id: SystemId) -> Result<Landscape, DbError> {
    let sql = format!(
        "SELECT {ARROW} FROM registry_relation WHERE from_id = $1 \
         UNION ALL SELECT {ARROW} FROM registry_relation WHERE to_id = $1 AND from_id <> $1"
    );
    let arrows: Vec<Arrow> = conn.all(&sql, vals![id.uuid()]).await?;
    let ends = arrows.iter().flat_map(|arrow| [arrow.from_id, arrow.to_id]).chain([id]);
    let moved: Vec<Moved> = conn.all(&format!("{MOVED} AND system_id = $1"), vals![id.uuid()]).await?;
    Ok(Landscape::new(cases(conn, ends.collect()).await?, &arrows).after(moved))
}

/// What is struck when a system is switched off: everything that stands on it over any number of steps, and who shares data
/// with one of these. Costs what it touches.
pub async fn struck(conn: &Reader, off: SystemId) -> Result<Landscape, DbError> {
    const STOPPED: &str = "WITH RECURSIVE stopped (id) AS (SELECT id FROM registry_system WHERE id = $1 UNION \
         SELECT r.from_id FROM stopped JOIN registry_relation r ON r.to_id = stopped.id \
         AND r.kind IN ('runs_on', 'depends_on', 'stores'))";
    let sql = format!(
        "{STOPPED} SELECT r.from_id AS from_id, r.to_id AS to_id, r.kind AS kind FROM stopped \
         JOIN registry_relation r ON r.to_id = stopped.id WHERE r.kind <> 'replaces' UNION ALL \
         SELECT r.from_id, r.to_id, r.kind FROM stopped JOIN registry_relation r ON r.from_id = stopped.id \
         WHERE r.kind = 'shares_data'"
    );
    let arrows: Vec<Arrow> = conn.all(&sql, vals![off.uuid()]).await?;
    let ends = arrows.iter().flat_map(|arrow| [arrow.from_id, arrow.to_id]).chain([off]);
    let mut cases = cases(conn, ends.collect()).await?;
    // What is off already is struck by nothing.
    cases.retain(|case| case.id == off || case.state != SystemState::Retired);
    Ok(Landscape::new(cases, &arrows))
}

async fn cases(conn: &Reader, mut ids: Vec<SystemId>) -> Result<Vec<Case>, DbError> {
    ids.sort_unstable();
    ids.dedup();
    let mut out = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT {COLUMNS} FROM registry_system WHERE state <> 'mistaken' AND id IN ({})",
            marks(1, some.len())
        );
        let values: Vec<Value> = some.iter().map(|id| Value::from(id.uuid())).collect();
        out.extend(conn.all::<Case>(&sql, values).await?);
    }
    Ok(out)
}
