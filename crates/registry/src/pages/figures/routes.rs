//! Where they are.

use webkit::{Access, Route};

use super::{baseline, baselines, catalogue, figure, files, list, map, sharing};
use crate::api::{baselines as frozen, figures as api};

pub fn routes() -> Vec<Route> {
    let [read, edit, keep, approve, network] =
        ["registry.read", "registry.edit", "registry.baseline", "registry.baseline_approve", "registry.map"]
            .map(Access::Action);
    vec![
        Route::get("/systems/figures", read, list::page),
        Route::get("/systems/figures.csv", read, files::all_csv),
        Route::get("/systems/figures.xlsx", read, files::all_xlsx),
        Route::get("/systems/figures/{code}", read, figure::page),
        Route::get("/systems/figures/{code}/systems.csv", read, files::csv),
        Route::get("/systems/figures/{code}/systems.xlsx", read, files::xlsx),
        Route::post("/systems/{id}/milestone", edit, frozen::milestone_say),
        Route::get("/systems/baselines", read, baselines::page),
        Route::post("/systems/baselines", keep, frozen::make),
        Route::get("/systems/baselines/approve", approve, baselines::ask),
        Route::post("/systems/baselines/approve", approve, frozen::approve),
        Route::get("/systems/baselines/{id}", read, baseline::page),
        Route::post("/systems/baselines/{id}", read, frozen::change),
        Route::post("/systems/baselines/{id}/systems", read, frozen::add),
        Route::get("/systems/map", network, map::page),
        Route::get("/systems/sharing", network, sharing::page),
        Route::get("/systems/sharing.xlsx", network, sharing::xlsx),
        Route::get("/systems/catalogue", read, catalogue::page),
        Route::get("/systems/catalogue.xlsx", read, catalogue::xlsx),
        Route::get("/systems/catalogue/decision.docx", read, catalogue::docx),
        Route::get("/systems/catalogue/decision.pdf", read, catalogue::pdf),
        Route::get("/public/systems", Access::Public, catalogue::public),
        Route::get("/api/v1/systems/figures", read, api::values),
        Route::get("/api/v1/systems/{id}/milestone", read, frozen::milestone),
        Route::post("/api/v1/systems/{id}/milestone", edit, frozen::milestone_say),
        Route::get("/api/v1/systems/baselines", read, frozen::list),
        Route::post("/api/v1/systems/baselines", keep, frozen::make),
        Route::get("/api/v1/systems/baselines/approve", approve, frozen::open),
        Route::post("/api/v1/systems/baselines/approve", approve, frozen::approve),
        Route::get("/api/v1/systems/baselines/{id}", read, frozen::get),
        Route::post("/api/v1/systems/baselines/{id}", read, frozen::change),
        Route::post("/api/v1/systems/baselines/{id}/systems", read, frozen::add),
        Route::get("/api/v1/systems/figures/{code}", read, api::lines),
        Route::get("/api/v1/systems/map", network, api::body_map),
        Route::get("/api/v1/systems/sharing", network, api::sharing),
        Route::get("/api/v1/systems/catalogue", read, api::catalogue),
    ]
}
