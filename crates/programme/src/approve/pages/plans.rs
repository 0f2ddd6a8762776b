//! Plans: list, upload, one plan with its progress of reading.

use db::JobId;
use std::collections::HashMap;

use axum::extract::{Multipart, Path};
use kernel::{Authorizer, PlanId, Problem};
use minijinja::{Value, context};
use serde::Deserialize;
use uuid::Uuid;
use webkit::{
    Form, Outcome, Req,
    chart::{self, years},
    read_upload, saved_views, view,
};

use crate::{
    approve::{
        pages::{after, plan_now, plan_order, review_items::named},
        usecase::{
            moved,
            plan_confirm::{ConfirmAct, plan_confirm},
        },
    },
    files::model::seen,
    overview::usecase::plan_publish::unfit,
    pages,
    plans::{
        self,
        model::{authority::is_unconfirmed, role::PlanRole},
        store::{
            link::{Link, LinkKind},
            plan::PlanRow,
            read_row::ReviewRow,
        },
        usecase::{
            confirmation::{could_say, may_confirm, may_take_back},
            names::issuer,
            plan_import::{LIMIT, plan_import},
            plan_link, plan_read,
            plan_remove::may_remove,
            plan_role::plan_role,
            review::resource,
        },
    },
    work::{
        self,
        pages::{changed, route},
        store::{held::Held, register::TaskProgress, task::TaskRow},
        usecase::authority::names,
    },
};

fn view_of(req: &Req, plan: &PlanRow) -> Value {
    let (code, detail) = plan.refusal.as_deref().and_then(|text| text.split_once('|')).unwrap_or_default();
    let refusal = if code.is_empty() {
        String::new()
    } else {
        req.app.locales().text(
            req.ctx.lang,
            &format!("problem-{code}"),
            &[("detail", webkit::FluentValue::from(detail)), ("title", "".into()), ("limit", "50".into())],
        )
    };
    let bodies = req.app.bodies();
    let unconfirmed = plan.is_read() && plan.state != "filed" && is_unconfirmed(bodies.as_ref(), &plan.standing());
    let by = plan.confirmed_by.and_then(|by| bodies.body(kernel::UnitId::from_uuid(by))).map(|body| body.name);
    context! {
        asks => plan.is_open_to_a_word(), is_added => plan.is_added_to(), has_lapsed => plan.has_lapsed(),
        unconfirmed, taken_on => plan.confirmed_by != plan.issuer_id, confirmation => plan.confirmation.clone(), confirmed_by => by, confirmed_at => plan.confirmed_at, confirmation_note => plan.confirmation_note.as_deref(),
        id => plan.id().to_string(), label => plan.label(), short => plan.short_label(), number => plan.number.as_deref(), title => plan.title.clone(), issuer => issuer(bodies, plan),
        issued_on => plan.issued_on.clone(), state => plan.state.clone(), state_words => plan.state_words(), file_name => plan.file_name.as_str(), draft => plan.draft, refusal,
        // What must not enter the system is not typed into it either.
        is_secret => code == "plan-classified",
        created_at => plan.created_at, approved_at => plan.approved_at, rev => plan.rev, follower_id => plan.follower().to_string(),
    }
}

pub async fn list(req: Req) -> Outcome {
    let mut plans = plans::store::plan::list(&req.app.db().read(), seen::account(&req.ctx)).await?;
    let heads = plan_order::ordered(&req, &mut plans);
    let filings = plan_now::filings(&req, &plans).await?;
    let mut rows: Vec<Value> = Vec::new();
    for (plan, filing) in plans.iter().zip(filings) {
        let is_open = matches!(plan.state.as_str(), "refused" | "review");
        let may_remove = is_open && may_remove(&req.app, &req.ctx, plan).await.is_ok();
        rows.push(context! { may_remove, filing, ..view_of(&req, plan) });
    }
    let may_import = req.app.authorizer().check_route(&req.ctx, "plan.import").is_ok();
    let views = saved_views(&req, "/plans", req.uri.query().unwrap_or_default()).await?;
    req.page("programme/plans.html", context! { rows, heads, views, may_import }).await
}

pub async fn new_form(req: Req) -> Outcome {
    req.page("programme/plan_new.html", context! {}).await
}

pub async fn new(req: Req, form: Multipart) -> Outcome {
    let upload = read_upload(&req, form, LIMIT).await?;
    let id = plan_import(&req.app, &req.ctx, &upload.file_name, upload.bytes().await?).await?;
    Ok(Req::go(&format!("/plans/{id}"), "plan-taken"))
}

