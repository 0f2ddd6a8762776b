//! Assessment, rules and impact for programs; what is also done by forms is done by the same handlers.

use std::collections::BTreeMap;

use axum::extract::Path;
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use super::paged::{AT_ONCE, after, cut};
use crate::{
    model::{
        SystemId,
        rules::{RuleSet, RuleSetId, RulesKind, RulesState},
    },
    store::rules as kept_rules,
    usecase::{
        appraisal::{Appraisal, appraisal},
        assess::{Sent, assessment_answer},
        classify::{self as classifying, Classified},
        impact::{self as impacting, Impacted},
        review::{ReviewInput, assessment_review},
        rules::{self as editions, RulesInput},
        sensitivity::{Sensitivity, sensitivity},
        similar::assessment_copy,
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(assessment, answer, copy, review, impact, classify, rules, rules_propose, rules_use, weights))]
pub struct Documented;

/// How a system is to move and why: answers, facts, rules that fired, and what was not known.
#[utoipa::path(get, path = "/api/v1/systems/{id}/assessment", params(("id" = String, Path)), responses((status = 200, body = Appraisal)))]
pub async fn assessment(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let said = appraisal(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&said, said.rev)
}

/// Answers about a system.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AnswersInput {
    /// By question: a code, `yes`, `no`, a number, or `unknown`; empty opens the question again.
    answers: BTreeMap<String, String>,
    /// Person-days of the move; empty where nobody knows.
    effort: Option<String>,
    /// The first day on which it may be cut over; empty where any will do.
    earliest: Option<String>,
    /// Days on which it may not, a line each: `30/01/2027 - 20/02/2027`, or one day.
    closed_days: Option<String>,
}

/// Answers questions over the revision in If-Match (0 where nobody has answered yet); what is not sent stays.
#[utoipa::path(patch, path = "/api/v1/systems/{id}/assessment", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = AnswersInput, responses((status = 200, body = Appraisal), (status = 412)))]
pub async fn answer(req: Req, Path(id): Path<SystemId>, Form(input): Form<AnswersInput>) -> Outcome {
    let AnswersInput { answers, effort, earliest, closed_days } = input;
    let sent = Sent { answers, effort, earliest, closed_days };
    assessment_answer(&req.app, &req.ctx, (id, req.if_match()?), &sent).await?;
    let said = appraisal(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    Req::json_rev(&said, said.rev)
}

/// Which system's answers are taken over.
#[derive(Debug, Deserialize, derive::Schema)]
pub struct CopyInput {
    from: SystemId,
}

/// Takes over what was answered of a system that is alike and is open here; what is answered here stays.
#[utoipa::path(post, path = "/api/v1/systems/{id}/copy", params(("id" = String, Path)), request_body = CopyInput, responses((status = 200, body = Appraisal)))]
pub async fn copy(req: Req, Path(id): Path<SystemId>, Form(input): Form<CopyInput>) -> Outcome {
    assessment_copy(&req.app, &req.ctx, id, input.from).await?;
    let said = appraisal(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.done_rev(&said, said.rev, &format!("/systems/{id}/assessment"), "answers-taken")
}

/// Accepts what the rules say of a system, or decides otherwise with a reason.
#[utoipa::path(post, path = "/api/v1/systems/{id}/review", params(("id" = String, Path)), request_body = ReviewInput, responses((status = 200, body = Appraisal)))]
pub async fn review(req: Req, Path(id): Path<SystemId>, Form(input): Form<ReviewInput>) -> Outcome {
    let input = ReviewInput { rev: req.if_match_or(input.rev)?, ..input };
    assessment_review(&req.app, &req.ctx, id, &input).await?;
    let said = appraisal(&req.app, &req.ctx, &req.app.db().read(), id).await?;
    req.done(&said, &format!("/systems/{id}/assessment"), "review-saved")
}

/// What breaks when a system is switched off, nearest first, 100 a page: each page counts all and tells who loses what; for
/// those who must know it.
#[utoipa::path(get, path = "/api/v1/systems/{id}/impact", params(("id" = String, Path), ("after" = Option<String>, Query)), responses((status = 200, body = Impacted)))]
pub async fn impact(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let part = (after(&req)?, AT_ONCE);
    Req::json(&impacting::nearest(&req.app, &req.ctx, &req.app.db().read(), id, part).await?)
}

/// Classifies all systems by the rules in force; only what changed is written.
#[utoipa::path(post, path = "/api/v1/systems/classify", responses((status = 200, body = Classified)))]
pub async fn classify(req: Req) -> Outcome {
    let done = classifying::classify_all(&req.app, &req.ctx).await?;
    req.done(&done, "/systems/assessment", "classified")
}

/// An edition of the rules or weights.
#[derive(Debug, Serialize, derive::Schema)]
pub struct EditionJson {
    id: RuleSetId,
    kind: RulesKind,
    state: RulesState,
    edition: String,
    since: Option<jiff::civil::Date>,
    /// The whole file, as JSON.
    body: String,
    rev: i64,
}

impl From<RuleSet> for EditionJson {
    fn from(row: RuleSet) -> Self {
        let RuleSet { id, kind, state, edition, since, body, rev, .. } = row;
        Self { id, kind, state, edition, since, body, rev }
    }
}

/// Editions that were brought, the newest first, 100 a page; where none of a kind is in force, the one that the program
/// brings is.
#[utoipa::path(get, path = "/api/v1/systems/rules", params(("after" = Option<String>, Query)), responses((status = 200, body = ListPage<EditionJson>)))]
pub async fn rules(req: Req) -> Outcome {
    let from = after(&req)?;
    let some = kept_rules::some(&req.app.db().read(), (from, AT_ONCE + 1)).await?;
    Req::json(&cut(from, some.into_iter().map(EditionJson::from).collect()))
}

/// Brings an edition; refused with the case that shows it where the table leaves a gap or contradicts itself.
#[utoipa::path(post, path = "/api/v1/systems/rules", request_body = RulesInput, responses((status = 200, body = EditionJson)))]
pub async fn rules_propose(req: Req, Form(input): Form<RulesInput>) -> Outcome {
    let row = editions::rules_propose(&req.app, &req.ctx, &input).await?;
    let path = format!("/systems/rules/{}", row.id);
    req.done(&EditionJson::from(row), &path, "rules-kept")
}

/// Puts an edition in force, and classifies all systems by it.
#[utoipa::path(post, path = "/api/v1/systems/rules/{id}/use", params(("id" = String, Path)), responses((status = 200, body = Classified)))]
pub async fn rules_use(req: Req, Path(id): Path<RuleSetId>) -> Outcome {
    let done = editions::rules_use(&req.app, &req.ctx, id).await?;
    req.done(&done, &format!("/systems/rules/{id}"), "rules-used")
}

/// Who would come among the first, and who would leave them, if a weight were 20 % heavier or lighter; named are those that
/// the caller may see.
#[utoipa::path(get, path = "/api/v1/systems/weights", responses((status = 200, body = Sensitivity)))]
pub async fn weights(req: Req) -> Outcome {
    Req::json(&sensitivity(&req.app, &req.ctx, &req.app.db().read()).await?)
}
