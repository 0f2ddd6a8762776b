//! What signing in remembers: attempts, known devices, ways that are half gone, second factors.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::{AccountId, PersonId};
use uuid::Uuid;

/// An account as the entrance sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct SignInRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub login: String,
    pub password_hash: Option<String>,
    pub disabled: bool,
    pub epoch: i64,
    /// A person of the demo, whose password is printed.
    pub invented: bool,
    /// Wrong attempts since the last sign-in.
    pub failures: i64,
    pub password_at: Option<i64>,
    pub second_secret: Option<String>,
    pub second_at: Option<i64>,
}

impl SignInRow {
    pub fn account(&self) -> AccountId {
        AccountId::from_uuid(self.id)
    }

    pub fn person(&self) -> PersonId {
        PersonId::from_uuid(self.person_id)
    }
}

const ROW: &str = "id, person_id, login, password_hash, disabled, epoch, COALESCE(invented, FALSE) AS invented, \
    COALESCE(failures, 0) AS failures, password_at, second_secret, second_at";

pub async fn by_login(conn: &Reader, login: &str) -> Result<Option<SignInRow>, DbError> {
    conn.one(&format!("SELECT {ROW} FROM directory_account WHERE login = $1"), vals![login]).await
}

pub async fn get(conn: &Reader, id: AccountId) -> Result<Option<SignInRow>, DbError> {
    conn.one(&format!("SELECT {ROW} FROM directory_account WHERE id = $1"), vals![id.uuid()]).await
}

pub async fn invented_set(conn: &Writer, id: AccountId) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET invented = TRUE WHERE id = $1", vals![id.uuid()]).await?;
    Ok(())
}

pub async fn password_at_set(conn: &Writer, id: AccountId, at: i64) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET password_at = $2 WHERE id = $1", vals![id.uuid(), at]).await?;
    Ok(())
}

pub async fn failure_add(conn: &Writer, id: AccountId) -> Result<(), DbError> {
    let sql = "UPDATE directory_account SET failures = COALESCE(failures, 0) + 1 WHERE id = $1";
    conn.exec(sql, vals![id.uuid()]).await?;
    Ok(())
}

pub async fn failures_clear(conn: &Writer, id: AccountId) -> Result<(), DbError> {
    conn.exec("UPDATE directory_account SET failures = 0 WHERE id = $1", vals![id.uuid()]).await?;
    Ok(())
}

/// One wrong attempt more under a key in this hour.
pub async fn attempt_add(conn: &Writer, key: &str, hour: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_attempt (key, hour, count) VALUES ($1, $2, 1) \
        ON CONFLICT (key, hour) DO UPDATE SET count = directory_attempt.count + 1";
    conn.exec(sql, vals![key, hour]).await?;
    Ok(())
}

pub async fn attempts(conn: &Reader, key: &str, hour: i64) -> Result<i64, DbError> {
    let sql = "SELECT COALESCE(CAST(SUM(count) AS bigint), 0) FROM directory_attempt WHERE key = $1 AND hour = $2";
    conn.count(sql, vals![key, hour]).await
}

/// Devices that are remembered per account.
const DEVICES: i64 = 10;

pub async fn device_known(conn: &Reader, token_hash: &str, account: AccountId) -> Result<bool, DbError> {
    let sql = "SELECT COUNT(*) FROM directory_device WHERE token_hash = $1 AND account_id = $2";
    Ok(conn.count(sql, vals![token_hash, account.uuid()]).await? > 0)
}

/// Whether this program gave this cookie to anybody.
pub async fn device_exists(conn: &Reader, token_hash: &str) -> Result<bool, DbError> {
    Ok(conn.count("SELECT COUNT(*) FROM directory_device WHERE token_hash = $1", vals![token_hash]).await? > 0)
}

pub async fn device_keep(conn: &Writer, token_hash: &str, account: AccountId, now: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_device (token_hash, account_id, seen_at) VALUES ($1, $2, $3) \
        ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = excluded.seen_at";
    conn.exec(sql, vals![token_hash, account.uuid(), now]).await?;
    let sql = "DELETE FROM directory_device WHERE account_id = $1 AND token_hash NOT IN \
        (SELECT token_hash FROM directory_device WHERE account_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)";
    conn.exec(sql, vals![account.uuid(), DEVICES]).await?;
    Ok(())
}

pub async fn devices_forget(conn: &Writer, account: AccountId) -> Result<(), DbError> {
    conn.exec("DELETE FROM directory_device WHERE account_id = $1", vals![account.uuid()]).await?;
    Ok(())
}

