//! All values of a body and what is below it.

use kernel::Problem;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use super::{shown::shown, stated::stated};
use crate::{
    model::figures::{Definition, all},
    usecase::figures::value::{ByBody, Seen, by_body},
};

/// Every indicator with its values by body, of one moment.
pub async fn values(req: &Req) -> Result<Vec<(&'static Definition, ByBody)>, Problem> {
    let (moment, today) = (req.app.db().snapshot().await?, req.ctx.today());
    let mut out = Vec::new();
    for of in all() {
        out.push((of, by_body(req.app.bodies(), &moment, of, today).await?));
    }
    Ok(out)
}

pub async fn page(req: Req) -> Outcome {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let mut cards: Vec<Value> = Vec::new();
    for (of, values) in values(&req).await? {
        let part = |part: &crate::model::figures::Part| {
            let value = shown(of, seen.total(of, &values, part.code), req.ctx.lang);
            context! { code => part.code, value }
        };
        let parts: Vec<Value> = of.parts.iter().map(part).collect();
        let stated = stated(&req, of, &seen, &values).await?;
        cards.push(context! { code => of.code, key => of.key(), parts, stated });
    }
    let unit = seen.top.map(|unit| unit.to_string());
    let name = seen.top.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.name);
    req.page("registry/figures.html", context! { cards, unit, name }).await
}
