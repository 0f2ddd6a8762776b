//! "Việc của tôi", and the page of one agency: what it leads, what it helps with, what is due.

use crate::ids::PartId;
use axum::extract::Path;
use kernel::{Problem, Role, Scope, UnitId};
use minijinja::{Value, context};
use serde::Serialize;
use webkit::{Form, Outcome, Req, view};

use crate::{
    overview::{
        pages::counted,
        usecase::{
            board::board,
            glance::{glance, sunday},
            waiting::{Item, Waiting, waiting},
        },
    },
    plans,
    work::{
        self,
        model::{counts::Counts, state::StateFilter},
        pages::{
            part::Check,
            register::{self, line, plan_label},
            task::own_unit,
        },
        store::{
            part::PartRow,
            register::{Filter, Tally},
        },
        usecase::part_act::{Together, parts_act},
    },
};

/// Lines of a list of an agency's page.
const LINES: u64 = 20;
/// A group of the inbox with more rows than these is folded, with their number on it.
const FOLD_OVER: usize = 15;

/// Who decides begins with how everything stands, who works with what waits for them; whoever keeps the installation
/// running, while there is no plan, with what a new province needs.
pub async fn home(req: Req) -> Outcome {
    let decides = req.ctx.actor.posts().iter().any(|post| post.role == Role::LEADER);
    let keeps = req.app.authorizer().check_route(&req.ctx, "system.read").is_ok();
    let is_new = keeps && plans::store::plan::how_many(&req.app.db().read()).await?.0 == 0;
    let first = match (is_new, decides) {
        (true, _) => "/setup",
        (false, true) => "/board",
        (false, false) => "/work",
    };
    Ok(Req::go(first, ""))
}

async fn some(req: &Req, filter: Filter, scope: &Scope, limit: u64) -> Result<Vec<Value>, Problem> {
    let bodies = req.app.bodies();
    let rows = work::store::register::page(&req.app.db().read(), &filter, scope, req.ctx.today(), None, limit).await?;
    Ok(rows.iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|part| line(req, bodies, part)).collect())
}

/// Where the rows of each state are, by its code.
fn states(filter: &Filter) -> Value {
    Value::from_pairs(StateFilter::ALL.into_iter().map(|state| (state.code(), register::of_state(filter, state))))
}

async fn lists(req: &Req, filter: &Filter, scope: &Scope) -> Result<Value, Problem> {
    let (bodies, today) = (req.app.bodies(), req.ctx.today());
    let board = board(&req.app, filter.clone(), scope.clone(), today).await?;
    let sums: Counts = board.tallies.iter().map(Tally::counts).sum();
    let glance = glance(&req.app, filter, scope, today).await?;
    let lines = |rows: &[PartRow]| rows.iter().map(|part| line(req, bodies, part)).collect::<Vec<_>>();
    Ok(context! {
        late => lines(&glance.late), soon => lines(&glance.soon), week => glance.week,
        total => sums.total, late_count => sums.late, done_count => sums.finished(), running_count => sums.running, reported_count => sums.reported,
        rows => register::href(filter), of => states(filter), week_rows => register::href(&Filter { until: Some(sunday(today)), ..filter.clone() }),
    })
}

/// What waits, in groups of one kind, as far as the address asks for it.
#[derive(Serialize)]
struct Group<'a> {
    kind: &'a str,
    rows: Vec<&'a Item>,
}

/// Parts of one task that were reported done.
fn by_task(req: &Req, parts: &[PartRow]) -> Vec<Value> {
    let mut tasks: Vec<(&PartRow, Vec<&PartRow>)> = Vec::new();
    for part in parts {
        match tasks.iter_mut().find(|(first, _)| first.task_id == part.task_id) {
            Some((_, rows)) => rows.push(part),
            None => tasks.push((part, vec![part])),
        }
    }
    let bodies = req.app.bodies();
    let task = |(first, rows): &(&PartRow, Vec<&PartRow>)| {
        let rows: Vec<Value> = rows.iter().map(|part| line(req, bodies, part)).collect();
        context! { section => first.section.clone(), text => first.text.as_str(), plan => plan_label(first), rows }
    };
    tasks.iter().map(task).collect()
}

