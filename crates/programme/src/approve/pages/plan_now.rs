//! What holds of a plan now: its targets as they were corrected, tasks that nobody has, who withdrew or filed it.

use std::collections::HashMap;

use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use uuid::Uuid;
use webkit::{Acted, Req, view};

use crate::{
    approve::usecase::plan_withdraw::plan_for,
    ids::{ChangeId, TargetId},
    pages,
    plans::{
        model::{placed::said_whole, read_target::written},
        store::plan::PlanRow,
    },
    targets::{
        self,
        pages::{
            counted::{Figure, counted, standing},
            target::last_point,
        },
        store::{
            target::TargetRow,
            value::{BodyRow, ValueRow},
        },
        usecase::value_row::confirming,
    },
    work,
};

/// Targets that the page of a plan shows.
const MOST: usize = 300;

/// Tasks of the plan that nobody has.
pub(crate) async fn unled(conn: &db::Reader, id: PlanId) -> Result<usize, Problem> {
    Ok(work::store::unled::of_plan(conn, id).await?.len())
}

/// Who withdrew the plan, since when and why; none where nobody did.
pub(crate) async fn withdrawal(req: &Req, plan: &PlanRow) -> Result<Value, Problem> {
    let Some(change) = plan.withdrawal else { return Ok(Value::from(())) };
    let id = ChangeId::from_uuid(change);
    let Some(row) = work::store::change::get(&req.app.db().read(), id).await? else { return Ok(Value::from(())) };
    let by = req.app.said_by(req.ctx.lang, Acted::new(&row.actor, row.at, None)).await?;
    let may_undo = plan_for(&req.app, &req.ctx, plan.id()).await.is_ok();
    Ok(context! { id => id.to_string(), by, day => row.day, number => row.number, reason => row.reason, may_undo })
}

/// Who filed each of these plans, and when; nothing of one that is not filed.
pub(crate) async fn filings(req: &Req, plans: &[PlanRow]) -> Result<Vec<Value>, Problem> {
    let act = |plan: &PlanRow| {
        let by = plan.filed_by.as_deref().unwrap_or_default();
        Some(Acted::new(by, plan.filed_at?, Some(plan.follower())))
    };
    let acts: Vec<Acted> = plans.iter().filter_map(act).collect();
    let mut who = req.app.who(&acts).await?.into_iter();
    let one = |plan: &PlanRow| match plan.filed_at {
        Some(at) => context! { at, by => who.next().map(view) },
        None => Value::from(()),
    };
    Ok(plans.iter().map(one).collect())
}

/// The targets as they hold now, each with the bodies that answer for it, what these reported, and what is counted of it.
pub(crate) async fn targets(req: &Req, plan: &PlanRow) -> Result<Vec<Value>, Problem> {
    let (conn, bodies) = (req.app.db().read(), req.app.bodies());
    let named = targets::store::value::bodies_of_plan(&conn, plan.id()).await?;
    let mut rows = targets::store::target::of_plan(&conn, plan.id()).await?;
    rows.truncate(MOST);
    let values = targets::store::value::of_plan(&conn, plan.id()).await?;
    let reported: HashMap<Uuid, &[ValueRow]> =
        values.chunk_by(|a, b| a.target_id == b.target_id).map(|own| (own[0].target_id, own)).collect();
    let figures = counted(req, plan, &rows).await?;
    let owners = |target: Uuid| {
        let own = named.iter().filter(|row| row.target_id == target && row.role == "owns");
        let names = own.filter_map(|row| bodies.body(UnitId::from_uuid(row.unit_id))).map(|body| body.name);
        names.collect::<Vec<_>>().join("; ")
    };
    let reports = |target: Uuid| named.iter().filter(|row| row.target_id == target && row.role == "reports").count();
    let state = |row: &TargetRow, figure: &Figure| {
        let own: Vec<BodyRow> = named.iter().filter(|one| one.target_id == row.id).cloned().collect();
        let values = reported.get(&row.id).copied().unwrap_or_default();
        figure.fraction.map(|counted| standing(req, confirming(bodies, plan, &own, values, counted)))
    };
    let shown = |row: &TargetRow| {
        let last = reported.get(&row.id).and_then(|own| last_point(row, own));
        let figure = row.indicator.as_ref().and_then(|code| figures.get(code));
        let figure_state = figure.and_then(|figure| state(row, figure));
        let now = last.as_ref().and_then(|point| point.value).map(written);
        let now_period = last.map(|point| pages::period_words(req, &point.period));
        context! {
            now, now_period, figure => figure.map(|figure| figure.shown.clone()), figure_state,
            id => TargetId::from_uuid(row.id).to_string(), text => row.text.clone(), comparator => row.comparator.clone(),
            value => written(row.value_milli), unit => row.unit.clone(), to => row.to_year, owners => owners(row.id), reports => reports(row.id),
            counted => row.counted, sentence => said_whole(&row.quote, &row.text),
        }
    };
    Ok(rows.iter().map(shown).collect())
}
