//! The register by tasks: a line for each with how far its bodies are, which opens to them.

use std::sync::Arc;

use kernel::{Problem, paging};
use minijinja::{Value, context};
use webkit::Req;

use crate::{
    ids::TaskId,
    work::{
        model::order::{Order, TaskBy},
        pages::register::{COUNT_UP_TO, address, filter, href, labelled, lines_with_contacts},
        store::{
            self,
            register::{Filter, TaskGroup},
        },
        usecase::remembered::{First, FirstTasks},
    },
};

/// Bodies of an open task that the page shows; its own list has all.
const SHOWN: u64 = 50;

pub fn is_asked(req: &Req) -> bool {
    req.query("group").as_deref() == Some("task")
}

/// The order that the address asks for.
pub fn order(req: &Req) -> Order<TaskBy> {
    req.query("sort").and_then(|sort| Order::parse(&sort)).unwrap_or_default()
}

/// One page of tasks, and how many parts they hold, up to more than is said.
pub async fn groups(req: &Req) -> Result<(Value, i64), Problem> {
    let (scope, filter, today) = (req.app.authorizer().scope(&req.ctx), filter(req), req.ctx.today());
    let after = req.query("after").map(|text| paging::decode(&text)).transpose()?;
    let conn = req.app.db().read();
    let order = order(req);
    let is_first = after.is_none();
    let computed = async {
        let rows = store::register::groups(&conn, (&filter, order), &scope, today, after, paging::PAGE_SIZE).await?;
        Ok(First { rows, parts: store::register::count(&conn, &filter, &scope, today, COUNT_UP_TO + 1).await? })
    };
    let found = if is_first {
        req.app.get::<FirstTasks>()?.get(&conn, (&filter, &scope, today, order), computed).await?
    } else {
        Arc::new(computed.await?)
    };
    let page = paging::Page::from_surplus(found.rows.clone(), paging::PAGE_SIZE, |one| (one.sort.clone(), one.task_id));
    let (here, open) = (address(req, "", ""), req.queries("unfold"));
    let mut rows = Vec::new();
    for group in &page.items {
        rows.push(shown(req, &filter, group, &here, &open).await?);
    }
    let may = |action| req.app.authorizer().check_route(&req.ctx, action).is_ok();
    let groups = context! {
        rows, heads => heads(req, order), next => page.next.map(|next| format!("{here}&after={next}")),
        may_urge => may("question.ask"), may_check => may("part.check"),
    };
    Ok((groups, found.parts))
}

/// Heads by which tasks are ordered, by the key of what stands below them.
fn heads(req: &Req, now: Order<TaskBy>) -> Value {
    let columns =
        [("task", TaskBy::Plan), ("progress", TaskBy::Progress), ("due", TaskBy::Due), ("state", TaskBy::Late)];
    // The most late come first: what is shown falls.
    let runs = || Order { is_falling: now.is_falling != (now.by == TaskBy::Late), ..now }.runs();
    let head = |(column, by): (&'static str, TaskBy)| {
        let order = (now.by == by).then(runs);
        (column, context! { href => address(req, "sort", &now.next(by).code()), order })
    };
    Value::from_pairs(columns.map(head))
}

async fn shown(req: &Req, filter: &Filter, group: &TaskGroup, here: &str, open: &[String]) -> Result<Value, Problem> {
    let id = TaskId::from_uuid(group.task_id).to_string();
    let is_open = open.contains(&id);
    let own = Filter { task: Some(group.task_id), order: Order::default(), ..filter.clone() };
    let rows = if is_open {
        let scope = req.app.authorizer().scope(&req.ctx);
        let conn = req.app.db().read();
        let mut parts = store::register::page(&conn, &own, &scope, req.ctx.today(), None, SHOWN).await?;
        parts.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        // Who urges a body calls it first.
        lines_with_contacts(req, &parts).await?
    } else {
        vec![]
    };
    let others = open.iter().filter(|one| !is_open || **one != id).map(|one| format!("&unfold={one}"));
    let mut toggle = format!("{here}{}", others.collect::<String>());
    if !is_open {
        toggle.push_str(&format!("&unfold={id}"));
    }
    let left = group.total - i64::try_from(rows.len()).unwrap_or(0);
    Ok(context! {
        id, section => group.section.clone(), text => group.text.clone(), total => group.total, done => group.done,
        reported => group.reported, late => group.late, due => group.due_on.clone(), is_open, toggle, rows,
        plan => labelled(group.plan_number.as_deref(), group.plan_title.as_deref()),
        left => if is_open { left } else { 0 }, all => href(&own),
    })
}
