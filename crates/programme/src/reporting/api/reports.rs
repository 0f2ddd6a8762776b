//! Reports and the values of targets.

use axum::extract::Path;
use kernel::{
    Problem, UnitId,
    ids::{ReportId, TargetId, ValueId},
};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::{
    reporting::{
        model::{content::Content, step::ReportAct},
        store::report::ReportRow,
        usecase::{
            report_act::{report_act, report_for},
            report_content::content,
            report_list::report_list,
        },
    },
    targets::{
        model::period::Label,
        usecase::value_set::{Entered, value_set},
    },
    work::pages::part::day,
};

webkit::codes! {
    /// Where a report stands.
    ReportState = ["draft", "checking", "approving", "approved", "issued", "accepted", "returned"];
}

/// A report without its content.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportJson {
    id: String,
    unit: String,
    /// `2026-M11`, `2026-Q4`, `2026-H2`, `2026`, `2026-L3`.
    period: String,
    consolidated: bool,
    #[schema(value_type = ReportState)]
    state: String,
    #[schema(format = Date)]
    due_on: String,
    number: Option<String>,
    #[schema(format = Date)]
    issued_on: Option<String>,
    version: i64,
    rev: i64,
}

impl From<&ReportRow> for ReportJson {
    fn from(row: &ReportRow) -> Self {
        Self {
            id: row.id().to_string(),
            unit: row.unit().to_string(),
            period: row.label.clone(),
            consolidated: row.consolidated,
            state: row.state.clone(),
            due_on: row.due_on.clone(),
            number: row.number.clone(),
            issued_on: row.issued_on.clone(),
            version: row.version,
            rev: row.rev,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportList {
    items: Vec<ReportJson>,
    /// The next page, if there is one.
    next: Option<u64>,
}

/// Reports that the caller may read, a hundred on a page, those to do first.
#[utoipa::path(get, path = "/api/v1/reports", params(("page" = Option<u64>, Query, description = "From 1 on.")), responses((status = 200, body = ReportList)))]
pub async fn list(req: Req) -> Outcome {
    let page = req.query("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let (rows, next) = report_list(&req.app, &req.ctx, page).await?;
    Req::json(&ReportList { items: rows.iter().map(ReportJson::from).collect(), next })
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportDetail {
    #[serde(flatten)]
    report: ReportJson,
    /// Counts, works, values, difficulties and gaps, each with the address it came from.
    content: Content,
}

/// One report with its content: sealed once approved, computed now while it is a draft.
#[utoipa::path(get, path = "/api/v1/reports/{id}", params(("id" = String, Path)), responses((status = 200, body = ReportDetail)))]
pub async fn get(req: Req, Path(id): Path<ReportId>) -> Outcome {
    let row = report_for(&req.app, &req.ctx, id, "report.read").await?;
    let content = content(&req.app, &req.ctx, &row).await?;
    Req::json_rev(&ReportDetail { report: ReportJson::from(&row), content }, row.rev)
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct ReportStep {
    rev: i64,
    /// `submit`, `check`, `approve`, `send_back`, `recall`, `issue`, `accept`, `return`, or `reconsider`.
    act: String,
    #[serde(default)]
    remarks: String,
    #[serde(default)]
    number: String,
    /// ISO day, today without it.
    #[serde(default)]
    issued_on: String,
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
        "accept" => ReportAct::Accept,
        "return" => ReportAct::Return { remarks },
        "reconsider" => ReportAct::Reconsider,
        _ => return Err(Problem::bad_input("bad-form").into()),
    };
    report_act(&req.app, &req.ctx, id, given.rev, &act).await?;
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
    };
    let value: ValueId = value_set(&req.app, &req.ctx, id, unit, label, &entered).await?;
    Req::json(&ValueSet { value: value.to_string() })
}
