//! The board: few figures, worst first, each with its goal and its way there; and the table that leaders know.
//! Every figure opens its rows.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use kernel::{Problem, UnitId, share};
use minijinja::{Value, context};
use webkit::{Outcome, Req, chart::trajectory, view};

use crate::{
    BodiesPort,
    overview::{
        pages::counted,
        usecase::board::{Board, board, by_leader},
    },
    plans,
    work::{
        model::{counts::Counts, state::StateFilter, trail::Point},
        pages::register,
        store::register::{Filter, Tally},
        usecase::{paper::trace, part_act::resource},
    },
};

/// Red lines on the A4, and the lines of its tables.
const PAPER_RED: usize = 5;
const PAPER_LINES: usize = 13;

/// A figure with its goal; its filter opens exactly the rows that it counts.
struct Tile {
    key: &'static str,
    filter: Filter,
    figure: Option<i64>,
    unit: &'static str,
    goal: Option<i64>,
    /// 0 is best.
    badness: i64,
    /// The rows that it opens, and of how many they are.
    of: (i64, i64),
    way: Vec<f64>,
}

fn tiles(filter: &Filter, points: &[Point], sums: Counts, soon: i64) -> Vec<Tile> {
    let way = |f: &dyn Fn(&Point) -> i64| {
        points.iter().map(|point| f64::from(i32::try_from(f(point)).unwrap_or(i32::MAX))).collect()
    };
    let rows = |state| Filter { state: Some(state), ..filter.clone() };
    let active = sums.total - sums.stopped;
    let (on_time, finished) = (share(sums.done, sums.judged(), 0), share(sums.finished(), active, 0));
    let due = points.last().and_then(|now| share(now.due, active, 0)).unwrap_or(0);
    let mut tiles = vec![
        Tile {
            key: "late",
            filter: rows(StateFilter::Late),
            figure: Some(sums.late),
            unit: "",
            goal: Some(0),
            badness: if sums.late > 0 { 100 } else { 0 },
            of: (sums.late, sums.total),
            way: way(&|point| point.late),
        },
        Tile {
            key: "on-time",
            filter: rows(StateFilter::Done),
            figure: on_time,
            unit: "%",
            goal: Some(100),
            badness: on_time.map_or(0, |share| (100 - share) / 2),
            of: (sums.done, sums.judged()),
            way: way(&|point| share(point.on_time, point.judged(), 0).unwrap_or(0)),
        },
        Tile {
            key: "finished",
            filter: rows(StateFilter::Finished),
            figure: finished,
            unit: "%",
            goal: Some(due),
            badness: (due - finished.unwrap_or(0)).max(0) / 2,
            of: (sums.finished(), active),
            way: way(&|point| share(point.done, active, 0).unwrap_or(0)),
        },
        Tile {
            key: "reported",
            filter: rows(StateFilter::Reported),
            figure: Some(sums.reported),
            unit: "",
            goal: None,
            badness: i64::from(sums.reported > 0),
            of: (sums.reported, sums.total),
            way: way(&|point| point.reported),
        },
        Tile {
            key: "soon",
            filter: rows(StateFilter::Soon),
            figure: Some(soon),
            unit: "",
            goal: None,
            badness: 1,
            of: (soon, sums.total),
            way: vec![],
        },
    ];
    tiles.sort_by_key(|tile| -tile.badness);
    tiles
}

impl Tile {
    fn view(&self, req: &Req) -> Value {
        let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
        let look = match self.badness {
            _ if self.figure.is_none() => "",
            0 => "d",
            // Red is for what is late, and for nothing else.
            _ if self.key == "late" => "l",
            _ => "s",
        };
        let name = text(&format!("tile-{}", self.key));
        let goal = i32::try_from(self.goal.unwrap_or(0)).map_or(0.0, f64::from);
        let line = if self.way.is_empty() { String::new() } else { trajectory(&self.way, goal, &name) };
        context! {
            key => self.key, name, look, href => register::href(&self.filter), figure => self.figure, unit => self.unit, goal => self.goal,
            part => self.of.0, whole => self.of.1, line => Value::from_safe_string(line),
        }
    }
}

/// A line of the table: whose it is, where its rows are, its counts.
fn line(name: Option<String>, href: &str, rows: &Filter, sums: Counts) -> Value {
    context! { name, href, rows => register::href(rows), ..view(sums) }
}

/// The longest delays first.
fn worst_first(tallies: &[Tally]) -> Vec<&Tally> {
    let mut tallies: Vec<&Tally> = tallies.iter().collect();
    tallies.sort_by_key(|t| (-t.late, -t.total));
    tallies
}

/// Nothing of it fell due, was reported or stopped: it says nothing yet.
fn is_quiet(tally: &Tally) -> bool {
    let counts = tally.counts();
    counts.judged() + counts.reported + counts.stopped == 0
}

