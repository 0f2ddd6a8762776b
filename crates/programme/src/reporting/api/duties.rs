//! Reporting duties and their periods.

use crate::ids::{DutyId, PeriodId};
use axum::extract::Path;
use kernel::{Problem, Resource, UnitId};
use serde::{Deserialize, Serialize};
use webkit::{Form, ListPage, Outcome, Req};

use crate::{
    reporting::{
        store::{
            self,
            duty::{DutyRole, DutyRow, PeriodRow},
            duty_register::DUTIES,
            report_register::ReportHead,
        },
        usecase::{
            duty::duty_seen,
            period::{Completeness, consolidate, period_lock, period_open},
        },
    },
    targets::model::period::Label,
    work::pages::part::day,
};

webkit::codes! {
    /// Where a period stands; its reports are made while it is opening.
    PeriodState = ["opening", "open", "locked"];
}

/// Duties that the caller may read, what is proposed first, 50 a page. The filters are those of the page.
#[utoipa::path(get, path = "/api/v1/duties", params(
    ("q" = Option<String>, Query, description = "words, diacritics optional"), ("state" = Option<String>, Query),
    ("period" = Option<String>, Query), ("reports" = Option<String>, Query, description = "a unit that reports"),
    ("owner" = Option<String>, Query), ("sort" = Option<String>, Query), ("after" = Option<String>, Query, description = "cursor"),
), responses((status = 200, body = ListPage<DutyRow>)))]
pub async fn list(req: Req) -> Outcome {
    DUTIES.json(&req).await
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DutyDetail {
    #[serde(flatten)]
    duty: DutyRow,
    /// Ids of the units that report, receive, and pass reports on.
    reports: Vec<String>,
    receives: Vec<String>,
    via: Vec<String>,
}

/// One duty with the bodies that it names.
#[utoipa::path(get, path = "/api/v1/duties/{id}", params(("id" = String, Path)), responses((status = 200, body = DutyDetail)))]
pub async fn get(req: Req, Path(id): Path<DutyId>) -> Outcome {
    let duty = duty_seen(&req.app, &req.ctx, id).await?;
    let conn = req.app.db().read();
    let bodies = async |role| -> Result<Vec<String>, db::DbError> {
        Ok(store::duty::bodies(&conn, id, role).await?.iter().map(UnitId::to_string).collect())
    };
    let (reports, receives, via) =
        (bodies(DutyRole::Reports).await?, bodies(DutyRole::Receives).await?, bodies(DutyRole::Via).await?);
    let rev = duty.rev;
    Req::json_rev(&DutyDetail { duty, reports, receives, via }, rev)
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PeriodJson {
    id: String,
    duty: String,
    /// `2026-M11`, `2026-Q4`, `2026-H2`, `2026`, `2026-L3`.
    label: String,
    #[schema(format = Date)]
    from_on: String,
    #[schema(format = Date)]
    to_on: String,
    #[schema(format = Date)]
    due_on: String,
    #[schema(value_type = PeriodState)]
    state: String,
    /// Reports that the period waits for, that came, and that came by the due day.
    expected: usize,
    actual: usize,
    on_time: usize,
    reports: Vec<ReportHead>,
}

async fn answer(req: &Req, id: PeriodId) -> Outcome {
    let conn = req.app.db().read();
    let row: PeriodRow = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = store::duty::get(&conn, row.duty()).await?.ok_or_else(Problem::not_found)?;
    let resource = Resource { kind: "Duty", ..Resource::unit(req.app.bodies().today(duty.owner)) };
    req.app.authorizer().check(&req.ctx, "duty.edit", &resource)?;
    let reports = store::report::counted(&conn, id).await?;
    let Completeness { expected, actual, on_time } = Completeness::of(&reports);
    Req::json(&PeriodJson {
        id: id.to_string(),
        duty: duty.id.to_string(),
        label: row.label,
        from_on: row.from_on,
        to_on: row.to_on,
        due_on: row.due_on,
        state: row.state,
        expected,
        actual,
        on_time,
        reports: reports.iter().map(ReportHead::try_from).collect::<Result<_, _>>()?,
    })
}

/// A period with its reports, how many came and how many on time.
#[utoipa::path(get, path = "/api/v1/periods/{id}", params(("id" = String, Path)), responses((status = 200, body = PeriodJson)))]
pub async fn period(req: Req, Path(id): Path<PeriodId>) -> Outcome {
    answer(&req, id).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct OpenJson {
    label: String,
    /// ISO day; by the duty's rule without it.
    #[serde(default)]
    due_on: String,
}

/// Opens a period; its reports are made by a job, all of them or none.
#[utoipa::path(post, path = "/api/v1/duties/{id}/periods", params(("id" = String, Path)), request_body = OpenJson, responses((status = 200, body = PeriodJson)))]
pub async fn open(req: Req, Path(id): Path<DutyId>, Form(given): Form<OpenJson>) -> Outcome {
    let label = Label::parse(given.label.trim());
    let label = label.ok_or_else(|| Problem::bad_input("label-wrong").with("label", &given.label))?;
    let period = period_open(&req.app, &req.ctx, id, label, day("due_on", &given.due_on)?).await?;
    answer(&req, period).await
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct PeriodAct {
    /// `lock`, `unlock`, or `consolidate`.
    act: String,
}

/// Locks a period, unlocks it, or makes its consolidated report.
#[utoipa::path(post, path = "/api/v1/periods/{id}/acts", params(("id" = String, Path)), request_body = PeriodAct, responses((status = 200, body = PeriodJson)))]
pub async fn act(req: Req, Path(id): Path<PeriodId>, Form(given): Form<PeriodAct>) -> Outcome {
    match given.act.as_str() {
        "lock" | "unlock" => period_lock(&req.app, &req.ctx, id, given.act == "lock").await?,
        "consolidate" => {
            consolidate(&req.app, &req.ctx, id).await?;
        }
        _ => return Err(Problem::bad_input("bad-form").into()),
    }
    answer(&req, id).await
}
