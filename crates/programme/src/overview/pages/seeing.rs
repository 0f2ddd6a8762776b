//! Who keeps their days, the map of bodies and tasks, and which leader is in charge of whom.

use crate::ids::{PartId, TaskId};
use std::collections::HashMap;

use axum::extract::Path;
use kernel::{PlanId, Problem, UnitId};
use minijinja::{Value, context};
use uuid::Uuid;
use webkit::{Form, Outcome, Req};

use crate::{
    overview::{
        pages::counted,
        store,
        usecase::board::{Peers, Rank, among_peers, charge_set},
    },
    plans, reporting,
    work::{
        self,
        model::state::{Days, state},
        store::register::Filter,
    },
};

/// As many cells as a browser shows without trouble.
const CELLS: u64 = 20_000;

fn percent(thousandths: Option<i64>) -> Option<f64> {
    thousandths.and_then(|share| i32::try_from(share).ok()).map(|share| f64::from(share) / 10.0)
}

/// Who keeps their days; inside the house until the authority publishes it.
pub async fn ranked(req: Req) -> Outcome {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let (scope, filter, today) = (req.app.authorizer().scope(&req.ctx), counted::filter(&req), req.ctx.today());
    let tallies = work::store::register::tally(&conn, &filter, &scope, today).await?;
    let reports = reporting::store::report_register::tally(&conn, &scope, today).await?;
    let ranks = among_peers(&tallies, &reports, |unit| Peers::of(bodies.kind(unit)));
    let row = |rank: &Rank| {
        context! {
            place => rank.place, unit => rank.unit.to_string(), name => bodies.written(rank.unit, today), owed => rank.owed, on_time => rank.on_time,
            total => rank.total, done => rank.done, timeliness => percent(rank.timeliness()), completion => percent(rank.completion()),
        }
    };
    let groups = ranks.iter().map(|(peers, ranks)| {
        context! { name => req.app.locales().text(req.ctx.lang, peers.words(), &[]), rows => ranks.iter().map(row).collect::<Vec<_>>() }
    });
    req.page(
        "programme/ranking.html",
        context! { groups => groups.collect::<Vec<_>>(), counted => counted::words(&req).await? },
    )
    .await
}

/// The map of a plan: bodies down, tasks across, a cell per part.
pub async fn map(req: Req, Path(id): Path<PlanId>) -> Outcome {
    let (bodies, conn, today) = (req.app.bodies(), req.app.db().read(), req.ctx.today());
    let plan = plans::store::plan::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let filter = Filter { plan: Some(id.uuid()), ..Filter::default() };
    let most = usize::try_from(CELLS).unwrap_or(usize::MAX);
    let mut cells = work::store::register::cells(&conn, &filter, &scope, today, CELLS).await?;
    let is_cut = cells.len() > most;
    cells.truncate(most);
    let tasks: Vec<_> = work::store::task::of_plan(&conn, id)
        .await?
        .into_iter()
        .filter(|task| cells.iter().any(|cell| cell.task_id == task.id))
        .collect();
    let places: HashMap<Uuid, usize> = tasks.iter().zip(0..).map(|(task, at)| (task.id, at)).collect();
    let mut rows: HashMap<UnitId, (i64, Vec<Value>)> = HashMap::new();
    for cell in &cells {
        let days = Days::read([&cell.start_on, &cell.due_on, &cell.done_on, &cell.accepted_on, &cell.stopped_on]);
        let now = state(days, &cell.time_kind, today);
        let (look, key) = now.look();
        let words = req.app.locales().text(req.ctx.lang, key, &[("days", webkit::FluentValue::from(now.days()))]);
        let (late, row) =
            rows.entry(UnitId::from_uuid(cell.unit_id)).or_insert_with(|| (0, vec![Value::from(()); tasks.len()]));
        *late += i64::from(look == "late");
        if let Some(at) = places.get(&cell.task_id) {
            row[*at] = context! { id => PartId::from_uuid(cell.id).to_string(), look, words };
        }
    }
    let mut rows: Vec<_> = rows.into_iter().map(|(unit, (late, row))| (bodies.body(unit), late, row)).collect();
    rows.sort_by_cached_key(|(body, late, _)| (-late, body.as_ref().map(|body| body.sort.clone())));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(body, late, cells)| {
            context! { name => body.as_ref().map(|body| body.name.clone()), short => body.map(|body| body.short_name), late, cells }
        })
        .collect();
    let tasks: Vec<Value> = tasks
        .iter()
        .map(|task| context! { id => TaskId::from_uuid(task.id).to_string(), section => task.section.clone(), text => task.text.as_str() })
        .collect();
    let plan = context! { id => id.to_string(), label => plan.short_label(), title => plan.title };
    req.page("programme/map.html", context! { plan, rows, tasks, is_cut, most => CELLS }).await
}

/// Which leader is in charge of which body.
pub async fn charge(req: Req) -> Outcome {
    let page = charge_page(&req).await?;
    req.page("programme/charge.html", page).await
}

async fn charge_page(req: &Req) -> Result<Value, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let scope = req.app.authorizer().scope(&req.ctx);
    let tallies = work::store::register::tally(&conn, &Filter::default(), &scope, req.ctx.today()).await?;
    let charge = store::charge::all(&conn).await?;
    let mut rows: Vec<_> = tallies.iter().filter_map(|t| bodies.body(UnitId::from_uuid(t.unit_id))).collect();
    rows.sort_by(|a, b| a.sort.cmp(&b.sort));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|body| context! { id => body.unit.to_string(), leader => charge.get(&body.unit), name => body.name })
        .collect();
    let mut leaders: Vec<String> = charge.into_values().collect();
    leaders.sort();
    leaders.dedup();
    Ok(context! { rows, leaders })
}

/// The fields of the form are bodies' ids, their values the leaders' names.
pub async fn charge_change(req: Req, Form(form): Form<Vec<(String, String)>>) -> Outcome {
    let known = store::charge::all(&req.app.db().read()).await?;
    let changed = |(unit, leader): (String, String)| {
        let unit: UnitId = unit.parse().ok()?;
        let leader = leader.trim().to_owned();
        (known.get(&unit).map_or("", String::as_str) != leader).then_some((unit, leader))
    };
    let changes: Vec<_> = form.into_iter().filter_map(changed).collect();
    charge_set(&req.app, &req.ctx, &changes).await?;
    Ok(Req::go("/board?by=leader", "saved"))
}
