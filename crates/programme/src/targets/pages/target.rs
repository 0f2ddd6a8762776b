//! The page of one target: where it stands on its way to the goal, the values of units, entering one, the way itself.

use crate::ids::{TargetId, ValueId};
use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Acted, Form, Outcome, Req, chart::trajectory, view};

use super::counted::{counted, indicator_name, standing};
use crate::{
    BodiesPort, pages,
    plans::{
        self,
        model::read_target::{parse, written},
        store::plan::PlanRow,
        usecase::{behalf, review::resource as plan_resource},
    },
    targets::{
        model::{
            period::{Cutoff, Label, PeriodKind},
            rollup::{Rollup, roll_up},
        },
        store::{self, target::TargetRow, value::ValueRow},
        usecase::{
            value_row::{answers, confirming, confirms, resource},
            value_set::{Entered, target_plan, value_drop, value_set},
        },
    },
};

/// How many bodies a target waits for: those named to report, else its owners, else who follows the plan.
fn expected(bodies: &[store::value::BodyRow]) -> usize {
    let reporting = bodies.iter().filter(|row| row.role == "reports").count();
    if reporting > 0 { reporting } else { bodies.len().max(1) }
}

/// "≥ 95 %", "85 %": what is to be reached.
fn goal(target: &TargetRow) -> String {
    let sign = if target.comparator == "=" { "" } else { target.comparator.as_str() };
    format!("{sign} {} {}", written(target.value_milli), target.unit).trim().to_owned()
}

/// The bodies of a target as they are named now; as its plan says where a person named none.
fn named(bodies: &BodiesPort, rows: &[store::value::BodyRow], role: &str, read: String) -> String {
    const NAMED: usize = 6;
    let own: Vec<UnitId> =
        rows.iter().filter(|row| row.role == role).map(|row| UnitId::from_uuid(row.unit_id)).collect();
    if own.is_empty() || own.len() > NAMED {
        return read;
    }
    own.iter().filter_map(|unit| bodies.body(*unit)).map(|body| body.name).collect::<Vec<_>>().join("; ")
}

/// May the reader speak for a body of this target in which they hold no post? Then the forms offer that choice.
fn speaks_for_others(req: &Req, plan: &PlanRow, answering: &[store::value::BodyRow]) -> bool {
    let named = answering.iter().map(|row| UnitId::from_uuid(row.unit_id));
    let mut units = named.chain([plan.follower()]).chain(plan.issuer_id.map(UnitId::from_uuid));
    units.any(|unit| {
        req.app.authorizer().check(&req.ctx, "value.enter", &resource(unit)).is_ok()
            && behalf::acting(&req.app, &req.ctx, unit).is_some()
    })
}

/// One period of the target: its value by the rule, and how many bodies gave theirs.
pub(crate) struct Point {
    pub period: String,
    pub value: Option<i64>,
    reported: usize,
}

/// The last period that has a value.
pub(crate) fn last_point(target: &TargetRow, values: &[ValueRow]) -> Option<Point> {
    let rule = target.rollup.as_deref().and_then(Rollup::parse).unwrap_or_else(|| Rollup::usual(&target.unit));
    points(target, rule, values).into_iter().rev().find(|point| point.value.is_some())
}

fn points(target: &TargetRow, rule: Rollup, values: &[ValueRow]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    let threshold = target.threshold_milli.unwrap_or(target.value_milli);
    for group in values.chunk_by(|a, b| a.period == b.period) {
        let measures: Vec<_> = group.iter().map(ValueRow::measure).collect();
        let value = roll_up(rule, &measures, threshold);
        out.push(Point { period: group[0].period.clone(), value, reported: group.len() });
    }
    // By the day on which a period ends, so that months and quarters stand in their order.
    out.sort_by_key(|point| Label::parse(&point.period).map(|label| label.days(Cutoff::Calendar).1));
    out
}

