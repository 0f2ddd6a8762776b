//! What keeps a plan from approval, as JSON: doubts of the reader and rows with open questions; and links of plans.

use crate::ids::FindingId;
use axum::extract::Path;
use kernel::{PlanId, Problem};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::plans::{
    store::{
        self,
        finding::Finding,
        link::{Link, LinkKind},
    },
    usecase::{
        finding::{Decision, finding_decide},
        plan_link::plan_link,
        review::plan_in_review,
    },
};

webkit::codes! {
    /// What became of a doubt.
    FindingState = ["open", "settled", "aside"];
}

/// A doubt of the reader.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FindingJson {
    id: String,
    /// `check_scan`, `body_and_appendix_differ`, `number_out_of_order` …
    kind: String,
    message: String,
    #[schema(value_type = FindingState)]
    state: String,
    reason: Option<String>,
    /// Bytes of the document's text that it is about.
    start: Option<i64>,
    end: Option<i64>,
    rev: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct FindingList {
    items: Vec<FindingJson>,
    /// Open questions about rows, apart from the doubts.
    questions: usize,
}

/// What a person must still decide before the plan can be approved.
#[utoipa::path(get, path = "/api/v1/plans/{id}/findings", params(("id" = String, Path)), responses((status = 200, body = FindingList), (status = 409)))]
pub async fn findings(req: Req, Path(id): Path<PlanId>) -> Outcome {
    plan_in_review(&req.app, &req.ctx, id).await?;
    let conn = req.app.db().read();
    let vi = req.ctx.lang == kernel::Lang::Vi;
    let json = |finding: Finding| FindingJson {
        id: FindingId::from_uuid(finding.id).to_string(),
        kind: finding.kind,
        message: if vi { finding.message_vi } else { finding.message_en },
        state: finding.state,
        reason: finding.reason.map(db::Words::into_string),
        start: finding.span_start,
        end: finding.span_end,
        rev: finding.rev,
    };
    let rows = store::read_row::list(&conn, id).await?;
    let questions = rows.iter().filter(|row| row.state != "dropped").map(|row| row.task.questions().len()).sum();
    let items = store::finding::list(&conn, id).await?.into_iter().map(json).collect();
    Req::json(&FindingList { items, questions })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct FindingDecision {
    rev: i64,
    decision: Decision,
    /// Needed to set it aside.
    #[serde(default)]
    reason: String,
}

/// Settles a doubt, sets it aside with a reason, or opens it again.
#[utoipa::path(post, path = "/api/v1/findings/{id}", params(("id" = String, Path)), request_body = FindingDecision, responses((status = 200, body = FindingList), (status = 412)))]
pub async fn finding(req: Req, Path(id): Path<FindingId>, Form(given): Form<FindingDecision>) -> Outcome {
    let plan = finding_decide(&req.app, &req.ctx, id, given.rev, given.decision, &given.reason).await?;
    findings(req, Path(plan)).await
}

#[derive(Serialize, Deserialize, utoipa::ToSchema)]
pub struct LinkJson {
    /// The plan that says it.
    plan: String,
    other: String,
    kind: LinkKind,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LinkList {
    items: Vec<LinkJson>,
}

/// How this plan belongs to others, from both sides.
#[utoipa::path(get, path = "/api/v1/plans/{id}/links", params(("id" = String, Path)), responses((status = 200, body = LinkList)))]
pub async fn links(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let json = |link: Link| LinkJson { plan: link.plan.to_string(), other: link.other.to_string(), kind: link.kind };
    Req::json(&LinkList { items: store::link::list(&conn, id).await?.into_iter().map(json).collect() })
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct LinkChange {
    /// Plan id.
    other: String,
    kind: LinkKind,
    /// True takes the link away.
    #[serde(default)]
    end: bool,
}

/// Says how this plan belongs to another one, or takes it back.
#[utoipa::path(post, path = "/api/v1/plans/{id}/links", params(("id" = String, Path)), request_body = LinkChange, responses((status = 200, body = LinkList), (status = 412)))]
pub async fn link(req: Req, Path(id): Path<PlanId>, Form(change): Form<LinkChange>) -> Outcome {
    let other = change.other.parse().map_err(|_| Problem::bad_input("unknown-plan").with("name", change.other))?;
    plan_link(&req.app, &req.ctx, Link { plan: id, other, kind: change.kind }, !change.end).await?;
    links(req, Path(id)).await
}
