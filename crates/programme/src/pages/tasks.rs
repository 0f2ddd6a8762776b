//! The register of parts, its files, and the page of one task.

use axum::extract::Path;
use kernel::{PlanId, Problem, TaskId, UnitId, ids::PartId, paging};
use minijinja::{Value, context};
use serde::Deserialize;
use webkit::{Form, Outcome, Req, export, view};

use crate::{
    BodiesPort,
    model::state::StateFilter,
    store::{
        self,
        part::{Filter, PartRow},
    },
    usecase::part_finish::{part_finish, resource},
};

/// A line of a register, ready to be shown.
pub fn line(req: &Req, bodies: &BodiesPort, part: &PartRow) -> Value {
    let today = req.ctx.today();
    let state = part.state(today);
    let (look, key) = state.look();
    let body = bodies.body(part.unit());
    let days = fluent(state.days());
    context! {
        id => PartId::from_uuid(part.id).to_string(), task => TaskId::from_uuid(part.task_id).to_string(), plan => PlanId::from_uuid(part.plan_id).to_string(),
        section => part.section.clone(), text => part.text.clone(), unit => body.as_ref().map(|body| body.name.clone()),
        short => body.map(|body| body.short_name), unit_id => part.unit().to_string(), coordinating => part.coordinating.clone(),
        due => part.due_on.clone(), time_kind => part.time_kind.clone(), look, state => req.app.locales().text(req.ctx.lang, key, &[("days", days)]),
        done_on => part.done_on.clone(), done_note => part.done_note.clone(), rev => part.rev,
        plan_label => part.plan_number.clone().filter(|number| !number.starts_with('/') && !number.is_empty()).or_else(|| part.plan_title.clone()),
    }
}

fn fluent(days: i64) -> webkit::FluentValue<'static> {
    webkit::FluentValue::from(days)
}

/// What the address asks for: a link reproduces what its sender saw.
pub fn filter(req: &Req) -> Filter {
    Filter {
        words: req.query("q").unwrap_or_default(),
        lead: req.query("lead").and_then(|id| id.parse().ok()),
        helps: req.query("helps").and_then(|id| id.parse().ok()),
        plan: req.query("plan").and_then(|id| id.parse::<PlanId>().ok()).map(|id| id.uuid()),
        year: req.query("year").and_then(|year| year.parse().ok()),
        state: req.query("state").and_then(|state| StateFilter::parse(&state)),
        by_plan: req.query("sort").as_deref() == Some("plan"),
    }
}

fn cursor(by_plan: bool) -> impl Fn(&PartRow) -> (String, uuid::Uuid) {
    move |part| (if by_plan { part.sort_plan.clone() } else { part.sort_due.clone() }, part.id)
}

/// The page that an API client and the register both get.
pub async fn page(req: &Req) -> Result<paging::Page<PartRow>, Problem> {
    let filter = filter(req);
    let after = req.query("after").map(|text| paging::decode(&text)).transpose()?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let rows =
        store::part::page(&req.app.db().read(), &filter, &scope, req.ctx.today(), after, paging::PAGE_SIZE).await?;
    Ok(paging::Page::from_surplus(rows, paging::PAGE_SIZE, cursor(filter.by_plan)))
}

/// The address of this register with one part of the query changed or dropped.
fn address(req: &Req, change: &str, value: &str) -> String {
    let keys = ["q", "lead", "helps", "plan", "year", "state", "sort"];
    let pairs = keys
        .iter()
        .filter(|key| **key != change)
        .filter_map(|key| req.query(key).map(|value| ((*key).to_owned(), value)));
    let own = (!value.is_empty()).then(|| (change.to_owned(), value.to_owned()));
    let pairs: Vec<(String, String)> = pairs.chain(own).collect();
    let query =
        pairs.iter().map(|(key, value)| format!("{key}={}", webkit::url_encode(value))).collect::<Vec<_>>().join("&");
    format!("/tasks?{query}")
}

async fn chips(req: &Req, bodies: &BodiesPort) -> Result<Vec<Value>, Problem> {
    let filter = filter(req);
    let mut out = Vec::new();
    let mut chip = |label: &str, text: String, key: &str| {
        out.push(
            context! { label => req.app.locales().text(req.ctx.lang, label, &[]), text, href => address(req, key, "") },
        );
    };
    for (label, key, unit) in [("lead", "lead", filter.lead), ("helps", "helps", filter.helps)] {
        if let Some(body) = unit.and_then(|unit| bodies.body(unit)) {
            chip(label, body.short_name, key);
        }
    }
    if let Some(plan) = filter.plan {
        let plan = store::plan::get(&req.app.db().read(), PlanId::from_uuid(plan)).await?;
        chip("plan", plan.map(|plan| plan.label()).unwrap_or_default(), "plan");
    }
    if let Some(year) = filter.year {
        chip("year", year.to_string(), "year");
    }
    if let Some(state) = filter.state {
        chip(
            "state",
            req.app.locales().text(req.ctx.lang, &format!("filter-{}", state.code().replace('_', "-")), &[]),
            "state",
        );
    }
    Ok(out)
}

