//! What words of documents mean, as people explained them in reviews.

use crate::ids::AliasId;
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{PlanId, UnitId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct AliasRow {
    pub id: Uuid,
    pub unit_id: Uuid,
    pub alias: String,
    /// `plan`, `issuer`, or `all`; none in rows of before reaches were kept: they hold everywhere.
    pub reach: Option<String>,
    pub issuer_id: Option<Uuid>,
    pub plan_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub account_id: Option<Uuid>,
    pub at: Option<i64>,
    /// Of documents of that issuer those of this kind alone.
    pub kind: Option<String>,
    /// Since when it holds no more; it can be put back.
    pub removed_at: Option<i64>,
    /// By which account; none where it holds, and where nobody kept it.
    pub removed_by: Option<Uuid>,
}

impl AliasRow {
    pub fn id(&self) -> AliasId {
        AliasId::from_uuid(self.id)
    }

    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn reach(&self) -> &str {
        self.reach.as_deref().unwrap_or("all")
    }
}

const COLUMNS: &str =
    "id, unit_id, alias, reach, issuer_id, plan_id, person_id, account_id, at, kind, removed_at, removed_by";

/// The oldest first: of two with the same words the younger holds.
pub async fn all(conn: &Reader) -> Result<Vec<AliasRow>, DbError> {
    conn.all(&format!("SELECT {COLUMNS} FROM directory_alias ORDER BY id"), vals![]).await
}

pub async fn get(conn: &Reader, id: AliasId) -> Result<Option<AliasRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_alias WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn of_plan(conn: &Reader, plan: PlanId, words: &str) -> Result<Vec<AliasRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM directory_alias WHERE plan_id = $1 AND alias = $2 AND removed_at IS NULL ORDER BY id"
    );
    conn.all(&sql, vals![plan.uuid(), Words::new(words)]).await
}

pub async fn insert(conn: &Writer, row: &AliasRow) -> Result<(), DbError> {
    let sql =
        format!("INSERT INTO directory_alias ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    let values = vals![
        row.id,
        row.unit_id,
        Words::new(&row.alias),
        row.reach.clone(),
        row.issuer_id,
        row.plan_id,
        row.person_id,
        row.account_id,
        row.at,
        row.kind.as_deref().map(Words::new),
        row.removed_at,
        row.removed_by,
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

pub async fn delete(conn: &Writer, id: AliasId) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_alias WHERE id = $1", vals![id.uuid()]).await? == 1)
}

/// Takes it out of use by an account, or with no moment back into it; false where it is so already.
pub async fn removed_set(conn: &Writer, id: AliasId, at: Option<i64>, by: Option<Uuid>) -> Result<bool, DbError> {
    let sql = "UPDATE directory_alias SET removed_at = $2, removed_by = $4 WHERE id = $1 AND (removed_at IS NULL) = $3";
    Ok(conn.exec(sql, vals![id.uuid(), at, at.is_some(), by]).await? == 1)
}

/// Names of the people who explained something.
pub async fn people(conn: &Reader) -> Result<Vec<(Uuid, String)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let sql = "SELECT DISTINCT p.id, p.name FROM directory_person p JOIN directory_alias a ON a.person_id = p.id";
    let rows: Vec<Row> = conn.all(sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
