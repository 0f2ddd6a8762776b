//! The page of one task: its sentence, its parts, its source and history; and reporting a part done.

use axum::extract::Path;
use kernel::{PlanId, Problem, TaskId, UnitId, ids::PartId};
use minijinja::context;
use serde::Deserialize;
use webkit::{Form, Outcome, Req, view};

use super::register::line;
use crate::{
    BodiesPort,
    store::{self, part::PartRow},
    usecase::part_finish::{part_finish, resource},
};

pub async fn show(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let task = store::task::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = store::plan::get(&conn, PlanId::from_uuid(task.plan_id)).await?.ok_or_else(Problem::not_found)?;
    let helpers = store::task::helpers(&conn, id).await?;
    let roles = store::role::list(&conn, plan.id()).await?;
    let parts = store::part::of_task(&conn, task.id).await?;
    let authorizer = req.app.authorizer();
    let visible: Vec<&PartRow> = parts
        .iter()
        .filter(|part| authorizer.check(&req.ctx, "task.read", &resource(part, &helpers, &roles)).is_ok())
        .collect();
    if visible.is_empty() && !parts.is_empty() {
        return Err(Problem::forbidden().into());
    }
    let wanted: Option<PartId> = req.query("part").and_then(|id| id.parse().ok());
    let own = |part: &&&PartRow| authorizer.check(&req.ctx, "part.finish", &resource(part, &[], &roles)).is_ok();
    let focus =
        wanted.and_then(|id| visible.iter().find(|part| part.id == id.uuid())).or_else(|| visible.iter().find(own));
    let history = match focus {
        Some(part) => db::ledger_page(&conn, Some(&PartId::from_uuid(part.id).to_string()), None, 20).await?,
        None => vec![],
    };
    let may_finish = focus.is_some_and(|part| own(&part));
    let page = context! {
        task => context! {
            id => id.to_string(), text => task.text, section => task.section, time => task.time_raw, result => task.result, quote => task.quote,
            coordinating => task.coordinating, start => task.source_start,
        },
        plan => context! { id => plan.id().to_string(), label => plan.short_label() },
        follower => bodies.body(plan.follower()).map(|body| body.name),
        focus => focus.map(|part| line(&req, bodies, part)), may_finish, today => req.ctx.today().to_string(),
        parts => visible.iter().map(|part| line(&req, bodies, part)).collect::<Vec<_>>(), history => view(history), hidden => parts.len() - visible.len(),
    };
    req.page("programme/task.html", page).await
}

#[derive(Deserialize)]
pub struct Done {
    rev: i64,
    #[serde(default)]
    done_on: String,
    #[serde(default)]
    note: String,
}

/// With a day the part is done; without one it is open again.
pub async fn done(req: Req, Path(id): Path<PartId>, Form(form): Form<Done>) -> Outcome {
    let day = if form.done_on.is_empty() {
        None
    } else {
        Some(form.done_on.parse().map_err(|_| Problem::bad_input("bad-day"))?)
    };
    let task = part_finish(&req.app, &req.ctx, id, form.rev, day, &form.note).await?;
    Ok(Req::go(&format!("/tasks/{task}?part={id}"), if day.is_some() { "part-done" } else { "part-reopened" }))
}

/// The unit of the acting person's first post.
pub fn own_unit(req: &Req) -> Option<UnitId> {
    req.ctx.actor.posts().first().map(|post| post.unit)
}
