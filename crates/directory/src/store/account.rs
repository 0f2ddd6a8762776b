//! Accounts and one-time links. Secrets are stored hashed.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::{AccountId, PersonId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct AccountRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub login: String,
    pub password_hash: Option<String>,
    pub disabled: bool,
    pub epoch: i64,
    /// Until when a first single sign-on may find it by its name.
    pub expected_until: Option<i64>,
}

const COLUMNS: &str = "id, person_id, login, password_hash, disabled, epoch, expected_until";

pub async fn insert(conn: &Writer, id: AccountId, person: PersonId, login: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_account (id, person_id, login, disabled, epoch) VALUES ($1, $2, $3, $4, 0)";
    conn.exec(sql, vals![id.uuid(), person.uuid(), login, false]).await?;
    Ok(())
}

pub async fn by_login(conn: &Reader, login: &str) -> Result<Option<AccountRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_account WHERE login = $1"), vals![login]).await
}

pub async fn get(conn: &Reader, id: AccountId) -> Result<Option<AccountRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_account WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn of(conn: &Reader, person: PersonId) -> Result<Option<AccountRow>, DbError> {
    conn.one(&format!("SELECT {COLUMNS} FROM directory_account WHERE person_id = $1"), vals![person.uuid()]).await
}

/// Closes or opens an account; false when it was so already.
pub async fn disabled_set(conn: &Writer, id: AccountId, disabled: bool) -> Result<bool, DbError> {
    let sql = "UPDATE directory_account SET disabled = $2 WHERE id = $1 AND disabled <> $2";
    Ok(conn.exec(sql, vals![id.uuid(), disabled]).await? == 1)
}

/// Says until when a first single sign-on may find the account by its name, or that none may.
pub async fn expected_set(conn: &Writer, id: AccountId, until: Option<i64>) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET expected_until = $2 WHERE id = $1", vals![id.uuid(), until]).await?;
    Ok(())
}

/// Uses the expectation up; false when there was none any more.
pub async fn expected_use(conn: &Writer, id: AccountId, now: i64) -> Result<bool, DbError> {
    let sql =
        "UPDATE directory_account SET expected_until = NULL WHERE id = $1 AND expected_until > $2 AND NOT disabled";
    Ok(conn.exec(sql, vals![id.uuid(), now]).await? == 1)
}

/// Takes the login and the password away for good; the row stays for what refers to it.
pub async fn erase(conn: &Writer, id: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE directory_account SET login = $2, password_hash = NULL, disabled = $3 WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), id.to_string(), true]).await?;
    Ok(())
}

/// Open accounts of people whose last post ended before `day`.
pub async fn idle(conn: &Reader, day: &str, today: &str) -> Result<Vec<IdleRow>, DbError> {
    let sql = "SELECT a.id FROM directory_account a JOIN directory_post o ON o.person_id = a.person_id \
        WHERE NOT a.disabled AND NOT EXISTS (SELECT 1 FROM directory_post i WHERE i.person_id = a.person_id \
        AND (i.valid_to IS NULL OR i.valid_to >= $2)) GROUP BY a.id HAVING MAX(o.valid_to) < $1 ORDER BY a.id";
    conn.all(sql, vals![day, today]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct IdleRow {
    pub id: Uuid,
}

/// Is a link of this kind for nobody in particular still waiting?
pub async fn link_waits(conn: &Reader, kind: &str, now: i64, latest: i64) -> Result<bool, DbError> {
    let sql =
        "SELECT COUNT(*) FROM directory_link WHERE kind = $1 AND account_id IS NULL AND until > $2 AND until <= $3";
    Ok(conn.count(sql, vals![kind, now, latest]).await? > 0)
}

/// Whether there is an account at all.
pub async fn is_any(conn: &Reader) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM directory_account LIMIT 1) AS first_row";
    Ok(conn.count(sql, vals![]).await? > 0)
}

/// Sets the password and raises the epoch, which ends every session.
pub async fn set_password(conn: &Writer, id: AccountId, hash: Option<&str>) -> Result<(), DbError> {
    let sql = "UPDATE directory_account SET password_hash = $2, epoch = epoch + 1 WHERE id = $1";
    conn.exec(sql, vals![id.uuid(), hash.map(str::to_owned)]).await?;
    Ok(())
}

pub async fn epoch_raise(conn: &Writer, id: AccountId) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET epoch = epoch + 1 WHERE id = $1", vals![id.uuid()]).await?;
    Ok(())
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct LinkRow {
    pub kind: String,
    pub account_id: Option<Uuid>,
    pub until: i64,
}

pub async fn link_insert(
    conn: &Writer,
    secret_hash: &str,
    kind: &str,
    account: Option<AccountId>,
    until: i64,
    code_hash: Option<String>,
) -> Result<(), DbError> {
    let sql =
        "INSERT INTO directory_link (secret_hash, kind, account_id, until, code_hash) VALUES ($1, $2, $3, $4, $5)";
    conn.exec(sql, vals![secret_hash, kind, account.map(|id| id.uuid()), until, code_hash]).await?;
    Ok(())
}

/// What is kept of the codes of an account's slips that have not ended.
pub async fn slip_codes(conn: &Reader, account: AccountId, kind: &str, now: i64) -> Result<Vec<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        code_hash: String,
    }
    let sql = "SELECT code_hash FROM directory_link WHERE account_id = $1 AND kind = $2 AND until > $3 AND code_hash IS NOT NULL";
    let rows: Vec<Row> = conn.all(sql, vals![account.uuid(), kind, now]).await?;
    Ok(rows.into_iter().map(|row| row.code_hash).collect())
}

pub async fn link_find(conn: &Reader, secret_hash: &str, now: i64) -> Result<Option<LinkRow>, DbError> {
    conn.one(
        "SELECT kind, account_id, until FROM directory_link WHERE secret_hash = $1 AND until > $2",
        vals![secret_hash, now],
    )
    .await
}

/// Uses a link up; false when it was used before.
pub async fn link_use(conn: &Writer, secret_hash: &str) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_link WHERE secret_hash = $1", vals![secret_hash]).await? == 1)
}

/// Drops every link and every sign-in that is half gone.
pub async fn ways_in_drop(conn: &Writer) -> Result<(), DbError> {
    for table in ["directory_link", "directory_halfway", "directory_tie_pending"] {
        conn.exec(&format!("DELETE FROM {table}"), vals![]).await?;
    }
    Ok(())
}

pub async fn links_drop(conn: &Writer, kind: &str, account: Option<AccountId>) -> Result<(), DbError> {
    match account {
        Some(account) => {
            conn.exec("DELETE FROM directory_link WHERE kind = $1 AND account_id = $2", vals![kind, account.uuid()])
                .await?
        }
        None => conn.exec("DELETE FROM directory_link WHERE kind = $1 AND account_id IS NULL", vals![kind]).await?,
    };
    Ok(())
}
