//! Values and the catalogue for programs.

use derive::Schema;
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;
use webkit::{Outcome, Req};

use crate::{
    pages::figures::{
        list,
        shown::{Standing, standing},
    },
    store::{figures::catalogue::Shared, map::Shares},
    usecase::{
        figures::{catalogue as shared, value::Seen},
        map,
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(values, sharing, catalogue))]
pub struct Documented;

/// A value of an indicator.
#[derive(Debug, Serialize, Schema)]
pub struct FigureValue {
    pub indicator: String,
    pub part: String,
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
#[utoipa::path(get, path = "/api/v1/systems/figures", responses((status = 200, body = FigureList), (status = 404)))]
pub async fn values(req: Req) -> Outcome {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let (period, unit) = (req.ctx.today(), seen.top);
    let mut items = Vec::new();
    for (of, values) in list::values(&req).await? {
        for part in of.parts {
            let (numerator, denominator) = seen.total(&values, part.code);
            let numerator = Some(numerator).filter(|_| standing(of, denominator) == Standing::Known);
            let (indicator, part) = (of.code.to_owned(), part.code.to_owned());
            items.push(FigureValue { indicator, part, period, unit, numerator, denominator });
        }
    }
    Req::json(&FigureList { items })
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Sharing {
    pub items: Vec<Shares>,
}

/// Which bodies give data to which, counted from the declared relations; for those who must know it of one of the two.
#[utoipa::path(get, path = "/api/v1/systems/sharing", responses((status = 200, body = Sharing), (status = 403)))]
pub async fn sharing(req: Req) -> Outcome {
    Req::json(&Sharing { items: map::sharing(&req.app, &req.ctx).await? })
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Catalogue {
    pub items: Vec<Shared>,
}

/// Platforms and databases that the whole province shares, by name.
#[utoipa::path(get, path = "/api/v1/systems/catalogue", responses((status = 200, body = Catalogue)))]
pub async fn catalogue(req: Req) -> Outcome {
    Req::json(&Catalogue { items: shared::catalogue(&req.app).await? })
}
