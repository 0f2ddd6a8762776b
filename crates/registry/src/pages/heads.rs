//! What bodies call the columns of their sheets.

use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::{model::Head, usecase::heads};

pub async fn heads(req: Req) -> Outcome {
    let text = |key: &str| req.app.locales().text(req.ctx.lang, key, &[]);
    let all = heads::heads(&req.app, &req.ctx, &req.app.db().read()).await?;
    let label = |name: &str| heads::columns().find(|field| field.name == name).map_or("", |field| field.label);
    let row = |one: &Head| {
        let body = req.app.bodies().body(one.unit_id).map(|body| body.short_name).unwrap_or_default();
        context! { id => one.id.to_string(), body, head => one.head.clone(), field => text(label(&one.field)) }
    };
    let own = req.ctx.actor.posts().first().map(|post| req.app.bodies().written(post.unit, req.ctx.today()));
    let fields = heads::columns().map(|field| context! { value => field.name, text => text(field.label) });
    let page = context! {
        rows => all.iter().map(row).collect::<Vec<Value>>(), fields => fields.collect::<Vec<Value>>(), own,
    };
    req.page("registry/heads.html", page).await
}
