//! All values of a body and what is below it.

use derive::Schema;
use jiff::civil::Date;
use kernel::{Problem, UnitId};
use minijinja::{Value, context};
use serde::Serialize;
use webkit::{Outcome, Req};

use super::shown::{Standing, shown, standing};
use crate::{
    model::figures::{Definition, all},
    usecase::figures::value::{ByBody, Seen, by_body},
};

/// Every indicator with its values by body, of one moment.
pub(super) async fn values(req: &Req) -> Result<Vec<(&'static Definition, ByBody)>, Problem> {
    let (moment, today) = (req.app.db().snapshot().await?, req.ctx.today());
    let mut out = Vec::new();
    for of in all() {
        out.push((of, by_body(req.app.bodies(), &moment, of, today).await?));
    }
    Ok(out)
}

pub async fn page(req: Req) -> Outcome {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let card = |(of, values): (&'static Definition, ByBody)| {
        let part = |part: &crate::model::figures::Part| {
            let value = shown(of, seen.total(&values, part.code), req.ctx.lang);
            context! { code => part.code, value }
        };
        context! { code => of.code, key => of.key(), parts => of.parts.iter().map(part).collect::<Vec<_>>() }
    };
    let cards: Vec<Value> = values(&req).await?.into_iter().map(card).collect();
    let unit = seen.top.map(|unit| unit.to_string());
    let name = seen.top.and_then(|unit| req.app.bodies().body(unit)).map(|body| body.name);
    req.page("registry/figures.html", context! { cards, unit, name }).await
}

/// A value of an indicator.
#[derive(Debug, Serialize, Schema)]
pub struct FigureValue {
    pub indicator: &'static str,
    pub part: &'static str,
    /// The day whose rows were counted.
    pub period: Date,
    /// The body with all below it; none for all that the caller sees.
    pub unit: Option<UnitId>,
    /// None where it is not known, or there is nothing to count.
    pub numerator: Option<i64>,
    pub denominator: i64,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct FigureList {
    pub items: Vec<FigureValue>,
}

/// The values of today over what the caller sees, or of one body (`unit`) and all below it.
#[utoipa::path(get, path = "/api/v1/systems/figures", responses((status = 200, body = FigureList)))]
pub async fn json(req: Req) -> Outcome {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let period = req.ctx.today();
    let mut items = Vec::new();
    for (of, values) in values(&req).await? {
        for part in of.parts {
            let (numerator, denominator) = seen.total(&values, part.code);
            let numerator = Some(numerator).filter(|_| standing(of, denominator) == Standing::Known);
            let (indicator, part, unit) = (of.code, part.code, seen.top);
            items.push(FigureValue { indicator, part, period, unit, numerator, denominator });
        }
    }
    Req::json(&FigureList { items })
}
