//! Who has said this year that its list is right, and who has not.

use minijinja::{Value, context};
use webkit::{Outcome, Req, view};

use crate::{store::confirmation::Round, usecase::confirm};

pub async fn confirmations(req: Req) -> Outcome {
    let bodies = req.app.bodies();
    let rounds = confirm::rounds(&req.app, &req.ctx, &req.app.db().read()).await?;
    let row = |round: &Round| {
        let unit = round.owner_id;
        let may = confirm::may_confirm(&req.app, &req.ctx, unit).is_ok();
        let name = bodies.body(unit).map(|body| body.name);
        context! { unit => unit.to_string(), name, may, round => view(round) }
    };
    let confirmed = rounds.iter().filter(|round| round.unconfirmed == 0).count();
    let rows: Vec<Value> = rounds.iter().map(row).collect();
    let until = confirm::last_day(req.ctx.today()).to_string();
    let page = context! { rows, confirmed, year => req.ctx.today().year(), until };
    req.page("registry/confirmations.html", page).await
}
