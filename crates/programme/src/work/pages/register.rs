//! The register of parts: what the address asks for, as a page, as JSON and as files of exactly what is shown.

use crate::ids::{PartId, TaskId};
use jiff::civil::Date;
use kernel::{PlanId, Problem, UnitId, paging};
use minijinja::{Value, context};
use webkit::{
    Outcome, Req,
    book::{Page, Value as Cell, book},
    export, heavy,
};

use crate::{
    BodiesPort, pages,
    plans::{self, model::authority::is_unconfirmed},
    work::{
        model::{
            order::{By, Order, TaskBy},
            state::StateFilter,
        },
        store::{self, part::PartRow, register::Filter},
        usecase::{
            contact::{Contact, Contacts, contacts},
            part_act::resource,
            remembered::{First, FirstParts},
        },
    },
};

/// Columns in their order; the task itself is always shown.
pub const COLUMNS: [&str; 8] = ["section", "task", "lead", "coordinating", "due", "state", "plan", "contact"];
const USUAL: [&str; 6] = ["section", "task", "lead", "coordinating", "due", "state"];
/// What makes a view: a link with these reproduces what its sender saw.
const KEYS: [&str; 14] = [
    "q",
    "of",
    "lead",
    "helps",
    "leader",
    "leaderless",
    "plan",
    "task",
    "year",
    "state",
    "until",
    "sort",
    "group",
    "col",
];
pub const COUNT_UP_TO: i64 = 1000;
const EXPORT_ROWS: u64 = 20_000;

/// A line of a register, ready to be shown.
pub fn line(req: &Req, bodies: &BodiesPort, part: &PartRow) -> Value {
    let calendar = req.app.times().calendar();
    let state = part.shown(&calendar, req.ctx.today());
    let (look, key) = state.look();
    let body = bodies.body(part.unit());
    let days = webkit::FluentValue::from(state.days());
    context! {
        unconfirmed => is_unconfirmed(bodies.as_ref(), &part.standing()),
        id => PartId::from_uuid(part.id).to_string(), task => TaskId::from_uuid(part.task_id).to_string(), plan => PlanId::from_uuid(part.plan_id).to_string(),
        section => part.section.clone(), text => part.text.as_str(), unit => body.as_ref().map(|body| body.name.clone()),
        short => body.map(|body| body.short_name), unit_id => part.unit().to_string(), coordinating => part.coordinating.clone(),
        due => part.due_on.clone(), due_words => part.due_words(&calendar, req.ctx.lang), time_kind => part.time_kind.clone(), look, state => req.app.locales().text(req.ctx.lang, key, &[("days", days)]),
        percent => part.percent, stop_kind => part.stop_kind.clone(), accepted_on => part.accepted_on.clone(), done_on => part.done_on.clone(), done_note => part.done_note.as_deref(), rev => part.rev, plan_label => plan_label(part),
    }
}

/// The lines of these parts with whom to call about each, which is noted.
pub async fn lines_with_contacts(req: &Req, parts: &[PartRow]) -> Result<Vec<Value>, Problem> {
    let found = contacts(&req.app, &req.ctx, &parts.iter().map(|part| part.id).collect::<Vec<_>>()).await?;
    let with = |part: &PartRow| context! { contact => found.get(&part.id).map(Contact::said), ..line(req, req.app.bodies(), part) };
    Ok(parts.iter().map(with).collect())
}

/// The state of a part today, in words.
pub fn state_words(req: &Req, part: &PartRow) -> String {
    let state = part.shown(&req.app.times().calendar(), req.ctx.today());
    req.app.locales().text(req.ctx.lang, state.look().1, &[("days", webkit::FluentValue::from(state.days()))])
}

pub fn plan_label(part: &PartRow) -> Option<String> {
    labelled(part.plan_number.as_deref(), part.plan_title.as_deref())
}

/// What a plan is called: by its number, else by its title.
pub fn labelled(number: Option<&str>, title: Option<&str>) -> Option<String> {
    number.filter(|number| !number.starts_with('/') && !number.is_empty()).or(title).map(str::to_owned)
}

