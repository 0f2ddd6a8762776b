//! The pages before a plan is withdrawn or taken away, and before a target is amended.

use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use webkit::{Ask, Choice, Confirm, Outcome, Req};

use crate::{
    Error,
    approve::usecase::{
        plan_withdraw::plan_for,
        target_bodies::{named_now, target_for},
    },
    ids::TargetId,
    pages::words,
    plans::usecase::plan_remove::removable,
    reporting,
    targets::pages::counted::indicator_name,
    work,
};

fn ask(req: &Req, name: &'static str, kind: &'static str, label: &str) -> Ask {
    Ask { name, kind, label: words(req, label, &[]), ..Ask::default() }
}

fn counted(req: &Req, key: &str, count: usize) -> String {
    words(req, key, &[("count", count.into())])
}

/// Whose work ends, and what stays.
pub async fn withdraw(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = plan_for(&req.app, &req.ctx, id).await?;
    if plan.state != "live" {
        return Err(Error::PlanOver.into());
    }
    let conn = req.app.db().read();
    let open = work::store::part::open_of_plan(&conn, id).await?;
    let duties = reporting::store::duty::standing_of_plan(&conn, id).await?;
    let mut units: Vec<UnitId> = open.clone();
    units.sort_unstable();
    units.dedup();
    let ends = [("parts", open.len().into()), ("bodies", units.len().into())];
    let mut says = vec![words(&req, "ask-withdraw-ends", &ends)];
    says.extend((!duties.is_empty()).then(|| counted(&req, "ask-withdraw-duties", duties.len())));
    says.push(words(&req, "ask-withdraw-stays", &[]));
    let names: Vec<String> =
        units.iter().filter_map(|unit| req.app.bodies().body(*unit)).map(|body| body.name).collect();
    let confirm = Confirm {
        title: words(&req, "ask-withdraw", &[("label", plan.short_label().into())]),
        above: format!("/plans/{id}"),
        above_name: plan.short_label(),
        says,
        carried: vec![("rev", plan.rev.to_string())],
        asks: vec![
            ask(&req, "reason", "words", "reason"),
            Ask { is_free: true, ..ask(&req, "day", "date", "held-from") },
            Ask { is_free: true, ..ask(&req, "number", "text", "by-document") },
        ],
        button: words(&req, "plan-withdraw", &[]),
        after: words(&req, "ask-withdraw-after", &[]),
        ..Confirm::default()
    };
    confirm.list(counted(&req, "approve-list-bodies", names.len()), names).show(&req).await
}

/// What goes with it.
pub async fn remove(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = removable(&req.app, &req.ctx, id).await?;
    let key = if plan.state == "refused" { "ask-remove-refused" } else { "ask-remove-review" };
    let confirm = Confirm {
        title: words(&req, "ask-remove", &[("label", plan.short_label().into())]),
        above: format!("/plans/{id}"),
        above_name: plan.short_label(),
        says: vec![words(&req, key, &[])],
        carried: vec![("rev", plan.rev.to_string())],
        asks: vec![ask(&req, "reason", "text", "reason")],
        button: words(&req, "plan-remove", &[]),
        after: words(&req, "ask-remove-after", &[]),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

fn written(req: &Req, units: &[UnitId]) -> String {
    let names = units.iter().map(|unit| req.app.bodies().written(*unit, req.ctx.today()));
    names.collect::<Vec<_>>().join("; ")
}

/// The indicators of the catalogue, after none of them; what a target has already stays a choice.
fn indicators(req: &Req, now: &str) -> Vec<Choice> {
    let none = Choice { value: String::new(), text: words(req, "no-indicator", &[]) };
    let all = req.app.indicators().all();
    let known = all.iter().map(|one| one.code);
    let strange = Some(now).filter(|now| !now.is_empty() && known.clone().all(|code| code != *now));
    let choice = |code: &str| {
        let text = indicator_name(req, Some(code)).unwrap_or(code).to_owned();
        Choice { value: code.to_owned(), text }
    };
    std::iter::once(none).chain(known.chain(strange).map(choice)).collect()
}

pub async fn bodies(req: Req, Path(id): Path<TargetId>) -> Outcome {
    let (plan, target) = target_for(&req.app, &req.ctx, id).await?;
    let now = named_now(&req.app, &plan, id).await?;
    let (owners, reports) = (now.owners(), now.reports());
    let measures = target.indicator.clone().unwrap_or_default();
    let named =
        |name, label: &str, units: &[UnitId]| Ask { value: written(&req, units), ..ask(&req, name, "words", label) };
    let warns = (owners.is_empty() && reports.is_empty()).then(|| words(&req, "target-nobody", &[]));
    let confirm = Confirm {
        title: words(&req, "target-amend", &[]),
        above: format!("/targets/{id}"),
        above_name: plan.short_label(),
        says: vec![target.text.clone()],
        carried: vec![("rev", now.rev.to_string())],
        warns: warns.into_iter().collect(),
        asks: vec![
            Ask { hint: words(&req, "amend-leads-hint", &[]), ..named("owners", "target-owner", &owners) },
            Ask {
                is_free: true,
                hint: words(&req, "target-reports-hint", &[]),
                ..named("reports", "target-reports", &reports)
            },
            Ask {
                hint: words(&req, "target-measure-hint", &[]),
                choices: indicators(&req, &measures),
                value: measures,
                ..ask(&req, "indicator", "choice", "indicator")
            },
            ask(&req, "reason", "text", "reason"),
        ],
        button: words(&req, "save", &[]),
        after: words(&req, "amend-after", &[]),
        ..Confirm::default()
    };
    confirm.show(&req).await
}

/// Whether the reader may withdraw a plan, or take it away.
pub(crate) async fn may(req: &Req, id: PlanId) -> Result<(bool, bool), Problem> {
    let withdraw = plan_for(&req.app, &req.ctx, id).await.is_ok_and(|plan| plan.state == "live");
    Ok((withdraw, removable(&req.app, &req.ctx, id).await.is_ok()))
}
