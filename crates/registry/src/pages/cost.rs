//! What a system costs with every assumption beside it, and what all of them cost.

use axum::extract::Path;
use kernel::Code as _;
use minijinja::{Value, context};
use portfolio::{Status, cost::Rhythm};
use webkit::{Kept as _, Outcome, Req, view};

use crate::{
    model::{System, SystemId},
    usecase::{
        cost::{self as costing, CostRange, side},
        rule_words::{say, status},
    },
};

/// The price list with its date, its source and how sure it is.
fn basis(req: &Req) -> Value {
    let (text, lang) = (costing::prices().text(), req.ctx.lang);
    let items = text.items.iter().map(|item| {
        let unit = text.drivers.iter().find(|one| one.key == item.driver).map(|one| say(lang, &one.unit));
        let rhythm = match item.rhythm {
            Rhythm::Once => "cost-once",
            Rhythm::Yearly => "cost-yearly",
        };
        context! {
            side => side(item.side), says => say(lang, &item.say), unit, rhythm, grows => item.grows,
            price => view(CostRange::from(item.price)),
        }
    });
    let version = [("version", text.edition.version.as_str().into())];
    let edition = req.app.locales().text(lang, "migration-edition", &version);
    context! {
        edition,
        dated => text.edition.dated.to_string(), status => status(&text.edition),
        is_proposal => text.edition.status == Status::Proposal, source => say(lang, &text.edition.source),
        note => say(lang, &text.edition.note), years => text.years,
        growth => view(CostRange::from(text.growth_percent)),
        items => items.collect::<Vec<_>>(),
    }
}

pub async fn show(req: Req, Path(id): Path<SystemId>) -> Outcome {
    let conn = req.app.db().read();
    let said = costing::system_cost(&req.app, &req.ctx, &conn, id).await?;
    let may_edit = System::seen(&req.app, &req.ctx, &conn, id).await?.check(&req.app, &req.ctx).is_ok();
    let page = context! { said => view(&said), basis => basis(&req), may_edit };
    req.page("registry/cost.html", page).await
}

/// By strategy and by owner.
pub async fn all(req: Req) -> Outcome {
    let said = costing::portfolio(&req.app, &req.ctx, &req.app.db().read()).await?;
    let by_strategy = said.by_strategy.iter().map(|one| {
        let words = one.strategy.map_or_else(|| "cost-no-strategy".to_owned(), |strategy| strategy.words());
        context! { words, sum => view(one.sum) }
    });
    let mut by_owner: Vec<(String, Value)> = said
        .by_owner
        .iter()
        .map(|one| {
            let name = req.app.bodies().body(one.owner).map(|body| body.name).unwrap_or_default();
            (name.clone(), context! { owner => one.owner.to_string(), name, sum => view(one.sum) })
        })
        .collect();
    by_owner.sort_by_cached_key(|(name, _)| kernel::text::sort_key(name));
    let page = context! {
        whole => view(said.whole), by_strategy => by_strategy.collect::<Vec<_>>(),
        by_owner => by_owner.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), basis => basis(&req),
    };
    req.page("registry/costs.html", page).await
}
