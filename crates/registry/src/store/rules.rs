//! The editions of rules and weights that decide.

use db::{DbError, Reader, Row as _, Writer, vals};
use derive::Columns;
use kernel::Code as _;

use crate::model::rules::{RuleSet, RulesKind};

const IN_FORCE: &str = "WHERE kind = $1 AND state = 'in_force'";

/// None where those that the program brings decide.
pub async fn in_force(conn: &Reader, kind: RulesKind) -> Result<Option<RuleSet>, DbError> {
    RuleSet::one(conn, IN_FORCE, vals![kind.code()]).await
}

/// All editions of both kinds stay as they are until the act is over.
pub async fn hold_all(conn: &Writer) -> Result<(), DbError> {
    conn.hold(RuleSet::TABLE, "rev > 0", vals![]).await
}

/// How the editions of a kind call themselves, but for drafts.
pub async fn names(conn: &Reader, kind: RulesKind) -> Result<Vec<String>, DbError> {
    #[derive(Columns)]
    struct Named {
        edition: String,
    }
    let sql = "SELECT edition FROM registry_rules WHERE kind = $1 AND state <> 'draft'";
    let rows: Vec<Named> = conn.all(sql, vals![kind.code()]).await?;
    Ok(rows.into_iter().map(|row| row.edition).collect())
}

/// Some of them, the newest first, the first `from` left out.
pub async fn some(conn: &Reader, (from, most): (usize, usize)) -> Result<Vec<RuleSet>, DbError> {
    let [from, most] = [from, most].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    RuleSet::find(conn, "ORDER BY id DESC LIMIT $1 OFFSET $2", vals![most, from]).await
}
