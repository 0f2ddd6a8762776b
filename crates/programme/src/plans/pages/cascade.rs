//! A plan beside another one: what of the plan above was taken up, or what a new version changes.

use crate::ids::ReadRowId;
use std::collections::HashMap;

use axum::extract::Path;
use kernel::{Authorizer, PlanId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, Who, view};

use crate::{
    BodiesPort,
    plans::{
        model::{
            authority::is_unconfirmed,
            cascade::{Difference, Item, Line, Target, Task, Twin},
            pairing::Saying,
            read_target::written,
        },
        store::{
            self,
            link::{Link, LinkKind},
            pair::Pair,
            plan::PlanRow,
        },
        usecase::{
            cascade::{Compared, Counts, compare, decide, said_by, writer},
            names::issuer,
            plan_link::{plan_link, plan_named},
            review::resource,
        },
    },
};

pub(super) fn plan_view(bodies: &BodiesPort, plan: &PlanRow) -> Value {
    let unconfirmed = is_unconfirmed(bodies.as_ref(), &plan.standing());
    context! { id => plan.id().to_string(), label => plan.short_label(), title => plan.title.clone(), issuer => issuer(bodies, plan), unconfirmed }
}

pub(super) fn task_view(task: &Task) -> Value {
    context! { id => task.id.clone(), section => task.section.clone(), text => task.text.as_str(), lead => task.lead.clone(), time => task.time.clone() }
}

pub(super) fn target_view(target: &Target) -> Value {
    context! { id => target.id.clone(), text => target.text.as_str(), value => written(target.value_milli), unit => target.unit.clone(), sign => target.sign.clone(), to => target.to_year }
}

/// Who said of two items what they said, and when, as a page shows it.
struct Sayers<'a>(HashMap<&'a Saying, Value>);

