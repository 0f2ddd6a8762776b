//! What of the programme an installation has so far: for the page that says what comes next.

use kernel::Problem;
use webkit::Core;

use crate::{overview::store, plans};

#[derive(Debug, Clone, Copy, Default)]
pub struct Beginning {
    pub plans: i64,
    pub live: i64,
    /// Bodies with a leader in charge.
    pub charges: usize,
}

/// Numbers only; the page's own right says who sees them.
pub async fn beginning(core: &Core) -> Result<Beginning, Problem> {
    let conn = core.db().read();
    let (plans, live) = plans::store::plan::how_many(&conn).await?;
    Ok(Beginning { plans, live, charges: store::charge::all(&conn).await?.len() })
}
