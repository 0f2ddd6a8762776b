//! JSON endpoints under `/api/v1`.

mod accounts;
pub(crate) mod bodies;
mod calendar;
mod me;
mod people;
mod posts;
mod undo;
pub mod units;

use utoipa::OpenApi;
use webkit::{Access, Route};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/me", Access::SignedIn, me::get),
        Route::get("/api/v1/bodies", Access::Action("unit.read"), bodies::find),
        Route::get("/api/v1/people", Access::Action("person.edit"), people::find),
        Route::get("/api/v1/units", Access::Action("unit.read"), units::list),
        Route::post("/api/v1/units", Access::Action("unit.edit"), units::post),
        Route::get("/api/v1/units/{id}", Access::Action("unit.read"), units::get),
        Route::patch("/api/v1/units/{id}", Access::Action("unit.edit"), units::patch),
        Route::get("/api/v1/tokens", Access::Action("person.edit"), accounts::tokens),
        Route::post("/api/v1/tokens/{id}/revoke", Access::SignedIn, accounts::revoke),
        Route::post("/api/v1/accounts/{id}/close", Access::Action("person.edit"), accounts::close),
        Route::post("/api/v1/accounts/{id}/open", Access::Action("person.edit"), accounts::open),
        Route::get("/api/v1/posts/{id}", Access::Action("person.edit"), posts::get),
        Route::patch("/api/v1/posts/{id}", Access::Action("person.edit"), posts::patch),
        Route::post("/api/v1/undo/{seq}", Access::SignedIn, undo::undo),
        Route::get("/api/v1/calendar", Access::Action("calendar.read"), calendar::list),
        Route::post("/api/v1/calendar", Access::Action("calendar.edit"), calendar::amend),
        Route::get("/api/v1/calendar/deadline", Access::Action("calendar.read"), calendar::deadline),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(
    me::get,
    bodies::find,
    people::find,
    units::list,
    units::post,
    units::get,
    units::patch,
    accounts::tokens,
    accounts::revoke,
    accounts::close,
    accounts::open,
    posts::get,
    posts::patch,
    undo::undo,
    calendar::list,
    calendar::amend,
    calendar::deadline
))]
struct Document;

pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