pub fn filter(req: &Req) -> Filter {
    Filter {
        words: req.query("q").unwrap_or_default(),
        lead: req.query("lead").and_then(|id| id.parse().ok()),
        helps: req.query("helps").and_then(|id| id.parse().ok()),
        leader: req.query("leader").filter(|leader| !leader.is_empty()),
        leaderless: req.query("leaderless").is_some(),
        plan: req.query("plan").and_then(|id| id.parse::<PlanId>().ok()).map(|id| id.uuid()),
        task: req.query("task").and_then(|id| id.parse::<TaskId>().ok()).map(|id| id.uuid()),
        year: req.query("year").and_then(|year| year.parse().ok()),
        state: req.query("state").and_then(|state| StateFilter::parse(&state)),
        until: req.query("until").and_then(|day| day.parse().ok()),
        ours: req.query("of").as_deref() == Some("ours"),
        order: req.query("sort").and_then(|sort| Order::<By>::parse(&sort)).unwrap_or_default(),
    }
}

/// What a saved view may ask of the register.
pub fn knows(key: &str, value: &str) -> bool {
    match key {
        "q" | "leader" => true,
        "of" => value == "ours",
        "leaderless" => value == "1",
        "lead" | "helps" => value.parse::<UnitId>().is_ok(),
        "plan" => value.parse::<PlanId>().is_ok(),
        "task" => value.parse::<TaskId>().is_ok(),
        "year" => value.parse::<i16>().is_ok(),
        "state" => StateFilter::parse(value).is_some(),
        "until" => value.parse::<Date>().is_ok(),
        "sort" => Order::<By>::parse(value).is_some() || Order::<TaskBy>::parse(value).is_some(),
        "group" => value == "task",
        "col" => COLUMNS.contains(&value),
        _ => false,
    }
}

/// The address at which exactly these rows stand.
pub fn href(filter: &Filter) -> String {
    let Filter { words, lead, helps, leader, leaderless, plan, task, year, state, until, ours, order } = filter;
    let parts = [
        ("q", Some(words.clone()).filter(|words| !words.is_empty())),
        ("of", ours.then(|| "ours".to_owned())),
        ("lead", lead.map(|unit| unit.to_string())),
        ("helps", helps.map(|unit| unit.to_string())),
        ("leader", leader.clone()),
        ("leaderless", leaderless.then(|| "1".to_owned())),
        ("plan", plan.map(|plan| PlanId::from_uuid(plan).to_string())),
        ("task", task.map(|task| TaskId::from_uuid(task).to_string())),
        ("year", year.map(|year| year.to_string())),
        ("state", state.map(|state| state.code().to_owned())),
        ("until", until.map(|day| day.to_string())),
        ("sort", Some(order.code()).filter(|_| *order != Order::default())),
    ];
    let pairs = parts.into_iter().filter_map(|(key, value)| value.map(|value| (key, value)));
    let query: Vec<String> = pairs.map(|(key, value)| format!("{key}={}", webkit::url_encode(&value))).collect();
    format!("/tasks?{}", query.join("&"))
}

/// The same of one state.
pub fn of_state(filter: &Filter, state: StateFilter) -> String {
    href(&Filter { state: Some(state), ..filter.clone() })
}

pub fn columns(req: &Req) -> Vec<&'static str> {
    let asked = req.queries("col");
    if asked.is_empty() {
        return USUAL.to_vec();
    }
    COLUMNS.into_iter().filter(|column| *column == "task" || asked.iter().any(|name| name == column)).collect()
}

fn cursor(by: By) -> impl Fn(&PartRow) -> (String, uuid::Uuid) {
    move |part| {
        let key = match by {
            By::Due => &part.sort_due,
            By::Plan => &part.sort_plan,
            By::Lead => &part.unit_sort,
        };
        (key.clone(), part.id)
    }
}

/// Which column puts the register in which order; of two that give the same the one that says it best.
const ORDERED: [(&str, By); 4] = [("section", By::Plan), ("lead", By::Lead), ("due", By::Due), ("plan", By::Plan)];

