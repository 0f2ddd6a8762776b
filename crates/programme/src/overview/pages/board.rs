//! The board: few figures, worst first, each with its goal and its way there; and the table that leaders know.
//! Every figure opens its rows.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Req, chart::trajectory, view};

use crate::{
    BodiesPort,
    overview::usecase::board::{Board, board, by_leader},
    plans,
    work::{
        model::{counts::Counts, trail::Point},
        pages::register,
        store::register::Tally,
        usecase::{paper::trace, part_act::resource},
    },
};

/// Red lines on the A4, and the lines of its tables.
const PAPER_RED: usize = 5;
const PAPER_LINES: usize = 13;

/// Hundredths of `part` in `whole`; none of nothing.
fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 100 / whole)
}

struct Tile {
    key: &'static str,
    href: &'static str,
    figure: Option<i64>,
    unit: &'static str,
    goal: i64,
    /// 0 is best.
    badness: i64,
    of: (i64, i64),
    way: Vec<f64>,
}

fn tiles(points: &[Point], total: i64, soon: i64, done: i64) -> Vec<Tile> {
    let Some(now) = points.last() else { return vec![] };
    let way = |f: &dyn Fn(&Point) -> i64| {
        points.iter().map(|point| f64::from(i32::try_from(f(point)).unwrap_or(i32::MAX))).collect()
    };
    let on_time = share(now.on_time, now.due);
    let (due_share, done_share) = (share(now.due, total).unwrap_or(0), share(done, total));
    let mut tiles = vec![
        Tile {
            key: "late",
            href: "/tasks?state=late",
            figure: Some(now.late),
            unit: "",
            goal: 0,
            badness: if now.late > 0 { 100 } else { 0 },
            of: (now.late, total),
            way: way(&|point| point.late),
        },
        Tile {
            key: "on-time",
            href: "/tasks?state=done",
            figure: on_time,
            unit: "%",
            goal: 100,
            badness: on_time.map_or(0, |share| (100 - share) / 2),
            of: (now.on_time, now.due),
            way: way(&|point| share(point.on_time, point.due).unwrap_or(0)),
        },
        Tile {
            key: "finished",
            href: "/tasks?state=done",
            figure: done_share,
            unit: "%",
            goal: due_share,
            badness: (due_share - done_share.unwrap_or(0)).max(0) / 2,
            of: (done, total),
            way: way(&|point| share(point.done, total).unwrap_or(0)),
        },
        Tile {
            key: "soon",
            href: "/tasks?state=soon",
            figure: Some(soon),
            unit: "",
            goal: 0,
            badness: 1,
            of: (soon, total),
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
            1..=24 => "s",
            _ => "l",
        };
        let name = text(&format!("tile-{}", self.key));
        let goal = i32::try_from(self.goal).map_or(0.0, f64::from);
        let line = if self.way.is_empty() { String::new() } else { trajectory(&self.way, goal, &name) };
        context! {
            name, look, href => self.href, figure => self.figure, unit => self.unit, has_goal => !self.way.is_empty(), goal => self.goal,
            part => self.of.0, whole => self.of.1, line => Value::from_safe_string(line),
        }
    }
}

/// A line of the table: whose it is, where its rows are, its counts.
fn line(name: Option<String>, href: &str, rows: &str, sums: Counts) -> Value {
    context! { name, href, rows, ..view(sums) }
}

fn by_body<'a>(bodies: &BodiesPort, tallies: impl IntoIterator<Item = &'a Tally>) -> Vec<Value> {
    let mut tallies: Vec<&Tally> = tallies.into_iter().collect();
    tallies.sort_by_key(|t| (-t.late, -t.total));
    let body = |t: &&Tally| {
        let unit = UnitId::from_uuid(t.unit_id);
        let name = bodies.body(unit).map(|body| body.name);
        line(name, &format!("/agencies/{unit}"), &format!("/tasks?lead={unit}"), t.counts())
    };
    tallies.iter().map(body).collect()
}

fn by_leader_lines(tallies: &[Tally], charge: &BTreeMap<UnitId, String>) -> Vec<Value> {
    let leader = |(leader, sums): (Option<String>, Counts)| {
        let rows = match &leader {
            Some(name) => format!("/tasks?leader={}", webkit::url_encode(name)),
            None => "/tasks?".into(),
        };
        let shown = leader.is_some();
        line(leader, if shown { &rows } else { "" }, &rows, sums)
    };
    by_leader(tallies, charge).into_iter().map(leader).collect()
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

async fn of_reader(req: &Req) -> Result<Arc<Board>, Problem> {
    board(&req.app, register::filter(req), req.app.authorizer().scope(&req.ctx), req.ctx.today()).await
}

pub async fn show(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let board = of_reader(&req).await?;
    let sums: Counts = board.tallies.iter().map(Tally::counts).sum();
    let soon = board.tallies.iter().map(|tally| tally.soon).sum();
    let by_leader = req.query("by").as_deref() == Some("leader");
    let rows = if by_leader { by_leader_lines(&board.tallies, &board.charge) } else { by_body(bodies, &board.tallies) };
    let tiles = tiles(&board.points, sums.total, soon, sums.done + sums.done_late);
    let page = context! {
        rows, by_leader, has_leaders => !board.charge.is_empty(), points => view(&board.points), sums => view(sums),
        tiles => tiles.iter().map(|tile| tile.view(&req)).collect::<Vec<_>>(), red => red_lines(&req, &board, usize::MAX).await?,
        may_charge => req.app.authorizer().check_route(&req.ctx, "question.ask").is_ok(),
    };
    req.page("programme/board.html", page).await
}

/// One A4 for the morning meeting: by leader, the worst bodies and the sum of the others, what is red and why.
pub async fn paper(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let board = of_reader(&req).await?;
    let leaders = if board.charge.is_empty() { vec![] } else { by_leader_lines(&board.tallies, &board.charge) };
    let mut tallies: Vec<&Tally> = board.tallies.iter().collect();
    tallies.sort_by_key(|t| (-t.late, -t.total));
    let (shown, others) = tallies.split_at(PAPER_LINES.saturating_sub(leaders.len()).max(4).min(tallies.len()));
    let page = context! {
        leaders, rows => by_body(bodies, shown.iter().copied()), others => others.len(), other_sums => view(others.iter().map(|tally| tally.counts()).sum::<Counts>()),
        sums => view(board.tallies.iter().map(Tally::counts).sum::<Counts>()), red => red_lines(&req, &board, PAPER_RED).await?,
        trace => trace(&req.app, &req.ctx, req.ctx.lang).await?,
    };
    req.page("programme/board_paper.html", page).await
}