fn inbox(req: &Req, waiting: &Waiting) -> Value {
    let asked = req.query("kind");
    let is_asked = |kind: &str| asked.as_deref().is_none_or(|asked| asked == kind);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for item in &waiting.items {
        match groups.iter_mut().find(|group| group.kind == item.kind) {
            Some(group) => group.rows.push(item),
            None => groups.push(Group { kind: &item.kind, rows: vec![item] }),
        }
    }
    let mut kinds: Vec<Value> =
        groups.iter().map(|group| context! { kind => group.kind, count => group.rows.len() }).collect();
    if !waiting.accept.is_empty() {
        kinds.push(context! { kind => "accept", count => waiting.accept.len() });
    }
    let accept = if is_asked("accept") { by_task(req, &waiting.accept) } else { vec![] };
    groups.retain(|group| is_asked(group.kind));
    context! {
        kinds, kind => asked, groups => view(groups), accept, accept_count => waiting.accept.len(),
        all => req.query("all").is_some(), fold_over => FOLD_OVER, count => waiting.count(), is_cut => waiting.is_cut,
    }
}

/// Work of the units of the acting person's posts and below: what is late, what falls due this week, what waits for me.
pub async fn show(req: Req) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    let waiting = waiting(&req.app, &req.ctx).await?;
    let inbox = inbox(&req, &waiting);
    let lists = lists(&req, &Filter { ours: true, ..Filter::default() }, &scope).await?;
    let counted = counted::words(&req).await?;
    let unit = own_unit(&req).map(|unit| unit.to_string());
    req.page("programme/work.html", context! { lists, unit, inbox, counted }).await
}

/// Ticked parts, each `part_…:revision`.
pub async fn check(req: Req, Form(form): Form<Vec<(String, String)>>) -> Outcome {
    let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let act = match value("act").as_deref() {
        Some("send_back") => Check::SendBack,
        _ => Check::Accept,
    };
    let unknown = || Problem::bad_input("none-chosen").field("part", "none-chosen");
    let ticked = form.iter().filter(|(key, _)| key == "part");
    let parts = ticked.map(|(_, text)| {
        let (id, rev) = text.split_once(':')?;
        Some((id.parse().ok()?, rev.parse().ok()?))
    });
    let parts: Vec<(PartId, i64)> = parts.collect::<Option<_>>().ok_or_else(unknown)?;
    let done = parts_act(&req.app, &req.ctx, &parts, &act.act(value("words").unwrap_or_default())).await;
    let done = done.map_err(|problem| problem.rename("reason", "words"))?;
    if done.refused.is_empty() { Ok(Req::go("/work?kind=accept", act.done())) } else { left_over(&req, &done).await }
}

/// The parts to which it could not be done, each with why.
async fn left_over(req: &Req, done: &Together) -> Outcome {
    let conn = req.app.db().read();
    let mut rows = Vec::new();
    for (id, problem) in &done.refused {
        let part = work::store::part::get(&conn, *id).await?;
        let unit = part.as_ref().and_then(|part| req.app.bodies().body(part.unit())).map(|body| body.name);
        let text = part.map(|part| part.text.clone());
        let why = req.app.locales().problem(req.ctx.lang, problem);
        rows.push(context! { id => id.to_string(), unit, text, why });
    }
    req.page("programme/work_left.html", context! { rows, count => done.done.len() }).await
}

pub async fn agency(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let body = req.app.bodies().body(id).ok_or_else(Problem::not_found)?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let of_agency = Filter { lead: Some(id), ours: true, ..Filter::default() };
    let leads = lists(&req, &of_agency, &scope).await?;
    let running = some(&req, Filter { state: Some(StateFilter::Running), ..of_agency }, &scope, LINES).await?;
    let helps = some(&req, Filter { helps: Some(id), ..Filter::default() }, &scope, LINES).await?;
    req.page(
        "programme/agency.html",
        context! { id => id.to_string(), agency => body.name, lists => leads, running, helps, counted => counted::words(&req).await? },
    )
    .await
}