/// Somebody who has given the password and not yet the second factor, or who is setting one up.
#[derive(Debug, Clone, FromQueryResult)]
pub struct HalfwayRow {
    pub account_id: Uuid,
    /// The secret that is being set up; none where a code of the old one is asked for.
    pub secret: Option<String>,
    pub next: String,
    pub tries: i64,
    pub until: i64,
}

pub async fn halfway_insert(
    conn: &Writer,
    token_hash: &str,
    account: AccountId,
    secret: Option<&str>,
    next: &str,
    until: i64,
) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_halfway (token_hash, account_id, secret, next, tries, until) VALUES ($1, $2, $3, $4, 0, $5)";
    conn.exec(sql, vals![token_hash, account.uuid(), secret.map(str::to_owned), next, until]).await?;
    Ok(())
}

pub async fn halfway(conn: &Reader, token_hash: &str, now: i64) -> Result<Option<HalfwayRow>, DbError> {
    let sql =
        "SELECT account_id, secret, next, tries, until FROM directory_halfway WHERE token_hash = $1 AND until > $2";
    conn.one(sql, vals![token_hash, now]).await
}

/// One more try, counted before the code is looked at; false when there were enough.
pub async fn halfway_try(conn: &Writer, token_hash: &str, most: i64) -> Result<bool, DbError> {
    let sql = "UPDATE directory_halfway SET tries = tries + 1 WHERE token_hash = $1 AND tries < $2";
    Ok(conn.exec(sql, vals![token_hash, most]).await? == 1)
}

/// Ends one; false when somebody else was first.
pub async fn halfway_end(conn: &Writer, token_hash: &str) -> Result<bool, DbError> {
    Ok(conn.exec("DELETE FROM directory_halfway WHERE token_hash = $1", vals![token_hash]).await? == 1)
}

pub async fn halfway_end_all(conn: &Writer, account: AccountId) -> Result<(), DbError> {
    conn.exec("DELETE FROM directory_halfway WHERE account_id = $1", vals![account.uuid()]).await?;
    Ok(())
}

/// Sets a second factor, or takes it away. The step of the code that was shown is used up with it.
pub async fn second_set(
    conn: &Writer,
    account: AccountId,
    secret: Option<&str>,
    step: Option<i64>,
    at: Option<i64>,
) -> Result<(), DbError> {
    let sql = "UPDATE directory_account SET second_secret = $2, second_step = $3, second_at = $4 WHERE id = $1";
    conn.exec(sql, vals![account.uuid(), secret.map(str::to_owned), step, at]).await?;
    Ok(())
}

/// Steps after which one that was used lies so far ahead that a clock was wrong then.
const STEPS_AHEAD: i64 = 10;

/// Uses a step of time up; false when it, or a later one, was used before.
pub async fn step_use(conn: &Writer, account: AccountId, step: i64) -> Result<bool, DbError> {
    let sql = "UPDATE directory_account SET second_step = $2 WHERE id = $1 AND second_secret IS NOT NULL \
        AND (COALESCE(second_step, 0) < $2 OR second_step > $3)";
    Ok(conn.exec(sql, vals![account.uuid(), step, step + STEPS_AHEAD]).await? == 1)
}

pub async fn recovery_set(conn: &Writer, account: AccountId, hashes: &[String]) -> Result<(), DbError> {
    conn.exec("DELETE FROM directory_recovery WHERE account_id = $1", vals![account.uuid()]).await?;
    for hash in hashes {
        let sql = "INSERT INTO directory_recovery (account_id, code_hash) VALUES ($1, $2)";
        conn.exec(sql, vals![account.uuid(), hash.as_str()]).await?;
    }
    Ok(())
}

/// Uses a recovery code up; false when there is none such.
pub async fn recovery_use(conn: &Writer, account: AccountId, hash: &str) -> Result<bool, DbError> {
    let sql = "DELETE FROM directory_recovery WHERE account_id = $1 AND code_hash = $2";
    Ok(conn.exec(sql, vals![account.uuid(), hash]).await? == 1)
}

pub async fn recovery_left(conn: &Reader, account: AccountId) -> Result<i64, DbError> {
    conn.count("SELECT COUNT(*) FROM directory_recovery WHERE account_id = $1", vals![account.uuid()]).await
}

/// People who hold a post of this role today.
pub async fn holders(conn: &Reader, role: kernel::Role, day: &str) -> Result<Vec<PersonId>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
    }
    let sql = "SELECT DISTINCT person_id FROM directory_post WHERE role = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)";
    let rows: Vec<Row> = conn.all(sql, vals![role.code(), day]).await?;
    Ok(rows.into_iter().map(|row| PersonId::from_uuid(row.person_id)).collect())
}
