//! The list of state-owned enterprises, and what they signed.

use db::{DbError, Reader, Row as _, Writer, vals};
use derive::Columns;
use kernel::UnitId;

use crate::model::{
    System, SystemId,
    enterprise::{Enterprise, EnterpriseChange, EnterpriseForm, EnterpriseFormChange, EnterpriseId},
};

/// By which words the journal names one.
pub const NAMED: &str = "SELECT id, name FROM registry_enterprise WHERE id";

/// Every line, by name.
pub async fn all(conn: &Reader) -> Result<Vec<Enterprise>, DbError> {
    Enterprise::find(conn, "ORDER BY name_sort, id", vals![]).await
}

/// What one signed, the last first.
pub async fn forms(conn: &Reader, id: EnterpriseId) -> Result<Vec<EnterpriseForm>, DbError> {
    EnterpriseForm::find(conn, "WHERE enterprise_id = $1 ORDER BY signed_on DESC, id DESC", vals![id.uuid()]).await
}

/// What was changed of a line, the newest first.
pub async fn changes(conn: &Reader, id: EnterpriseId) -> Result<Vec<EnterpriseChange>, DbError> {
    EnterpriseChange::find(conn, "WHERE enterprise_id = $1 ORDER BY id DESC", vals![id.uuid()]).await
}

/// What was changed of its forms, the newest first.
pub async fn form_changes(conn: &Reader, id: EnterpriseId) -> Result<Vec<EnterpriseFormChange>, DbError> {
    EnterpriseFormChange::find(conn, "WHERE enterprise_id = $1 ORDER BY id DESC", vals![id.uuid()]).await
}

/// The forms that name a provider.
pub async fn naming(conn: &Reader, provider: SystemId) -> Result<Vec<EnterpriseForm>, DbError> {
    EnterpriseForm::find(conn, "WHERE provider_id = $1 ORDER BY id", vals![provider.uuid()]).await
}

/// The providers of the registry, by name.
pub async fn providers(conn: &Reader) -> Result<Vec<System>, DbError> {
    let live = "WHERE kind = 'provider' AND state NOT IN ('retired', 'mistaken') ORDER BY name_sort, id";
    System::find(conn, live, vals![]).await
}

#[derive(Columns)]
struct Body {
    unit_id: UnitId,
}

/// The bodies under which enterprises are counted.
pub async fn bodies(conn: &Reader) -> Result<Vec<UnitId>, DbError> {
    let sql = "SELECT DISTINCT COALESCE(body_id, owner_id) AS unit_id FROM registry_enterprise ORDER BY 1";
    Ok(conn.all::<Body>(sql, vals![]).await?.into_iter().map(|row| row.unit_id).collect())
}

/// Forms name this provider no more: only its number is left.
pub async fn forget_provider(conn: &Writer, id: SystemId) -> Result<(), DbError> {
    let sql = "UPDATE registry_enterprise_form SET provider_id = NULL, rev = rev + 1 WHERE provider_id = $1";
    conn.exec(sql, vals![id.uuid()]).await?;
    let was = "UPDATE registry_enterprise_form_change SET provider_id = NULL WHERE provider_id = $1";
    conn.exec(was, vals![id.uuid()]).await.map(|_| ())
}
