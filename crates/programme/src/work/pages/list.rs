//! The page of the register: by parts or by tasks, with what the address asks for.

use kernel::{Code as _, paging};
use minijinja::{Value, context};
use webkit::{Outcome, Req, saved_views, view};

use crate::work::{
    model::{
        order::{By, TaskBy},
        state::StateFilter,
    },
    pages::{
        grouped,
        register::{
            COLUMNS, COUNT_UP_TO, address, chips, columns, drawer, filter, heads, line, lines_with_contacts, page,
        },
    },
    store,
};

pub async fn list(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let named = req.query("lead_name");
    // As the form proposes it, else as good as its words are.
    let meant = |name: &str| {
        let written = bodies.meant(name, req.ctx.today()).ok();
        written.or_else(|| bodies.find(name, 1).pop().map(|body| body.unit))
    };
    if let Some(unit) = named.as_deref().and_then(meant) {
        return Ok(Req::go(&address(&req, "lead", &unit.to_string()), ""));
    }
    let (groups, page, count) = if grouped::is_asked(&req) {
        let (groups, count) = grouped::groups(&req).await?;
        (Some(groups), paging::Page { items: vec![], next: None }, count)
    } else {
        let (page, count) = page(&req).await?;
        let count = match count {
            Some(count) => count,
            None => counted(&req).await?,
        };
        (None, page, count)
    };
    let names_people = groups.is_some() || columns(&req).contains(&"contact");
    let rows: Vec<Value> = if names_people {
        lines_with_contacts(&req, &page.items).await?
    } else {
        page.items.iter().map(|part| line(&req, bodies, part)).collect()
    };
    let here = address(&req, "", "");
    let views = saved_views(&req, "/tasks", here.trim_start_matches("/tasks?")).await?;
    let (sorts, sort) = if groups.is_some() {
        (TaskBy::CODES.to_vec(), grouped::order(&req).code())
    } else {
        (By::CODES.to_vec(), filter(&req).order.code())
    };
    let reversed = sort.strip_prefix('-').map(str::to_owned);
    let states: Vec<&str> = StateFilter::ALL.iter().map(|state| state.code()).collect();
    let page = context! {
        rows, views, heads => heads(&req, filter(&req).order), groups, by_task => address(&req, "group", "task"), by_part => address(&req, "group", ""), states, chips => chips(&req, bodies).await?, drawer => drawer(&req, bodies).await?, open => req.query("open"),
        unknown_lead => named, count => count.min(COUNT_UP_TO), is_more => count > COUNT_UP_TO,
        words => req.query("q").unwrap_or_default(), state => req.query("state"), year => req.query("year"), sorts, sort, reversed,
        columns => columns(&req), all_columns => COLUMNS, address => here.clone(), query => here.trim_start_matches("/tasks?"),
        next => page.next.map(|next| format!("{here}&after={next}")),
        hidden => view(["of", "lead", "helps", "leader", "leaderless", "plan", "task", "until", "group"].into_iter().filter_map(|key| req.query(key).map(|value| (key, value))).collect::<Vec<_>>()),
    };
    let shown = req.page("programme/tasks.html", page).await?;
    if names_people { Req::not_kept(shown) } else { Ok(shown) }
}

async fn counted(req: &Req) -> Result<i64, kernel::Problem> {
    let (scope, conn) = (req.app.authorizer().scope(&req.ctx), req.app.db().read());
    Ok(store::register::count(&conn, &filter(req), &scope, req.ctx.today(), COUNT_UP_TO + 1).await?)
}