/// Tasks that the page of a plan shows; the register has all of them.
const MOST_TASKS: usize = 300;

pub async fn show(req: Req, Path(id): Path<PlanId>) -> Outcome {
    shown(&req, id).await
}

async fn shown(req: &Req, id: PlanId) -> Outcome {
    let conn = req.app.db().read();
    let plan = plans::store::plan::seen(&conn, &req.ctx, id).await?.ok_or_else(Problem::not_found)?;
    let authorizer: &dyn Authorizer = req.app.authorizer();
    let roles = plans::store::role::list(&conn, id).await?;
    let may_steer = authorizer.check(&req.ctx, "plan.approve", &resource(&plan, &roles)).is_ok();
    let may_review = may_steer && matches!(plan.state.as_str(), "review" | "filed");
    let job = match plan.job_id {
        Some(job) => db::job(&conn, JobId::from_uuid(job)).await?,
        None => None,
    };
    let tasks = work::store::task::of_plan(&conn, id).await?;
    let bodies = req.app.bodies();
    let follower = bodies.body(plan.follower()).map(|body| body.name);
    let roles = roles.iter().map(|(unit, role)| {
        let name = bodies.body(*unit).map(|body| body.name);
        context! { unit => unit.to_string(), name, role => role.code() }
    });
    let scanned_at = match db::BlobHash::parse(&plan.blob_hash) {
        Some(hash) => db::blob_scanned_at(&conn, &hash).await?,
        None => None,
    };
    let waiting = match (&job, plan.state.as_str()) {
        (Some(job), "reading") => db::jobs_before(&conn, job.id).await?,
        _ => 0,
    };
    let reading = if plan.is_read() { plan_read::brief(&req.app, &plan).await? } else { None };
    let plans = plans::store::plan::list(&conn, None).await?;
    let linked = plans::store::link::list(&conn, id).await?;
    let others: Vec<uuid::Uuid> = linked.iter().flat_map(|link| [link.plan.uuid(), link.other.uuid()]).collect();
    let links = links(&conn, &plan, &plans::store::plan::by_ids(&conn, &others).await?).await?;
    let unlinked = |other: &&PlanRow| !linked.iter().any(|link| link.other == other.id() || link.plan == other.id());
    let brief = |other: &PlanRow, kind: LinkKind| context! { id => other.id().to_string(), label => other.label(), kind => kind.code() };
    let mut suggestions: Vec<Value> = Vec::new();
    if may_steer && plan.state == "review" {
        if let Some(read) = &reading {
            let cited = plan_link::cited(&conn, &read.document).await?;
            suggestions.extend(cited.iter().filter(unlinked).map(|other| brief(other, LinkKind::Implements)));
        }
        let draft = |other: &PlanRow| {
            other.draft || other.number.as_deref().is_none_or(|number| number.is_empty() || number.starts_with('/'))
        };
        let alike = plan_link::lookalikes(&plan, &plans).into_iter().filter(unlinked);
        suggestions.extend(
            alike.map(|other| brief(other, if draft(other) { LinkKind::FollowsDraft } else { LinkKind::Replaces })),
        );
    }
    let public_since = plans::store::public::since(&conn, id).await?;
    let timeline = req.query("view").is_some_and(|view| view == "time");
    let progress = work::store::register::by_task(&conn, id, req.ctx.today()).await?;
    let name = |unit| bodies.body(unit).map(|body| body.name);
    let moved = moved::moved(&req.app, &plan).await?;
    let moved: Vec<Value> =
        moved.into_iter().map(|(old, new)| context! { old => name(old), new => name(new) }).collect();
    let (first, last) = timeline_years(&progress, req.ctx.today().year());
    let all_tasks = tasks.len();
    let task_texts: HashMap<Uuid, String> = tasks.iter().map(|task| (task.id, task.text.clone())).collect();
    let tasks: Vec<Value> = tasks
        .into_iter()
        .take(MOST_TASKS)
        .map(|task| {
            let found = progress.iter().find(|row| row.task_id == task.id);
            let (total, done, late) = found.map_or((0, 0, 0), |row| (row.total, row.done, row.late));
            let reported = found.map_or(0, |row| row.reported);
            let bar = found
                .filter(|_| timeline)
                .map(|row| Value::from_safe_string(bar(row, &task, first, last, req.ctx.today())));
            let group = task.section.rsplit_once(['.', ',']).map_or("", |(group, _)| group).to_owned();
            context! {
                id => crate::ids::TaskId::from_uuid(task.id).to_string(), section => task.section, group, text => task.text,
                time => task.time_raw, total, done, reported, late, bar,
            }
        })
        .collect();
    let (now_targets, unled, withdrawal) = (
        plan_now::targets(req, &plan).await?,
        plan_now::unled(&conn, id).await?,
        plan_now::withdrawal(req, &plan).await?,
    );
    let filing = plan_now::filings(req, std::slice::from_ref(&plan)).await?.pop();
    let (may_withdraw, may_remove) = after::may(req, id).await?;
    let route = if plan.state == "live" { route::of_plan(req, &plan).await? } else { Value::from(()) };
    let changes =
        if may_steer || may_confirm(&req.app, &req.ctx, &plan) { changed::of_plan(req, &plan).await? } else { vec![] };
    let held = work::store::held::of_plan(&conn, id).await?;
    let held_tasks = held_tasks(req, &held, &task_texts)?;
    let held: Vec<kernel::UnitId> = held.into_iter().map(|(_, held)| held.unit()).collect();
    let held = held.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>();
    let may_confirm = may_confirm(&req.app, &req.ctx, &plan);
    let may_take_back = may_confirm && plan.has_word_to_take_back() && may_take_back(bodies, &req.ctx, &plan);
    let read_tasks = if may_confirm && plan.state == "review" { Some(read_tasks(&conn, id).await?) } else { None };
    // Whoever says a word for another body is not asked whether the document is theirs.
    let says = could_say(&req.app, &req.ctx, &plan).filter(|by| Some(by.uuid()) != plan.issuer_id).and_then(name);
    let page = context! { filing, read_tasks, says, route, now_targets, unled, withdrawal, may_withdraw, may_remove, changes, may_confirm, may_take_back, unfit => unfit(bodies, &plan), held_tasks, held => held.len(), held_names => names(&req.app, &held), all_tasks, links, suggestions, all_links => ["implements", "replaces", "follows_draft"], public_since, timeline, years => Value::from_safe_string(years(first, last)), moved,
    pages_done => job.as_ref().map_or(0, |job| job.done), pages_total => job.as_ref().map_or(0, |job| job.total), plan => view_of(req, &plan), tasks, may_review, may_steer, follower, roles => roles.collect::<Vec<_>>(), all_roles => view(PlanRole::ALL.map(PlanRole::code)),
    targets => view(reading.as_ref().map(|read| &read.targets)), duties => view(reading.as_ref().map(|read| &read.duties)),
    all_targets => reading.as_ref().map_or(0, |read| read.all_targets), all_duties => reading.as_ref().map_or(0, |read| read.all_duties), scanned_at, waiting, attempts => job.map_or(0, |job| job.attempts) };
    // What was taken in is news until it was read.
    let done_is_over = plan.state != "reading" && req.query("done").as_deref() == Some("plan-taken");
    let history = if may_steer { webkit::history(&req.app, &req.ctx, &id.to_string(), 20).await? } else { vec![] };
    req.page("programme/plan.html", context! { done_is_over, history => view(history), ..page }).await
}

