//! The head of a plan under review, and what words of it mean: one handler of each act for forms and programs.

use axum::extract::Path;
use kernel::{PlanId, Reach, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req, url_encode};

use crate::{
    pages,
    plans::{
        model::queue::{Spot, onward},
        usecase::{
            duty_review::{DutyAct, DutyInput, DutyReview, duty_review},
            head::{self, HeadAct, HeadInput, IssueDay},
            naming,
            review::plan_in_review,
            typed::said,
        },
    },
};

/// What a document says of itself. Empty fields stay as they were read, but for number, day and title; so does a day
/// that is not sent.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct HeadForm {
    rev: i64,
    #[serde(default)]
    number: String,
    title: String,
    /// `2026-11-30`
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = String)]
    issued_on: Option<String>,
    /// By name or id.
    #[serde(default)]
    issuer: String,
    /// By name or id.
    follower: String,
    /// Where the page of the review goes on.
    #[serde(default)]
    #[schema(ignore)]
    next: String,
}

/// What is said of the head as a whole.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct HeadReview {
    rev: i64,
    act: HeadAct,
    #[serde(default)]
    #[schema(ignore)]
    next: String,
}

/// What is said of one duty of a plan under review. Lists of bodies are parted by semicolons; a correction says all of it anew.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ReadDutyAct {
    /// Its place in the reading, from 0.
    position: usize,
    /// How often something was said of it: 0 at first.
    rev: i64,
    act: DutyAct,
    /// Empty for the words of the document.
    #[serde(default)]
    text: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    via: String,
    /// `month`, `quarter`, `half_year`, `year`, `periodic` or `ad_hoc`; empty where none is said.
    #[serde(default)]
    period: String,
    /// As documents say it: "trước ngày 30/11".
    #[serde(default)]
    due: String,
    #[serde(default)]
    #[schema(ignore)]
    next: String,
}

/// Where what was asked for can be seen.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Reviewed {
    plan: String,
    /// How far words are understood so: `plan`, `issuer` or `all`.
    reach: Option<&'static str>,
}

/// Corrects number, day, issuer, title and follower of a plan under review.
#[utoipa::path(post, path = "/api/v1/plans/{id}/head", params(("id" = String, Path)), request_body = HeadForm, responses((status = 200, body = Reviewed), (status = 412)))]
pub async fn head(req: Req, Path(id): Path<PlanId>, Form(form): Form<HeadForm>) -> Outcome {
    let issuer = Some(form.issuer.trim()).filter(|name| !name.is_empty());
    let input = HeadInput {
        number: form.number.clone(),
        title: form.title.clone(),
        issued_on: day(form.issued_on.as_deref())?,
        issuer: issuer.map(|name| pages::unit(&req, "issuer", name)).transpose()?,
        follower: pages::unit(&req, "follower", &form.follower)?,
    };
    head::head(&req.app, &req.ctx, id, form.rev, &input).await?;
    let reviewed = Reviewed { plan: id.to_string(), reach: None };
    let here = format!("/plans/{id}/review?said=head-saved#head");
    req.done(&reviewed, &onward(id, Spot::Head, &form.next, &here), "")
}

/// Says that the head of a plan under review is as the document has it, or takes that back.
#[utoipa::path(post, path = "/api/v1/plans/{id}/head-review", params(("id" = String, Path)), request_body = HeadReview, responses((status = 200, body = Reviewed), (status = 412)))]
pub async fn head_review(req: Req, Path(id): Path<PlanId>, Form(form): Form<HeadReview>) -> Outcome {
    head::head_review(&req.app, &req.ctx, id, form.rev, form.act).await?;
    let here = format!("/plans/{id}/review?on=head&said=saved#head");
    let reviewed = Reviewed { plan: id.to_string(), reach: None };
    req.done(&reviewed, &onward(id, Spot::Head, &form.next, &here), "")
}

fn day(text: Option<&str>) -> Result<IssueDay, kernel::Problem> {
    match text.map(str::trim) {
        None => Ok(IssueDay::AsRead),
        Some("") => Ok(IssueDay::Empty),
        Some(text) => kernel::day::read(text)
            .map(IssueDay::Is)
            .ok_or_else(|| kernel::Problem::bad_input("bad-day").field("issued_on", "bad-day")),
    }
}

/// Accepts, drops, keeps or corrects a duty that was read of a plan under review.
#[utoipa::path(post, path = "/api/v1/plans/{id}/read-duties", params(("id" = String, Path)), request_body = ReadDutyAct, responses((status = 200, body = Reviewed), (status = 404), (status = 412)))]
pub async fn duty(req: Req, Path(id): Path<PlanId>, Form(form): Form<ReadDutyAct>) -> Outcome {
    let ReadDutyAct { position, rev, act, text, who, to, via, period, due, next } = form;
    let said = DutyInput { text, who, to, via, period, due };
    duty_review(&req.app, &req.ctx, id, &DutyReview { position, rev, act, said }).await?;
    let reviewed = Reviewed { plan: id.to_string(), reach: None };
    let spot = Spot::Duty(position);
    let here = format!("/plans/{id}/review?{}&said=saved#{}", spot.query(), spot.anchor());
    req.done(&reviewed, &onward(id, spot, &next, &here), "")
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NameBody {
    /// As the document has them.
    words: String,
    /// One body or several, by name or id, parted by semicolons.
    unit: String,
    /// The row in which it was asked.
    #[serde(default)]
    number: usize,
    /// How far it holds: `plan`, `kind`, `issuer`, or `all`; empty for this plan.
    #[serde(default)]
    scope: String,
    #[serde(default)]
    undo: bool,
}

/// Says which bodies words of the plan mean, or with `undo` takes that back.
#[utoipa::path(post, path = "/api/v1/plans/{id}/name-body", params(("id" = String, Path)), request_body = NameBody, responses((status = 200, body = Reviewed), (status = 422)))]
pub async fn name_body(req: Req, Path(id): Path<PlanId>, Form(form): Form<NameBody>) -> Outcome {
    let plan = plan_in_review(&req.app, &req.ctx, id).await?;
    let units = pages::units(&req, plan.issuer_id.map(UnitId::from_uuid), "unit", &form.unit)?;
    let row = form.number;
    let at = |query: String| format!("/plans/{id}/review?row={row}{query}#row-{row}");
    if form.undo {
        naming::unname_body(&req.app, &req.ctx, id, &form.words, &units).await?;
        return req.done(&Reviewed { plan: id.to_string(), reach: None }, &at("&said=undone".into()), "");
    }
    let reach = naming::name_body(&req.app, &req.ctx, id, &form.words, &units, &form.scope).await?;
    let said = match (reach, form.scope.as_str()) {
        (Reach::Plan, "" | "plan") => "body-named",
        (Reach::Plan, _) => "body-named-narrowed",
        (Reach::Issuer(_) | Reach::All, _) => "body-named-beyond",
    };
    let ids: Vec<String> = units.iter().map(ToString::to_string).collect();
    let named = format!("&said={said}&named={}&unit={}", url_encode(&form.words), url_encode(&ids.join(";")));
    req.done(&Reviewed { plan: id.to_string(), reach: Some(reach.code()) }, &at(named), "")
}
