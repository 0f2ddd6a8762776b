//! "Việc của tôi", and the page of one agency: what it leads, what it helps with, what is due.

use axum::extract::Path;
use kernel::{Problem, Scope, UnitId};
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use super::{register::line, task::own_unit};
use crate::{
    BodiesPort,
    model::state::StateFilter,
    store::{self, part::Filter},
};

pub async fn home(_req: Req) -> Outcome {
    Ok(Req::go("/work", ""))
}

async fn some(req: &Req, filter: Filter, scope: &Scope, limit: u64) -> Result<Vec<Value>, Problem> {
    let bodies = req.app.get::<BodiesPort>()?;
    let rows = store::part::page(&req.app.db().read(), &filter, scope, req.ctx.today(), None, limit).await?;
    Ok(rows.iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|part| line(req, bodies, part)).collect())
}

async fn lists(req: &Req, filter: &Filter, scope: &Scope) -> Result<Value, Problem> {
    let with = |state| Filter { state: Some(state), ..filter.clone() };
    let tally = store::part::tally(&req.app.db().read(), filter, scope, req.ctx.today()).await?;
    let sum = |f: fn(&store::part::Tally) -> i64| tally.iter().map(f).sum::<i64>();
    Ok(context! {
        late => some(req, with(StateFilter::Late), scope, 20).await?, soon => some(req, with(StateFilter::Soon), scope, 20).await?,
        running => some(req, with(StateFilter::Running), scope, 20).await?,
        total => sum(|t| t.total), late_count => sum(|t| t.late), done_count => sum(|t| t.done + t.done_late), running_count => sum(|t| t.running),
    })
}

/// Work of the units of the acting person's posts and below.
pub async fn show(req: Req) -> Outcome {
    let scope = req.app.authorizer().scope(&req.ctx);
    let mine = Scope { own: vec![], ..scope };
    let lists = lists(&req, &Filter::default(), &mine).await?;
    let unit = own_unit(&req).map(|unit| unit.to_string());
    req.page("programme/work.html", context! { lists, unit }).await
}

pub async fn agency(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let body = req.app.get::<BodiesPort>()?.body(id).ok_or_else(Problem::not_found)?;
    let scope = req.app.authorizer().scope(&req.ctx);
    let leads = lists(&req, &Filter { lead: Some(id), ..Filter::default() }, &scope).await?;
    let helps = some(&req, Filter { helps: Some(id), ..Filter::default() }, &scope, 20).await?;
    req.page("programme/agency.html", context! { id => id.to_string(), agency => body.name, lists => leads, helps })
        .await
}
