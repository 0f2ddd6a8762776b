//! What a body has and uses: its own systems, and the province's shared ones.

use db::{DbError, Reader, Row as _, vals};
use kernel::UnitId;

use crate::model::{System, SystemKind, Use};

/// Neither gone nor a mistake.
const LIVE: &str = "state NOT IN ('retired', 'mistaken')";

/// Codes of what bodies list, for `IN (…)`.
fn main_kinds() -> String {
    SystemKind::MAIN.map(|kind| format!("'{}'", kernel::Code::code(kind))).join(", ")
}

/// The body's own systems, by name.
pub async fn own(conn: &Reader, unit: UnitId) -> Result<Vec<System>, DbError> {
    let tail = format!("WHERE owner_id = $1 AND {LIVE} AND kind IN ({}) ORDER BY name_sort, id", main_kinds());
    System::find(conn, &tail, vals![unit.uuid()]).await
}

/// What other bodies share with the whole province, by name; machines and networks are named to nobody here.
pub async fn shared(conn: &Reader, unit: UnitId) -> Result<Vec<System>, DbError> {
    let kinds = main_kinds();
    let tail =
        format!("WHERE is_shared = 'yes' AND owner_id <> $1 AND {LIVE} AND kind IN ({kinds}) ORDER BY name_sort, id");
    System::find(conn, &tail, vals![unit.uuid()]).await
}

/// Which systems the body says that it uses.
pub async fn uses(conn: &Reader, unit: UnitId) -> Result<Vec<Use>, DbError> {
    Use::find(conn, "WHERE unit_id = $1 ORDER BY id", vals![unit.uuid()]).await
}