/// What was read, for who is asked to confirm it: tasks with their time, and whom the names in them mean by now.
async fn read_tasks(conn: &db::Reader, id: PlanId) -> Result<Value, Problem> {
    let mut rows = plans::store::read_row::list(conn, id).await?;
    rows.retain(|row| row.state != "dropped");
    let one = |row: &ReviewRow| {
        let task = &row.task;
        context! { section => task.cited(), text => task.text.as_str(), lead => task.lead.iter().map(named).collect::<Vec<_>>(), time => task.time.raw.as_str() }
    };
    Ok(context! { count => rows.len(), list => rows.iter().take(MOST_TASKS).map(one).collect::<Vec<_>>() })
}

/// What would be given once the plan is confirmed: the work and its bodies.
fn held_tasks(req: &Req, held: &[(Uuid, Held)], texts: &HashMap<Uuid, String>) -> Result<Vec<Value>, Problem> {
    let mut tasks: Vec<(Uuid, Vec<kernel::UnitId>)> = Vec::new();
    for (_, held) in held {
        let Held::Part(part) = held else { continue };
        let is_full = tasks.len() == MOST_TASKS;
        match tasks.last_mut() {
            Some((task, units)) if *task == part.task => units.push(part.unit),
            // The rows come in the order of their tasks.
            _ if is_full => break,
            _ => tasks.push((part.task, vec![part.unit])),
        }
    }
    let line = |(task, units): &(Uuid, Vec<kernel::UnitId>)| {
        Ok(context! { text => texts.get(task), names => names(&req.app, units) })
    };
    tasks.iter().map(line).collect()
}

