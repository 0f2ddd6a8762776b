//! The board: few figures, worst first, each with its goal and its way there; and the table that leaders know.
//! Every figure opens its rows.

use kernel::UnitId;
use minijinja::{Value, context};
use webkit::{Outcome, Req, chart::trajectory, view};

use super::register;
use crate::{
    BodiesPort,
    model::trail::{Point, months, trail},
    store::{self, register::Tally},
};

const MONTHS: i32 = 12;

fn row(bodies: &BodiesPort, tally: &Tally) -> Value {
    let unit = UnitId::from_uuid(tally.unit_id);
    context! {
        id => unit.to_string(), name => bodies.body(unit).map(|body| body.name), total => tally.total, done => tally.done, done_late => tally.done_late,
        running => tally.running, late => tally.late, not_yet => tally.not_yet, stopped => tally.stopped,
    }
}

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

pub async fn show(req: Req) -> Outcome {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let scope = req.app.authorizer().scope(&req.ctx);
    let (filter, today) = (register::filter(&req), req.ctx.today());
    let mut tally = store::register::tally(&conn, &filter, &scope, today).await?;
    tally.sort_by_key(|t| (-t.late, -t.total));
    let sum = |f: fn(&Tally) -> i64| tally.iter().map(f).sum::<i64>();
    let (total, done) = (sum(|t| t.total), sum(|t| t.done + t.done_late));
    let points = trail(&store::register::buckets(&conn, &filter, &scope, today).await?, &months(today, MONTHS));
    let page = context! {
        rows => tally.iter().map(|t| row(bodies, t)).collect::<Vec<_>>(), total, points => view(&points),
        tiles => tiles(&points, total, sum(|t| t.soon), done).iter().map(|tile| tile.view(&req)).collect::<Vec<_>>(),
        sums => context! { done => sum(|t| t.done), done_late => sum(|t| t.done_late), running => sum(|t| t.running), late => sum(|t| t.late), not_yet => sum(|t| t.not_yet), stopped => sum(|t| t.stopped) },
    };
    req.page("programme/board.html", page).await
}
