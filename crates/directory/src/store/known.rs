//! Names behind the marks of acts, many at a time.

use db::{DbError, FromQueryResult, Reader, Where};
use uuid::Uuid;

use crate::store::person::{POST, PostRow};

/// A person found by a mark of this kind.
#[derive(Debug, Clone, FromQueryResult)]
pub struct KnownRow {
    /// `person`, `account` or `token`.
    pub kind: String,
    pub id: Uuid,
    pub person_id: Uuid,
    pub name: String,
    pub token: Option<String>,
}

async fn found<T: FromQueryResult + Send + Sync + 'static>(
    conn: &Reader,
    sql: &str,
    column: &str,
    ids: &[Uuid],
) -> Result<Vec<T>, DbError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!("{sql} WHERE {column} IN ({}) ORDER BY {column}", db::marks(1, ids.len()));
    conn.all(&sql, ids.iter().map(|id| (*id).into()).collect()).await
}

pub async fn by_person(conn: &Reader, ids: &[Uuid]) -> Result<Vec<KnownRow>, DbError> {
    let sql = "SELECT 'person' AS kind, p.id, p.id AS person_id, p.name, NULL AS token FROM directory_person p";
    found(conn, sql, "p.id", ids).await
}

pub async fn by_account(conn: &Reader, ids: &[Uuid]) -> Result<Vec<KnownRow>, DbError> {
    let sql = "SELECT 'account' AS kind, a.id, a.person_id, p.name, NULL AS token FROM directory_account a \
        JOIN directory_person p ON p.id = a.person_id";
    found(conn, sql, "a.id", ids).await
}

pub async fn by_token(conn: &Reader, ids: &[Uuid]) -> Result<Vec<KnownRow>, DbError> {
    let sql = "SELECT 'token' AS kind, k.id, a.person_id, p.name, k.name AS token FROM directory_token k \
        JOIN directory_account a ON a.id = k.account_id JOIN directory_person p ON p.id = a.person_id";
    found(conn, sql, "k.id", ids).await
}

/// All that these people held, the newest of each first.
pub async fn posts(conn: &Reader, people: &[Uuid]) -> Result<Vec<PostRow>, DbError> {
    let sql = format!("SELECT {POST} FROM directory_post");
    let mut rows: Vec<PostRow> = found(conn, &sql, "person_id", people).await?;
    rows.sort_by(|a, b| b.valid_from.cmp(&a.valid_from));
    Ok(rows)
}

/// Persons whose name or login has these words, and their accounts, and tokens: whose acts are looked for by a name.
pub async fn named(conn: &Reader, words: &str, limit: u64) -> Result<Vec<KnownRow>, DbError> {
    let mut list = Where::default();
    for word in db::words(words) {
        let (name, login) = (list.bind(format!("%{word}%")), list.bind(format!("%{word}%")));
        list.and(&format!("p.name_fold LIKE {name} OR a.login LIKE {login}"));
    }
    // People are walked by name; SQLite has to be told.
    let walk = if conn.is_sqlite() { " INDEXED BY directory_person_name_sort_id_idx" } else { "" };
    let sql = format!(
        "SELECT 'account' AS kind, a.id, a.person_id, p.name, NULL AS token FROM directory_person p{walk} \
         JOIN directory_account a ON a.person_id = p.id{} ORDER BY p.name_sort, p.id LIMIT {limit}",
        list.sql()
    );
    conn.all(&sql, list.values).await
}

/// The tokens that these accounts had.
pub async fn tokens_of(conn: &Reader, accounts: &[Uuid]) -> Result<Vec<KnownRow>, DbError> {
    let sql = "SELECT 'token' AS kind, k.id, a.person_id, p.name, k.name AS token FROM directory_token k \
        JOIN directory_account a ON a.id = k.account_id JOIN directory_person p ON p.id = a.person_id";
    found(conn, sql, "k.account_id", accounts).await
}
