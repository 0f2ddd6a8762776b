//! The page before a plan is approved: what it will make and for whom, and what nobody has looked at.

use axum::extract::Path;
use kernel::PlanId;
use serde::Deserialize;
use webkit::{Ask, Confirm, Form, Outcome, Req};

use crate::{
    approve::usecase::{
        plan_approve::plan_approve,
        plan_preview::{Preview, plan_preview},
    },
    pages::words,
    plans::{model::authority::is_unconfirmed, store::plan::PlanRow, usecase::names::issuer},
};

fn counted(req: &Req, key: &str, count: usize) -> String {
    words(req, key, &[("count", count.into())])
}

/// What would come of it, in sentences.
pub(crate) fn says(req: &Req, preview: &Preview) -> Vec<String> {
    let whole =
        [("parts", preview.parts.into()), ("bodies", preview.bodies.len().into()), ("tasks", preview.tasks.into())];
    let mut out = vec![words(req, "approve-makes", &whole)];
    let some = [
        ("approve-targets", preview.targets),
        ("approve-unled", preview.unled.len()),
        ("approve-unreported", preview.unreported.len()),
    ];
    out.extend(some.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| counted(req, key, count)));
    out
}

/// What nobody has looked at.
pub(crate) fn unseen(req: &Req, preview: &Preview) -> Vec<String> {
    let some = [
        ("approve-unseen-head", usize::from(preview.is_head_unseen)),
        ("approve-unseen-rows", preview.unseen_rows.len()),
        ("approve-unseen-targets", preview.unseen_targets.len()),
        ("approve-unseen-duties", preview.unseen_duties.len()),
    ];
    some.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| counted(req, key, count)).collect()
}

fn bodies(req: &Req, preview: &Preview) -> Vec<String> {
    let name = |(unit, parts): &(kernel::UnitId, usize)| {
        let name = req.app.bodies().body(*unit).map_or_else(|| "–".into(), |body| body.name);
        words(req, "approve-body", &[("name", name.into()), ("parts", (*parts).into())])
    };
    preview.bodies.iter().map(name).collect()
}

fn warns(req: &Req, plan: &PlanRow, preview: &Preview) -> Vec<String> {
    let mut out = unseen(req, preview);
    if is_unconfirmed(req.app.bodies().as_ref(), &plan.standing()) {
        let issuer = issuer(req.app.bodies(), plan).unwrap_or_else(|| "–".into());
        out.push(words(req, "approve-held", &[("issuer", issuer.into())]));
    }
    out
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let (plan, preview) = plan_preview(&req.app, &req.ctx, id).await?;
    let title = |key: &str, count: usize| counted(&req, key, count);
    let asks =
        Ask { name: "unseen", kind: "check", label: title("approve-unseen-known", preview.unseen()), ..Ask::default() };
    let confirm = Confirm {
        title: words(&req, "approve-title", &[("label", plan.short_label().into())]),
        above: format!("/plans/{id}/review"),
        above_name: words(&req, "review-title", &[]),
        says: says(&req, &preview),
        warns: warns(&req, &plan, &preview),
        asks: if preview.unseen() > 0 { vec![asks] } else { vec![] },
        button: words(&req, "approve", &[]),
        after: words(&req, "approve-after", &[]),
        ..Confirm::default()
    };
    let head = preview.is_head_unseen.then(|| words(&req, "approve-head", &[])).into_iter().collect::<Vec<_>>();
    let confirm = confirm
        .list(title("approve-list-bodies", preview.bodies.len()), bodies(&req, &preview))
        .list(title("approve-list-unled", preview.unled.len()), preview.unled.clone())
        .list(
            title("approve-list-unseen", preview.unseen()),
            [head, preview.unseen_rows.clone(), preview.unseen_targets.clone(), preview.unseen_duties.clone()].concat(),
        )
        .list(title("approve-list-unreported", preview.unreported.len()), preview.unreported.clone());
    confirm.show(&req).await
}

#[derive(Deserialize)]
pub struct Approving {
    /// Approved although nobody looked at some rows.
    #[serde(default)]
    unseen: bool,
}

pub async fn approve(req: Req, Path(id): Path<PlanId>, Form(form): Form<Approving>) -> Outcome {
    plan_approve(&req.app, &req.ctx, id, form.unseen).await?;
    Ok(Req::go(&format!("/plans/{id}"), "plan-live"))
}