/// Heads by which the register is ordered, by column: the address of that order, and how it runs where it is in it.
pub fn heads(req: &Req, now: Order<By>) -> Value {
    let head = |(column, by): (&'static str, By)| {
        let order = (now.by == by).then(|| now.runs());
        (column, context! { href => address(req, "sort", &now.next(by).code()), order })
    };
    let has_plan = columns(req).contains(&"plan");
    Value::from_pairs(ORDERED.into_iter().filter(|(column, _)| *column != "section" || !has_plan).map(head))
}

/// The page that the address asks for, for API clients and the register alike, and of the first one how many parts there are, up to more than is said.
pub async fn page(req: &Req) -> Result<(paging::Page<PartRow>, Option<i64>), Problem> {
    let (filter, scope, today) = (filter(req), req.app.authorizer().scope(&req.ctx), req.ctx.today());
    let after = req.query("after").map(|text| paging::decode(&text)).transpose()?;
    let conn = req.app.db().read();
    let cursor = cursor(filter.order.by);
    if after.is_some() {
        let rows = store::register::page(&conn, &filter, &scope, today, after, paging::PAGE_SIZE).await?;
        return Ok((paging::Page::from_surplus(rows, paging::PAGE_SIZE, cursor), None));
    }
    let computed = async {
        let rows = store::register::page(&conn, &filter, &scope, today, None, paging::PAGE_SIZE).await?;
        let is_whole = u64::try_from(rows.len()).is_ok_and(|shown| shown <= paging::PAGE_SIZE);
        let parts = if is_whole {
            i64::try_from(rows.len()).unwrap_or(i64::MAX)
        } else {
            store::register::count(&conn, &filter, &scope, today, COUNT_UP_TO + 1).await?
        };
        Ok(First { rows, parts })
    };
    let first = req.app.get::<FirstParts>()?.get(&conn, (&filter, &scope, today, ()), computed).await?;
    Ok((paging::Page::from_surplus(first.rows.clone(), paging::PAGE_SIZE, cursor), Some(first.parts)))
}

/// The address of this view with one part of it changed, or dropped when `value` is empty.
pub fn address(req: &Req, change: &str, value: &str) -> String {
    let kept = KEYS.iter().filter(|key| **key != change);
    let kept = kept.flat_map(|key| req.queries(key).into_iter().map(|value| ((*key).to_owned(), value)));
    let own = (!value.is_empty()).then(|| (change.to_owned(), value.to_owned()));
    let query: Vec<String> =
        kept.chain(own).map(|(key, value)| format!("{key}={}", webkit::url_encode(&value))).collect();
    format!("/tasks?{}", query.join("&"))
}

pub async fn chips(req: &Req, bodies: &BodiesPort) -> Result<Vec<Value>, Problem> {
    let filter = filter(req);
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let plan = match filter.plan {
        Some(plan) => plans::store::plan::get(&req.app.db().read(), PlanId::from_uuid(plan)).await?,
        None => None,
    };
    let body = |unit: Option<_>| unit.and_then(|unit| bodies.body(unit)).map(|body| body.short_name);
    let state = filter.state.map(|state| text(&format!("filter-{}", state.code().replace('_', "-"))));
    let until = filter.until.map(|day| {
        let day = kernel::day::show(day, req.ctx.lang);
        req.app.locales().text(req.ctx.lang, "due-until", &[("day", day.into())])
    });
    let set = [
        ("of", filter.ours.then(|| text("counted-ours"))),
        ("lead", body(filter.lead)),
        ("helps", body(filter.helps)),
        ("leader", filter.leader.clone()),
        ("leaderless", filter.leaderless.then(|| text("no-leader"))),
        ("plan", plan.map(|plan| plan.label())),
        ("year", filter.year.map(|year| year.to_string())),
        ("state", state),
        ("until", until),
    ];
    let chip = |(key, shown): (&str, Option<String>)| {
        let label = match key {
            "of" => "counted",
            "until" => "due",
            key => key,
        };
        shown.map(|shown| context! { label => text(label), text => shown, href => address(req, key, "") })
    };
    Ok(set.into_iter().filter_map(chip).collect())
}

