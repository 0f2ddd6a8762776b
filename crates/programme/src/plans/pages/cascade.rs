//! A plan beside another one: what of the plan above was taken up, or what a new version changes.

use crate::ids::ReadRowId;
use std::collections::HashMap;

use axum::extract::Path;
use kernel::{Authorizer, PlanId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req};

use crate::{
    BodiesPort,
    plans::{
        model::{
            authority::is_unconfirmed,
            cascade::{Difference, Line, Target, Task},
            read_target::written,
        },
        store::{
            self,
            cascade::Verdict,
            link::{Link, LinkKind},
            plan::PlanRow,
        },
        usecase::{
            cascade::{Compared, compare, decide},
            names::issuer,
            plan_link::{plan_link, plan_named},
            review::resource,
        },
    },
};

fn plan_view(bodies: &BodiesPort, plan: &PlanRow) -> Value {
    let unconfirmed = is_unconfirmed(bodies.as_ref(), &plan.standing());
    context! { id => plan.id().to_string(), label => plan.short_label(), title => plan.title.clone(), issuer => issuer(bodies, plan), unconfirmed }
}

fn codes(differences: &[Difference]) -> Vec<&'static str> {
    differences.iter().map(|difference| difference.code()).collect()
}

fn task_view(task: &Task) -> Value {
    context! { id => task.id.clone(), section => task.section.clone(), text => task.text.as_str(), lead => task.lead.clone(), time => task.time.clone() }
}

fn target_view(target: &Target) -> Value {
    context! { text => target.text.as_str(), value => written(target.value_milli), unit => target.unit.clone(), sign => target.sign.clone(), to => target.to_year }
}

fn line<T>(line: &Line<T>, view: impl Fn(&T) -> Value, verdict: Option<&Verdict>) -> Value {
    context! {
        above => view(&line.above), below => line.below.as_ref().map(|(twin, _)| view(twin)), alike => line.below.as_ref().map(|(_, alike)| *alike),
        differences => codes(&line.differences), merged_into => line.merged_into.clone(),
        verdict => verdict.map(|verdict| context! { kind => verdict.verdict.clone(), note => verdict.note.as_str() }),
    }
}

/// Counts of a cascade: concerned, taken up, set aside by a person, missing.
fn counts(compared: &Compared) -> (usize, usize, usize, usize) {
    let concerned: Vec<_> = compared.beside.tasks.lines.iter().filter(|line| line.above.concerns).collect();
    let taken = concerned.iter().filter(|line| line.below.is_some()).count();
    let said =
        concerned.iter().filter(|line| line.below.is_none() && verdict(compared, &line.above.id).is_some()).count();
    (concerned.len(), taken, said, concerned.len() - taken - said)
}

fn verdict<'a>(compared: &'a Compared, row: &str) -> Option<&'a Verdict> {
    let id: ReadRowId = row.parse().ok()?;
    compared.verdicts.get(&id.uuid())
}

/// Tasks or targets of a plan and by how many of the plans below each was taken up, in the order of the document.
#[derive(Default)]
struct Untaken {
    rows: Vec<(Value, usize)>,
    places: HashMap<String, usize>,
}

impl Untaken {
    fn add(&mut self, id: &str, view: impl FnOnce() -> Value, taken: bool) {
        let place = *self.places.entry(id.to_owned()).or_insert_with(|| {
            self.rows.push((view(), 0));
            self.rows.len() - 1
        });
        self.rows[place].1 += usize::from(taken);
    }

    fn none(self) -> Vec<Value> {
        self.rows.into_iter().filter(|(_, count)| *count == 0).map(|(view, _)| view).collect()
    }
}

/// With `above` (or the one plan that this carries out): this plan against that one. Else the plans that carry this out.
pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let conn = req.app.db().read();
    let bodies = req.app.bodies();
    let plan = store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let links = store::link::list(&conn, id).await?;
    let carried_out = || links.iter().filter(|link| link.kind == LinkKind::Implements);
    let first = carried_out().find(|link| link.plan == id).map(|link| link.other);
    let below = carried_out().filter(|link| link.other == id).map(|link| link.plan);
    match req.query("above").and_then(|id| id.parse().ok()).or(first) {
        Some(above) if req.query("below").is_none() => against(&req, above, id).await,
        _ => {
            let mut rows = Vec::new();
            let (mut tasks, mut targets) = (Untaken::default(), Untaken::default());
            for child in below {
                let compared = compare(&req.app, id, child).await?;
                for line in compared.beside.tasks.lines.iter().filter(|line| line.above.concerns) {
                    let said = verdict(&compared, &line.above.id).is_some();
                    tasks.add(&line.above.id, || task_view(&line.above), line.below.is_some() || said);
                }
                for line in &compared.beside.targets.lines {
                    targets.add(&line.above.id, || target_view(&line.above), line.below.is_some());
                }
                let (concerned, taken, said, missing) = counts(&compared);
                let differ = compared.beside.tasks.lines.iter().filter(|line| !line.differences.is_empty()).count()
                    + compared.beside.targets.lines.iter().filter(|line| !line.differences.is_empty()).count();
                rows.push(
                    context! { plan => plan_view(bodies, &compared.below), concerned, taken, said, missing, differ },
                );
            }
            req.page(
                "programme/cascade_below.html",
                context! { plan => plan_view(bodies, &plan), rows, no_tasks => tasks.none(), no_targets => targets.none() },
            )
            .await
        }
    }
}

