//! Whom to call about a part: one for each. What stands there about people is closed until it is noted who sees it, and goes
//! with the person.

use crate::ids::PartId;
use db::{DbError, FromQueryResult, Personal, Reader, Words, Writer, marks, vals};
use kernel::{PersonId, UnitId};
use uuid::Uuid;

/// Parts that one statement asks for.
const AT_ONCE: usize = 2_000;

#[derive(Debug, Clone, FromQueryResult)]
pub struct ContactRow {
    /// Of the part.
    pub id: Uuid,
    /// A colleague with an account; else the name is what was typed.
    pub person_id: Option<Uuid>,
    pub name: Personal,
    pub phone: Personal,
    pub rev: i64,
    /// Of the part.
    pub unit_id: Uuid,
}

impl ContactRow {
    pub fn unit(&self) -> UnitId {
        UnitId::from_uuid(self.unit_id)
    }

    pub fn person(&self) -> Option<PersonId> {
        self.person_id.map(PersonId::from_uuid)
    }
}

/// Those of these parts.
pub async fn of(conn: &Reader, parts: &[Uuid]) -> Result<Vec<ContactRow>, DbError> {
    let mut out = Vec::new();
    for some in parts.chunks(AT_ONCE) {
        let marks = marks(1, some.len());
        let sql = format!(
            "SELECT c.id, c.person_id, c.name, c.phone, c.rev, p.unit_id FROM programme_contact c \
             JOIN programme_part p ON p.id = c.id WHERE c.id IN ({marks})"
        );
        out.extend(conn.all::<ContactRow>(&sql, some.iter().map(|id| (*id).into()).collect()).await?);
    }
    Ok(out)
}

/// Somebody to call, as a part keeps it.
#[derive(Debug, Clone)]
pub struct Named {
    pub person: Option<PersonId>,
    pub name: Words,
    /// The one text that is not masked: it is what the row is for.
    pub phone: String,
}

/// Over the revision that was read, 0 where there was none; false where somebody else was first.
pub async fn put(conn: &Writer, part: PartId, rev: i64, named: &Named) -> Result<bool, DbError> {
    let Named { person, name, phone } = named;
    let person = person.map(|person| person.uuid());
    if rev > 0 {
        let sql = "UPDATE programme_contact SET person_id = $3, name = $4, phone = $5, rev = rev + 1 WHERE id = $1 AND rev = $2";
        return Ok(conn.exec(sql, vals![part.uuid(), rev, person, name, phone.as_str()]).await? == 1);
    }
    let sql = "INSERT INTO programme_contact (id, person_id, name, phone, rev) VALUES ($1, $2, $3, $4, 1)";
    match conn.exec(sql, vals![part.uuid(), person, name, phone.as_str()]).await {
        Ok(_) => Ok(true),
        Err(DbError::Constraint(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

pub async fn delete(conn: &Writer, part: PartId, rev: i64) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_contact WHERE id = $1 AND rev = $2";
    Ok(conn.exec(sql, vals![part.uuid(), rev]).await? == 1)
}

/// Names that were typed, each with its part.
pub async fn typed(conn: &Reader) -> Result<Vec<(Uuid, String)>, DbError> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let sql = "SELECT id, name FROM programme_contact WHERE person_id IS NULL ORDER BY id";
    let rows: Vec<Row> = conn.all(sql, vals![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Nobody is to be called about this part, whatever was seen of it.
pub async fn clear(conn: &Writer, part: Uuid) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_contact WHERE id = $1", vals![part]).await?;
    Ok(())
}

/// The same of all parts that name a colleague.
pub async fn forget(conn: &Writer, person: PersonId) -> Result<(), DbError> {
    conn.exec("DELETE FROM programme_contact WHERE person_id = $1", vals![person.uuid()]).await?;
    Ok(())
}