/// The right-hand drawer: one part beside the register.
pub async fn drawer(req: &Req, bodies: &BodiesPort) -> Result<Option<Value>, Problem> {
    let Some(id) = req.query("open").and_then(|id| id.parse::<PartId>().ok()) else { return Ok(None) };
    let conn = req.app.db().read();
    let Some(part) = store::part::get(&conn, id).await? else { return Ok(None) };
    let task_id = TaskId::from_uuid(part.task_id);
    let helpers = store::task::helpers(&conn, task_id).await?;
    let roles = plans::store::role::list(&conn, PlanId::from_uuid(part.plan_id)).await?;
    req.app.authorizer().check(&req.ctx, "task.read", &resource(&part, &helpers, &roles))?;
    let task = store::task::get(&conn, task_id).await?.ok_or_else(Problem::not_found)?;
    Ok(Some(
        context! { part => line(req, bodies, &part), time => task.time_raw, result => task.result, quote => task.quote, close => address(req, "", "") },
    ))
}

fn cell(req: &Req, contacts: &Contacts, part: &PartRow, column: &str) -> String {
    match column {
        "contact" => contacts.get(&part.id).map(Contact::said).unwrap_or_default(),
        "section" => part.section.clone(),
        "lead" => req.app.bodies().body(part.unit()).map(|body| body.name).unwrap_or_default(),
        "coordinating" => part.coordinating.clone(),
        "due" => part.due_words(&req.app.times().calendar(), req.ctx.lang).unwrap_or_default(),
        "state" => state_words(req, part),
        "plan" => plan_label(part).unwrap_or_default(),
        _ => part.text.clone(),
    }
}

/// In a workbook a deadline is a day, by which rows are sorted.
fn typed(req: &Req, contacts: &Contacts, part: &PartRow, column: &str) -> Cell {
    let due = part.due_on.as_deref().filter(|_| column == "due").and_then(|day| day.parse::<Date>().ok());
    due.map_or_else(|| Cell::Text(cell(req, contacts, part, column)), Cell::Day)
}

type Written<T> = fn(&Req, &Contacts, &PartRow, &str) -> T;

async fn table<T>(req: &Req, cell: Written<T>) -> Result<(Vec<String>, Vec<Vec<T>>), Problem> {
    let scope = req.app.authorizer().scope(&req.ctx);
    let parts =
        store::register::page(&req.app.db().read(), &filter(req), &scope, req.ctx.today(), None, EXPORT_ROWS).await?;
    let columns = columns(req);
    let ids: Vec<uuid::Uuid> = parts.iter().map(|part| part.id).collect();
    let found = if columns.contains(&"contact") { contacts(&req.app, &req.ctx, &ids).await? } else { Contacts::new() };
    let headers = columns.iter().map(|key| req.app.locales().text(req.ctx.lang, key, &[])).collect();
    let row = |part: &PartRow| columns.iter().map(|column| cell(req, &found, part, column)).collect();
    Ok((headers, parts.iter().map(row).collect()))
}

pub async fn csv(req: Req) -> Outcome {
    let (headers, rows) = table(&req, cell).await?;
    let bytes = heavy(move || export::csv(&headers, &rows)).await??;
    Req::not_kept(Req::file("nhiem-vu.csv", "text/csv; charset=utf-8", bytes)?)
}

pub async fn xlsx(req: Req) -> Outcome {
    let (heads, rows) = table(&req, typed).await?;
    let title = req.app.locales().text(req.ctx.lang, "nav-tasks", &[]);
    let page = Page { name: title.clone(), title, notes: vec![webkit::as_of(&req)], heads, rows, total: None };
    let bytes = heavy(move || book(&[page])).await??;
    Req::not_kept(Req::file("nhiem-vu.xlsx", pages::XLSX, bytes)?)
}
