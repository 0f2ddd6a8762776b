//! How plans belong together: one carries another out, takes its place, or is the draft of it.

use db::{DbError, FromQueryResult, Reader, Writer, vals};
use kernel::PlanId;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    Implements,
    Replaces,
    /// The issued plan follows its own draft.
    FollowsDraft,
}

impl LinkKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Implements => "implements",
            Self::Replaces => "replaces",
            Self::FollowsDraft => "follows_draft",
        }
    }

    /// The other plan ends when this one goes live.
    pub fn ends_other(self) -> bool {
        matches!(self, Self::Replaces | Self::FollowsDraft)
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::Implements, Self::Replaces, Self::FollowsDraft].into_iter().find(|kind| kind.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub plan: PlanId,
    pub other: PlanId,
    pub kind: LinkKind,
}

#[derive(FromQueryResult)]
struct Row {
    plan_id: Uuid,
    other_id: Uuid,
    kind: String,
}

/// Links from and to this plan.
pub async fn list(conn: &Reader, plan: PlanId) -> Result<Vec<Link>, DbError> {
    let sql = "SELECT plan_id, other_id, kind FROM programme_plan_link WHERE plan_id = $1 OR other_id = $1 ORDER BY plan_id, other_id, kind";
    let rows: Vec<Row> = conn.all(sql, vals![plan.uuid()]).await?;
    let link = |row: Row| {
        let (plan, other) = (PlanId::from_uuid(row.plan_id), PlanId::from_uuid(row.other_id));
        LinkKind::parse(&row.kind).map(|kind| Link { plan, other, kind })
    };
    Ok(rows.into_iter().filter_map(link).collect())
}

/// False when it is there already.
pub async fn insert(conn: &Writer, link: Link) -> Result<bool, DbError> {
    let sql = "INSERT INTO programme_plan_link (plan_id, other_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(conn.exec(sql, vals![link.plan.uuid(), link.other.uuid(), link.kind.code()]).await? == 1)
}

pub async fn delete(conn: &Writer, link: Link) -> Result<bool, DbError> {
    let sql = "DELETE FROM programme_plan_link WHERE plan_id = $1 AND other_id = $2 AND kind = $3";
    Ok(conn.exec(sql, vals![link.plan.uuid(), link.other.uuid(), link.kind.code()]).await? == 1)
}
