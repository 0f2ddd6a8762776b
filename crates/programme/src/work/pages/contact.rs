//! The page on which a body says whom to call about its part.

use axum::extract::Path;
use kernel::UnitId;
use minijinja::{Value, context};
use webkit::{Outcome, Req, view};

use crate::{
    ids::PartId,
    plans::usecase::behalf,
    work::{
        pages::part::address,
        usecase::{
            contact::{colleagues, contact},
            part_act::part_for,
        },
    },
};

pub async fn form(req: Req, Path(id): Path<PartId>) -> Outcome {
    let part = part_for(&req.app, &req.ctx, id, "part.finish").await?;
    let people = colleagues(&req.app, &req.ctx, &part).await?;
    req.app.db().note_access(&req.ctx, "part.colleagues", id, people.len()).await?;
    let choices: Vec<Value> =
        people.iter().map(|one| context! { value => one.person.to_string(), text => one.name.as_str() }).collect();
    let short = |unit: UnitId| req.app.bodies().body(unit).map(|body| body.short_name);
    let page = context! {
        behalf => behalf::acting(&req.app, &req.ctx, part.unit()).and_then(short), own_short => short(part.unit()),
        part => context! { id => id.to_string(), section => part.section.as_str(), text => part.text.as_str(), href => address(&part) },
        unit => req.app.bodies().body(part.unit()).map(|body| body.name),
        contact => contact(&req.app, &req.ctx, id).await?.map(view), people => choices,
    };
    Req::not_kept(req.page("programme/contact.html", page).await?)
}
