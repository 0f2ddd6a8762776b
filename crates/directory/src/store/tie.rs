//! Who is who at the single sign-on: ties that hold, one that waits for a word, answers that were taken.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::AccountId;
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct TieRow {
    pub account_id: Uuid,
    pub issuer: String,
    pub subject: String,
    pub name: Option<String>,
    pub tied_at: Option<i64>,
}

const COLUMNS: &str = "account_id, issuer, subject, name, tied_at";

/// The account of a subject at the provider.
pub async fn find(conn: &Reader, issuer: &str, subject: &str) -> Result<Option<AccountId>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM directory_external WHERE issuer = $1 AND subject = $2");
    let row: Option<TieRow> = conn.one(&sql, vals![issuer, subject]).await?;
    Ok(row.map(|row| AccountId::from_uuid(row.account_id)))
}

pub async fn of(conn: &Reader, account: AccountId) -> Result<Vec<TieRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM directory_external WHERE account_id = $1 ORDER BY issuer, subject");
    conn.all(&sql, vals![account.uuid()]).await
}

pub async fn insert(conn: &Writer, tie: &TieRow) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_external (issuer, subject, account_id, name, tied_at) VALUES ($1, $2, $3, $4, $5)";
    let values = vals![tie.issuer.as_str(), tie.subject.as_str(), tie.account_id, tie.name.clone(), tie.tied_at];
    conn.exec(sql, values).await?;
    Ok(())
}

/// False when there was no such tie.
pub async fn remove(conn: &Writer, account: AccountId, issuer: &str, subject: &str) -> Result<bool, DbError> {
    let sql = "DELETE FROM directory_external WHERE account_id = $1 AND issuer = $2 AND subject = $3";
    Ok(conn.exec(sql, vals![account.uuid(), issuer, subject]).await? == 1)
}

/// Ends every tie of an account, and the one that waits.
pub async fn remove_all(conn: &Writer, account: AccountId) -> Result<(), DbError> {
    conn.exec("DELETE FROM directory_external WHERE account_id = $1", vals![account.uuid()]).await?;
    pending_remove(conn, account).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct PendingRow {
    pub issuer: String,
    pub subject: String,
    pub name: String,
}

/// One that still waits at `now`, and that was not made after it.
pub async fn pending(conn: &Reader, account: AccountId, now: i64, latest: i64) -> Result<Option<PendingRow>, DbError> {
    let sql =
        "SELECT issuer, subject, name FROM directory_tie_pending WHERE account_id = $1 AND until > $2 AND until <= $3";
    conn.one(sql, vals![account.uuid(), now, latest]).await
}

/// The newest replaces what waited before.
pub async fn pending_set(conn: &Writer, account: AccountId, row: &PendingRow, until: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_tie_pending (account_id, issuer, subject, name, until) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (account_id) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject, name = excluded.name, until = excluded.until";
    let values = vals![account.uuid(), row.issuer.as_str(), row.subject.as_str(), row.name.as_str(), until];
    conn.exec(sql, values).await?;
    Ok(())
}

pub async fn pending_remove(conn: &Writer, account: AccountId) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_tie_pending WHERE account_id = $1", vals![account.uuid()]).await? == 1)
}

/// Takes an answer of the provider, by the hash of its state; false when it was taken before.
pub async fn answer_use(conn: &Writer, state_hash: &str, now: i64, until: i64) -> Result<bool, DbError> {
    conn.exec("DELETE FROM directory_oidc_used WHERE until < $1", vals![now]).await?;
    let sql = "INSERT INTO directory_oidc_used (state_hash, until) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(conn.exec(sql, vals![state_hash, until]).await? == 1)
}
