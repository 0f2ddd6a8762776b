//! JSON endpoints under `/api/v1`.

mod me;
mod units;

use utoipa::OpenApi;
use webkit::{Access, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/me", Access::SignedIn, me::get),
        Route::get("/api/v1/units", Access::Action("unit.read"), units::list),
        Route::post("/api/v1/units", Access::Action("unit.edit"), units::post),
        Route::get("/api/v1/units/{id}", Access::Action("unit.read"), units::get),
        Route::patch("/api/v1/units/{id}", Access::Action("unit.edit"), units::patch),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(me::get, units::list, units::post, units::get, units::patch))]
struct Document;

pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
