//! What stands beside assessment and figures: costs, value beside effort, labels of platforms. Their routes, acts that
//! go back, templates and words.

use kernel::Lang;
use webkit::{Access, May, Route, Undo};

use crate::{
    api::{cost as api, label as labels},
    model::System,
    pages::{cost, label, value},
    usecase::label::{back_label, back_publish, may_undo_publish},
};

const READ: Access = Access::Action("registry.read");
const EDIT: Access = Access::Action("registry.edit");
const PUBLISH: Access = Access::Action("label.publish");

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/systems/costs", READ, cost::all),
        Route::get("/systems/{id}/cost", READ, cost::show),
        Route::post("/systems/{id}/cost", EDIT, api::cost_say),
        Route::get("/systems/{id}/label", READ, label::show),
        Route::post("/systems/{id}/label", EDIT, labels::label_save),
        Route::get("/systems/{id}/label/publish", PUBLISH, label::ask),
        Route::post("/systems/{id}/label/publish", PUBLISH, labels::label_publish),
        Route::get("/public/platforms", Access::Public, label::public_list),
        Route::get("/public/platforms/{id}", Access::Public, label::public),
        Route::get("/api/v1/systems/{id}/label", READ, labels::label),
        Route::post("/api/v1/systems/{id}/label", EDIT, labels::label_save),
        Route::post("/api/v1/systems/{id}/label/publish", PUBLISH, labels::label_publish),
        Route::get("/systems/value", READ, value::page),
        Route::get("/api/v1/systems/value", READ, api::value),
        Route::get("/api/v1/systems/costs", READ, api::costs),
        Route::get("/api/v1/systems/{id}/cost", READ, api::cost),
        Route::post("/api/v1/systems/{id}/cost", EDIT, api::cost_say),
    ]
}

/// Of an act of whom may make a label public.
const fn publishing(act: &'static str) -> Undo {
    Undo {
        act,
        whole: None,
        may: May::Asked(|core, ctx, conn, of| Box::pin(may_undo_publish(core, ctx, conn, of))),
        back: Some(|_, tx, entry| Box::pin(back_publish(tx, entry))),
    }
}

pub const UNDO: &[Undo] = &[
    Undo::of::<System>("system.cost"),
    Undo { back: Some(|_, tx, entry| Box::pin(back_label(tx, entry))), ..Undo::of::<System>("system.label") },
    publishing("system.label_publish"),
    publishing("system.label_unpublish"),
    publishing("system.label_decline"),
];

pub const TEMPLATES: &[(&str, &str)] = &[
    ("registry/cost.html", include_str!("../templates/cost.html")),
    ("registry/costs.html", include_str!("../templates/costs.html")),
    ("registry/value.html", include_str!("../templates/value.html")),
    ("registry/label.html", include_str!("../templates/label.html")),
    ("registry/label_lines.html", include_str!("../templates/label_lines.html")),
    ("registry/public_label.html", include_str!("../templates/public_label.html")),
    ("registry/public_labels.html", include_str!("../templates/public_labels.html")),
    ("registry/prices.html", include_str!("../templates/prices.html")),
];

pub const LOCALES: &[(Lang, &str)] =
    &[(Lang::Vi, include_str!("../locales/edge.vi.ftl")), (Lang::En, include_str!("../locales/edge.en.ftl"))];
