//! Reporting duties and their periods: who reports to whom, when, and what has come.

use crate::ids::{DutyId, PeriodId, RegimeId};
use axum::extract::Path;
use kernel::{Code as _, PlanId, Problem, Resource, Role, UnitId};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use webkit::{Form, Outcome, Req, view};

use crate::{
    BodiesPort,
    pages::{self, period_words},
    plans::{self, model::authority::stands_over},
    reporting::{
        model::states::DutyState,
        store::{
            self,
            duty::{DutyRole, DutyRow, PeriodRow, RegimeRow},
        },
        usecase::{
            chase::is_late,
            duty::{DutyInput, duty_change, duty_new, duty_seen, regime_save},
            outside_link::outside_of,
            period::{Completeness, consolidate, days, period_lock, period_open},
        },
    },
    targets::model::period::{Cutoff, Due, Label, PeriodKind},
    work::pages::part::day,
};

fn line(req: &Req, bodies: &BodiesPort, row: &DutyRow) -> Value {
    let due = Due::parse(&row.due).map(|due| {
        let (key, args) = due.words();
        req.app.locales().text(req.ctx.lang, key, &args)
    });
    context! {
        id => row.id.to_string(), name => row.name.as_str(), period => row.period.words(), state => row.state.code(), look => row.state.look(), state_words => row.state.words(),
        source => row.source.as_str(), rev => row.rev, owner => bodies.body(row.owner).map(|body| body.name), due => due.unwrap_or_else(|| row.due.clone()), section => row.section.as_str(),
    }
}

/// The unit whose duties the actor keeps: that of the first post that may.
fn own_unit(req: &Req) -> Result<UnitId, Problem> {
    let may = |unit: &UnitId| {
        let resource = Resource { kind: "Duty", ..Resource::unit(*unit) };
        req.app.authorizer().check(&req.ctx, "duty.edit", &resource).is_ok()
    };
    req.ctx.actor.posts().iter().map(|post| post.unit).find(may).ok_or_else(Problem::forbidden)
}

/// What the law asks bodies to report, and on which system.
pub async fn regimes(req: Req) -> Outcome {
    let regimes = store::duty::regimes(&req.app.db().read()).await?;
    let regimes: Vec<Value> = regimes
        .iter()
        .map(|row| context! { id => RegimeId::from_uuid(row.id).to_string(), ..view(row.clone()) })
        .collect();
    let may_edit = req.app.authorizer().check_route(&req.ctx, "duty.edit").is_ok();
    req.page("programme/regimes.html", context! { regimes, may_edit }).await
}

/// The form as text: what was typed comes back when it is refused.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DutyForm {
    rev: i64,
    plan: String,
    regime: String,
    name: String,
    section: String,
    period: String,
    cutoff: String,
    /// `after`, `before`, or `by`.
    due_kind: String,
    /// Working days, or a day as 30/11.
    due: String,
    reports: String,
    receives: String,
    via: String,
    /// `end` ends it, `start` puts it in force as it is.
    act: String,
}

impl DutyForm {
    fn input(&self, req: &Req) -> Result<DutyInput, Problem> {
        let wrong = |field: &'static str| Problem::bad_input("duty-due-wrong").field(field, "duty-due-wrong");
        let due = match self.due_kind.as_str() {
            "before" | "by" => {
                let (day, month) = self.due.trim().split_once('/').ok_or_else(|| wrong("due"))?;
                Due::parse(&format!("{}:{}-{}", self.due_kind, month.trim(), day.trim()))
            }
            _ => Due::parse(&format!("after:{}", self.due.trim())),
        };
        Ok(DutyInput {
            plan: self.plan.parse::<PlanId>().ok(),
            regime: self.regime.parse::<RegimeId>().ok(),
            name: self.name.clone(),
            section: self.section.clone(),
            period: PeriodKind::parse(&self.period).unwrap_or(PeriodKind::Month),
            cutoff: Cutoff::parse(&self.cutoff).unwrap_or(Cutoff::Decree),
            due: due.ok_or_else(|| wrong("due"))?,
            reports: pages::units(req, None, "reports", &self.reports)?,
            receives: pages::units(req, None, "receives", &self.receives)?,
            via: pages::units(req, None, "via", &self.via)?,
        })
    }
}

