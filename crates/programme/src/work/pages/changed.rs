//! What was changed of a task, version by version, as its page shows it.

use std::collections::HashMap;

use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use similar::{ChangeTag, TextDiff};
use webkit::{Acted, Req};

use crate::{
    ids::{ChangeId, TaskId},
    pages::words,
    plans::store::plan::PlanRow,
    work::{
        model::amend::{MOVED, TaskImage},
        store::{
            self,
            change::{ChangeRow, Left},
            task::TaskRow,
        },
        usecase::change::may_change,
    },
};

/// Words that went and words that came, in their order.
pub(crate) fn compared(before: &str, after: &str) -> Vec<Value> {
    let diff = TextDiff::from_words(before, after);
    let mut out: Vec<(&str, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let tag = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "gone",
            ChangeTag::Insert => "new",
        };
        match out.last_mut() {
            Some((last, text)) if *last == tag => text.push_str(change.value()),
            _ => out.push((tag, change.value().to_owned())),
        }
    }
    out.into_iter().map(|(tag, text)| context! { tag, text }).collect()
}

/// The bodies that came and went by an act.
fn bodies(req: &Req, left: &Left, units: &HashMap<uuid::Uuid, UnitId>) -> (Vec<String>, Vec<String>) {
    let name = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.name);
    let moved = |is_gone: bool| {
        let way = move |before: &Option<String>, after: &Option<String>| {
            let (was, is) = (before.as_deref() == Some(MOVED), after.as_deref() == Some(MOVED));
            was != is && is == is_gone
        };
        left.parts
            .iter()
            .filter(move |(before, after)| way(&before.stop_kind, &after.stop_kind))
            .map(|(part, _)| part.unit())
    };
    let came = left.new_parts.iter().filter_map(|part| units.get(part).copied()).chain(moved(false));
    (moved(true).filter_map(name).collect(), came.filter_map(name).collect())
}

fn pair(key: &str, before: &str, after: &str) -> Option<Value> {
    (before != after).then(|| context! { key, before, after })
}

fn pairs(before: &TaskImage, after: &TaskImage) -> Vec<Value> {
    let result = |task: &TaskImage| task.result.clone().unwrap_or_default();
    let all = [
        pair("time-frame", &before.time_raw, &after.time_raw),
        pair("result", &result(before), &result(after)),
        pair("coordinating", &before.coordinating, &after.coordinating),
    ];
    all.into_iter().flatten().collect()
}

async fn version(
    req: &Req,
    row: &ChangeRow,
    task: &TaskRow,
    units: &HashMap<uuid::Uuid, UnitId>,
) -> Result<Value, Problem> {
    let left = row.left()?;
    let own = left.tasks.iter().find(|(before, _)| before.id == task.id);
    let diff = own.filter(|(before, after)| before.text != after.text);
    let (gone, came) = bodies(req, &left, units);
    let by = req.app.said_by(req.ctx.lang, Acted::new(&row.actor, row.at, None)).await?;
    Ok(context! {
        id => row.id().to_string(), kind => row.kind.clone(), at => row.at, by, reason => row.reason.clone(), day => row.day.clone(), number => row.number.clone(),
        undone => row.undone_at.is_some(), diff => diff.map(|(before, after)| compared(&before.text, &after.text)),
        pairs => own.map(|(before, after)| pairs(before, after)).unwrap_or_default(), gone => gone.join("; "), came => came.join("; "),
        pieces => left.new_tasks.iter().map(|id| TaskId::from_uuid(*id).to_string()).collect::<Vec<_>>(),
    })
}

/// For the page of a task: its versions, the newest first, and what its reader may change.
pub(crate) async fn of_task(req: &Req, plan: &PlanRow, task: &TaskRow) -> Result<Value, Problem> {
    let conn = req.app.db().read();
    let id = TaskId::from_uuid(task.id);
    let may_amend =
        may_change(&req.app, &req.ctx, plan).await.is_ok() && plan.state == "live" && task.merged_into.is_none();
    let parts = store::part::of_task(&conn, task.id).await?;
    let units: HashMap<uuid::Uuid, UnitId> = parts.iter().map(|part| (part.id, part.unit())).collect();
    let rows = store::change::of_task(&conn, id).await?;
    let mut versions = Vec::new();
    for row in &rows {
        versions.push(version(req, row, task, &units).await?);
    }
    let last = rows.iter().find(|row| row.undone_at.is_none()).map(|row| ChangeId::from_uuid(row.id).to_string());
    let into = task.merged_into.map(|into| TaskId::from_uuid(into).to_string());
    let may_undo = may_change(&req.app, &req.ctx, plan).await.is_ok() && plan.state == "live";
    Ok(context! { may_amend, versions, merged_into => into, undo => last.filter(|_| may_undo) })
}

/// What was done to a plan since it was approved, the newest first: a line each.
pub(crate) async fn of_plan(req: &Req, plan: &PlanRow) -> Result<Vec<Value>, Problem> {
    const SHOWN: usize = 20;
    let rows = store::change::of_plan(&req.app.db().read(), plan.id()).await?;
    let mut out = Vec::new();
    for row in rows.iter().take(SHOWN) {
        let by = req.app.said_by(req.ctx.lang, Acted::new(&row.actor, row.at, None)).await?;
        let kind = words(req, &format!("change-{}", row.kind), &[]);
        let href = match (row.task_id, row.target_id) {
            (Some(task), _) => format!("/tasks/{}", TaskId::from_uuid(task)),
            (None, Some(target)) => format!("/targets/{}", crate::ids::TargetId::from_uuid(target)),
            (None, None) => String::new(),
        };
        out.push(
            context! { kind, href, by, at => row.at, reason => row.reason.clone(), undone => row.undone_at.is_some() },
        );
    }
    Ok(out)
}
