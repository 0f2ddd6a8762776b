//! The registry of information systems: whose they are, what they stand on, and their owners' yearly word that the list is
//! right. A system counts once, at its owner. Start with [`module`] and [`model::System`].

mod api;
mod demo;
pub mod generate;
mod inventory;
pub mod model;
mod pages;
mod schema;
mod store;
pub mod usecase;

use kernel::{Lang, Role};
use serde_json::json;
use usecase::confirm::rounds;
use webkit::{Access, Area, Cli, Module, NavItem, Route, Thing};

pub use usecase::dues::OpenRounds;

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        migrations: schema::MIGRATIONS,
        roles: &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::PROGRAMME],
        rules: model::RULES,
        compartments: model::COMPARTMENTS,
        registers: || vec![&store::list::SYSTEMS],
        nav: &[NavItem {
            href: "/systems",
            area: Area::Infrastructure,
            action: "registry.read",
            pages: &[],
            daily: &[],
        }],
        templates: &[
            ("registry/system.html", include_str!("../templates/system.html")),
            ("registry/confirmations.html", include_str!("../templates/confirmations.html")),
            ("registry/add.html", include_str!("../templates/add.html")),
            ("registry/form.html", include_str!("../templates/form.html")),
            ("registry/ours.html", include_str!("../templates/ours.html")),
            ("registry/doubles.html", include_str!("../templates/doubles.html")),
            ("registry/merge.html", include_str!("../templates/merge.html")),
            ("registry/heads.html", include_str!("../templates/heads.html")),
            ("registry/certificates.html", include_str!("../templates/certificates.html")),
            ("registry/components.html", include_str!("../templates/components.html")),
            ("registry/materials.html", include_str!("../templates/materials.html")),
        ],
        locales: &[
            (Lang::Vi, include_str!("../locales/vi.ftl")),
            (Lang::En, include_str!("../locales/en.ftl")),
            (Lang::Vi, include_str!("../locales/inventory.vi.ftl")),
            (Lang::En, include_str!("../locales/inventory.en.ftl")),
        ],
        undo: usecase::UNDO,
        things: &[Thing { kind: "system", page: "/systems/", named: "" }],
        openapi: api::document,
        demo: Some(|app, ctx| Box::pin(demo::fill(app, ctx))),
        cli: Some(CLI),
        ..Module::new("registry")
    }
}

const CLI: Cli = Cli {
    about: "Danh mục hệ thống thông tin / the registry of information systems",
    import: Some(&pages::import::IMPORT),
    commands: &[(
        "rounds",
        "Cơ quan nào đã xác nhận năm nay / which bodies have confirmed this year",
        |core, ctx| Box::pin(async { Ok(json!({ "rounds": rounds(core, ctx, &core.db().read()).await? })) }),
    )],
    asked: inventory::COMMANDS,
};

fn routes() -> Vec<Route> {
    let [read, edit, confirm] = ["registry.read", "registry.edit", "registry.confirm"].map(Access::Action);
    let mut routes = vec![
        Route::get("/systems/new", edit, pages::form::new_form),
        Route::post("/systems/new", edit, api::systems::post),
        Route::get("/systems/confirmations", read, pages::confirmations::confirmations),
        Route::post("/systems/confirmations", confirm, api::systems::confirm),
        Route::get("/systems/{id}", read, pages::show::show),
        Route::get("/systems/{id}/edit", edit, pages::form::edit_form),
        Route::post("/systems/{id}/edit", edit, api::systems::patch),
        Route::post("/systems/{id}/links", edit, api::systems::link),
        Route::get("/api/v1/systems", read, api::systems::list),
        Route::post("/api/v1/systems", edit, api::systems::post),
        Route::get("/api/v1/systems/{id}", read, api::systems::get),
        Route::patch("/api/v1/systems/{id}", edit, api::systems::patch),
        Route::get("/api/v1/systems/{id}/links", read, api::systems::links),
        Route::post("/api/v1/systems/{id}/links", edit, api::systems::link),
        Route::post("/api/v1/systems/confirmations", confirm, api::systems::confirm),
    ];
    routes.extend(pages::import::IMPORT.routes());
    routes.extend(store::list::SYSTEMS.routes());
    routes.extend(inventory::routes());
    routes
}