async fn choices(req: &Req, owner: UnitId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let concerning = plans::store::plan::concerning(&conn, owner).await?;
    let plans = plans::store::plan::list(&conn, None).await?;
    let plans: Vec<Value> = plans
        .iter()
        .filter(|plan| plan.state == "live")
        .filter(|plan| {
            concerning.contains(&plan.id) || stands_over(bodies.as_ref(), owner, bodies.today(plan.follower()))
        })
        .map(|plan| context! { value => plan.id().to_string(), text => plan.label() })
        .collect();
    let regimes = store::duty::regimes(&conn).await?;
    let regimes: Vec<Value> = regimes
        .iter()
        .map(|row| context! { value => RegimeId::from_uuid(row.id).to_string(), text => row.name.clone() })
        .collect();
    let kind = |kind: &PeriodKind| context! { code => kind.code(), words => kind.words() };
    let kinds: Vec<Value> = PeriodKind::ALL.iter().map(kind).collect();
    Ok(context! { plans, regimes, kinds })
}

pub async fn new_form(req: Req) -> Outcome {
    let owner = own_unit(&req)?;
    let form = DutyForm { due_kind: "after".into(), due: "3".into(), cutoff: "decree".into(), ..DutyForm::default() };
    let page = context! { form => view(form), id => Value::from(()), ..choices(&req, owner).await? };
    req.page("programme/duty_form.html", page).await
}

pub async fn new(req: Req, Form(form): Form<DutyForm>) -> Outcome {
    let owner = own_unit(&req)?;
    let id = duty_new(&req.app, &req.ctx, owner, &form.input(&req)?).await?;
    Ok(Req::go(&format!("/duties/{id}"), "duty-saved"))
}

async fn page(req: &Req, id: DutyId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let row = duty_seen(&req.app, &req.ctx, id).await?;
    let name = |unit: &UnitId| bodies.body(*unit).map(|body| body.name).unwrap_or_default();
    let reports = store::duty::bodies(&conn, id, DutyRole::Reports).await?;
    let receives: Vec<String> = store::duty::bodies(&conn, id, DutyRole::Receives).await?.iter().map(name).collect();
    let via: Vec<String> = store::duty::bodies(&conn, id, DutyRole::Via).await?.iter().map(name).collect();
    let resource = Resource { kind: "Duty", ..Resource::unit(bodies.today(row.owner)) };
    let may_edit = req.app.authorizer().check(&req.ctx, "duty.edit", &resource).is_ok();
    let mut names: Vec<(String, String)> =
        reports.iter().filter_map(|unit| bodies.body(*unit)).map(|body| (body.sort, body.name)).collect();
    names.sort();
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    let periods = store::duty::periods(&conn, id).await?;
    let periods: Vec<Value> = periods
        .iter()
        .map(|row| context! { id => row.id().to_string(), words => period_words(req, &row.label), ..view(row.clone()) })
        .collect();
    let next = Label::of(row.period, req.ctx.today(), row.cutoff);
    let (from, to, due) = days(&req.app, &row, next)?;
    let plan = match row.plan {
        Some(plan) => plans::store::plan::get(&conn, plan).await?,
        None => None,
    };
    let (due_kind, due_text) = match Due::parse(&row.due) {
        Some(Due::After { days }) => ("after", days.to_string()),
        Some(Due::Before { month, day }) => ("before", format!("{day:02}/{month:02}")),
        Some(Due::By { month, day }) => ("by", format!("{day:02}/{month:02}")),
        None => ("after", String::new()),
    };
    let form = context! {
        rev => row.rev, plan => "", regime => "", name => row.name.as_str(), section => row.section.as_str(), period => row.period.code(), cutoff => row.cutoff.code(),
        due_kind, due => due_text, reports => names.join("; "), receives => receives.join("; "), via => via.join("; "),
    };
    Ok(context! {
        row => line(req, bodies, &row), form, id => id.to_string(), may_edit, periods, names, receives, via,
        plan => plan.map(|plan| context! { id => plan.id().to_string(), label => plan.label() }),
        next => context! { label => next.to_string(), words => period_words(req, &next.to_string()), from => from.to_string(), to => to.to_string(), due => due.to_string() },
        history => view(webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?),
        ..choices(req, row.owner).await?
    })
}

