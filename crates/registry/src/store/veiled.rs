//! What hangs on a system, row by row: nothing of it stays once the system is only counted.

use std::collections::BTreeSet;

use db::{DbError, Reader, Row as _, Writer, vals};
use derive::Columns;

use super::enterprise::forget_provider;
use crate::model::{
    Apart, Bill, Certificate, Proof, Relation, SecurityCheck, SystemId, Use,
    assessment::Assessment,
    availability::Availability,
    cost::Cost,
    enterprise::{EnterpriseForm, EnterpriseFormChange},
    figures::Milestone,
    label::{Label, LabelLine},
    level::{Dossier, Overrule},
    moves::Migration,
    wave::WaveItem,
};

/// The tables, and the column that says on which system.
const BESIDE: [(&str, &str); 19] = [
    (Relation::TABLE, "from_id"),
    (Relation::TABLE, "to_id"),
    (Apart::TABLE, "one_id"),
    (Apart::TABLE, "other_id"),
    (Use::TABLE, "system_id"),
    (Certificate::TABLE, "system_id"),
    (SecurityCheck::TABLE, "system_id"),
    (Bill::TABLE, "system_id"),
    (Proof::TABLE, "system_id"),
    (Assessment::TABLE, "system_id"),
    (Availability::TABLE, "system_id"),
    (WaveItem::TABLE, "system_id"),
    (Milestone::TABLE, "system_id"),
    (Cost::TABLE, "system_id"),
    (LabelLine::TABLE, "system_id"),
    (Label::TABLE, "system_id"),
    (Migration::TABLE, "system_id"),
    (Dossier::TABLE, "system_id"),
    (Overrule::TABLE, "system_id"),
];

/// What names it as a provider; it stays, and names nobody then.
const NAMING: [(&str, &str); 2] =
    [(EnterpriseForm::TABLE, "provider_id"), (EnterpriseFormChange::TABLE, "provider_id")];

/// Takes it all away.
pub async fn clear(conn: &Writer, id: SystemId) -> Result<(), DbError> {
    // Of its list, and of lists that were brought for it and are nobody's any more.
    let components = "DELETE FROM registry_component WHERE bill_id IN (SELECT id FROM registry_bill WHERE system_id = $1) \
        OR system_id = $1 AND NOT EXISTS (SELECT 1 FROM registry_bill AS b WHERE b.id = registry_component.bill_id)";
    conn.exec(components, vals![id.uuid()]).await?;
    for (table, column) in BESIDE {
        conn.exec(&format!("DELETE FROM {table} WHERE {column} = $1"), vals![id.uuid()]).await?;
    }
    // What an enterprise signed is its own, and stays.
    forget_provider(conn, id).await
}

#[derive(Columns)]
struct Key {
    id: SystemId,
}

/// Systems that are only counted and on which something hangs all the same: they were secrets before it went with them.
pub async fn hung_on(conn: &Reader) -> Result<BTreeSet<SystemId>, DbError> {
    let of = |(table, column): &(&str, &str)| format!("EXISTS (SELECT 1 FROM {table} AS b WHERE b.{column} = s.id)");
    let hangs: Vec<String> = BESIDE.iter().chain(&NAMING).map(of).collect();
    let stands = "EXISTS (SELECT 1 FROM registry_system AS b WHERE b.id <> s.id AND (b.provider_id = s.id OR \
        b.merged_into = s.id AND COALESCE(b.state_secret, 'unknown') <> 'yes'))";
    let sql = format!(
        "SELECT s.id FROM registry_system AS s WHERE s.state_secret = 'yes' AND ({} OR {stands})",
        hangs.join(" OR ")
    );
    let keys: Vec<Key> = conn.all(&sql, vals![]).await?;
    Ok(keys.into_iter().map(|key| key.id).collect())
}
