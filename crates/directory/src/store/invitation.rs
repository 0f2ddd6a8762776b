//! Posts that wait for their holder's word.

use crate::ids::InvitationId;
use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{PersonId, UnitId};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct InvitationRow {
    pub id: Uuid,
    /// As it was typed, whether or not such an account exists.
    pub login: String,
    pub person_id: Option<Uuid>,
    pub unit_id: Uuid,
    pub role: String,
    pub title: String,
    pub valid_to: Option<String>,
    pub stands_in_for: Option<Uuid>,
    /// The post that ends when this one begins.
    pub hands_over: Option<Uuid>,
    pub until: i64,
    /// The account that asked; none in rows of earlier versions.
    pub invited_by: Option<Uuid>,
}

const COLUMNS: &str =
    "id, login, person_id, unit_id, role, title, valid_to, stands_in_for, hands_over, until, invited_by";

pub async fn insert(conn: &Writer, row: &InvitationRow) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO directory_invitation ({COLUMNS}, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting')"
    );
    let values = vals![
        row.id,
        row.login.as_str(),
        row.person_id,
        row.unit_id,
        row.role.as_str(),
        Words::new(&row.title),
        row.valid_to.clone(),
        row.stands_in_for,
        row.hands_over,
        row.until,
        row.invited_by,
    ];
    conn.exec(&sql, values).await?;
    Ok(())
}

/// One that still waits at `now`.
pub async fn waiting(conn: &Reader, id: InvitationId, now: i64) -> Result<Option<InvitationRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM directory_invitation WHERE id = $1 AND state = 'waiting' AND until > $2");
    conn.one(&sql, vals![id.uuid(), now]).await
}

pub async fn of(conn: &Reader, person: PersonId, now: i64) -> Result<Vec<InvitationRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM directory_invitation WHERE person_id = $1 AND state = 'waiting' AND until > $2 ORDER BY id"
    );
    conn.all(&sql, vals![person.uuid(), now]).await
}

pub async fn of_unit(conn: &Reader, unit: UnitId, now: i64) -> Result<Vec<InvitationRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM directory_invitation WHERE unit_id = $1 AND state = 'waiting' AND until > $2 ORDER BY id"
    );
    conn.all(&sql, vals![unit.uuid(), now]).await
}

/// Answers one that waits: `accepted`, `declined`, `withdrawn`; false when it was answered before.
pub async fn state_set(conn: &Writer, id: InvitationId, state: &str, now: i64) -> Result<bool, DbError> {
    let sql = "UPDATE directory_invitation SET state = $2 WHERE id = $1 AND state = 'waiting' AND until > $3";
    Ok(conn.exec(sql, vals![id.uuid(), state, now]).await? == 1)
}

pub async fn remove_of(conn: &Writer, person: PersonId) -> Result<(), DbError> {
    conn.exec("DELETE FROM directory_invitation WHERE person_id = $1", vals![person.uuid()]).await?;
    Ok(())
}
