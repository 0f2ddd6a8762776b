//! What a body has and uses: its own systems, and the province's shared ones.

use db::{DbError, Reader, Row as _, vals};
use kernel::UnitId;

use super::confirmation::LISTED;
use crate::model::{System, Use};

/// The body's own systems, by name: those of which it gives its yearly word.
pub async fn own(conn: &Reader, unit: UnitId) -> Result<Vec<System>, DbError> {
    let tail = format!("WHERE owner_id = $1 AND {LISTED} ORDER BY name_sort, id");
    System::find(conn, &tail, vals![unit.uuid()]).await
}

/// What other bodies share with the whole province, by name; machines and networks are named to nobody here.
pub async fn shared(conn: &Reader, unit: UnitId) -> Result<Vec<System>, DbError> {
    let tail = format!("WHERE is_shared = 'yes' AND owner_id <> $1 AND {LISTED} ORDER BY name_sort, id");
    System::find(conn, &tail, vals![unit.uuid()]).await
}

/// Which systems the body says that it uses.
pub async fn uses(conn: &Reader, unit: UnitId) -> Result<Vec<Use>, DbError> {
    Use::find(conn, "WHERE unit_id = $1 ORDER BY id", vals![unit.uuid()]).await
}
