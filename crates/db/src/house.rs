//! The few words that the database keeps about itself.

use sea_orm::FromQueryResult;

use crate::{DbError, Reader, vals};

#[derive(FromQueryResult)]
struct Value {
    value: String,
}

pub(crate) async fn word(conn: &Reader, name: &str) -> Result<Option<String>, DbError> {
    let row: Option<Value> = conn.one("SELECT value FROM db_house WHERE name = $1", vals![name]).await?;
    Ok(row.map(|row| row.value))
}
