//! One frozen list: each system, whether it is counted and eligible, and everything that was changed of it.

use axum::extract::Path;
use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Acted, Outcome, Req, Who, view};

use super::shown::end_of;
use crate::{
    model::{
        System, SystemState,
        figures::{BaselineChange, BaselineId},
    },
    store::figures::baseline::{Entry, entries},
    usecase::figures::{
        baseline_add::free,
        baseline_change::{changes, may_change, seen},
    },
};

pub async fn page(req: Req, Path(id): Path<BaselineId>) -> Outcome {
    let (conn, bodies) = (req.app.db().read(), req.app.bodies());
    let list = seen(&req.app, &req.ctx, &conn, id).await?;
    let entries = entries(&conn, id).await?;
    let changed = changes(&conn, id).await?;
    let acts: Vec<Acted> =
        changed.iter().map(|one| Acted::new(&one.by_whom, end_of(one.on_day), Some(list.unit_id))).collect();
    let people = req.app.who(&acts).await?;
    let name = |system| entries.iter().find(|entry| entry.system_id == system).map(|entry| entry.name.to_string());
    let change = |(one, who): (&BaselineChange, Who)| {
        context! {
            on => one.on_day.to_string(), who => view(who), name => name(one.system_id), reason => one.reason.as_str(),
            is_counted => one.is_counted, is_eligible => one.is_eligible, ground => one.ground.as_deref(),
            is_after => one.is_after,
        }
    };
    let row = |entry: &Entry| {
        let is_moved = entry.owner_id != list.unit_id;
        let owner = bodies.body(entry.owner_id).map(|body| body.name).filter(|_| is_moved);
        context! {
            system => entry.system_id.to_string(), name => entry.name.as_str(), owner, state => entry.state.words(),
            look => entry.state.look(), is_mistaken => entry.state == SystemState::Mistaken, rev => entry.rev,
            is_counted => entry.is_counted, is_eligible => entry.is_eligible, reason => entry.reason.as_deref(),
            ground => entry.ground.as_deref(),
        }
    };
    let approver = match (&list.approved_by, list.approved_on) {
        (Some(by), Some(on)) => {
            req.app.who(&[Acted::new(by, end_of(on), Some(list.unit_id))]).await?.into_iter().next()
        }
        _ => None,
    };
    let may_change = may_change(&req.app, &req.ctx, &list).is_ok();
    let free = if may_change { free(&req.app, &conn, &list).await? } else { vec![] };
    let choice = |one: &System| context! { id => one.id.to_string(), name => one.name.as_str() };
    let page = context! {
        id => id.to_string(), name => bodies.body(list.unit_id).map(|body| body.name), as_of => list.as_of.to_string(),
        plan => list.plan.as_deref(), approved_on => list.approved_on.map(|on| on.to_string()), approver => view(approver),
        counted => entries.iter().filter(|entry| entry.is_counted).count(),
        eligible => entries.iter().filter(|entry| entry.is_counted && entry.is_eligible).count(),
        may_change, free => free.iter().map(choice).collect::<Vec<Value>>(),
        changes => changed.iter().zip(people).map(change).collect::<Vec<Value>>(),
        rows => entries.iter().map(row).collect::<Vec<Value>>(),
    };
    req.page("registry/baseline.html", page).await
}
