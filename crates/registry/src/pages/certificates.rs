//! What runs out: certificates of data centres and of addresses, the first to end first.

use jiff::ToSpan as _;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{
    store::papers::{Expiring, MOST},
    usecase::papers,
};

pub async fn certificates(req: Req) -> Outcome {
    let all = papers::expiring(&req.app, &req.ctx, &req.app.db().read()).await?;
    let today = req.ctx.today();
    let soon = today.saturating_add(papers::AHEAD.days());
    let row = |one: &Expiring| {
        let look = match one.valid_until {
            Some(until) if until < today => "late",
            Some(until) if until <= soon => "soon",
            _ => "done",
        };
        let owner = req.app.bodies().body(one.owner_id).map(|body| body.short_name).unwrap_or_default();
        context! {
            href => format!("/systems/{}", one.system_id), name => one.name.clone(), owner, look,
            kind => kernel::Code::words(one.kind), number => one.number.clone(),
            until => one.valid_until.map(|until| until.to_string()),
        }
    };
    let rows: Vec<Value> = all.iter().take(MOST).map(row).collect();
    let page = context! { rows, is_more => all.len() > MOST, most => MOST, days => papers::AHEAD };
    req.page("registry/certificates.html", page).await
}
