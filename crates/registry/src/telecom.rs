//! Telecommunications and the dedicated network as parts of the module: addresses, acts that go back, templates, words.

use kernel::Lang;
use webkit::{Access, Route, Thing, Undo};

use crate::{
    api::telecom as api,
    model::telecom::{Coverage, Dedicated, KEEP, KIND, Passive, READ, READ_NETWORK},
    pages::telecom as pages,
    store::telecom as store,
};

pub const THINGS: [Thing; 3] = [
    Thing { kind: "coverage", page: "/telecom/coverage/", named: store::COVERAGE_NAMED },
    Thing { kind: "passive", page: "/telecom/passive/", named: store::PASSIVE_NAMED },
    Thing { kind: "dedicated", page: "/telecom/network/", named: "" },
];

/// Acts that go back to what their rows were before.
pub const UNDO: [Undo; 6] = [
    Undo::of::<Coverage>("coverage.edit"),
    Undo::of::<Passive>("passive.edit"),
    Undo::of::<Dedicated>("dedicated.edit"),
    Undo::at_unit("coverage.import", KEEP, KIND, "/telecom/coverage"),
    Undo::at_unit("passive.import", KEEP, KIND, "/telecom/passive"),
    Undo::at_unit("dedicated.import", KEEP, KIND, "/telecom/network"),
];

pub const TEMPLATES: [(&str, &str); 2] = [
    ("registry/telecom.html", include_str!("../templates/telecom.html")),
    ("registry/telecom_line.html", include_str!("../templates/telecom_line.html")),
];

pub const LOCALES: [(Lang, &str); 2] =
    [(Lang::Vi, include_str!("../locales/telecom.vi.ftl")), (Lang::En, include_str!("../locales/telecom.en.ftl"))];

pub fn routes() -> Vec<Route> {
    let [read, network, keep] = [READ.action, READ_NETWORK.action, KEEP].map(Access::Action);
    let mut routes = vec![
        Route::get("/telecom", read, pages::summary),
        Route::get("/telecom/coverage/{id}", read, pages::coverage),
        Route::get("/telecom/passive/{id}", read, pages::passive),
        Route::get("/telecom/network/{id}", network, pages::dedicated),
        Route::get("/api/v1/telecom", read, api::summary),
        Route::get("/api/v1/telecom/coverage", read, api::coverage_list),
        Route::post("/api/v1/telecom/coverage", keep, api::coverage_post),
        Route::get("/api/v1/telecom/coverage/{id}", read, api::coverage_get),
        Route::patch("/api/v1/telecom/coverage/{id}", keep, api::coverage_patch),
        Route::get("/api/v1/telecom/passive", read, api::passive_list),
        Route::post("/api/v1/telecom/passive", keep, api::passive_post),
        Route::get("/api/v1/telecom/passive/{id}", read, api::passive_get),
        Route::patch("/api/v1/telecom/passive/{id}", keep, api::passive_patch),
        Route::get("/api/v1/telecom/network", network, api::network_list),
        Route::post("/api/v1/telecom/network", keep, api::network_post),
        Route::get("/api/v1/telecom/network/{id}", network, api::network_get),
        Route::patch("/api/v1/telecom/network/{id}", keep, api::network_patch),
    ];
    routes.extend(store::COVERAGE.routes());
    routes.extend(store::PASSIVE.routes());
    routes.extend(store::DEDICATED.routes());
    routes.extend(pages::COVERAGE_IMPORT.routes());
    routes.extend(pages::PASSIVE_IMPORT.routes());
    routes.extend(pages::NETWORK_IMPORT.routes());
    routes
}
