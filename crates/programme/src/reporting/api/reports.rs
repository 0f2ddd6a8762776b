//! Reports and the values of targets.

use crate::ids::{ReportId, TargetId, ValueId};
use axum::extract::Path;
use kernel::{Problem, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use crate::{
    reporting::{
        model::{content::Content, step::ReportAct},
        store::{
            self,
            reception::ReceptionRow,
            report_register::{REPORTS, ReportHead},
        },
        usecase::{
            report_act::{report_act, report_for},
            report_content::content,
        },
    },
    targets::{
        model::period::Label,
        usecase::value_set::{Entered, value_set},
    },
    work::pages::part::day,
};

/// Reports that the caller may read, those to do first, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/reports", params(
    ("q" = Option<String>, Query, description = "words of the period or the number"), ("state" = Option<String>, Query),
    ("to_do" = Option<String>, Query, description = "`1`: not sent yet"), ("late" = Option<String>, Query, description = "`1`"),
    ("period" = Option<String>, Query, description = "`2026-M11`"), ("unit" = Option<String>, Query), ("receiver" = Option<String>, Query),
    ("consolidated" = Option<String>, Query, description = "`1`"), ("sort" = Option<String>, Query),
    ("after" = Option<String>, Query, description = "cursor"),
), responses((status = 200, body = ListPage<ReportHead>)))]
pub async fn list(req: Req) -> Outcome {
    REPORTS.json(&req).await
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportDetail {
    #[serde(flatten)]
    report: ReportHead,
    /// Counts, works, values, difficulties and gaps, each with the address it came from.
    content: Content,
    /// What each receiver beside the one that gathers made of it: a step there is taken over its `rev`.
    receptions: Vec<ReceptionJson>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ReceptionJson {
    unit: String,
    /// `waiting`, `accepted`, or `returned`.
    state: String,
    rev: i64,
}

/// One report with its content: sealed once approved, computed now while it is a draft.
#[utoipa::path(get, path = "/api/v1/reports/{id}", params(("id" = String, Path)), responses((status = 200, body = ReportDetail)))]
pub async fn get(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let row = report_for(&req.app, &req.ctx, id, "report.read").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    let receptions = store::reception::of_report(&req.app.db().read(), id).await?;
    let reception = |row: ReceptionRow| ReceptionJson { unit: row.unit().to_string(), state: row.state, rev: row.rev };
    let receptions = receptions.into_iter().map(reception).collect();
    Req::json_rev(&ReportDetail { report: ReportHead::try_from(&row)?, content, receptions }, row.rev)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ReportStep {
    rev: i64,
    /// `submit`, `check`, `approve`, `send_back`, `recall`, `issue`, `take_in`, `accept`, `return`, or `reconsider`.
    act: String,
    #[serde(default)]
    remarks: String,
    #[serde(default)]
    number: String,
    /// ISO day, today without it.
    #[serde(default)]
    issued_on: String,
    /// For `submit`: the caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

/// Takes a step of a report over its revision.
#[utoipa::path(post, path = "/api/v1/reports/{id}/acts", params(("id" = String, Path)), request_body = ReportStep, responses((status = 200, body = ReportDetail), (status = 412)))]
pub async fn act(req: Req, Path(id): Path<ReportId>, Form(given): Form<ReportStep>) -> Outcome {
    let remarks = given.remarks;
    let act = match given.act.as_str() {
        "submit" => ReportAct::Submit,
        "check" => ReportAct::Check,
        "approve" => ReportAct::Approve,
        "send_back" => ReportAct::SendBack { remarks },
        "recall" => ReportAct::Recall,
        "issue" => {
            let day = day("issued_on", &given.issued_on)?.unwrap_or_else(|| req.ctx.today());
            ReportAct::Issue { number: given.number, day, file: None }
        }
        "take_in" => ReportAct::TakeIn { number: given.number },
        "accept" => ReportAct::Accept,
        "return" => ReportAct::Return { remarks },
        "reconsider" => ReportAct::Reconsider,
        _ => return Err(Problem::bad_input("bad-form").into()),
    };
    report_act(&req.app, &req.ctx, id, given.rev, &act, given.on_behalf).await?;
    get(req, Path(id)).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ValueJson {
    unit: String,
    period: String,
    /// Thousandths, as every figure here.
    numerator_milli: Option<i64>,
    denominator_milli: Option<i64>,
    value_milli: Option<i64>,
    /// `estimate`, `preliminary`, or `official`.
    status: String,
    evidence: String,
    /// The caller chooses to act for a body in which they hold no post.
    #[serde(default)]
    on_behalf: bool,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ValueSet {
    value: String,
}

/// Enters the value of a target for a unit and a period; what stood before is kept as replaced.
#[utoipa::path(post, path = "/api/v1/targets/{id}/values", params(("id" = String, Path)), request_body = ValueJson, responses((status = 200, body = ValueSet)))]
pub async fn value(req: Req, Path(id): Path<TargetId>, Form(given): Form<ValueJson>) -> Outcome {
    let unit: UnitId = given.unit.parse().map_err(|_| Problem::bad_input("unknown-unit-field"))?;
    let label = Label::parse(&given.period);
    let label = label.ok_or_else(|| Problem::bad_input("label-wrong").with("label", &given.period))?;
    let entered = Entered {
        numerator: given.numerator_milli,
        denominator: given.denominator_milli,
        value: given.value_milli,
        status: given.status,
        evidence: given.evidence,
        on_behalf: given.on_behalf,
    };
    let value: ValueId = value_set(&req.app, &req.ctx, id, unit, label, &entered).await?;
    Req::json(&ValueSet { value: value.to_string() })
}
