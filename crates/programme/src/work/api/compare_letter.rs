//! A letter about two plans, drafted for an officer to release: one handler for forms and programs.

use axum::extract::Path;
use kernel::PlanId;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::work::{pages::part::day, usecase::compare_letter::compare_letter};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct CompareLetterForm {
    /// The plan above.
    #[schema(value_type = String)]
    above: PlanId,
    /// By which day an answer is asked for: `2026-11-30`.
    #[serde(default)]
    answer_by: String,
}

/// The draft.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CompareLetter {
    letter: String,
}

/// Drafts a letter to who follows this plan: what of the plan above it took up, what not, and what differs.
#[utoipa::path(post, path = "/api/v1/plans/{id}/cascade/letter", params(("id" = String, Path)), request_body = CompareLetterForm, responses((status = 200, body = CompareLetter), (status = 409), (status = 422)))]
pub async fn draft(req: Req, Path(id): Path<PlanId>, Form(form): Form<CompareLetterForm>) -> Outcome {
    let day = day("answer_by", &form.answer_by)?;
    let letter = compare_letter(&req.app, &req.ctx, form.above, id, day).await?.to_string();
    let page = format!("/letters/{letter}");
    req.done(&CompareLetter { letter }, &page, "letter-drafted")
}
