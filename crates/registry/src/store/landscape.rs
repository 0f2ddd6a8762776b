//! Systems and their relations for the rules: all of them in a few statements, or what stands around one.

use db::{DbError, Reader, Value, marks, vals};
use derive::Columns;
use kernel::Code as _;
use uuid::Uuid;

use crate::model::{
    LinkKind, SystemId, SystemState,
    case::Case,
    landscape::{Arrow, Landscape},
    moved::Moved,
};

const COLUMNS: &str = "id, owner_id, name, code, kind, state, hosting, personal_data, since, operating_since, criticality, \
     users, state_secret, ai_potential, packaging, support_ends_on, strategy, rev";
const MOVED: &str = "SELECT system_id, strategy, to_hosting, ended_on FROM registry_migration WHERE state = 'accepted'";

/// Ids in one statement.
pub const AT_ONCE: usize = 500;

/// All relations that lead from one system. One row for them all: handing a row over costs more than reading it.
#[derive(Columns)]
struct Sheaf {
    from_id: SystemId,
    ends: String,
}

impl Sheaf {
    fn arrows(&self) -> impl Iterator<Item = Result<Arrow, DbError>> {
        self.ends.split(',').map(|end| self.arrow(end).ok_or_else(|| DbError::Other(format!("{end:?} is no relation"))))
    }

    fn arrow(&self, end: &str) -> Option<Arrow> {
        let (to, kind) = end.split_once(' ')?;
        let to_id = SystemId::from_uuid(Uuid::try_parse(to).ok()?);
        Some(Arrow { from_id: self.from_id, to_id, kind: LinkKind::parse(kind)? })
    }
}

/// The relations that this `FROM` gives, in which they are `r`.
async fn arrows(conn: &Reader, with: &str, from: &str, values: Vec<Value>) -> Result<Vec<Arrow>, DbError> {
    let ends = if conn.is_sqlite() { "group_concat(hex(r.to_id)" } else { "string_agg(r.to_id::text" };
    let by = if conn.is_sqlite() { "" } else { ", ','" };
    let sql = format!(
        "{with}SELECT r.from_id AS from_id, {ends} || ' ' || r.kind{by}) AS ends FROM {from} GROUP BY r.from_id"
    );
    let sheaves: Vec<Sheaf> = conn.all(&sql, values).await?;
    sheaves.iter().flat_map(Sheaf::arrows).collect()
}

/// Everything but what was entered by mistake.
pub async fn all(conn: &Reader) -> Result<Landscape, DbError> {
    let cases: Vec<Case> =
        conn.all(&format!("SELECT {COLUMNS} FROM registry_system WHERE state <> 'mistaken'"), vals![]).await?;
    let arrows = arrows(conn, "", "registry_relation r", vals![]).await?;
    let moved: Vec<Moved> = conn.all(MOVED, vals![]).await?;
    Ok(Landscape::new(cases, &arrows, moved))
}

/// One system with those to which it stands in a relation: enough for what is known of it.
pub async fn around(conn: &Reader, id: SystemId) -> Result<Landscape, DbError> {
    const ENDS: &str = "SELECT from_id, to_id, kind FROM registry_relation WHERE";
    let of = format!("({ENDS} from_id = $1 UNION ALL {ENDS} to_id = $1 AND from_id <> $1) r");
    let arrows = arrows(conn, "", &of, vals![id.uuid()]).await?;
    let ends = arrows.iter().flat_map(|arrow| [arrow.from_id, arrow.to_id]).chain([id]);
    let moved: Vec<Moved> = conn.all(&format!("{MOVED} AND system_id = $1"), vals![id.uuid()]).await?;
    Ok(Landscape::new(cases(conn, ends.collect()).await?, &arrows, moved))
}

/// What is struck when a system is switched off: everything that stands on it over any number of steps, and who shares data
/// with one of these. Costs what it touches.
pub async fn struck(conn: &Reader, off: SystemId) -> Result<Landscape, DbError> {
    const STOPPED: &str = "WITH RECURSIVE stopped (id) AS (SELECT id FROM registry_system WHERE id = $1 UNION \
         SELECT r.from_id FROM stopped JOIN registry_relation r ON r.to_id = stopped.id \
         AND r.kind IN ('runs_on', 'depends_on', 'stores')) ";
    const TOUCHED: &str = "(SELECT r.from_id AS from_id, r.to_id AS to_id, r.kind AS kind FROM stopped \
         JOIN registry_relation r ON r.to_id = stopped.id WHERE r.kind <> 'replaces' UNION ALL \
         SELECT r.from_id, r.to_id, r.kind FROM stopped JOIN registry_relation r ON r.from_id = stopped.id \
         WHERE r.kind = 'shares_data') r";
    let arrows = arrows(conn, STOPPED, TOUCHED, vals![off.uuid()]).await?;
    let ends = arrows.iter().flat_map(|arrow| [arrow.from_id, arrow.to_id]).chain([off]);
    let mut cases = cases(conn, ends.collect()).await?;
    // What is off already is struck by nothing.
    cases.retain(|case| case.id == off || case.state != SystemState::Retired);
    Ok(Landscape::new(cases, &arrows, vec![]))
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
