//! People and their posts.

use db::{DbError, FromQueryResult, Personal, Reader, Words, Writer, vals};
use kernel::{PersonId, Post, PostId, Role, Roles, UnitId, text};
use uuid::Uuid;

#[derive(Debug, Clone, FromQueryResult)]
pub struct PersonRow {
    pub person_id: Uuid,
    pub post_id: Uuid,
    pub name: Personal,
    pub login: Option<Personal>,
    pub account_id: Option<Uuid>,
    pub has_password: bool,
    pub has_second: bool,
    pub disabled: Option<bool>,
    pub unit_id: Uuid,
    pub unit: String,
    pub role: String,
    pub title: String,
    pub valid_from: String,
    pub valid_to: Option<String>,
}

pub async fn insert(conn: &Writer, id: PersonId, name: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_person (id, name, name_sort, name_fold, rev) VALUES ($1, $2, $3, $4, 1)";
    let name = &*Words::new(name);
    conn.exec(sql, vals![id.uuid(), name, text::person_sort_key(name), text::fold(name)]).await?;
    Ok(())
}

pub async fn name(conn: &Reader, id: PersonId) -> Result<Option<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Name {
        name: String,
    }
    let row: Option<Name> = conn.one("SELECT name FROM directory_person WHERE id = $1", vals![id.uuid()]).await?;
    Ok(row.map(|row| row.name))
}

#[derive(Debug, Clone)]
pub struct NewPost<'a> {
    pub id: PostId,
    pub person: PersonId,
    pub unit: UnitId,
    pub role: Role,
    pub title: &'a str,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub stands_in_for: Option<PostId>,
}

pub async fn post_insert(conn: &Writer, post: &NewPost<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from, valid_to, stands_in_for) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    conn.exec(
        sql,
        vals![
            post.id.uuid(),
            post.person.uuid(),
            post.unit.uuid(),
            post.role.code(),
            Words::new(post.title),
            post.valid_from.as_str(),
            post.valid_to.clone(),
            post.stands_in_for.map(|id| id.uuid()),
        ],
    )
    .await?;
    Ok(())
}

/// Says all of a post anew; false when somebody else was first.
pub async fn post_set(conn: &Writer, post: &NewPost<'_>, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE directory_post SET unit_id = $2, role = $3, title = $4, valid_from = $5, valid_to = $6, rev = COALESCE(rev, 0) + 1 \
        WHERE id = $1 AND COALESCE(rev, 0) = $7";
    let values = vals![
        post.id.uuid(),
        post.unit.uuid(),
        post.role.code(),
        Words::new(post.title),
        post.valid_from.as_str(),
        post.valid_to.clone(),
        rev,
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// False when it had already ended by then: an end never moves to a later day. Who read the post before reads it anew: no
/// correction of what it was brings it back.
pub async fn post_end(conn: &Writer, id: PostId, last_day: &str) -> Result<bool, DbError> {
    let sql = "UPDATE directory_post SET valid_to = $2, rev = COALESCE(rev, 0) + 1 WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    Ok(conn.exec(sql, vals![id.uuid(), last_day]).await? == 1)
}

/// Ends every post of a person that has not ended yet.
pub async fn posts_end(conn: &Writer, person: PersonId, last_day: &str) -> Result<(), DbError> {
    let sql = "UPDATE directory_post SET valid_to = $2, rev = COALESCE(rev, 0) + 1 \
        WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    conn.exec(sql, vals![person.uuid(), last_day]).await?;
    Ok(())
}

/// Does the person hold such a post beside this one: one of this role in this unit that lasts as long, or one in which they
/// stand in for the same holder and that has not ended?
pub async fn holds(conn: &Reader, post: &NewPost<'_>) -> Result<bool, DbError> {
    let count = if let Some(other) = post.stands_in_for {
        let sql = "SELECT COUNT(*) FROM directory_post WHERE person_id = $1 AND stands_in_for = $2 AND valid_to >= $3 AND id <> $4";
        let values = vals![post.person.uuid(), other.uuid(), post.valid_from.as_str(), post.id.uuid()];
        conn.count(sql, values).await?
    } else {
        let sql = "SELECT COUNT(*) FROM directory_post WHERE person_id = $1 AND unit_id = $2 AND role = $3 AND stands_in_for IS NULL \
            AND (valid_to IS NULL OR valid_to >= $4) AND id <> $5";
        let last = post.valid_to.as_deref().unwrap_or("9999-12-31");
        let values = vals![post.person.uuid(), post.unit.uuid(), post.role.code(), last, post.id.uuid()];
        conn.count(sql, values).await?
    };
    Ok(count > 0)
}

/// How many stand in for the holder of a post, on `day` or later.
pub async fn stood_in(conn: &Reader, id: PostId, day: &str) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) FROM directory_post WHERE stands_in_for = $1 AND valid_to >= $2";
    conn.count(sql, vals![id.uuid(), day]).await
}

