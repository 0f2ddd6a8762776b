//! The kept views.

use db::{Change, DbError, FromQueryResult, Reader, Words, Writer, vals};
use kernel::{
    PersonId, Problem,
    text::{fold, holds_words, is_named},
};
use uuid::Uuid;

kernel::id!(OfView ViewId "view");

pub(crate) fn table(change: &mut Change) {
    change.table("web_view", |t| {
        t.id();
        t.uuid("person_id");
        t.text("register");
        t.text("name");
        t.text("name_key");
        t.text("query");
        t.rev();
    });
    change.unique("web_view", &["person_id", "register", "name_key"]);
    change.echoes("web_view", &["register", "query"]);
}

/// A list, and what its address asks of it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ViewRow {
    pub id: Uuid,
    /// The path of the list.
    pub register: String,
    pub name: Words,
    pub query: String,
    pub rev: i64,
}

impl ViewRow {
    pub fn id(&self) -> ViewId {
        ViewId::from_uuid(self.id)
    }
}

/// The field of an address in which somebody types words to look for.
const SEARCH: &str = "q";
const COLUMNS: &str = "id, register, name, query, rev";

/// All of a person stay as they are until the act is over.
pub(super) async fn hold(conn: &Writer, person: PersonId) -> Result<(), DbError> {
    conn.hold("web_view", "person_id = $1", vals![person.uuid()]).await
}

/// All of a person, by name.
pub(super) async fn of(conn: &Reader, person: PersonId) -> Result<Vec<ViewRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM web_view WHERE person_id = $1 ORDER BY name_key, id");
    conn.all(&sql, vals![person.uuid()]).await
}

/// One of this person; those of others are not there.
pub(super) async fn get(conn: &Reader, person: PersonId, id: ViewId) -> Result<Option<ViewRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM web_view WHERE id = $1 AND person_id = $2");
    conn.one(&sql, vals![id.uuid(), person.uuid()]).await
}

/// By what names are told apart: those without letters and digits by what they are.
fn name_key(name: &str) -> String {
    Some(fold(name)).filter(|key| !key.is_empty()).unwrap_or_else(|| name.to_owned())
}

/// Two views of a list that a reader cannot tell apart by their names are one too many.
fn taken(error: DbError) -> Problem {
    match error {
        DbError::Constraint(_) => error.or_taken("view-name-taken").field("name", "view-name-taken"),
        other => other.into(),
    }
}

pub(super) async fn insert(conn: &Writer, person: PersonId, view: &ViewRow) -> Result<(), Problem> {
    let sql =
        "INSERT INTO web_view (id, person_id, register, name, name_key, query, rev) VALUES ($1, $2, $3, $4, $5, $6, 1)";
    let ViewRow { id, register, name, query, .. } = view;
    let values = vals![*id, person.uuid(), register.as_str(), name, name_key(name), query.as_str()];
    conn.exec(sql, values).await.map_err(taken)?;
    Ok(())
}

/// Saves over the revision of the row; false where somebody else was first.
pub(super) async fn save(conn: &Writer, view: &ViewRow) -> Result<bool, Problem> {
    let sql = "UPDATE web_view SET name = $3, name_key = $4, query = $5, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let ViewRow { id, name, query, rev, .. } = view;
    let saved = conn.exec(sql, vals![*id, *rev, name, name_key(name), query.as_str()]).await.map_err(taken)?;
    Ok(saved == 1)
}

pub(super) async fn delete(conn: &Writer, id: ViewId) -> Result<(), DbError> {
    conn.exec("DELETE FROM web_view WHERE id = $1", vals![id.uuid()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Asked {
    id: Uuid,
    name: Words,
    query: String,
}

impl Asked {
    fn is_about(&self, name: &str) -> bool {
        let mut asked = form_urlencoded::parse(self.query.as_bytes());
        is_named(&self.name, name)
            || asked.any(|(field, value)| is_named(&value, name) || (field == SEARCH && holds_words(&value, name)))
    }
}

/// Lets go of all of a person, and of what others look for by that person's name or keep under it, inside the act that
/// removes the person's data.
pub(crate) async fn erase(conn: &Writer, person: PersonId, name: Option<&str>) -> Result<(), DbError> {
    conn.exec("DELETE FROM web_view WHERE person_id = $1", vals![person.uuid()]).await?;
    match name {
        Some(name) => forget_named(conn, name).await,
        None => Ok(()),
    }
}

/// Lets go of what anybody looks for by this name or keeps under it, inside the act by which the name is forgotten.
///
/// # Errors
/// Of the database.
pub async fn forget_named(conn: &Writer, name: &str) -> Result<(), DbError> {
    let rows: Vec<Asked> = conn.all("SELECT id, name, query FROM web_view", vals![]).await?;
    for row in rows.iter().filter(|row| row.is_about(name)) {
        conn.exec("DELETE FROM web_view WHERE id = $1", vals![row.id]).await?;
    }
    Ok(())
}
