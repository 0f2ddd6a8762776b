//! API tokens. Their text is stored hashed.

use db::{DbError, FromQueryResult, Personal, Reader, Words, Writer, vals};
use kernel::{AccountId, UnitId, ids::TokenId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct TokenRow {
    pub id: Uuid,
    pub account_id: Uuid,
    pub read_only: bool,
    pub used_on: Option<String>,
}

#[derive(Debug, Clone)]
pub struct NewToken<'a> {
    pub id: TokenId,
    pub account: AccountId,
    pub name: &'a str,
    pub secret_hash: String,
    pub read_only: bool,
    pub valid_to: String,
    pub made_at: i64,
    pub made_by: String,
}

pub async fn insert(conn: &Writer, token: &NewToken<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_token (id, account_id, name, secret_hash, read_only, valid_to, revoked, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = vals![
        token.id.uuid(),
        token.account.uuid(),
        Words::new(token.name),
        token.secret_hash.as_str(),
        token.read_only,
        token.valid_to.as_str(),
        false,
        token.made_at,
        token.made_by.as_str(),
    ];
    conn.exec(sql, values).await?;
    Ok(())
}

/// A token in force on `day`. One that ends after `latest` was not made by this program and is none.
pub async fn find(conn: &Reader, secret_hash: &str, day: &str, latest: &str) -> Result<Option<TokenRow>, DbError> {
    let sql = "SELECT id, account_id, read_only, used_on FROM directory_token WHERE secret_hash = $1 AND valid_to >= $2 AND valid_to <= $3 AND revoked = $4";
    conn.one(sql, vals![secret_hash, day, latest, false]).await
}

pub async fn used(conn: &Writer, id: Uuid, day: &str) -> Result<(), DbError> {
    conn.exec("UPDATE directory_token SET used_on = $2 WHERE id = $1", vals![id, day]).await?;
    Ok(())
}

/// A token as lists show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ListedToken {
    pub id: Uuid,
    pub account_id: Uuid,
    pub person_id: Uuid,
    pub holder: Personal,
    pub login: Personal,
    pub name: String,
    pub read_only: bool,
    pub valid_to: String,
    pub made_at: Option<i64>,
    pub made_by: Option<String>,
    pub used_on: Option<String>,
}

const LISTED: &str = "SELECT t.id, t.account_id, a.person_id, p.name AS holder, a.login, t.name, t.read_only, t.valid_to, t.made_at, t.made_by, t.used_on \
    FROM directory_token t JOIN directory_account a ON a.id = t.account_id JOIN directory_person p ON p.id = a.person_id WHERE t.revoked = $1 AND t.valid_to >= $2";

/// Tokens in force of one account, the newest first.
pub async fn of(conn: &Reader, account: AccountId, day: &str) -> Result<Vec<ListedToken>, DbError> {
    let sql = format!("{LISTED} AND t.account_id = $3 ORDER BY t.id DESC");
    conn.all(&sql, vals![false, day, account.uuid()]).await
}

/// Tokens in force of everybody, or of people with a post in one of these units.
pub async fn list(conn: &Reader, units: Option<&[UnitId]>, day: &str) -> Result<Vec<ListedToken>, DbError> {
    let mut values = vals![false, day];
    let mut sql = LISTED.to_owned();
    if let Some(units) = units {
        let marks = db::marks(3, units.len());
        sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM directory_post o WHERE o.person_id = a.person_id AND o.unit_id IN ({marks}))"
        ));
        values.extend(units.iter().map(|unit| unit.uuid().into()));
    }
    sql.push_str(" ORDER BY p.name_sort, t.id LIMIT 500");
    conn.all(&sql, values).await
}

pub async fn owner(conn: &Reader, id: TokenId) -> Result<Option<AccountId>, DbError> {
    #[derive(FromQueryResult)]
    struct Owner {
        account_id: Uuid,
    }
    let row: Option<Owner> = conn.one("SELECT account_id FROM directory_token WHERE id = $1", vals![id.uuid()]).await?;
    Ok(row.map(|row| AccountId::from_uuid(row.account_id)))
}

/// False when it was revoked before.
pub async fn revoke(conn: &Writer, id: TokenId) -> Result<bool, DbError> {
    let sql = "UPDATE directory_token SET revoked = $2 WHERE id = $1 AND revoked <> $2";
    Ok(conn.exec(sql, vals![id.uuid(), true]).await? == 1)
}

pub async fn revoke_all(conn: &Writer, account: AccountId) -> Result<u64, DbError> {
    let sql = "UPDATE directory_token SET revoked = $2 WHERE account_id = $1 AND revoked <> $2";
    conn.exec(sql, vals![account.uuid(), true]).await
}
