//! The editions of rules and weights that decide.

use db::{DbError, Reader, Row as _, Writer, vals};
use kernel::Code as _;

use crate::model::rules::{RuleSet, RulesKind};

const IN_FORCE: &str = "WHERE kind = $1 AND state = 'in_force'";

/// None where those that the program brings decide.
pub async fn in_force(conn: &Reader, kind: RulesKind) -> Result<Option<RuleSet>, DbError> {
    RuleSet::one(conn, IN_FORCE, vals![kind.code()]).await
}

/// The same, as it stays until the act is over.
pub async fn held(conn: &Writer, kind: RulesKind) -> Result<Option<RuleSet>, DbError> {
    conn.hold(RuleSet::TABLE, "kind = $1", vals![kind.code()]).await?;
    in_force(conn, kind).await
}

/// The newest first.
pub async fn all(conn: &Reader) -> Result<Vec<RuleSet>, DbError> {
    RuleSet::find(conn, "ORDER BY id DESC", vals![]).await
}
