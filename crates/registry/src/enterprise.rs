//! State-owned enterprises as a part of the module: addresses, acts that go back, templates, words.

use kernel::Lang;
use webkit::{Access, May, Route, Thing, Undo};

use crate::{
    api::enterprises as api,
    model::enterprise::{KEEP, READ},
    pages::enterprises as pages,
    store::enterprise::NAMED,
    usecase::enterprises::undo,
};

pub const THINGS: [Thing; 1] = [Thing { kind: "enterprise", page: "/systems/enterprises/", named: NAMED }];

const fn back(act: &'static str) -> Undo {
    Undo {
        act,
        whole: None,
        may: May::Asked(|core, ctx, _, of| Box::pin(std::future::ready(undo::may_undo(core, ctx, of)))),
        back: Some(|_, tx, entry| Box::pin(undo::back(tx, entry))),
    }
}

/// Acts that go back to what their rows were before.
pub const UNDO: [Undo; 5] = [
    back("enterprise.add"),
    back("enterprise.change"),
    back("enterprise.form"),
    back("enterprise.form_change"),
    back("enterprise.form_mistaken"),
];

pub const TEMPLATES: [(&str, &str); 3] = [
    ("registry/enterprises.html", include_str!("../templates/enterprises.html")),
    ("registry/enterprise.html", include_str!("../templates/enterprise.html")),
    ("registry/enterprise_parts.html", include_str!("../templates/enterprise_parts.html")),
];

pub const LOCALES: [(Lang, &str); 2] = [
    (Lang::Vi, include_str!("../locales/enterprise.vi.ftl")),
    (Lang::En, include_str!("../locales/enterprise.en.ftl")),
];

pub fn routes() -> Vec<Route> {
    let [read, keep] = [READ.action, KEEP.action].map(Access::Action);
    vec![
        Route::get("/systems/enterprises", read, pages::list),
        Route::post("/systems/enterprises", keep, api::add),
        Route::get("/systems/enterprises/{id}", read, pages::show),
        Route::post("/systems/enterprises/{id}", keep, api::change),
        Route::post("/systems/enterprises/{id}/forms", keep, api::form),
        Route::get("/api/v1/systems/enterprises", read, api::list),
        Route::post("/api/v1/systems/enterprises", keep, api::add),
        Route::get("/api/v1/systems/enterprises/{id}", read, api::get),
        Route::post("/api/v1/systems/enterprises/{id}", keep, api::change),
        Route::post("/api/v1/systems/enterprises/{id}/forms", keep, api::form),
    ]
}