pub async fn show(req: Req, Path(id): Path<DutyId>) -> Outcome {
    let page = page(&req, id).await?;
    req.page("programme/duty.html", page).await
}

pub async fn change(req: Req, Path(id): Path<DutyId>, Form(form): Form<DutyForm>) -> Outcome {
    let (input, state) = match form.act.as_str() {
        "end" => (None, DutyState::Ended),
        "start" => (None, DutyState::Active),
        _ => (Some(form.input(&req)?), DutyState::Active),
    };
    duty_change(&req.app, &req.ctx, id, form.rev, input.as_ref(), state).await?;
    Ok(Req::go(&format!("/duties/{id}"), "duty-saved"))
}

#[derive(Deserialize)]
pub struct OpenForm {
    label: String,
    #[serde(default)]
    due_on: String,
}

pub async fn open(req: Req, Path(id): Path<DutyId>, Form(form): Form<OpenForm>) -> Outcome {
    let wrong = || Problem::bad_input("label-wrong").with("label", &form.label);
    let label = Label::parse(form.label.trim()).ok_or_else(wrong)?;
    let period = period_open(&req.app, &req.ctx, id, label, day("due_on", &form.due_on)?).await?;
    Ok(Req::go(&format!("/periods/{period}"), "period-opened"))
}

/// Posts whose holders write their body's report.
fn writes(role: Role) -> bool {
    matches!(role, Role::OFFICER | Role::HEAD | Role::PROGRAMME)
}

async fn period_page(req: &Req, id: PeriodId) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let period: PeriodRow = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = store::duty::get(&conn, period.duty()).await?.ok_or_else(Problem::not_found)?;
    let resource = Resource { kind: "Duty", ..Resource::unit(bodies.today(duty.owner)) };
    req.app.authorizer().check(&req.ctx, "duty.edit", &resource)?;
    let reports = store::report::counted(&conn, id).await?;
    let late_count = reports.iter().filter(|row| is_late(row, req.ctx.today())).count();
    let counts = Completeness::of(&reports);
    let subjects: Vec<String> = reports.iter().map(|row| row.id().to_string()).collect();
    let told = req.app.reminded().told(&subjects).await?;
    let units: Vec<UnitId> = reports.iter().map(|row| bodies.today(row.unit())).collect();
    let people = req.app.colleagues().in_units(req.ctx.today(), &units).await?;
    let is_manned = |unit| people.iter().flat_map(|one| &one.posts).any(|post| post.unit == unit && writes(post.role));
    let mut lines: Vec<(bool, String, Value)> = reports
        .iter()
        .map(|row| {
            let unit = bodies.today(row.unit());
            let (body, late) = (bodies.body(unit), is_late(row, req.ctx.today()));
            let line = context! {
                id => row.id().to_string(), name => body.as_ref().map(|body| body.name.clone()), state => row.state.clone(), number => row.number.as_deref(), issued_on => row.issued_on.clone(),
                late, nobody => !is_manned(unit), on_time => row.is_on_time(), version => row.version, nothing => row.is_nothing, told => told.iter().filter(|told| told.subject == row.id().to_string()).count(),
            };
            (!late, body.map(|body| body.sort).unwrap_or_default(), line)
        })
        .collect();
    lines.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let lines: Vec<Value> = lines.into_iter().map(|(_, _, line)| line).collect();
    let job = match period.job_id {
        Some(job) if period.state == "opening" => db::job(&conn, db::JobId::from_uuid(job)).await?,
        _ => None,
    };
    let whole = store::report::labelled(&conn, duty.owner, &period.label, true).await?;
    let outside = outside_of(&req.app, &req.ctx, id, reports).await?.reports;
    let due = due_words(req, &duty, &period.due_on);
    let history = webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await?;
    Ok(context! {
        id => id.to_string(), short => format!("{}/k/{}", req.app.config().base_url, id.to_string().trim_start_matches("period_")), words => period_words(req, &period.label), state => period.state.clone(), from => period.from_on.clone(), to => period.to_on.clone(), due => period.due_on.clone(), due_words => due,
        duty => line(req, bodies, &duty), lines, expected => counts.expected, sent => counts.actual, in_time => counts.on_time, complete => counts.share(counts.actual), timely => counts.share(counts.on_time),
        late_count, outside => outside.len(), ticked => req.query("all").is_some(), history => view(history), failed => job.is_some_and(|job| job.state == db::JobState::Failed), whole => whole.first().map(|row| row.id().to_string()),
    })
}

