//! Links of bodies without accounts, for programs of who gathers the reports. No answer holds a link: letters carry them.

use axum::extract::Path;
use kernel::{OutsideId, Problem, ProblemKind, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    ids::PeriodId,
    reporting::{
        model::outside::{OutsideStage, USUAL_DAYS},
        usecase::{
            outside_forget::outside_forget,
            outside_link::{To, has_mail, outside_revoke, outside_send, outsiders},
        },
    },
};

#[derive(Serialize, utoipa::ToSchema)]
pub struct OutsideJson {
    /// The newest link; none where none was sent.
    link: Option<String>,
    unit: String,
    report: String,
    /// What it did weighs more than what became of its link.
    stage: OutsideStage,
    /// Microseconds since 1970.
    sent_at: Option<i64>,
    opened_at: Option<i64>,
    /// The day on which a letter last reminded of it.
    #[schema(format = Date)]
    reminded_on: Option<String>,
    /// The moment at which it ends.
    until: Option<i64>,
    by_mail: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct OutsideList {
    items: Vec<OutsideJson>,
    /// Bodies of the period whose people have accounts.
    inside: usize,
}

async fn answer(req: &Req, id: PeriodId) -> Outcome {
    let listed = outsiders(&req.app, &req.ctx, id).await?;
    let item = |row: &crate::reporting::usecase::outside_link::Listed| OutsideJson {
        link: row.link.as_ref().map(|link| link.id().to_string()),
        unit: row.report.unit().to_string(),
        report: row.report.id().to_string(),
        stage: row.stage(),
        sent_at: row.link.as_ref().map(|link| link.at),
        opened_at: row.contact.as_ref().and_then(|contact| contact.opened_at),
        reminded_on: row.contact.as_ref().and_then(|contact| contact.reminded_on.clone()),
        until: row.link.as_ref().map(|link| link.until),
        by_mail: row.link.as_ref().is_some_and(|link| link.by_mail),
    };
    Req::json(&OutsideList { items: listed.rows.iter().map(item).collect(), inside: listed.inside })
}

/// The bodies of a period that have nobody with an account, and what became of their links; and those that have by now, while a
/// link of before is good or somebody is known behind one.
#[utoipa::path(get, path = "/api/v1/periods/{id}/outside", params(("id" = String, Path)), responses((status = 200, body = OutsideList)))]
pub async fn list(req: Req, Path(id): Path<PeriodId>) -> Outcome {
    answer(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct OutsideTo {
    /// The body of the report.
    #[schema(value_type = String)]
    unit: UnitId,
    address: String,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct OutsideSend {
    to: Vec<OutsideTo>,
    /// Days after the due day for which the links are good; 10 without it.
    days: Option<i64>,
}

/// Sends links by letter; an older one of the same body opens nothing from then on.
#[utoipa::path(post, path = "/api/v1/periods/{id}/outside", params(("id" = String, Path)), request_body = OutsideSend, responses((status = 200, body = OutsideList), (status = 409)))]
pub async fn send(req: Req, Path(id): Path<PeriodId>, Form(given): Form<OutsideSend>) -> Outcome {
    // Without a way out nobody would ever see them.
    if !has_mail(&req.app)? {
        return Err(Problem::new(ProblemKind::Conflict, "outside-no-mail").into());
    }
    let to: Vec<To> = given.to.into_iter().map(|one| To { unit: one.unit, address: one.address }).collect();
    outside_send(&req.app, &req.ctx, id, &to, given.days.unwrap_or(USUAL_DAYS), true).await?;
    answer(&req, id).await
}

/// Forgets who is behind a link, and behind the same body's other links to the duty where it is the same person.
#[utoipa::path(post, path = "/api/v1/outside/{id}/forget", params(("id" = String, Path)), responses((status = 200, body = OutsideList)))]
pub async fn forget(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let period = outside_forget(&req.app, &req.ctx, id).await?;
    answer(&req, period).await
}

/// Takes a link back: it opens nothing from then on.
#[utoipa::path(post, path = "/api/v1/outside/{id}/revoke", params(("id" = String, Path)), responses((status = 200, body = OutsideList), (status = 409)))]
pub async fn revoke(req: Req, Path(id): Path<OutsideId>) -> Outcome {
    let period = outside_revoke(&req.app, &req.ctx, id).await?;
    answer(&req, period).await
}
