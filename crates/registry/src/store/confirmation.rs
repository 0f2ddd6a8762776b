//! Lists of systems by their owners, and what was said of each.

use db::{DbError, Reader, Where, Writer, vals};
use derive::Columns;
use jiff::civil::Date;
use kernel::{Scope, UnitId};
use serde::Serialize;

/// What bodies list, and say their yearly word of: what they own and use (`SystemKind::MAIN`), neither gone nor a mistake.
/// What was merged is a mistake; a state secret is listed by its bare row.
macro_rules! listed {
    () => {
        "state NOT IN ('retired', 'mistaken') AND kind NOT IN ('server', 'virtual_machine', 'network', 'data_centre', \
         'component', 'contract', 'cloud_service', 'provider')"
    };
}
pub(crate) use listed;

pub const LISTED: &str = listed!();

/// New ones of which nobody has said where they stand in the province's architecture, or whether and how they deviate from it.
macro_rules! unplaced {
    () => {
        "state IN ('planned', 'building') AND COALESCE(state_secret, 'unknown') <> 'yes' AND \
         (COALESCE(architecture, '') = '' OR COALESCE(deviates, 'unknown') = 'unknown' OR \
         deviates = 'yes' AND COALESCE(deviations, '') = '') AND "
    };
}
pub(crate) use unplaced;

pub const UNPLACED: &str = concat!(unplaced!(), listed!());

/// A body and how far its list is.
#[derive(Debug, Clone, Serialize, Columns)]
pub struct Round {
    pub owner_id: UnitId,
    pub systems: i64,
    pub unconfirmed: i64,
    /// New systems without a place in the architecture.
    pub unplaced: i64,
    pub confirmed_on: Option<Date>,
}

/// The lists within reach, by the bodies under whose names their systems stand.
pub async fn rounds(conn: &Reader, reach: &Scope, today: Date) -> Result<Vec<Round>, DbError> {
    let mut list = Where::default();
    let year = list.bind(today.strftime("%Y").to_string());
    list.and(LISTED);
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("owner_id IN ({units})"));
    }
    let sql = format!(
        "SELECT owner_id, COUNT(*) AS systems, MAX(confirmed_on) AS confirmed_on, \
         COUNT(CASE WHEN COALESCE(confirmed_on, '') < {year} THEN 1 END) AS unconfirmed, \
         COUNT(CASE WHEN {UNPLACED} THEN 1 END) AS unplaced \
         FROM registry_system{} GROUP BY owner_id ORDER BY owner_id",
        list.sql()
    );
    conn.all(&sql, list.values).await
}

/// Says of the owner's systems that they are right on this day; how many there are. Where it was said that day nothing changes.
pub async fn confirm(conn: &Writer, owner: UnitId, today: Date) -> Result<i64, DbError> {
    conn.hold("registry_system", "owner_id = $1", vals![owner.uuid()]).await?;
    let counted = format!("owner_id = $1 AND {LISTED}");
    let sql = "UPDATE registry_system SET confirmed_on = $2, rev = rev + 1 WHERE COALESCE(confirmed_on, '') <> $2 AND";
    conn.exec(&format!("{sql} {counted}"), vals![owner.uuid(), today.to_string()]).await?;
    conn.count(&format!("SELECT COUNT(*) FROM registry_system WHERE {counted}"), vals![owner.uuid()]).await
}

#[derive(Debug, Columns)]
struct Open {
    owner_id: UnitId,
    systems: i64,
}

/// Owners whose list is not confirmed in a year, with how many systems are not.
pub async fn open(conn: &Reader, year: i16) -> Result<Vec<(UnitId, i64)>, DbError> {
    let sql = format!(
        "SELECT owner_id, COUNT(*) AS systems FROM registry_system \
         WHERE {LISTED} AND COALESCE(confirmed_on, '') < $1 GROUP BY owner_id ORDER BY owner_id"
    );
    let rows: Vec<Open> = conn.all(&sql, vals![format!("{year:04}")]).await?;
    Ok(rows.into_iter().map(|row| (row.owner_id, row.systems)).collect())
}

#[cfg(test)]
mod tests {
    use kernel::Code as _;

    use super::*;
    use crate::model::SystemKind;

    #[test]
    fn what_is_listed_is_what_bodies_own_and_use() {
        for kind in SystemKind::ALL {
            assert_eq!(LISTED.contains(&format!("'{}'", kind.code())), !kind.is_main(), "{kind:?}");
        }
    }
}
