//! What was changed of a task, version by version, as its page shows it.

use std::collections::HashMap;

use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use similar::{ChangeTag, TextDiff};
use webkit::{Acted, Req, view};

use crate::{
    ids::{ChangeId, TargetId, TaskId},
    pages::words,
    plans::store::plan::PlanRow,
    targets::pages::counted::indicator_name,
    work::{
        model::amend::{MOVED, TaskImage},
        store::{
            self,
            change::{ChangeRow, Left, Measured},
            task::TaskRow,
        },
        usecase::{authority::names, change::may_change, change_undo::may_undo},
    },
};

/// Of a target no task comes.
const NONE: [&str; 0] = [];

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

/// The indicator of a target as it was and as it is.
fn measured(req: &Req, one: &Measured) -> Option<Value> {
    let (before, after) = (one.before.as_deref(), one.after.as_deref());
    let name = |code: Option<&str>| indicator_name(req, code).map(str::to_owned).or_else(|| code.map(str::to_owned));
    pair("indicator", &name(before).unwrap_or_default(), &name(after).unwrap_or_default())
}

/// Who did these acts, one answer for each; asked of the directory at once.
async fn by(req: &Req, rows: &[ChangeRow]) -> Result<Vec<Value>, Problem> {
    let acts: Vec<Acted> = rows.iter().map(|row| Acted::new(&row.actor, row.at, None)).collect();
    Ok(req.app.who(&acts).await?.into_iter().map(view).collect())
}

fn version(
    req: &Req,
    row: &ChangeRow,
    by: Value,
    task: &TaskRow,
    units: &HashMap<uuid::Uuid, UnitId>,
) -> Result<Value, Problem> {
    let left = row.left()?;
    let own = left.tasks.iter().find(|(before, _)| before.id == task.id);
    let diff = own.filter(|(before, after)| before.text != after.text);
    let (gone, came) = bodies(req, &left, units);
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
    for (row, by) in rows.iter().zip(by(req, &rows).await?) {
        versions.push(version(req, row, by, task, &units)?);
    }
    let into = task.merged_into.map(|into| TaskId::from_uuid(into).to_string());
    Ok(context! { may_amend, versions, merged_into => into, undo => undo(req, plan, &rows).await })
}

/// The last act that stands, where the reader may take it back.
async fn undo(req: &Req, plan: &PlanRow, rows: &[ChangeRow]) -> Option<String> {
    let last = rows.iter().find(|row| row.undone_at.is_none())?;
    let may = plan.state == "live" && may_undo(&req.app, &req.ctx, plan, last).await.is_ok();
    may.then(|| ChangeId::from_uuid(last.id).to_string())
}

/// For the page of a target: who was named, act by act, the newest first.
pub(crate) async fn of_target(req: &Req, plan: &PlanRow, target: TargetId) -> Result<Value, Problem> {
    let rows = store::change::of_target(&req.app.db().read(), target.uuid()).await?;
    let mut versions = Vec::new();
    for (row, by) in rows.iter().zip(by(req, &rows).await?) {
        let left = row.left()?;
        let named = left.target_bodies.unwrap_or_default();
        let pairs: Vec<Value> = left.measured.and_then(|one| measured(req, &one)).into_iter().collect();
        let only = |one: &[(uuid::Uuid, String)], other: &[(uuid::Uuid, String)]| {
            let units = one.iter().filter(|body| !other.contains(body)).map(|(unit, _)| UnitId::from_uuid(*unit));
            names(&req.app, &units.collect::<Vec<_>>())
        };
        let (gone, came) = (only(&named.before, &named.after), only(&named.after, &named.before));
        versions.push(context! {
            id => row.id().to_string(), kind => row.kind.clone(), at => row.at, by, reason => row.reason.clone(),
            day => row.day.clone(), number => row.number.clone(), undone => row.undone_at.is_some(), gone, came,
            diff => (), pairs, pieces => NONE,
        });
    }
    Ok(context! { versions, merged_into => (), undo => undo(req, plan, &rows).await })
}

/// What was done to a plan since it was approved, the newest first: a line each.
pub(crate) async fn of_plan(req: &Req, plan: &PlanRow) -> Result<Vec<Value>, Problem> {
    const SHOWN: usize = 20;
    let rows = store::change::of_plan(&req.app.db().read(), plan.id()).await?;
    let mut out = Vec::new();
    let rows = &rows[..rows.len().min(SHOWN)];
    for (row, by) in rows.iter().zip(by(req, rows).await?) {
        let kind = words(req, &format!("change-{}", row.kind), &[]);
        let href = match (row.task_id, row.target_id) {
            (Some(task), _) => format!("/tasks/{}", TaskId::from_uuid(task)),
            (None, Some(target)) => format!("/targets/{}", TargetId::from_uuid(target)),
            (None, None) => String::new(),
        };
        out.push(
            context! { kind, href, by, at => row.at, reason => row.reason.clone(), undone => row.undone_at.is_some() },
        );
    }
    Ok(out)
}
