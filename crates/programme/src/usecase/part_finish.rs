//! A body reports its part done, on a day and with a word about the result; and takes it back.

use db::Entry;
use jiff::civil::Date;
use kernel::{Ctx, PlanId, Problem, Resource, TaskId, UnitId, ids::PartId};
use serde_json::json;
use webkit::App;

use crate::{
    Error,
    model::role::{Circle, PlanRole},
    schema::PART_FACTS,
    store::{self, part::PartRow},
};

/// A part as the policies see it: with who helps with its task and who has a role in its plan.
pub(crate) fn resource(part: &PartRow, helpers: &[UnitId], roles: &[(UnitId, PlanRole)]) -> Resource {
    let circle = Circle::new(UnitId::from_uuid(part.follower_id), roles);
    Resource {
        kind: "Task",
        id: PartId::from_uuid(part.id).to_string(),
        unit: Some(part.unit()),
        followed_by: circle.followers,
        involved: helpers.iter().copied().chain(circle.others).collect(),
    }
}

/// Marks the part done on `day`, or open again when `day` is none (the undo).
pub async fn part_finish(
    app: &App,
    ctx: &Ctx,
    id: PartId,
    rev: i64,
    day: Option<Date>,
    note: &str,
) -> Result<TaskId, Problem> {
    let conn = app.db().read();
    let part = &store::part::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let roles = store::role::list(&conn, PlanId::from_uuid(part.plan_id)).await?;
    app.authorizer().check(ctx, "part.finish", &resource(part, &[], &roles))?;
    if day.is_some_and(|day| day > ctx.today()) {
        return Err(Error::FutureDay.into());
    }
    if day.is_some() && note.trim().is_empty() {
        return Err(Error::Empty("note").into());
    }
    let day = &day.map(|day| day.to_string());
    let action = if day.is_some() { "part.finish" } else { "part.reopen" };
    app.db()
        .write(ctx, |tx| async move {
            let note = day.as_ref().map(|_| note.trim());
            if !store::part::done_set(&tx, id, rev, day.as_deref(), note).await? {
                return Err(Problem::stale());
            }
            tx.fact(&PART_FACTS, json!({
                "part": id.to_string(), "task": TaskId::from_uuid(part.task_id).to_string(), "plan": PlanId::from_uuid(part.plan_id).to_string(),
                "unit": part.unit().to_string(), "start_on": part.start_on, "due_on": part.due_on, "done_on": day,
            }))?;
            tx.ledger(Entry::new(action, id).unit(part.unit()).detail(json!({ "done_on": day })));
            Ok(())
        })
        .await?;
    Ok(TaskId::from_uuid(part.task_id))
}
