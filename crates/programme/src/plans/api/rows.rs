//! Rows and targets under review, as JSON: the same acts as on the review page.

use crate::ids::{ReadRowId, ReadTargetId};
use axum::extract::Path;
use kernel::PlanId;
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req};

use crate::plans::{
    model::{
        read_duty::ReadDuty,
        read_target::{Sign, sign, written},
        row::joined,
    },
    store::{self, read_row::ReviewRow, read_target::ReviewTarget},
    usecase::{
        plan_read,
        review::{self, Act, Correction, plan_in_review},
        review_row::{Addition, row_add, row_merge, row_split},
        review_target::{TargetForm, target_correct, target_decide},
    },
};

webkit::codes! {
    /// What was decided on what was read.
    RowState = ["open", "accepted", "dropped"];
}

/// A task as read.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RowJson {
    id: String,
    #[schema(value_type = RowState)]
    state: String,
    section: String,
    text: String,
    lead: String,
    coordinating: String,
    time: String,
    result: Option<String>,
    /// How many questions keep it from being accepted.
    questions: usize,
    rev: i64,
}

/// A target as read.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReadTargetJson {
    id: String,
    #[schema(value_type = RowState)]
    state: String,
    text: String,
    /// As written here: `1.234,5`.
    value: String,
    unit: String,
    #[schema(value_type = Sign)]
    sign: &'static str,
    from: Option<i16>,
    to: Option<i16>,
    owners: String,
    indicator: Option<String>,
    rev: i64,
}

/// A duty to report as read.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReadDutyJson {
    /// Its place in the reading, from 0.
    position: usize,
    #[schema(value_type = RowState)]
    state: &'static str,
    text: String,
    who: String,
    to: String,
    via: String,
    /// `month`, `quarter`, `half_year`, `year`, `periodic` or `ad_hoc`.
    period: Option<String>,
    /// As the document says it: "trước ngày 30/11".
    due: Option<String>,
    /// How often something was said of it: 0 at first.
    rev: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct RowList {
    rows: Vec<RowJson>,
    targets: Vec<ReadTargetJson>,
    duties: Vec<ReadDutyJson>,
}

fn row_json(row: ReviewRow) -> RowJson {
    RowJson {
        id: row.id.to_string(),
        section: row.task.cited(),
        lead: joined(&row.task.lead),
        coordinating: joined(&row.task.coordinating),
        questions: row.task.questions().len(),
        state: row.state,
        text: row.task.text,
        time: row.task.time.raw,
        result: row.task.result,
        rev: row.rev,
    }
}

fn target_json(row: ReviewTarget) -> ReadTargetJson {
    ReadTargetJson {
        id: row.id.to_string(),
        state: row.state,
        value: written(row.target.value_milli),
        sign: sign(row.target.comparator),
        owners: joined(&row.target.owners),
        text: row.target.text,
        unit: row.target.unit,
        from: row.target.from,
        to: row.target.to,
        indicator: row.target.indicator,
        rev: row.rev,
    }
}

fn duty_json(read: ReadDuty) -> ReadDutyJson {
    ReadDutyJson {
        position: read.position,
        state: read.state(),
        rev: read.rev,
        who: read.duty.who.join("; "),
        to: read.duty.to.join("; "),
        via: read.duty.via.join("; "),
        text: read.duty.text,
        period: read.duty.period,
        due: read.duty.due,
    }
}

/// What was read of a plan under review, in the order of the document.
#[utoipa::path(get, path = "/api/v1/plans/{id}/read-rows", params(("id" = String, Path)), responses((status = 200, body = RowList), (status = 409)))]
pub async fn list(req: Req, Path(id): Path<PlanId>) -> Outcome {
    plan_in_review(&req.app, &req.ctx, id).await?;
    let conn = req.app.db().read();
    let rows = store::read_row::list(&conn, id).await?.into_iter().map(row_json).collect();
    let targets = store::read_target::list(&conn, id).await?.into_iter().map(target_json).collect();
    let duties = plan_read::duties(&conn, id).await?.into_iter().map(duty_json).collect();
    Req::json(&RowList { rows, targets, duties })
}

/// Adds a task that was not read: of a sentence without a place too, by its bytes.
#[utoipa::path(post, path = "/api/v1/plans/{id}/read-rows", params(("id" = String, Path)), request_body = Addition, responses((status = 200, body = RowList)))]
pub async fn add(req: Req, Path(id): Path<PlanId>, Form(given): Form<Addition>) -> Outcome {
    row_add(&req.app, &req.ctx, id, &given).await?;
    list(req, Path(id)).await
}

#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowAct {
    Accept,
    Drop,
    Reopen,
    /// Gives it the fields sent with it.
    Correct,
    /// Parts it in two at the blank line in `text`.
    Split,
    /// Joins it to the row before.
    Merge,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct RowChange {
    rev: i64,
    act: RowAct,
    #[serde(flatten)]
    fields: Correction,
}

/// Accepts, drops, corrects, splits or merges a row.
#[utoipa::path(post, path = "/api/v1/read-rows/{id}", params(("id" = String, Path)), request_body = RowChange, responses((status = 200, body = RowList), (status = 412)))]
pub async fn row(req: Req, Path(id): Path<ReadRowId>, Form(change): Form<RowChange>) -> Outcome {
    let (app, ctx, rev) = (&req.app, &req.ctx, change.rev);
    let plan = match change.act {
        RowAct::Accept => review::decide(app, ctx, id, rev, &Act::Accept).await?,
        RowAct::Drop => review::decide(app, ctx, id, rev, &Act::Drop).await?,
        RowAct::Reopen => review::decide(app, ctx, id, rev, &Act::Reopen).await?,
        RowAct::Correct => review::correct(app, ctx, id, rev, &change.fields).await?,
        RowAct::Split => row_split(app, ctx, id, rev, &change.fields.text).await?,
        RowAct::Merge => row_merge(app, ctx, id, rev).await?,
    };
    list(req, Path(plan)).await
}

#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetAct {
    Accept,
    Drop,
    Reopen,
    Correct,
}

#[derive(Deserialize, utoipa::ToSchema)]
pub struct TargetChange {
    rev: i64,
    act: TargetAct,
    #[serde(flatten)]
    fields: TargetForm,
}

/// Accepts, drops or corrects a target; correcting says which indicator it is a milestone of.
#[utoipa::path(post, path = "/api/v1/read-targets/{id}", params(("id" = String, Path)), request_body = TargetChange, responses((status = 200, body = RowList), (status = 412)))]
pub async fn target(req: Req, Path(id): Path<ReadTargetId>, Form(change): Form<TargetChange>) -> Outcome {
    let (app, ctx, rev) = (&req.app, &req.ctx, change.rev);
    let plan = match change.act {
        TargetAct::Accept => target_decide(app, ctx, id, rev, &Act::Accept).await?,
        TargetAct::Drop => target_decide(app, ctx, id, rev, &Act::Drop).await?,
        TargetAct::Reopen => target_decide(app, ctx, id, rev, &Act::Reopen).await?,
        TargetAct::Correct => target_correct(app, ctx, id, rev, &change.fields).await?,
    };
    list(req, Path(plan)).await
}
