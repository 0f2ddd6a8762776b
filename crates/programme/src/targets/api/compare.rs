//! A plan beside the plan above it, and the targets of all plans, as JSON.

use axum::extract::Path;
use kernel::{PlanId, Problem};
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::{
    plans::{
        model::{
            cascade::{Difference, Item, Line, Target, Task, Twin},
            read_target::{Sign, written},
        },
        usecase::cascade::{Compared, compare},
    },
    targets::store,
};

/// A counterpart in the plan below.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeTwin {
    id: String,
    text: String,
    /// Percent of likeness of the two.
    alike: u32,
    /// People said that it is the one.
    by_hand: bool,
    differences: Vec<Difference>,
    /// "lồng ghép tại …"
    merged_into: Option<String>,
    /// The revision of what people say of the two, over which they say something else; 0 where nothing is said.
    rev: i64,
}

/// What it is not, as people said.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeApart {
    id: String,
    text: String,
    rev: i64,
}

/// One task or target of the plan above.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeLine {
    id: String,
    /// What is above, as its document says it.
    above: String,
    /// It names the issuer of the plan below.
    concerns: bool,
    /// The first of its counterparts.
    below: Option<String>,
    /// Percent of likeness of the two.
    alike: Option<u32>,
    /// Of all counterparts, each once.
    differences: Vec<Difference>,
    /// "lồng ghép tại …"
    merged_into: Option<String>,
    /// The program finds one at most, people may name several.
    twins: Vec<CascadeTwin>,
    apart: Vec<CascadeApart>,
}

/// What only the plan below has.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeExtra {
    id: String,
    text: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct CascadeJson {
    tasks: Vec<CascadeLine>,
    targets: Vec<CascadeLine>,
    extra_tasks: Vec<CascadeExtra>,
    extra_targets: Vec<CascadeExtra>,
}

fn line<T: Item>(compared: &Compared, (line, below): (&Line<T>, &[&T]), concerns: bool) -> CascadeLine {
    let twin = |twin: &Twin<T>| CascadeTwin {
        id: twin.item.id().to_owned(),
        text: twin.item.text().to_owned(),
        alike: twin.alike,
        by_hand: twin.by_hand,
        differences: twin.differences.clone(),
        merged_into: twin.merged_into.clone(),
        rev: compared.rev(line.above.id(), twin.item.id()),
    };
    let apart = compared.said_apart(line.above.id(), below);
    let apart = apart.map(|(item, pair)| {
        let (id, text) = (item.id().to_owned(), item.text().to_owned());
        CascadeApart { id, text, rev: pair.rev }
    });
    let first = line.twins.first();
    CascadeLine {
        id: line.above.id().to_owned(),
        above: line.above.text().to_owned(),
        concerns,
        below: first.map(|twin| twin.item.text().to_owned()),
        alike: first.map(|twin| twin.alike),
        differences: line.differences(),
        merged_into: line.merged_into().map(str::to_owned),
        twins: line.twins.iter().map(twin).collect(),
        apart: apart.collect(),
    }
}

fn extra<T: Item>(items: &[T]) -> Vec<CascadeExtra> {
    items.iter().map(|item| CascadeExtra { id: item.id().to_owned(), text: item.text().to_owned() }).collect()
}

/// What of the plan `above` this plan took up, and how it differs.
#[utoipa::path(get, path = "/api/v1/plans/{id}/cascade", params(("id" = String, Path), ("above" = String, Query)), responses((status = 200, body = CascadeJson)))]
pub async fn cascade(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let above = req.query("above").and_then(|id| id.parse().ok()).ok_or_else(Problem::not_found)?;
    let compared = compare(&req.app, above, id).await?;
    let (tasks, targets) = (&compared.beside.tasks, &compared.beside.targets);
    let (tasks_below, targets_below) = (tasks.below(), targets.below());
    let task = |one: &Line<Task>| line(&compared, (one, tasks_below.as_slice()), one.above.concerns);
    let target = |one: &Line<Target>| line(&compared, (one, targets_below.as_slice()), true);
    Req::json(&CascadeJson {
        tasks: tasks.lines.iter().map(task).collect(),
        targets: targets.lines.iter().map(target).collect(),
        extra_tasks: extra(&tasks.extra),
        extra_targets: extra(&targets.extra),
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
