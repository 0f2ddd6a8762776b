//! Units: list, one, add, change.

use axum::extract::Path;
use kernel::{Problem, UnitId, paging};
use serde::Serialize;
use webkit::{Form, Outcome, Req};

use crate::{
    Directory,
    model::unit::{Unit, UnitKind},
    store,
    usecase::unit_edit::{self, UnitInput},
};

/// A unit on the wire.
#[derive(Serialize, utoipa::ToSchema)]
pub struct UnitJson {
    id: String,
    parent: Option<String>,
    kind: UnitKind,
    name: String,
    short_name: String,
    code: Option<String>,
    legacy_code: Option<String>,
    area_code: Option<String>,
    #[schema(format = Date)]
    valid_from: String,
    #[schema(format = Date)]
    valid_to: Option<String>,
    successor: Option<String>,
    rev: i64,
}

impl From<&Unit> for UnitJson {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id.to_string(),
            parent: unit.parent.map(|id| id.to_string()),
            kind: unit.kind,
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            code: unit.code.clone(),
            legacy_code: unit.legacy_code.clone(),
            area_code: unit.area_code.clone(),
            valid_from: unit.valid_from.to_string(),
            valid_to: unit.valid_to.map(|day| day.to_string()),
            successor: unit.successor.map(|id| id.to_string()),
            rev: unit.rev,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct UnitPage {
    items: Vec<UnitJson>,
    /// What `after` asks for the next page with; none on the last.
    next: Option<String>,
}

/// Units in Vietnamese order, 50 a page.
#[utoipa::path(get, path = "/api/v1/units", params(("q" = Option<String>, Query, description = "words, diacritics optional"), ("kind" = Option<String>, Query), ("after" = Option<String>, Query, description = "cursor")), responses((status = 200, body = UnitPage)))]
pub async fn list(req: Req) -> Outcome {
    let directory = req.app.get::<Directory>()?;
    let after = req.query("after").map(|text| paging::decode(&text)).transpose()?;
    let kind = UnitKind::wanted(req.query("kind").as_deref())?;
    let rows =
        store::unit::page(&directory.db().read(), &req.query("q").unwrap_or_default(), kind, after, paging::PAGE_SIZE)
            .await?;
    let page = paging::Page::from_surplus(rows, paging::PAGE_SIZE, |(sort, unit)| (sort.clone(), unit.id.uuid()));
    let items = page.items.iter().map(|(_, unit)| UnitJson::from(unit)).collect();
    Req::json(&UnitPage { items, next: page.next })
}

/// One unit; the ETag is its revision.
#[utoipa::path(get, path = "/api/v1/units/{id}", params(("id" = String, Path)), responses((status = 200, body = UnitJson)))]
pub async fn get(req: Req, Path(id): Path<UnitId>) -> Outcome {
    let tree = req.app.get::<Directory>()?.tree();
    let unit = tree.unit(id).ok_or_else(Problem::not_found)?;
    Req::json_rev(&UnitJson::from(unit), unit.rev)
}

/// Adds a unit; repeat safely with an Idempotency-Key.
#[utoipa::path(post, path = "/api/v1/units", request_body = UnitInput, responses((status = 200, body = UnitJson)))]
pub async fn post(req: Req, Form(input): Form<UnitInput>) -> Outcome {
    let unit = unit_edit::unit_add(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, &input).await?;
    Req::json_rev(&UnitJson::from(&unit), unit.rev)
}

/// Changes a unit over the revision in If-Match.
#[utoipa::path(patch, path = "/api/v1/units/{id}", params(("id" = String, Path), ("If-Match" = String, Header)), request_body = UnitInput, responses((status = 200, body = UnitJson), (status = 412)))]
pub async fn patch(req: Req, Path(id): Path<UnitId>, Form(input): Form<UnitInput>) -> Outcome {
    let rev = req.if_match()?;
    let unit =
        unit_edit::unit_edit(req.app.get::<Directory>()?, req.app.authorizer(), &req.ctx, id, rev, &input).await?;
    Req::json_rev(&UnitJson::from(&unit), unit.rev)
}