/// A due day as people keep it; where the duty says "trước ngày", before that day.
fn due_words(req: &Req, duty: &DutyRow, due_on: &str) -> String {
    let is_before = matches!(Due::parse(&duty.due), Some(Due::Before { .. }));
    let shown = |due| kernel::day::show_due(due, is_before, &req.app.times().calendar(), req.ctx.lang);
    due_on.parse().map_or_else(|_| due_on.to_owned(), shown)
}

pub async fn period(req: Req, Path(id): Path<PeriodId>) -> Outcome {
    let page = period_page(&req, id).await?;
    req.page("programme/period.html", page).await
}

/// Where a link that goes round in chat groups leads: who gathers the reports to the period, everybody else to their own.
pub async fn mine(req: Req, Path(period): Path<String>) -> Outcome {
    let id: PeriodId = format!("period_{period}").parse().map_err(|_| Problem::not_found())?;
    let conn = req.app.db().read();
    let row = store::duty::period(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let duty = store::duty::get(&conn, row.duty()).await?.ok_or_else(Problem::not_found)?;
    let (bodies, scope) = (req.app.bodies(), req.app.authorizer().scope(&req.ctx));
    let resource = Resource { kind: "Duty", ..Resource::unit(bodies.today(duty.owner)) };
    if req.app.authorizer().check(&req.ctx, "duty.edit", &resource).is_ok() {
        return Ok(Req::go(&format!("/periods/{id}"), ""));
    }
    let reports = store::report::of_period(&conn, id).await?;
    let own = reports.iter().find(|report| scope.own.contains(&bodies.today(report.unit())));
    let own = own.ok_or_else(Problem::not_found)?.id();
    Ok(Req::go(&format!("/reports/{own}"), ""))
}

#[derive(Deserialize)]
pub struct PeriodForm {
    /// `lock`, `unlock`, or `consolidate`.
    act: String,
}

pub async fn period_change(req: Req, Path(id): Path<PeriodId>, Form(form): Form<PeriodForm>) -> Outcome {
    if form.act == "consolidate" {
        let report = consolidate(&req.app, &req.ctx, id).await?;
        return Ok(Req::go(&format!("/reports/{report}"), "consolidated"));
    }
    period_lock(&req.app, &req.ctx, id, form.act == "lock").await?;
    Ok(Req::go(&format!("/periods/{id}"), "saved"))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RegimeForm {
    id: String,
    rev: i64,
    name: String,
    basis: String,
    who: String,
    form: String,
    system: String,
    from_on: String,
    to_on: String,
    replaceable: String,
}

/// Adds a regime to the register, or corrects one.
pub async fn regime(req: Req, Form(form): Form<RegimeForm>) -> Outcome {
    let id = form.id.parse::<RegimeId>().unwrap_or_else(|_| req.ctx.new_id::<crate::ids::Regime>());
    let row = RegimeRow {
        id: id.uuid(),
        name: form.name,
        basis: form.basis,
        who: form.who,
        form: form.form,
        system: form.system,
        from_on: day("from_on", &form.from_on)?.map(|day| day.to_string()),
        to_on: day("to_on", &form.to_on)?.map(|day| day.to_string()),
        replaceable: form.replaceable,
        owner_id: None,
        rev: form.rev,
    };
    regime_save(&req.app, &req.ctx, &row).await?;
    Ok(Req::go("/regimes", "saved"))
}