fn by_body(bodies: &BodiesPort, filter: &Filter, tallies: &[&Tally]) -> Vec<Value> {
    let body = |t: &&Tally| {
        let unit = UnitId::from_uuid(t.unit_id);
        let name = bodies.body(unit).map(|body| body.name);
        let rows = Filter { lead: Some(unit), ..filter.clone() };
        line(name, &format!("/agencies/{unit}"), &rows, t.counts())
    };
    tallies.iter().map(body).collect()
}

fn by_leader_lines(filter: &Filter, tallies: &[Tally], charge: &BTreeMap<UnitId, String>) -> Vec<Value> {
    let leader = |(leader, sums): (Option<String>, Counts)| {
        let rows = Filter { leaderless: leader.is_none(), leader: leader.clone(), ..filter.clone() };
        let href = if leader.is_some() { register::href(&rows) } else { String::new() };
        line(leader, &href, &rows, sums)
    };
    by_leader(tallies, charge).into_iter().map(leader).collect()
}

fn sum_of<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Counts {
    tallies.into_iter().map(Tally::counts).sum()
}

/// The first red lines, each with whether the reader may ask for an explanation.
async fn red_lines(req: &Req, board: &Board, limit: usize) -> Result<Vec<Value>, Problem> {
    let (bodies, conn) = (req.app.bodies(), req.app.db().read());
    let rows = board.red.iter().take(limit);
    let mut roles = HashMap::new();
    for plan in rows.clone().map(|(part, _)| part.plan()).collect::<BTreeSet<_>>() {
        roles.insert(plan.uuid(), plans::store::role::list(&conn, plan).await?);
    }
    let mut out = Vec::new();
    for (part, why) in rows {
        let of = resource(part, &[], &roles[&part.plan_id]);
        let (kind, about) = why.parts();
        let whose = about.and_then(|about| bodies.body(UnitId::from_uuid(about.unit_id?)));
        out.push(context! {
            part => register::line(req, bodies, part), kind, words => about.map(|about| about.text.clone()), at => about.map(|about| about.at),
            due => about.and_then(|about| about.due_on.clone()), whose => whose.map(|body| body.short_name), may_ask => req.app.authorizer().check(&req.ctx, "question.ask", &of).is_ok(),
        });
    }
    Ok(out)
}

async fn of_reader(req: &Req, filter: &Filter) -> Result<Arc<Board>, Problem> {
    board(&req.app, filter.clone(), req.app.authorizer().scope(&req.ctx), req.ctx.today()).await
}

pub async fn show(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let filter = counted::filter(&req);
    let board = of_reader(&req, &filter).await?;
    let sums = sum_of(&board.tallies);
    let soon = board.tallies.iter().map(|tally| tally.soon).sum();
    let by_leader = req.query("by").as_deref() == Some("leader");
    let (quiet, told): (Vec<&Tally>, Vec<&Tally>) =
        worst_first(&board.tallies).into_iter().partition(|tally| !by_leader && is_quiet(tally));
    let rows = if by_leader {
        by_leader_lines(&filter, &board.tallies, &board.charge)
    } else {
        by_body(bodies, &filter, &told)
    };
    let tiles = tiles(&filter, &board.points, sums, soon);
    let page = context! {
        rows, by_leader, has_leaders => !board.charge.is_empty(), points => view(&board.points), sums => view(sums), counted => counted::words(&req).await?,
        quiet => by_body(bodies, &filter, &quiet), quiet_sums => view(sum_of(quiet)), all_rows => register::href(&filter),
        tiles => tiles.iter().map(|tile| tile.view(&req)).collect::<Vec<_>>(), red => red_lines(&req, &board, usize::MAX).await?,
        late_rows => register::of_state(&filter, StateFilter::Late), may_charge => req.app.authorizer().check_route(&req.ctx, "question.ask").is_ok(),
    };
    req.page("programme/board.html", page).await
}

/// One A4 for the morning meeting: by leader, the worst bodies and the sum of the others, what is red and why; and what
/// it had no room for.
pub async fn paper(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let filter = counted::filter(&req);
    let board = of_reader(&req, &filter).await?;
    let leaders =
        if board.charge.is_empty() { vec![] } else { by_leader_lines(&filter, &board.tallies, &board.charge) };
    let tallies = worst_first(&board.tallies);
    let (shown, others) = tallies.split_at(PAPER_LINES.saturating_sub(leaders.len()).max(4).min(tallies.len()));
    let red = red_lines(&req, &board, PAPER_RED).await?;
    let sums = sum_of(&board.tallies);
    let page = context! {
        leaders, rows => by_body(bodies, &filter, shown), others => others.len(), other_sums => view(sum_of(others.iter().copied())),
        sums => view(sums), red_left => sums.late - i64::try_from(red.len()).unwrap_or(0), red, counted => counted::words(&req).await?, all_rows => register::href(&filter),
        trace => trace(&req.app, &req.ctx, req.ctx.lang).await?,
    };
    req.page("programme/board_paper.html", page).await
}
