//! A plan beside the plan above it, and the targets of all plans, as JSON.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::{
    plans::{
        model::{
            cascade::{Difference, Line, Task},
            read_target::{Sign, written},
        },
        usecase::cascade::compare,
    },
    targets::store,
};

/// One task of the plan above.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeLine {
    /// The task above, as its document says it.
    above: String,
    /// It names the issuer of the plan below.
    concerns: bool,
    below: Option<String>,
    /// Percent of likeness of the two.
    alike: Option<u32>,
    differences: Vec<Difference>,
    /// "lồng ghép tại …"
    merged_into: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeJson {
    tasks: Vec<CascadeLine>,
    targets: Vec<CascadeLine>,
}

fn task(line: &Line<Task>) -> CascadeLine {
    CascadeLine {
        above: line.above.text.clone(),
        concerns: line.above.concerns,
        below: line.below.as_ref().map(|(twin, _)| twin.text.clone()),
        alike: line.below.as_ref().map(|(_, alike)| *alike),
        differences: line.differences.clone(),
        merged_into: line.merged_into.clone(),
    }
}

/// What of the plan `above` this plan took up, and how it differs.
#[utoipa::path(get, path = "/api/v1/plans/{id}/cascade", params(("id" = String, Path), ("above" = String, Query)), responses((status = 200, body = CascadeJson)))]
pub async fn cascade(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let above = req.query("above").and_then(|id| id.parse().ok()).ok_or_else(Problem::not_found)?;
    let compared = compare(&req.app, above, id).await?;
    let targets = compared.beside.targets.lines.iter().map(|line| CascadeLine {
        above: line.above.text.clone(),
        concerns: true,
        below: line.below.as_ref().map(|(twin, _)| twin.text.clone()),
        alike: line.below.as_ref().map(|(_, alike)| *alike),
        differences: line.differences.clone(),
        merged_into: None,
    });
    Req::json(&CascadeJson {
        tasks: compared.beside.tasks.lines.iter().map(task).collect(),
        targets: targets.collect(),
    })
}

/// One target of a live plan.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TargetJson {
    plan: String,
    text: String,
    /// As written here: `1.234,5`.
    value: String,
    unit: String,
    #[schema(value_type = Sign)]
    sign: String,
    from: Option<i64>,
    to: Option<i64>,
    indicator: Option<String>,
    owners: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TargetList {
    items: Vec<TargetJson>,
}

/// Targets of all live plans by year, each counted once; `indicator` and `q` narrow them.
#[utoipa::path(get, path = "/api/v1/targets", params(("indicator" = Option<String>, Query), ("q" = Option<String>, Query)), responses((status = 200, body = TargetList)))]
pub async fn targets(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let (words, code) = (req.query("q").unwrap_or_default(), req.query("indicator").filter(|code| !code.is_empty()));
    let rows = store::target::list(&conn, &words, code.as_deref()).await?;
    let items = rows.into_iter().map(|row| TargetJson {
        plan: PlanId::from_uuid(row.plan_id).to_string(),
        text: row.text,
        value: written(row.value_milli),
        unit: row.unit,
        sign: row.comparator,
        from: row.from_year,
        to: row.to_year,
        indicator: row.indicator,
        owners: row.owners,
    });
    Req::json(&TargetList { items: items.collect() })
}