async fn against(req: &Req, above: PlanId, below: PlanId) -> Outcome {
    let bodies = req.app.bodies();
    let compared = compare(&req.app, above, below).await?;
    let (concerned, taken, said, missing) = counts(&compared);
    let all = req.query("all").is_some();
    let roles = store::role::list(&req.app.db().read(), below).await?;
    let authorizer: &dyn Authorizer = req.app.authorizer();
    let may_decide = authorizer.check(&req.ctx, "plan.approve", &resource(&compared.below, &roles)).is_ok();
    let lines = compared.beside.tasks.lines.iter().filter(|line| all || line.above.concerns || line.below.is_some());
    let page = context! {
        above => plan_view(bodies, &compared.above), below => plan_view(bodies, &compared.below), concerned, taken, said, missing, all, may_decide,
        lines => lines.map(|l| line(l, task_view, verdict(&compared, &l.above.id))).collect::<Vec<_>>(), whole => compared.beside.tasks.lines.len(),
        extra => compared.beside.tasks.extra.iter().map(task_view).collect::<Vec<_>>(),
        targets => compared.beside.targets.lines.iter().map(|l| line(l, target_view, None)).collect::<Vec<_>>(),
        extra_targets => compared.beside.targets.extra.iter().map(target_view).collect::<Vec<_>>(),
    };
    req.page("programme/cascade.html", page).await
}

#[derive(Deserialize)]
pub struct VerdictForm {
    above: PlanId,
    item: ReadRowId,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    note: String,
}

pub async fn verdict_set(req: Req, Path(id): Path<PlanId>, Form(form): Form<VerdictForm>) -> Outcome {
    decide(&req.app, &req.ctx, id, form.item, &form.verdict, &form.note).await?;
    Ok(Req::go(&format!("/plans/{id}/cascade?above={}#{}", form.above, form.item), ""))
}

#[derive(Deserialize)]
pub struct LinkForm {
    other: String,
    kind: LinkKind,
    #[serde(default)]
    end: bool,
}

/// Says how this plan belongs to another one, or with `end` takes it back.
pub async fn link(req: Req, Path(id): Path<PlanId>, Form(form): Form<LinkForm>) -> Outcome {
    let other = plan_named(&req.app, &form.other).await?;
    plan_link(&req.app, &req.ctx, Link { plan: id, other, kind: form.kind }, !form.end).await?;
    Ok(Req::go(&format!("/plans/{id}"), if form.end { "link-ended" } else { "linked" }))
}

/// What this plan changes against an older one: same, changed, new, gone.
pub async fn changes(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let other = plan_named(&req.app, &req.query("with").unwrap_or_default()).await?;
    let bodies = req.app.bodies();
    let compared = compare(&req.app, other, id).await?;
    let changed = |line: &&Line<Task>| {
        line.below.as_ref().is_some_and(|(twin, _)| {
            twin.text != line.above.text || twin.lead != line.above.lead || twin.time != line.above.time
        })
    };
    let differs = |line: &&Line<Target>| {
        line.below.as_ref().is_some_and(|(twin, _)| {
            twin.value_milli != line.above.value_milli
                || twin.to_year != line.above.to_year
                || twin.sign != line.above.sign
        })
    };
    let (tasks, targets) = (&compared.beside.tasks, &compared.beside.targets);
    let kept =
        tasks.lines.iter().filter(|line| line.below.is_some()).count() - tasks.lines.iter().filter(changed).count();
    let page = context! {
        old => plan_view(bodies, &compared.above), new => plan_view(bodies, &compared.below), kept,
        changed => tasks.lines.iter().filter(changed).map(|l| line(l, task_view, None)).collect::<Vec<_>>(),
        added => tasks.extra.iter().map(task_view).collect::<Vec<_>>(),
        gone => tasks.lines.iter().filter(|line| line.below.is_none()).map(|line| task_view(&line.above)).collect::<Vec<_>>(),
        changed_targets => targets.lines.iter().filter(differs).map(|l| line(l, target_view, None)).collect::<Vec<_>>(),
        added_targets => targets.extra.iter().map(target_view).collect::<Vec<_>>(),
        gone_targets => targets.lines.iter().filter(|line| line.below.is_none()).map(|line| target_view(&line.above)).collect::<Vec<_>>(),
    };
    req.page("programme/changes.html", page).await
}
