//! A body's report on its parts, as the document itself: every figure is a link to its rows, gaps stand in the margin.
//!
//! The first step (soạn) of the reports to come: it is drawn from the register and stores nothing.

use axum::extract::Path;
use kernel::{Problem, UnitId};
use minijinja::context;
use webkit::{Outcome, Req};

use super::register::line;
use crate::{
    BodiesPort,
    model::state::StateFilter,
    store::{
        self,
        part::{Filter, Tally},
    },
};

const LISTED: u64 = 30;

pub async fn show(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let (bodies, conn) = (req.app.get::<BodiesPort>()?, req.app.db().read());
    let body = bodies.body(id).ok_or_else(Problem::not_found)?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let (led, today) = (Filter { lead: Some(id), ..Filter::default() }, req.ctx.today());
    let tally = store::part::tally(&conn, &led, &scope, today).await?;
    let sum = |f: fn(&Tally) -> i64| tally.iter().map(f).sum::<i64>();
    let late = Filter { state: Some(StateFilter::Late), ..led.clone() };
    let late = store::part::page(&conn, &late, &scope, today, None, LISTED).await?;
    let open = store::part::undated(&conn, &led, &scope, today).await?;
    let page = context! {
        id => id.to_string(), agency => body.name, short => body.short_name, day => today.to_string(), year => today.year(), month => today.month(),
        total => sum(|t| t.total), done => sum(|t| t.done + t.done_late), done_late => sum(|t| t.done_late), running => sum(|t| t.running),
        late => sum(|t| t.late), not_yet => sum(|t| t.not_yet), stopped => sum(|t| t.stopped), undated => open,
        rows => late.iter().take(usize::try_from(LISTED).unwrap_or(0)).map(|part| line(&req, bodies, part)).collect::<Vec<_>>(),
    };
    req.page("programme/report.html", page).await
}