/// The years that a timeline shows: those of the plan's days, with this one.
fn timeline_years(progress: &[TaskProgress], today: i16) -> (i16, i16) {
    let year = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)?.parse::<i16>().ok());
    let all = progress.iter().flat_map(|row| [year(&row.start_on), year(&row.due_on)]).flatten();
    all.fold((today, today), |(first, last), year| (first.min(year), last.max(year)))
}

fn bar(row: &TaskProgress, task: &TaskRow, first: i16, last: i16, today: jiff::civil::Date) -> String {
    let all = f64::from(last - first + 1);
    let share =
        |day: jiff::civil::Date| (f64::from(day.year() - first) + f64::from(day.day_of_year() - 1) / 366.0) / all;
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    let (start, due) = (day(&row.start_on), day(&row.due_on));
    let look = match () {
        () if row.done == row.total => "done",
        () if row.late > 0 => "late",
        // Without a day it goes on for all of the time.
        () if due.is_none() => "open",
        () => "run",
    };
    let to = due.map_or(1.0, |day| share(day) + 1.0 / 366.0 / all);
    let from = start.map_or_else(|| due.map_or(0.0, |_| share(today).min(to)), share);
    chart::span(from, to, share(today), look, &format!("{}: {}", task.text, task.time_raw))
}

async fn links(conn: &db::Reader, plan: &PlanRow, plans: &[PlanRow]) -> Result<Vec<Value>, Problem> {
    let view = |link: &Link| {
        let own = link.plan == plan.id();
        let other = plans.iter().find(|other| other.id() == if own { link.other } else { link.plan })?;
        Some(
            context! { own, kind => link.kind.code(), id => other.id().to_string(), label => other.label(), state => other.state.clone() },
        )
    };
    Ok(plans::store::link::list(conn, plan.id()).await?.iter().filter_map(view).collect())
}

/// The original file, byte for byte, as an attachment: no scanner has looked at it.
pub async fn file(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let plan = plans::store::plan::seen(&req.app.db().read(), &req.ctx, id).await?.ok_or_else(Problem::not_found)?;
    let hash = db::BlobHash::parse(&plan.blob_hash).filter(|_| plan.state != "refused");
    let hash = hash.ok_or_else(Problem::not_found)?;
    webkit::attachment(&req, &plan.file_name, &hash).await
}

#[derive(Deserialize)]
pub struct ConfirmForm {
    rev: i64,
    /// `confirm`, `refuse`, or `take_back`.
    act: String,
    #[serde(default)]
    follower: String,
    #[serde(default)]
    reason: String,
}

/// The body in whose name the plan stands says whether it is theirs.
pub async fn confirm(req: Req, Path(id): Path<PlanId>, Form(form): Form<ConfirmForm>) -> Outcome {
    let done = said(&req, id, &form).await?;
    Ok(Req::go(&format!("/plans/{id}"), done))
}

async fn said(req: &Req, id: PlanId, form: &ConfirmForm) -> Result<&'static str, Problem> {
    let act = match form.act.as_str() {
        "refuse" => ConfirmAct::Refuse { reason: form.reason.clone() },
        "take_back" => ConfirmAct::TakeBack,
        _ => {
            let named = Some(form.follower.trim()).filter(|name| !name.is_empty());
            let follower = named.map(|name| pages::unit(req, "follower", name)).transpose()?;
            ConfirmAct::Confirm { follower }
        }
    };
    plan_confirm(&req.app, &req.ctx, id, form.rev, &act).await
}

#[derive(Deserialize)]
pub struct RoleForm {
    unit: String,
    role: PlanRole,
    #[serde(default)]
    end: bool,
}

/// Gives a unit a role in the plan, or with `end` takes it away.
pub async fn role(req: Req, Path(id): Path<PlanId>, Form(form): Form<RoleForm>) -> Outcome {
    let unit = pages::unit(&req, "unit", &form.unit)?;
    plan_role(&req.app, &req.ctx, id, unit, form.role, !form.end).await?;
    Ok(Req::go(&format!("/plans/{id}"), if form.end { "role-ended" } else { "role-given" }))
}