pub(crate) async fn page(req: &Req, id: TargetId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let target = store::target::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan_id = PlanId::from_uuid(target.plan_id);
    let plan = plans::store::plan::get(&conn, plan_id).await?.ok_or_else(Problem::not_found)?;
    let roles = plans::store::role::list(&conn, plan_id).await?;
    let authorizer = req.app.authorizer();
    let may_steer = authorizer.check(&req.ctx, "plan.approve", &plan_resource(&plan, &roles)).is_ok();
    let rule = target.rollup.as_deref().and_then(Rollup::parse).unwrap_or_else(|| Rollup::usual(&target.unit));
    let values = store::value::of_target(&conn, id).await?;
    let answering = store::value::bodies(&conn, id).await?;
    let points = points(&target, rule, &values);
    let last = points.iter().rev().find(|point| point.value.is_some());
    let way = store::value::trajectory(&conn, id).await?;
    let year = i64::from(req.ctx.today().year());
    let planned = way.iter().rev().find(|row| row.year <= year).map(|row| row.value_milli);
    let behind = last.and_then(|last| last.value).zip(planned).is_some_and(|(now, planned)| now < planned);
    let float = |milli: i64| i32::try_from(milli / 10).map_or(0.0, |hundredths| f64::from(hundredths) / 100.0);
    let drawn: Vec<f64> = points.iter().filter_map(|point| point.value).map(float).collect();
    let line =
        if drawn.is_empty() { String::new() } else { trajectory(&drawn, float(target.value_milli), &target.text) };
    let own = req.ctx.actor.posts().iter().map(|post| post.unit).find(|unit| {
        answers(bodies, &plan, &answering, *unit) && authorizer.check(&req.ctx, "value.enter", &resource(*unit)).is_ok()
    });
    let goal_year = target.to_year.unwrap_or(year + 1).clamp(year, year + 10);
    let years: Vec<Value> = (year..=goal_year)
        .map(|year| {
            let set = way.iter().find(|row| row.year == year).map(|row| written(row.value_milli));
            context! { year, value => set.unwrap_or_default() }
        })
        .collect();
    let number = |value: Option<i64>| value.map(written);
    let shown: Vec<_> = values.iter().rev().take(300).collect();
    let acts: Vec<Acted> = shown
        .iter()
        .map(|row| Acted::new(&row.actor, row.at, Some(UnitId::from_uuid(row.acted_by.unwrap_or(row.unit_id)))))
        .collect();
    let rows: Vec<Value> = shown
        .iter()
        .zip(req.app.who(&acts).await?)
        .map(|(row, who)| {
            let unit = UnitId::from_uuid(row.unit_id);
            let may = authorizer.check(&req.ctx, "value.enter", &resource(unit)).is_ok();
            let short = |unit| bodies.body(unit).map(|body| body.short_name);
            context! {
                acted_by => row.acted_by.map(UnitId::from_uuid).and_then(short), own => short(unit),
                who => view(who), at => row.at, id => ValueId::from_uuid(row.id).to_string(), unit => bodies.body(unit).map(|body| body.name), period => pages::period_words(req, &row.period), numerator => number(row.numerator_milli),
                denominator => number(row.denominator_milli), value => written(row.value_milli), status => row.status.clone(), evidence => row.evidence.as_str(), source => row.source.clone(), may,
            }
        })
        .collect();
    let goal = goal(&target);
    let measures = indicator_name(req, target.indicator.as_deref());
    let rules: Vec<&str> = Rollup::ALL.iter().map(|rule| rule.code()).collect();
    let counted = counted(req, &plan, std::slice::from_ref(&target)).await?.into_values().next();
    let of_count = counted.as_ref().and_then(|figure| figure.fraction);
    let said = |figure| standing(req, confirming(bodies, &plan, &answering, &values, figure));
    let counted_state = of_count.map(said);
    let is_owner = own.is_some_and(|unit| confirms(bodies, &plan, &answering, unit));
    let filled = of_count.filter(|_| is_owner).map(|(part, whole)| (part.to_string(), whole.to_string()));
    let (filled_part, filled_whole) = filled.unzip();
    Ok(context! {
        target => context! {
            id => id.to_string(), text => target.text, unit => target.unit, goal, comparator => target.comparator, value => written(target.value_milli), owners => named(bodies, &answering, "owns", target.owners),
            implementers => named(bodies, &answering, "reports", target.implementers), is_live => plan.state == "live", quote => target.quote,
            measures, indicator => target.indicator,
        },
        plan => context! { id => plan_id.to_string(), label => plan.short_label() },
        rule => rule.code(), rules, threshold => target.threshold_milli.map(written).unwrap_or_default(), expected => expected(&answering),
        now_value => last.and_then(|point| point.value).map(written), now_period => last.map(|point| pages::period_words(req, &point.period)), reported => last.map_or(0, |point| point.reported),
        counted => counted.map(|figure| figure.shown), counted_state, filled_part, filled_whole,
        behind, planned_now => planned.map(written), look => if behind { "l" } else { "" }, line => Value::from_safe_string(line), years,
        points => points.iter().map(|point| context! { words => pages::period_words(req, &point.period), value => point.value.map(written), reported => point.reported }).collect::<Vec<_>>(),
        values => rows, may_steer, may_enter => own.is_some(), for_others => own.is_some() && speaks_for_others(req, &plan, &answering), own_unit => own.and_then(|unit| bodies.body(unit)).map(|body| body.name),
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
        this_period => Label::of(PeriodKind::Month, req.ctx.today(), Cutoff::Decree).to_string(),
    })
}