pub async fn list(req: Req) -> Outcome {
    let bodies = req.app.get::<BodiesPort>()?;
    let page = page(&req).await?;
    let rows: Vec<Value> = page.items.iter().map(|part| line(&req, bodies, part)).collect();
    let states: Vec<&str> = StateFilter::ALL.iter().map(|state| state.code()).collect();
    let query = req.uri.query().unwrap_or_default().to_owned();
    let next = page.next.map(|next| format!("{}&after={next}", address(&req, "after", "")));
    let words = req.query("q").unwrap_or_default();
    let lead = filter(&req).lead.and_then(|unit| bodies.body(unit)).map(|body| body.name).unwrap_or_default();
    let page = context! {
        rows, words, lead, states, chips => chips(&req, bodies).await?, query, next, state => req.query("state"), year => req.query("year"), sort => req.query("sort"),
        hidden => view(["lead", "helps", "plan"].into_iter().filter_map(|key| req.query(key).map(|value| (key, value))).collect::<Vec<_>>()),
    };
    req.page("programme/tasks.html", page).await
}

const EXPORT_ROWS: u64 = 20_000;

async fn table(req: &Req) -> Result<(Vec<String>, Vec<Vec<String>>), Problem> {
    let bodies = req.app.get::<BodiesPort>()?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let parts =
        store::part::page(&req.app.db().read(), &filter(req), &scope, req.ctx.today(), None, EXPORT_ROWS).await?;
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let headers = ["section", "task", "lead", "coordinating", "due", "state", "plan"].map(text).to_vec();
    let day = |day: Option<&str>| {
        day.and_then(|day| day.parse().ok()).map(|day| kernel::day::show(day, req.ctx.lang)).unwrap_or_default()
    };
    let row = |part: &PartRow| {
        let state = part.state(req.ctx.today());
        let words = req.app.locales().text(req.ctx.lang, state.look().1, &[("days", fluent(state.days()))]);
        let unit = bodies.body(part.unit()).map(|body| body.name).unwrap_or_default();
        vec![
            part.section.clone(),
            part.text.clone(),
            unit,
            part.coordinating.clone(),
            day(part.due_on.as_deref()),
            words,
            part.plan_number.clone().unwrap_or_default(),
        ]
    };
    Ok((headers, parts.iter().map(row).collect()))
}

pub async fn csv(req: Req) -> Outcome {
    let (headers, rows) = table(&req).await?;
    Req::file("nhiem-vu.csv", "text/csv; charset=utf-8", export::csv(&headers, &rows)?)
}

pub async fn xlsx(req: Req) -> Outcome {
    let (headers, rows) = table(&req).await?;
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Req::file("nhiem-vu.xlsx", XLSX, export::xlsx("Nhiệm vụ", &headers, &rows)?)
}

pub async fn show(req: Req, Path(id): Path<TaskId>) -> Outcome {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let task = store::task::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let plan = store::plan::get(&conn, PlanId::from_uuid(task.plan_id)).await?.ok_or_else(Problem::not_found)?;
    let helpers = store::task::helpers(&conn, id).await?;
    let parts = store::part::of_task(&conn, task.id).await?;
    let authorizer = req.app.authorizer();
    let visible: Vec<&PartRow> = parts
        .iter()
        .filter(|part| authorizer.check(&req.ctx, "task.read", &resource(part, helpers.clone())).is_ok())
        .collect();
    if visible.is_empty() && !parts.is_empty() {
        return Err(Problem::forbidden().into());
    }
    let wanted: Option<PartId> = req.query("part").and_then(|id| id.parse().ok());
    let own = |part: &&&PartRow| authorizer.check(&req.ctx, "part.finish", &resource(part, vec![])).is_ok();
    let focus =
        wanted.and_then(|id| visible.iter().find(|part| part.id == id.uuid())).or_else(|| visible.iter().find(own));
    let history = match focus {
        Some(part) => db::ledger_page(&conn, Some(&PartId::from_uuid(part.id).to_string()), None, 20).await?,
        None => vec![],
    };
    let may_finish = focus.is_some_and(|part| own(&part));
    let page = context! {
        task => context! {
            id => id.to_string(), text => task.text, section => task.section, time => task.time_raw, result => task.result, quote => task.quote,
            coordinating => task.coordinating, start => task.source_start,
        },
        plan => context! { id => plan.id().to_string(), label => plan.short_label() },
        follower => bodies.body(plan.follower()).map(|body| body.name),
        focus => focus.map(|part| line(&req, bodies, part)), may_finish, today => req.ctx.today().to_string(),
        parts => visible.iter().map(|part| line(&req, bodies, part)).collect::<Vec<_>>(), history => view(history), hidden => parts.len() - visible.len(),
    };
    req.page("programme/task.html", page).await
}

#[derive(Deserialize)]
pub struct Done {
    rev: i64,
    #[serde(default)]
    done_on: String,
    #[serde(default)]
    note: String,
}

/// With a day the part is done; without one it is open again.
pub async fn done(req: Req, Path(id): Path<PartId>, Form(form): Form<Done>) -> Outcome {
    let day = if form.done_on.is_empty() {
        None
    } else {
        Some(form.done_on.parse().map_err(|_| Problem::bad_input("bad-day"))?)
    };
    let task = part_finish(&req.app, &req.ctx, id, form.rev, day, &form.note).await?;
    Ok(Req::go(&format!("/tasks/{task}?part={id}"), if day.is_some() { "part-done" } else { "part-reopened" }))
}

/// The unit of the acting person's first post.
pub fn own_unit(req: &Req) -> Option<UnitId> {
    req.ctx.actor.posts().first().map(|post| post.unit)
}
