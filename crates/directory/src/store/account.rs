//! Accounts, one-time links and API tokens. Secrets are stored hashed.

use db::{Conn, DbError, FromQueryResult, vals};
use kernel::{AccountId, PersonId, ids::TokenId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct AccountRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub login: String,
    pub password_hash: Option<String>,
    pub disabled: bool,
    pub epoch: i64,
}

const COLUMNS: &str = "id, person_id, login, password_hash, disabled, epoch";

pub async fn insert(conn: &Conn, id: AccountId, person: PersonId, login: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_account (id, person_id, login, disabled, epoch) VALUES ($1, $2, $3, $4, 0)";
    conn.exec(sql, vals![id.uuid(), person.uuid(), login, false]).await?;
    Ok(())
}

pub async fn by_login(conn: &Conn, login: &str) -> Result<Option<AccountRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_account WHERE login = $1"), vals![login]).await
}

pub async fn get(conn: &Conn, id: AccountId) -> Result<Option<AccountRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_account WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn count(conn: &Conn) -> Result<i64, DbError> {
    conn.count("SELECT COUNT(*) FROM directory_account", vals![]).await
}

/// Sets the password and raises the epoch, which ends every session.
pub async fn set_password(conn: &Conn, id: AccountId, hash: Option<&str>) -> Result<(), DbError> {
    let sql = "UPDATE directory_account SET password_hash = $2, epoch = epoch + 1 WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), hash.map(str::to_owned)]).await?;
    Ok(())
}

pub async fn epoch_raise(conn: &Conn, id: AccountId) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET epoch = epoch + 1 WHERE id = $1", vals![id.uuid()]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct LinkRow {
    pub kind: String,
    pub account_id: Option<Uuid>,
}

pub async fn link_insert(
    conn: &Conn,
    secret_hash: &str,
    kind: &str,
    account: Option<AccountId>,
    until: i64,
) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_link (secret_hash, kind, account_id, until) VALUES ($1, $2, $3, $4)";
    conn.exec(sql, vals![secret_hash, kind, account.map(|id| id.uuid()), until]).await?;
    Ok(())
}

pub async fn link_find(conn: &Conn, secret_hash: &str, now: i64) -> Result<Option<LinkRow>, DbError> {
    conn.one(
        "SELECT kind, account_id FROM directory_link WHERE secret_hash = $1 AND until > $2",
        vals![secret_hash, now],
    )
    .await
}

/// Uses a link up; false when it was used before.
pub async fn link_use(conn: &Conn, secret_hash: &str) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_link WHERE secret_hash = $1", vals![secret_hash]).await? == 1)
}

pub async fn links_drop(conn: &Conn, kind: &str, account: Option<AccountId>) -> Result<(), DbError> {
    match account {
        Some(account) => {
            conn.exec("DELETE FROM directory_link WHERE kind = $1 AND account_id = $2", vals![kind, account.uuid()])
                .await?
        }
        None => conn.exec("DELETE FROM directory_link WHERE kind = $1 AND account_id IS NULL", vals![kind]).await?,
    };
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct ExternalRow {
    account_id: Uuid,
}

/// The account of a subject at the single sign-on.
pub async fn external_find(conn: &Conn, issuer: &str, subject: &str) -> Result<Option<Uuid>, DbError> {
    let sql = "SELECT account_id FROM directory_external WHERE issuer = $1 AND subject = $2";
    Ok(conn.one::<ExternalRow>(sql, vals![issuer, subject]).await?.map(|row| row.account_id))
}

pub async fn external_insert(conn: &Conn, issuer: &str, subject: &str, account: AccountId) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_external (issuer, subject, account_id) VALUES ($1, $2, $3)";
    conn.exec(sql, vals![issuer, subject, account.uuid()]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct TokenRow {
    pub id: Uuid,
    pub account_id: Uuid,
    pub read_only: bool,
}

#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    pub id: TokenId,
    pub account: AccountId,
    pub name: &'a str,
    pub secret_hash: String,
    pub read_only: bool,
    pub valid_to: String,
}

pub async fn token_insert(conn: &Conn, token: &NewToken<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_token (id, account_id, name, secret_hash, read_only, valid_to, revoked) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    conn.exec(
        sql,
        vals![
            token.id.uuid(),
            token.account.uuid(),
            token.name,
            token.secret_hash.as_str(),
            token.read_only,
            token.valid_to.as_str(),
            false,
        ],
    )
    .await?;
    Ok(())
}

pub async fn token_find(conn: &Conn, secret_hash: &str, day: &str) -> Result<Option<TokenRow>, DbError> {
    let sql = "SELECT id, account_id, read_only FROM directory_token WHERE secret_hash = $1 AND valid_to >= $2 AND revoked = $3";
    conn.one(sql, vals![secret_hash, day, false]).await
}
