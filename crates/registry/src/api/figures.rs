//! Values and the catalogue for programs.

use axum::extract::Path;
use derive::Schema;
use jiff::civil::Date;
use kernel::UnitId;
use serde::Serialize;
use webkit::{ListPage, Outcome, Req};

use super::paged;
use crate::{
    model::{LinkKind, figures::Definition},
    pages::figures::{
        figure, list, map as picture,
        shown::{Standing, standing},
    },
    store::{
        figures::{catalogue::Shared, line::Line},
        map::{Node, Shares},
    },
    usecase::{
        figures::{
            catalogue as shared,
            value::{Seen, by_body},
        },
        map::{self, Drawing, Kind},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(paths(values, lines, body_map, sharing, catalogue))]
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

/// A value as programs are told it.
fn told(of: &Definition, value: Option<(i64, i64)>) -> (Option<i64>, i64) {
    let (numerator, denominator) = value.unwrap_or_default();
    (Some(numerator).filter(|_| standing(of, value) == Standing::Known), denominator)
}

/// The values of today over what the caller sees, or of one body (`unit`) and all below it.
#[utoipa::path(get, path = "/api/v1/systems/figures", responses((status = 200, body = FigureList), (status = 404)))]
pub async fn values(req: Req) -> Outcome {
    let seen = Seen::of(&req.app, &req.ctx, req.query("unit").as_deref())?;
    let (period, unit) = (req.ctx.today(), seen.top);
    let mut items = Vec::new();
    for (of, values) in list::values(&req).await? {
        for part in of.parts {
            let (numerator, denominator) = told(of, seen.total(of, &values, part.code));
            let (indicator, part) = (of.code.to_owned(), part.code.to_owned());
            items.push(FigureValue { indicator, part, period, unit, numerator, denominator });
        }
    }
    Req::json(&FigureList { items })
}

/// The value of a part with the systems behind it.
#[derive(Debug, Serialize, Schema)]
pub struct FigureLines {
    indicator: String,
    part: String,
    /// The day whose rows are counted.
    period: Date,
    unit: Option<UnitId>,
    /// None where it is not known, or there is nothing to count.
    numerator: Option<i64>,
    denominator: i64,
    items: Vec<Line>,
    /// What `after` asks for the next page with; none on the last.
    next: Option<String>,
}

/// An indicator over what the caller sees today, or of one body (`unit`) and all below it, with the systems (or
/// enterprises) that could count and why each does or does not, 100 a page. Of a part that is need to know those of whom the caller must.
#[utoipa::path(get, path = "/api/v1/systems/figures/{code}", params(("code" = String, Path), ("part" = Option<String>, Query), ("unit" = Option<String>, Query), ("why" = Option<String>, Query), ("after" = Option<String>, Query)), responses((status = 200, body = FigureLines), (status = 404)))]
pub async fn lines(req: Req, Path(code): Path<String>) -> Outcome {
    let chosen = figure::chosen(&req, &code)?;
    let (of, part, period) = (chosen.of, chosen.part.code, req.ctx.today());
    let values = by_body(req.app.bodies(), &req.app.db().read(), of, period).await?;
    let (numerator, denominator) = told(of, chosen.seen.total(of, &values, part));
    let most = paged::after(&req)?.saturating_add(paged::AT_ONCE + 1);
    let ListPage { items, next } = paged::page(&req, chosen.lines(&req, most).await?)?;
    let (indicator, part, unit) = (of.code.to_owned(), part.to_owned(), chosen.seen.top);
    Req::json(&FigureLines { indicator, part, period, unit, numerator, denominator, items, next })
}

/// What stands on what: relations of one kind between two ends, as one.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MapLine {
    /// A system of the body, or another body for all that it has there.
    from: String,
    to: String,
    kind: LinkKind,
    count: usize,
}

/// The live systems of a body, and how they hang together.
#[derive(Debug, Serialize, Schema)]
pub struct BodyMap {
    owner: UnitId,
    systems: Vec<Node>,
    lines: Vec<MapLine>,
}

/// The map of a body (`owner`), or of the caller's own; for those who must know it. Of other bodies only that something
/// of theirs is in it.
#[utoipa::path(get, path = "/api/v1/systems/map", params(("owner" = Option<String>, Query), ("hosting" = Option<String>, Query), ("level" = Option<String>, Query)), responses((status = 200, body = BodyMap), (status = 403), (status = 404)))]
pub async fn body_map(req: Req) -> Outcome {
    let asked = picture::asked(&req)?;
    let Drawing { boxes, lines } = map::drawing(&req.app, &req.ctx, asked).await?;
    let end = |at: usize| {
        boxes.get(at).map(|one| match &one.kind {
            Kind::Own(node) => node.id.to_string(),
            Kind::Other(unit) => unit.to_string(),
        })
    };
    let line = |line: &map::Line| {
        Some(MapLine { from: end(line.from)?, to: end(line.to)?, kind: line.kind, count: line.count })
    };
    let lines = lines.iter().filter_map(line).collect();
    let own = |one: map::Shape| match one.kind {
        Kind::Own(node) => Some(node),
        Kind::Other(_) => None,
    };
    let systems = boxes.into_iter().filter_map(own).collect();
    Req::json(&BodyMap { owner: asked.owner, systems, lines })
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

/// Platforms and databases that the whole province shares and their owners have confirmed, by name; 100 a page.
#[utoipa::path(get, path = "/api/v1/systems/catalogue", params(("after" = Option<String>, Query)), responses((status = 200, body = ListPage<Shared>)))]
pub async fn catalogue(req: Req) -> Outcome {
    Req::json(&paged::page(&req, shared::catalogue(&req.app).await?)?)
}
