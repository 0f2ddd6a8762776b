//! The board: few figures, worst first, and the table that leaders know. Every figure opens its rows.

use kernel::UnitId;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    BodiesPort,
    store::{self, part::Tally},
};

fn row(bodies: &BodiesPort, tally: &Tally) -> Value {
    let unit = UnitId::from_uuid(tally.unit_id);
    context! {
        id => unit.to_string(), name => bodies.body(unit).map(|body| body.name), total => tally.total, done => tally.done, done_late => tally.done_late,
        running => tally.running, late => tally.late, not_yet => tally.not_yet, stopped => tally.stopped,
    }
}

pub async fn show(req: Req) -> Outcome {
    let bodies = req.app.get::<BodiesPort>()?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let filter = super::tasks::filter(&req);
    let mut tally = store::part::tally(&req.app.db().read(), &filter, &scope, req.ctx.today()).await?;
    tally.sort_by_key(|t| (-t.late, -t.total));
    let sum = |f: fn(&Tally) -> i64| tally.iter().map(f).sum::<i64>();
    let total = sum(|t| t.total);
    let share = |n: i64| if total == 0 { Value::from(()) } else { Value::from(n * 100 / total) };
    let (late, done, running) = (sum(|t| t.late), sum(|t| t.done + t.done_late), sum(|t| t.running));
    let page = context! {
        rows => tally.iter().map(|t| row(bodies, t)).collect::<Vec<_>>(), total, late, done, running, late_share => share(late), done_share => share(done),
        sums => context! { done => sum(|t| t.done), done_late => sum(|t| t.done_late), running, late, not_yet => sum(|t| t.not_yet), stopped => sum(|t| t.stopped) },
        year => filter.year,
    };
    req.page("programme/board.html", page).await
}
