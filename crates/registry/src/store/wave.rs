//! The one plan of waves, and the places in it.

use db::{DbError, Reader, Row as _, Writer, vals};

use super::landscape::AT_ONCE;
use crate::model::wave::{PROVINCE, WaveItem, WaveItemId, WavePlan};

pub async fn plan(conn: &Reader) -> Result<Option<WavePlan>, DbError> {
    WavePlan::one(conn, "WHERE scope = $1", vals![PROVINCE]).await
}

/// The same, as it stays until the act is over.
pub async fn held(conn: &Writer) -> Result<Option<WavePlan>, DbError> {
    conn.hold(WavePlan::TABLE, "scope = $1", vals![PROVINCE]).await?;
    plan(conn).await
}

/// In the order of the waves; those without one last.
pub async fn items(conn: &Reader) -> Result<Vec<WaveItem>, DbError> {
    let mut items = WaveItem::find(conn, "ORDER BY turn, id", vals![]).await?;
    items.sort_by_key(|item| (item.wave.is_none(), item.wave));
    Ok(items)
}

/// Puts these in the place of what stands under their keys.
pub async fn put_all(conn: &Writer, rows: &[WaveItem]) -> Result<(), DbError> {
    let old: Vec<WaveItemId> = rows.iter().map(|row| row.id).collect();
    put_instead(conn, &old, rows).await
}

/// Takes these away and writes those.
pub async fn put_instead(conn: &Writer, gone: &[WaveItemId], rows: &[WaveItem]) -> Result<(), DbError> {
    for some in gone.chunks(AT_ONCE) {
        WaveItem::delete(conn, some.to_vec()).await?;
    }
    WaveItem::insert_all(conn, rows).await
}