#[derive(Deserialize)]
pub struct ValueForm {
    unit: String,
    period: String,
    #[serde(default)]
    numerator: String,
    #[serde(default)]
    denominator: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    on_behalf: bool,
}

fn figure(text: &str) -> Result<Option<i64>, Problem> {
    match text.trim() {
        "" | "-" => Ok(None),
        text => parse(text).map(Some).ok_or_else(|| Problem::bad_input("not-a-number").with("text", text)),
    }
}

async fn enter(req: &Req, id: TargetId, form: ValueForm) -> Result<ValueId, Problem> {
    let unit = pages::unit(req, "unit", &form.unit)?;
    let wrong = || Problem::bad_input("label-wrong").with("label", &form.period);
    let label = Label::parse(form.period.trim()).ok_or_else(wrong)?;
    let given = Entered {
        numerator: figure(&form.numerator)?,
        denominator: figure(&form.denominator)?,
        value: figure(&form.value)?,
        status: form.status,
        evidence: form.evidence,
        on_behalf: form.on_behalf,
    };
    value_set(&req.app, &req.ctx, id, unit, label, &given).await
}

pub async fn value(req: Req, Path(id): Path<TargetId>, Form(form): Form<ValueForm>) -> Outcome {
    enter(&req, id, form).await?;
    Ok(Req::go(&format!("/targets/{id}"), "saved"))
}

pub async fn drop(req: Req, Path(id): Path<ValueId>) -> Outcome {
    let target = value_drop(&req.app, &req.ctx, id).await?;
    Ok(Req::go(&format!("/targets/{target}"), "undone"))
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct WayForm {
    year: Vec<i16>,
    value: Vec<String>,
    rule: String,
    threshold: String,
}

async fn steer(req: &Req, id: TargetId, form: &WayForm) -> Result<(), Problem> {
    let mut way = Vec::new();
    for (year, text) in form.year.iter().zip(&form.value) {
        way.extend(figure(text)?.map(|value| (*year, value)));
    }
    let rule = Rollup::parse(&form.rule).ok_or_else(|| Problem::bad_input("bad-form"))?;
    target_plan(&req.app, &req.ctx, id, &way, rule, figure(&form.threshold)?).await
}

/// The values planned for the years, and the rule of the whole.
pub async fn plan(req: Req, Path(id): Path<TargetId>, Form(form): Form<WayForm>) -> Outcome {
    steer(&req, id, &form).await?;
    Ok(Req::go(&format!("/targets/{id}"), "saved"))
}
