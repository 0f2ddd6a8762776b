//! What the bodies in whose name plans stand said of them.

use db::{DbError, Reader, Words, Writer, vals};
use kernel::{PlanId, UnitId};

use crate::plans::store::plan::{COLUMNS, PlanRow};

/// What the body in whose name a plan stands said of it.
#[derive(Debug, Clone)]
pub struct Confirmation {
    pub said: Option<&'static str>,
    pub by: Option<UnitId>,
    pub hand: Option<String>,
    pub at: Option<i64>,
    pub note: Option<String>,
    pub state: &'static str,
    pub follower: UnitId,
    /// What still waits for a word of somebody else.
    pub changed_at: Option<i64>,
}

pub async fn set(conn: &Writer, id: PlanId, rev: i64, word: &Confirmation) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET confirmation = $3, confirmed_by = $4, confirmed_at = $5, confirmation_note = $6, state = $7, \
        follower_id = $8, changed_at = $9, confirmed_hand = $10, rev = rev + 1 WHERE id = $1 AND rev = $2";
    let values = vals![
        id.uuid(),
        rev,
        word.said.map(str::to_owned),
        word.by.map(|by| by.uuid()),
        word.at,
        word.note.as_deref().map(Words::new),
        word.state,
        word.follower.uuid(),
        word.changed_at,
        word.hand.clone(),
    ];
    Ok(conn.exec(sql, values).await? == 1)
}

/// What was added to a confirmed plan waits for another word.
pub async fn added(conn: &Writer, id: PlanId, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE programme_plan SET changed_at = $2 WHERE id = $1 AND confirmation = 'confirmed'";
    conn.exec(sql, vals![id.uuid(), at]).await?;
    Ok(())
}

/// The undo of [`added`], while nothing else was added since.
pub async fn added_back(conn: &Writer, id: PlanId, at: i64, before: Option<i64>) -> Result<(), DbError> {
    let sql =
        "UPDATE programme_plan SET changed_at = $3 WHERE id = $1 AND changed_at = $2 AND confirmation = 'confirmed'";
    conn.exec(sql, vals![id.uuid(), at, before]).await?;
    Ok(())
}

/// It waits since then, unless it does since a later moment.
pub async fn waits_again(conn: &Writer, id: PlanId, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE programme_plan SET changed_at = $2 WHERE id = $1 AND confirmation = 'confirmed' AND (changed_at IS NULL OR changed_at < $2)";
    conn.exec(sql, vals![id.uuid(), at]).await?;
    Ok(())
}

/// The word of who confirmed was about something else; false where nobody had confirmed.
pub async fn lapse(conn: &Writer, id: PlanId, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE programme_plan SET confirmation = NULL, confirmed_by = NULL, confirmed_at = NULL, confirmed_hand = NULL, changed_at = $2 \
        WHERE id = $1 AND confirmation = 'confirmed'";
    Ok(conn.exec(sql, vals![id.uuid(), at]).await? == 1)
}

/// Plans that stand in the name of one of these bodies, of which nobody there has said anything, or not of all that
/// they say; the oldest first.
pub async fn unconfirmed(conn: &Reader, issuers: &[UnitId], limit: u64) -> Result<Vec<PlanRow>, DbError> {
    if issuers.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM programme_plan WHERE (confirmation IS NULL OR (confirmation = 'confirmed' AND changed_at IS NOT NULL)) AND state IN ('review', 'live') AND issuer_id IN ({}) ORDER BY created_at, id LIMIT {limit}",
        db::marks(1, issuers.len())
    );
    conn.all(&sql, issuers.iter().map(|unit| unit.uuid().into()).collect()).await
}
