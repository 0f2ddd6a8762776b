//! Documents of which only single tasks are known, that were given in them.

use db::{DbError, Reader, Words, Writer, mask, vals};
use kernel::{PlanId, UnitId};
use uuid::Uuid;

use crate::plans::store::plan::{COLUMNS, PlanRow};

/// The document that tasks without a plan were given in, by its number, day and follower.
pub async fn assigned(conn: &Reader, number: &str, day: &str, follower: UnitId) -> Result<Option<PlanRow>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_plan WHERE number = $1 AND issued_on = $2 AND follower_id = $3 AND kind = 'assigned' AND state = 'live' AND twin_of IS NULL"
    );
    conn.one(&sql, vals![number, day, follower.uuid()]).await
}

/// The same of many numbers at once, whatever their days.
pub async fn assigned_all(conn: &Reader, numbers: &[&str], follower: UnitId) -> Result<Vec<PlanRow>, DbError> {
    let mut out = Vec::new();
    for some in numbers.chunks(5000) {
        let sql = format!(
            "SELECT {COLUMNS} FROM programme_plan WHERE number IN ({}) AND follower_id = $1 AND kind = 'assigned' AND state = 'live' AND twin_of IS NULL",
            db::marks(2, some.len())
        );
        let mut values = vals![follower.uuid()];
        values.extend(some.iter().map(|number| db::Value::from(*number)));
        out.extend(conn.all::<PlanRow>(&sql, values).await?);
    }
    Ok(out)
}

/// A document of which only its tasks are known.
#[derive(Debug, Clone)]
pub struct NewAssigned<'a> {
    pub id: PlanId,
    pub number: &'a str,
    pub issued_on: &'a str,
    pub issuer: &'a str,
    pub issuer_id: Option<Uuid>,
    pub title: &'a str,
    pub follower: UnitId,
    pub text: &'a str,
    pub blob_hash: &'a str,
    pub at: i64,
}

pub async fn assigned_insert(conn: &Writer, new: &NewAssigned<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO programme_plan (id, state, file_name, blob_hash, number, issued_on, kind, issuer, issuer_id, title, draft, follower_id, text, created_at, approved_at, rev) \
        VALUES ($1, 'live', $2, $3, $4, $5, 'assigned', $6, $7, $8, $9, $10, $11, $12, $12, 1)";
    let values = vals![
        new.id.uuid(),
        Words::new(format!("{}.txt", kernel::text::file_stem(new.number))),
        new.blob_hash,
        Words::new(new.number),
        new.issued_on,
        Words::new(new.issuer),
        new.issuer_id,
        Words::new(new.title),
        false,
        new.follower.uuid(),
        mask(new.text).into_owned(),
        new.at,
    ];
    conn.exec(sql, values).await?;
    Ok(())
}
