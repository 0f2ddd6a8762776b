//! Units, and the stamp that tells other processes that the tree has changed.

use db::{DbError, FromQueryResult, Reader, Words, Writer, vals};
use jiff::civil::Date;
use kernel::{UnitId, text};
use uuid::Uuid;

use crate::model::unit::{Unit, UnitKind};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    parent_id: Option<Uuid>,
    kind: String,
    code: Option<String>,
    legacy_code: Option<String>,
    area_code: Option<String>,
    name: String,
    short_name: String,
    valid_from: String,
    valid_to: Option<String>,
    successor_id: Option<Uuid>,
    rev: i64,
}

impl From<Row> for Unit {
    fn from(row: Row) -> Self {
        let day = |text: &str| text.parse().unwrap_or(Date::MIN);
        Self {
            id: UnitId::from_uuid(row.id),
            parent: row.parent_id.map(UnitId::from_uuid),
            kind: UnitKind::parse(&row.kind).unwrap_or(UnitKind::Team),
            code: row.code,
            legacy_code: row.legacy_code,
            area_code: row.area_code,
            name: row.name,
            short_name: row.short_name,
            valid_from: day(&row.valid_from),
            valid_to: row.valid_to.as_deref().map(day),
            successor: row.successor_id.map(UnitId::from_uuid),
            rev: row.rev,
        }
    }
}

const COLUMNS: &str =
    "id, parent_id, kind, code, legacy_code, area_code, name, short_name, valid_from, valid_to, successor_id, rev";