/// Who can come in on `day` with an open post of this role in this unit.
pub async fn holders(conn: &Reader, unit: UnitId, role: Role, day: &str) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE o.unit_id = $1 AND o.role = $2 \
        AND NOT a.disabled AND o.valid_from <= $3 AND o.valid_to IS NULL";
    conn.count(sql, vals![unit.uuid(), role.code(), day]).await
}

/// People with an open account and a post on `day`, of this role where one is named.
pub async fn in_office(conn: &Reader, role: Option<Role>, day: &str) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(DISTINCT o.person_id) FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id \
        WHERE NOT a.disabled AND o.valid_from <= $2 AND (o.valid_to IS NULL OR o.valid_to >= $2) AND ($1 = '' OR o.role = $1)";
    conn.count(sql, vals![role.map(|role| role.code()).unwrap_or_default(), day]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct HolderRow {
    pub name: String,
    pub title: String,
}

/// Who holds a post of this role in this unit on `day` and can come in; a few, in the order of their names.
pub async fn named_holders(conn: &Reader, unit: UnitId, role: Role, day: &str) -> Result<Vec<HolderRow>, DbError> {
    let sql = "SELECT p.name, o.title FROM directory_post o JOIN directory_person p ON p.id = o.person_id \
        JOIN directory_account a ON a.person_id = o.person_id \
        WHERE o.unit_id = $1 AND o.role = $2 AND NOT a.disabled AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to >= $3) \
        ORDER BY p.name_sort, p.id LIMIT 3";
    conn.all(sql, vals![unit.uuid(), role.code(), day]).await
}

/// Replaces the name; false when somebody else was first.
pub async fn rename(conn: &Writer, id: PersonId, name: &str, rev: i64) -> Result<bool, DbError> {
    let sql = "UPDATE directory_person SET name = $2, name_sort = $3, name_fold = $4, rev = rev + 1 WHERE id = $1 AND rev = $5";
    let name = &*Words::new(name);
    let values = vals![id.uuid(), name, text::person_sort_key(name), text::fold(name), rev];
    Ok(conn.exec(sql, values).await? == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct NameRow {
    pub name: String,
    pub rev: i64,
}

pub async fn get(conn: &Reader, id: PersonId) -> Result<Option<NameRow>, DbError> {
    conn.one("SELECT name, rev FROM directory_person WHERE id = $1", vals![id.uuid()]).await
}

/// How many people bear this name.
pub async fn namesakes(conn: &Reader, name: &str) -> Result<i64, DbError> {
    conn.count("SELECT COUNT(*) FROM directory_person WHERE name = $1", vals![name]).await
}

/// Every post a person held or holds, the newest first.
pub async fn history(conn: &Reader, person: PersonId) -> Result<Vec<HeldPost>, DbError> {
    let sql = "SELECT id, unit_id, role, title, valid_from, valid_to, stands_in_for FROM directory_post WHERE person_id = $1 ORDER BY valid_from DESC, id DESC";
    conn.all(sql, vals![person.uuid()]).await
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct HeldPost {
    pub id: Uuid,
    pub unit_id: Uuid,
    pub role: String,
    pub title: String,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub stands_in_for: Option<Uuid>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct PostRow {
    pub person_id: Uuid,
    pub unit_id: Uuid,
    pub role: String,
    pub title: String,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub stands_in_for: Option<Uuid>,
    pub rev: i64,
}

pub(super) const POST: &str =
    "person_id, unit_id, role, title, valid_from, valid_to, stands_in_for, COALESCE(rev, 0) AS rev";

pub async fn post_get(conn: &Reader, id: PostId) -> Result<Option<PostRow>, DbError> {
    conn.one(&format!("SELECT {POST} FROM directory_post WHERE id = $1"), vals![id.uuid()]).await
}

/// Posts of a person in force on `day`.
pub async fn posts(conn: &Reader, roles: &Roles, person: PersonId, day: &str) -> Result<Vec<Post>, DbError> {
    let sql = format!(
        "SELECT {POST} FROM directory_post WHERE person_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)"
    );
    let rows: Vec<PostRow> = conn.all(&sql, vals![person.uuid(), day]).await?;
    let post = |row: PostRow| Some(Post { unit: UnitId::from_uuid(row.unit_id), role: roles.find(&row.role)? });
    Ok(rows.into_iter().filter_map(post).collect())
}

/// People that a list shows at most.
pub const LISTED: u64 = 500;

/// People with a post in one of the units, by given name; all units when `units` is none.
pub async fn list(conn: &Reader, units: Option<&[UnitId]>, words: &str, most: u64) -> Result<Vec<PersonRow>, DbError> {
    let mut values = vals![];
    // All people are walked by name; SQLite has to be told.
    let walk = if conn.is_sqlite() && units.is_none() { " INDEXED BY directory_person_name_sort_id_idx" } else { "" };
    let mut sql = format!(
        "SELECT p.id AS person_id, o.id AS post_id, p.name, a.login, a.id AS account_id, a.disabled, (a.password_hash IS NOT NULL) AS has_password, (a.second_secret IS NOT NULL) AS has_second, \
         u.id AS unit_id, u.name AS unit, o.role, o.title, o.valid_from, o.valid_to FROM directory_post o \
         JOIN directory_person p{walk} ON p.id = o.person_id JOIN directory_unit u ON u.id = o.unit_id \
         LEFT JOIN directory_account a ON a.person_id = p.id WHERE 1 = 1",
    );
    if let Some(units) = units {
        let marks: Vec<String> = (1..=units.len()).map(|n| format!("${n}")).collect();
        sql.push_str(&format!(
            " AND o.unit_id IN ({})",
            if marks.is_empty() { "NULL".into() } else { marks.join(", ") }
        ));
        values.extend(units.iter().map(|unit| unit.uuid().into()));
    }
    for word in db::words(words) {
        values.push(format!("%{word}%").into());
        sql.push_str(&format!(" AND p.name_fold LIKE ${}", values.len()));
    }
    sql.push_str(&format!(" ORDER BY p.name_sort, o.id LIMIT {most}"));
    conn.all(&sql, values).await
}

/// A post in force of a person who can sign in.
#[derive(Debug, Clone, FromQueryResult)]
pub struct AtWork {
    pub person_id: Uuid,
    pub account_id: Uuid,
    pub name: String,
    pub unit_id: Uuid,
    pub role: String,
}

pub async fn at_work(conn: &Reader, day: &str) -> Result<Vec<AtWork>, DbError> {
    conn.all(&format!("{AT_WORK} ORDER BY p.id, o.id"), vals![day]).await
}

const AT_WORK: &str = "SELECT p.id AS person_id, a.id AS account_id, p.name, o.unit_id, o.role FROM directory_post o \
    JOIN directory_person p ON p.id = o.person_id JOIN directory_account a ON a.person_id = p.id \
    WHERE NOT a.disabled AND o.valid_from <= $1 AND (o.valid_to IS NULL OR o.valid_to >= $1)";

/// The same of these units.
pub async fn in_units(conn: &Reader, day: &str, units: &[UnitId]) -> Result<Vec<AtWork>, DbError> {
    if units.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!("{AT_WORK} AND o.unit_id IN ({}) ORDER BY p.id, o.id", db::marks(2, units.len()));
    let values = vals![day].into_iter().chain(units.iter().map(|unit| unit.uuid().into())).collect();
    conn.all(&sql, values).await
}
