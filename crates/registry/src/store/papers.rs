//! Certificates beside the systems whose they are.

use db::{DbError, Reader, Where};
use derive::Columns;
use jiff::civil::Date;
use kernel::{Scope, UnitId};
use serde::Serialize;

use crate::model::{CertificateId, CertificateKind, SystemId};

/// As many as one page shows.
pub const MOST: usize = 500;

/// A certificate and whose it is.
#[derive(Debug, Clone, Serialize, Columns)]
pub struct Expiring {
    pub id: CertificateId,
    pub system_id: SystemId,
    pub name: String,
    pub owner_id: UnitId,
    pub kind: CertificateKind,
    pub number: String,
    pub valid_until: Option<Date>,
    /// Of machines and networks.
    pub compartment: Option<String>,
}

/// Those of live systems within reach, of machines and networks only where they are known; the first to run out first; one more
/// than a page shows where there are more.
pub async fn expiring(conn: &Reader, reach: &Scope, known: &Scope) -> Result<Vec<Expiring>, DbError> {
    let mut list = Where::default();
    list.and("s.state NOT IN ('retired', 'mistaken')");
    list.and("c.valid_until IS NOT NULL");
    if !reach.everything {
        let units = list.list(reach.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("s.owner_id IN ({units})"));
    }
    if !known.everything {
        let units = list.list(known.subtree_today().iter().map(|unit| unit.uuid()));
        list.and(&format!("s.compartment IS NULL OR s.owner_id IN ({units})"));
    }
    let sql = format!(
        "SELECT c.id, c.system_id, s.name, s.owner_id, c.kind, c.number, c.valid_until, s.compartment \
         FROM registry_certificate AS c JOIN registry_system AS s ON s.id = c.system_id{} \
         ORDER BY c.valid_until, c.id LIMIT {}",
        list.sql(),
        MOST + 1
    );
    conn.all(&sql, list.values).await
}

/// Those that run out on a day from the first to the last, of whatever body.
pub async fn between(conn: &Reader, (first, last): (Date, Date)) -> Result<Vec<Expiring>, DbError> {
    let sql = "SELECT c.id, c.system_id, s.name, s.owner_id, c.kind, c.number, c.valid_until, s.compartment \
         FROM registry_certificate AS c JOIN registry_system AS s ON s.id = c.system_id \
         WHERE c.valid_until >= $1 AND c.valid_until <= $2 AND s.state NOT IN ('retired', 'mistaken') \
         ORDER BY c.valid_until, c.id";
    conn.all(sql, db::vals![first.to_string(), last.to_string()]).await
}
