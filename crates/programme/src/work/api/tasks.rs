//! The register of parts, with the filters of the page.

use crate::ids::{PartId, TaskId};
use kernel::PlanId;
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::work::{model::state::State, pages::register::page as register_page};

/// One body's share of a task.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PartJson {
    id: String,
    task: String,
    plan: String,
    unit: String,
    section: String,
    text: String,
    coordinating: String,
    #[schema(format = Date)]
    start_on: Option<String>,
    #[schema(format = Date)]
    due_on: Option<String>,
    #[schema(format = Date)]
    done_on: Option<String>,
    #[serde(flatten)]
    state: State,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PartPage {
    items: Vec<PartJson>,
    /// What `after` asks for the next page with; none on the last.
    next: Option<String>,
}

/// Parts that the caller may see, 50 a page, by `due` day, by `plan` or by `lead`; `-due` is the same from its other end.
#[utoipa::path(get, path = "/api/v1/tasks", params(("q" = Option<String>, Query), ("of" = Option<String>, Query), ("leaderless" = Option<String>, Query), ("until" = Option<String>, Query), ("lead" = Option<String>, Query), ("helps" = Option<String>, Query), ("leader" = Option<String>, Query), ("plan" = Option<String>, Query), ("year" = Option<i16>, Query), ("state" = Option<String>, Query), ("sort" = Option<String>, Query), ("after" = Option<String>, Query)), responses((status = 200, body = PartPage)))]
pub async fn list(req: Req) -> Outcome {
    let (today, calendar) = (req.ctx.today(), req.app.times().calendar());
    let (page, _) = register_page(&req).await?;
    let items = page.items.into_iter().map(|part| PartJson {
        id: PartId::from_uuid(part.id).to_string(),
        task: TaskId::from_uuid(part.task_id).to_string(),
        plan: PlanId::from_uuid(part.plan_id).to_string(),
        unit: part.unit().to_string(),
        state: part.shown(&calendar, today),
        section: part.section,
        text: part.text,
        coordinating: part.coordinating,
        start_on: part.start_on,
        due_on: part.due_on,
        done_on: part.done_on,
    });
    Req::json(&PartPage { items: items.collect(), next: page.next })
}