impl<'a> Sayers<'a> {
    async fn of(req: &Req, compared: &'a Compared) -> Result<Self, Problem> {
        let who = said_by(&req.app, compared).await?;
        let said = |(pair, who): (&'a Pair, Who)| (&pair.saying, context! { who => view(who), at => pair.at });
        Ok(Self(compared.pairs.iter().zip(who).map(said).collect()))
    }

    fn of_pair(&self, pair: &Pair) -> Value {
        self.0.get(&pair.saying).cloned().unwrap_or_default()
    }
}

/// A task or target above, what it is below, and what people said that it is not.
fn line<T: Item>(
    compared: &Compared,
    (line, below): (&Line<T>, &[&T]),
    shown: impl Fn(&T) -> Value,
    sayers: &Sayers<'_>,
) -> Value {
    let codes = |differences: &[Difference]| differences.iter().map(|one| one.code()).collect::<Vec<_>>();
    let twin = |twin: &Twin<T>| {
        let said = compared.said_same(line.above.id(), twin.item.id());
        context! {
            item => shown(&twin.item), alike => twin.alike, differences => codes(&twin.differences), merged_into => twin.merged_into.clone(),
            said => said.map(|pair| sayers.of_pair(pair)), rev => compared.rev(line.above.id(), twin.item.id()),
        }
    };
    let apart = compared.said_apart(line.above.id(), below);
    let apart =
        apart.map(|(item, pair)| context! { item => shown(item), said => sayers.of_pair(pair), rev => pair.rev });
    let verdict = compared.verdict(line.above.id()).filter(|_| !line.is_taken());
    context! {
        above => shown(&line.above), twins => line.twins.iter().map(twin).collect::<Vec<_>>(), apart => apart.collect::<Vec<_>>(),
        verdict => verdict.map(|verdict| context! { kind => verdict.verdict.clone(), note => verdict.note.as_str() }),
    }
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
                    let said = compared.verdict(&line.above.id).is_some();
                    tasks.add(&line.above.id, || task_view(&line.above), line.is_taken() || said);
                }
                for line in &compared.beside.targets.lines {
                    targets.add(&line.above.id, || target_view(&line.above), line.is_taken());
                }
                let Counts { concerned, taken, said, missing } = compared.counts();
                let differ = compared.beside.tasks.lines.iter().filter(|line| !line.differences().is_empty()).count()
                    + compared.beside.targets.lines.iter().filter(|line| !line.differences().is_empty()).count();
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
    let Counts { concerned, taken, said, missing } = compared.counts();
    let all = req.query("all").is_some();
    let roles = store::role::list(&req.app.db().read(), below).await?;
    let authorizer: &dyn Authorizer = req.app.authorizer();
    let may_decide = authorizer.check(&req.ctx, "plan.approve", &resource(&compared.below, &roles)).is_ok();
    let sayers = Sayers::of(req, &compared).await?;
    let (tasks, targets) = (&compared.beside.tasks, &compared.beside.targets);
    let (tasks_below, targets_below) = (tasks.below(), targets.below());
    // What somebody said stays in sight, so that it can be taken back.
    let is_said = |line: &Line<Task>| compared.pairs.iter().any(|pair| pair.saying.above == line.above.id);
    let lines = tasks.lines.iter().filter(|line| all || line.above.concerns || line.is_taken() || is_said(line));
    let lines = lines.map(|one| line(&compared, (one, tasks_below.as_slice()), task_view, &sayers));
    let target_lines =
        targets.lines.iter().map(|one| line(&compared, (one, targets_below.as_slice()), target_view, &sayers));
    let page = context! {
        above => plan_view(bodies, &compared.above), below => plan_view(bodies, &compared.below), concerned, taken, said, missing, all, may_decide,
        may_write => writer(&req.app, &req.ctx, &compared.above).is_some(),
        lines => lines.collect::<Vec<_>>(), whole => tasks.lines.len(), extra => tasks.extra.iter().map(task_view).collect::<Vec<_>>(),
        targets => target_lines.collect::<Vec<_>>(), extra_targets => targets.extra.iter().map(target_view).collect::<Vec<_>>(),
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

/// What became of an item of the older plan.
fn change<T>((above, twin): (&T, &T), shown: impl Fn(&T) -> Value) -> Value {
    context! { above => shown(above), below => shown(twin) }
}

/// The lines of a comparison, each with every counterpart.
fn twins<T>(lines: &[Line<T>]) -> impl Iterator<Item = (&T, &T)> {
    lines.iter().flat_map(|line| line.twins.iter().map(move |twin| (&line.above, &twin.item)))
}

/// What this plan changes against an older one: same, changed, new, gone.
pub async fn changes(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let other = plan_named(&req.app, &req.query("with").unwrap_or_default()).await?;
    let bodies = req.app.bodies();
    let compared = compare(&req.app, other, id).await?;
    let changed = |(old, new): &(&Task, &Task)| new.text != old.text || new.lead != old.lead || new.time != old.time;
    let differs = |(old, new): &(&Target, &Target)| {
        new.value_milli != old.value_milli || new.to_year != old.to_year || new.sign != old.sign
    };
    let (tasks, targets) = (&compared.beside.tasks, &compared.beside.targets);
    let kept = twins(&tasks.lines).filter(|pair| !changed(pair)).count();
    let page = context! {
        old => plan_view(bodies, &compared.above), new => plan_view(bodies, &compared.below), kept,
        changed => twins(&tasks.lines).filter(changed).map(|pair| change(pair, task_view)).collect::<Vec<_>>(),
        added => tasks.extra.iter().map(task_view).collect::<Vec<_>>(),
        gone => tasks.lines.iter().filter(|line| !line.is_taken()).map(|line| task_view(&line.above)).collect::<Vec<_>>(),
        changed_targets => twins(&targets.lines).filter(differs).map(|pair| change(pair, target_view)).collect::<Vec<_>>(),
        added_targets => targets.extra.iter().map(target_view).collect::<Vec<_>>(),
        gone_targets => targets.lines.iter().filter(|line| !line.is_taken()).map(|line| target_view(&line.above)).collect::<Vec<_>>(),
    };
    req.page("programme/changes.html", page).await
}
