//! Checks of security and of risk, the first that is due again first: for who must know.

use jiff::ToSpan as _;
use kernel::Code as _;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    store::checks::{Last, MOST},
    usecase::{checks, papers::AHEAD},
};

pub async fn checks(req: Req) -> Outcome {
    let all = checks::last(&req.app, &req.ctx, &req.app.db().read()).await?;
    let today = req.ctx.today();
    let soon = today.saturating_add(AHEAD.days());
    let row = |one: &Last| {
        let look = match one.next_on {
            Some(next) if next < today => "late",
            Some(next) if next <= soon => "soon",
            Some(_) => "done",
            None => "",
        };
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.short_name).unwrap_or_default();
        context! {
            href => format!("/systems/{}", one.system_id), name => one.name.clone(), owner, look,
            kind => one.kind.words(), outcome => one.outcome.words(), on => one.on_day.to_string(),
            next => one.next_on.map(|next| next.to_string()),
        }
    };
    let rows: Vec<Value> = all.iter().take(MOST).map(row).collect();
    let page = context! { rows, is_more => all.len() > MOST, most => MOST, days => AHEAD };
    req.page("registry/checks.html", page).await
}
