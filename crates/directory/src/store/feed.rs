//! Links by which a calendar reads somebody's days; one of an account. Of its secret the hash is kept.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::{AccountId, PersonId};
use uuid::Uuid;

pub async fn insert(conn: &Writer, account: AccountId, secret_hash: &str, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_feed (account_id, secret_hash, made_at) VALUES ($1, $2, $3)";
    conn.exec(sql, vals![account.uuid(), secret_hash, at]).await?;
    Ok(())
}

/// False where there was none.
pub async fn drop(conn: &Writer, account: AccountId) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_feed WHERE account_id = $1", vals![account.uuid()]).await? > 0)
}

/// When the link of an account was made.
pub async fn made_at(conn: &Reader, account: AccountId) -> Result<Option<i64>, DbError> {
    #[derive(FromQueryResult)]
    struct Made {
        made_at: i64,
    }
    let sql = "SELECT made_at FROM directory_feed WHERE account_id = $1";
    let row: Option<Made> = conn.one(sql, vals![account.uuid()]).await?;
    Ok(row.map(|row| row.made_at))
}

/// Whose link this is; nobody's whose account is closed.
pub async fn find(conn: &Reader, secret_hash: &str) -> Result<Option<(AccountId, PersonId)>, DbError> {
    #[derive(FromQueryResult)]
    struct Holder {
        account_id: Uuid,
        person_id: Uuid,
    }
    let sql = "SELECT f.account_id, a.person_id FROM directory_feed f JOIN directory_account a ON a.id = f.account_id \
        WHERE f.secret_hash = $1 AND NOT a.disabled";
    let row: Option<Holder> = conn.one(sql, vals![secret_hash]).await?;
    Ok(row.map(|row| (AccountId::from_uuid(row.account_id), PersonId::from_uuid(row.person_id))))
}
