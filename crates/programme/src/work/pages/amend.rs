//! The pages on which a task that is under way is amended, stopped, split or merged.

use axum::extract::Path;
use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Ask, Confirm, Outcome, Req};

use crate::{
    ids::TaskId,
    pages::words,
    work::{
        model::amend::{PartImage, Stop},
        usecase::{
            authority::names,
            change::{Standing, standing},
            task_amend::{now, siblings},
        },
    },
};

fn label(of: &Standing) -> String {
    format!("{} {}", of.row.section, of.task.text)
}

/// What can be stopped or followed again.
fn stops(parts: &[PartImage]) -> Vec<&'static str> {
    let some = |stop: Stop| !stop.steps(parts, "").is_empty();
    [Stop::Pause, Stop::End, Stop::Resume].into_iter().filter(|stop| some(*stop)).map(Stop::code).collect()
}

pub async fn amend(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let of = standing(&req.app, &req.ctx, id).await?;
    let form = now(&req.app, &req.ctx, &of);
    let held: Vec<_> = of.held.iter().map(|(_, held)| held.unit()).collect();
    let (leads, stops) = (of.leads().len(), stops(&of.parts));
    let issuer = of.plan.issuer_id.map(|unit| UnitId::from_uuid(unit).to_string());
    let page = context! {
        task => context! { id => id.to_string(), section => of.row.section, text => of.task.text, quote => of.row.quote },
        plan => context! { id => of.plan.id().to_string(), label => of.plan.short_label(), issuer_id => issuer },
        form => context! { rev => form.rev, text => form.text, leads => form.leads, helpers => form.helpers, time => form.time, result => form.result },
        count => leads, held => names(&req.app, &held), stops,
    };
    req.page("programme/amend.html", page).await
}

/// Whom it concerns, and what follows.
pub async fn stop(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let of = standing(&req.app, &req.ctx, id).await?;
    let asked = req.query("act").unwrap_or_default();
    let act = [Stop::Pause, Stop::End, Stop::Resume].into_iter().find(|stop| stop.code() == asked);
    let act = act.ok_or_else(Problem::not_found)?;
    let steps = act.steps(&of.parts, "");
    let units: Vec<String> =
        steps.iter().filter_map(|(part, _)| req.app.bodies().body(part.unit())).map(|body| body.name).collect();
    let key = |key: &str| format!("{key}-{}", act.code());
    let count = [("count", steps.len().into())];
    let ask = |name, kind, label: &str, is_free| Ask {
        name,
        kind,
        label: words(&req, label, &[]),
        is_free,
        ..Ask::default()
    };
    let confirm = Confirm {
        title: words(&req, &key("ask-stop"), &[]),
        above: format!("/tasks/{id}"),
        above_name: of.row.section.clone(),
        says: vec![label(&of), words(&req, &key("ask-stop-what"), &count)],
        carried: vec![("act", act.code().to_owned()), ("rev", of.rev.to_string())],
        asks: vec![
            ask("reason", "words", "reason", false),
            ask("day", "date", "held-from", true),
            ask("number", "text", "by-document", true),
        ],
        button: words(&req, &key("ask-stop"), &[]),
        after: words(&req, "ask-stop-after", &[]),
        ..Confirm::default()
    };
    confirm.list(words(&req, "approve-list-bodies", &[("count", units.len().into())]), units).show(&req).await
}

pub async fn shape(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let of = standing(&req.app, &req.ctx, id).await?;
    let others = siblings(&req.app, &of).await?;
    let short = |text: &str| text.chars().take(120).collect::<String>();
    let others: Vec<Value> = others
        .iter()
        .map(|row| context! { value => TaskId::from_uuid(row.id).to_string(), text => format!("{} {}", row.section, short(&row.text)) })
        .collect();
    let page = context! {
        task => context! { id => id.to_string(), section => of.row.section, text => of.task.text, rev => of.rev },
        plan => context! { id => of.plan.id().to_string(), label => of.plan.short_label() }, others,
    };
    req.page("programme/shape.html", page).await
}
