//! What a body has and uses: its own systems, and the province's shared ones.

use db::{DbError, Reader, Row as _, Where};
use kernel::UnitId;

use super::confirmation::LISTED;
use crate::model::{System, Use};

/// The body's own systems and those of what was merged into it, by name: those of which it gives its yearly word.
pub async fn own(conn: &Reader, units: &[UnitId]) -> Result<Vec<System>, DbError> {
    let mut list = Where::default();
    let units = list.list(units.iter().map(UnitId::uuid));
    let tail = format!("WHERE owner_id IN ({units}) AND {LISTED} ORDER BY name_sort, id");
    System::find(conn, &tail, list.values).await
}

/// What other bodies share with the whole province, by name; machines and networks are named to nobody here.
pub async fn shared(conn: &Reader, units: &[UnitId]) -> Result<Vec<System>, DbError> {
    let mut list = Where::default();
    let units = list.list(units.iter().map(UnitId::uuid));
    let tail = format!("WHERE is_shared = 'yes' AND owner_id NOT IN ({units}) AND {LISTED} ORDER BY name_sort, id");
    System::find(conn, &tail, list.values).await
}

/// Which systems the body, and what was merged into it, says that it uses.
pub async fn uses(conn: &Reader, units: &[UnitId]) -> Result<Vec<Use>, DbError> {
    let mut list = Where::default();
    let units = list.list(units.iter().map(UnitId::uuid));
    Use::find(conn, &format!("WHERE unit_id IN ({units}) ORDER BY id"), list.values).await
}