pub async fn all(conn: &Reader) -> Result<Vec<Unit>, DbError> {
    let rows: Vec<Row> = conn.all(&format!("SELECT {COLUMNS} FROM directory_unit"), vals![]).await?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

pub async fn get(conn: &Reader, id: UnitId) -> Result<Option<Unit>, DbError> {
    let row: Option<Row> =
        conn.one(&format!("SELECT {COLUMNS} FROM directory_unit WHERE id = $1"), vals![id.uuid()]).await?;
    Ok(row.map(Unit::from))
}

/// One page in Vietnamese order after the cursor (sort key, id), with words matched in the folded name.
pub async fn page(
    conn: &Reader,
    words: &str,
    kind: Option<UnitKind>,
    after: Option<(String, Uuid)>,
    limit: u64,
) -> Result<Vec<(String, Unit)>, DbError> {
    #[derive(FromQueryResult)]
    struct Keyed {
        id: Uuid,
        name_sort: String,
    }
    let mut sql = String::from("SELECT id, name_sort FROM directory_unit WHERE 1 = 1");
    let mut values = vals![];
    for word in db::words(words) {
        values.push(format!("%{word}%").into());
        sql.push_str(&format!(" AND name_fold LIKE ${}", values.len()));
    }
    if let Some(kind) = kind {
        values.push(kind.code().into());
        sql.push_str(&format!(" AND kind = ${}", values.len()));
    }
    if let Some((sort, id)) = after {
        values.extend(vals![sort, id]);
        let n = values.len();
        sql.push_str(&format!(" AND (name_sort > ${0} OR (name_sort = ${0} AND id > ${1}))", n - 1, n));
    }
    sql.push_str(&format!(" ORDER BY name_sort, id LIMIT {}", limit + 1));
    let keys: Vec<Keyed> = conn.all(&sql, values).await?;
    let mut out = Vec::with_capacity(keys.len());
    for key in keys {
        if let Some(unit) = get(conn, UnitId::from_uuid(key.id)).await? {
            out.push((key.name_sort, unit));
        }
    }
    Ok(out)
}

/// As it is stored: a name is typed by people.
fn masked(unit: &Unit) -> Unit {
    let words = |text: &str| Words::new(text).into_string();
    Unit { name: words(&unit.name), short_name: words(&unit.short_name), ..unit.clone() }
}

pub async fn insert(conn: &Writer, unit: &Unit) -> Result<(), DbError> {
    let unit = &masked(unit);
    let sql = "INSERT INTO directory_unit (id, parent_id, kind, code, legacy_code, area_code, name, short_name, name_fold, name_sort, \
               valid_from, valid_to, successor_id, rev) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)";
    conn.exec(
        sql,
        vals![
            unit.id.uuid(),
            unit.parent.map(|id| id.uuid()),
            unit.kind.code(),
            unit.code.clone(),
            unit.legacy_code.clone(),
            unit.area_code.clone(),
            unit.name.as_str(),
            unit.short_name.as_str(),
            fold(unit),
            text::sort_key(&unit.name),
            unit.valid_from.to_string(),
            unit.valid_to.map(|day| day.to_string()),
            unit.successor.map(|id| id.uuid()),
        ],
    )
    .await?;
    Ok(())
}

fn fold(unit: &Unit) -> String {
    let code = unit.code.as_deref().unwrap_or_default();
    text::fold(&format!("{} {} {code}", unit.name, unit.short_name))
}

/// Saves over revision `unit.rev`; false when somebody else was first.
pub async fn update(conn: &Writer, unit: &Unit) -> Result<bool, DbError> {
    let unit = &masked(unit);
    let sql = "UPDATE directory_unit SET parent_id = $3, kind = $4, code = $5, legacy_code = $6, name = $7, short_name = $8, name_fold = $9, \
               name_sort = $10, valid_from = $11, valid_to = $12, successor_id = $13, rev = rev + 1, \
               code_twin_of = CASE WHEN code = $5 THEN code_twin_of END, \
               name_twin_of = CASE WHEN name_sort = $10 THEN name_twin_of END WHERE id = $1 AND rev = $2";
    let touched = conn
        .exec(
            sql,
            vals![
                unit.id.uuid(),
                unit.rev,
                unit.parent.map(|id| id.uuid()),
                unit.kind.code(),
                unit.code.clone(),
                unit.legacy_code.clone(),
                unit.name.as_str(),
                unit.short_name.as_str(),
                fold(unit),
                text::sort_key(&unit.name),
                unit.valid_from.to_string(),
                unit.valid_to.map(|day| day.to_string()),
                unit.successor.map(|id| id.uuid()),
            ],
        )
        .await?;
    Ok(touched == 1)
}

pub async fn stamp(conn: &Reader) -> Result<i64, DbError> {
    conn.count("SELECT value FROM directory_stamp WHERE name = 'tree'", vals![]).await
}

/// Whoever changes units or posts meets here, so that what is decided from many rows is decided from those that will be.
pub async fn lock(conn: &Writer) -> Result<(), DbError> {
    conn.exec("INSERT INTO directory_stamp (name, value) VALUES ('tree', 0) ON CONFLICT (name) DO NOTHING", vals![])
        .await?;
    conn.hold("directory_stamp", "name = 'tree'", vals![]).await
}

/// Marks the tree as changed, in the act that changes it.
pub async fn stamp_bump(conn: &Writer) -> Result<(), DbError> {
    let sql = "INSERT INTO directory_stamp (name, value) VALUES ('tree', 1) ON CONFLICT (name) DO UPDATE SET value = directory_stamp.value + 1";
    conn.exec(sql, vals![]).await?;
    Ok(())
}

/// Frees the names of these units inside an act that moves them; [`names_hold`] ends it.
pub async fn names_let_go(conn: &Writer, ids: &[UnitId]) -> Result<(), DbError> {
    for id in ids {
        let sql = "UPDATE directory_unit SET name_twin_of = id WHERE id = $1 AND name_twin_of IS NULL";
        conn.exec(sql, vals![id.uuid()]).await?;
    }
    Ok(())
}

pub async fn names_hold(conn: &Writer, ids: &[UnitId]) -> Result<(), DbError> {
    for id in ids {
        conn.exec(
            "UPDATE directory_unit SET name_twin_of = NULL WHERE id = $1 AND name_twin_of = id",
            vals![id.uuid()],
        )
        .await?;
    }
    Ok(())
}
