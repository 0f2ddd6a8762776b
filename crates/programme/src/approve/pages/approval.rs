//! The page before a plan is approved: what it will make and for whom, and what nobody has looked at.

use axum::extract::Path;
use kernel::PlanId;
use serde::Deserialize;
use webkit::{Ask, Confirm, Form, Outcome, Req, Stop};

use crate::{
    approve::{
        pages::review_read::unread,
        usecase::{
            plan_approve::plan_approve,
            plan_preview::{Ahead, Doubted, Preview, plan_preview},
        },
    },
    pages::words,
    plans::{
        model::{
            authority::is_unconfirmed,
            head::{is_numbered, is_whole},
        },
        store::plan::PlanRow,
        usecase::names::issuer,
    },
    work::usecase::authority::names,
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
        ("approve-doubted", preview.doubted.len()),
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

/// Names that are handed to nobody, each with what it is like.
fn doubted(req: &Req, preview: &Preview) -> Vec<String> {
    let one = |doubted: &Doubted| {
        let (said, task) = (doubted.words.as_str(), doubted.task.as_str());
        match &doubted.like {
            Some(name) => {
                let args = [("words", said.into()), ("name", name.as_str().into()), ("task", task.into())];
                words(req, "approve-doubted-like", &args)
            }
            None => words(req, "approve-doubted-one", &[("words", said.into()), ("task", task.into())]),
        }
    };
    preview.doubted.iter().map(one).collect()
}

/// Why it would be refused, told before somebody tries.
fn stops(req: &Req, plan: &PlanRow, preview: &Preview, ahead: &Ahead) -> Vec<Stop> {
    let page = format!("/plans/{}", plan.id());
    let review = format!("{page}/review");
    let mut out = Vec::new();
    if ahead.open > 0 {
        let text = counted(req, "problem-open-problems", ahead.open);
        out.push(Stop { text, href: review.clone(), way: words(req, "next-question", &[]) });
    }
    if preview.is_empty {
        let text = words(req, "problem-no-task", &[]);
        out.push(Stop { text, href: review, way: words(req, "review-title", &[]) });
    }
    if !ahead.beyond.is_empty() {
        let text = words(req, "problem-lead-beyond", &[("names", names(&req.app, &ahead.beyond).into())]);
        out.push(Stop { text, href: page, way: words(req, "see-who-confirms", &[]) });
    }
    out
}

fn warns(req: &Req, plan: &PlanRow, preview: &Preview, ahead: &Ahead) -> Vec<String> {
    let mut out = unseen(req, preview);
    if !ahead.overdue.is_empty() {
        out.push(counted(req, "approve-overdue", ahead.overdue.len()));
    }
    let is_numbered = plan.number.as_deref().is_some_and(is_numbered);
    let missing = [("approve-no-number", is_numbered), ("approve-no-day", is_whole(plan.issued_on.as_deref()))];
    out.extend(missing.into_iter().filter(|(_, is_there)| !is_there).map(|(key, _)| words(req, key, &[])));
    if is_unconfirmed(req.app.bodies().as_ref(), &plan.standing()) {
        let issuer = issuer(req.app.bodies(), plan).unwrap_or_else(|| words(req, "issuer-unknown", &[]));
        out.push(words(req, "approve-held", &[("issuer", issuer.into())]));
    }
    out
}

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    if let Some(page) = unread(&req, id).await? {
        return Ok(page);
    }
    let (plan, preview, ahead) = plan_preview(&req.app, &req.ctx, id).await?;
    let title = |key: &str, count: usize| counted(&req, key, count);
    let asks =
        Ask { name: "unseen", kind: "check", label: title("approve-unseen-known", preview.unseen()), ..Ask::default() };
    let confirm = Confirm {
        title: words(&req, "approve-title", &[("label", plan.short_label().into())]),
        above: format!("/plans/{id}/review"),
        above_name: words(&req, "review-title", &[]),
        says: says(&req, &preview),
        stops: stops(&req, &plan, &preview, &ahead),
        warns: warns(&req, &plan, &preview, &ahead),
        asks: if preview.unseen() > 0 { vec![asks] } else { vec![] },
        button: words(&req, "approve", &[]),
        after: words(&req, "approve-after", &[]),
        ..Confirm::default()
    };
    let head = preview.is_head_unseen.then(|| words(&req, "approve-head", &[])).into_iter().collect::<Vec<_>>();
    let confirm = confirm
        .list(title("approve-list-bodies", preview.bodies.len()), bodies(&req, &preview))
        .list(title("approve-list-unled", preview.unled.len()), preview.unled.clone())
        .list(title("approve-list-doubted", preview.doubted.len()), doubted(&req, &preview))
        .list(
            title("approve-list-unseen", preview.unseen()),
            [head, preview.unseen_rows.clone(), preview.unseen_targets.clone(), preview.unseen_duties.clone()].concat(),
        )
        .list(title("approve-list-overdue", ahead.overdue.len()), ahead.overdue)
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
