//! The registry of information systems: whose they are, what they stand on, and their owners' yearly word that the list is
//! right. A system counts once, at its owner. Start with [`module`] and [`model::System`].

mod api;
mod demo;
mod migrate;
pub mod model;
mod pages;
mod schema;
mod store;
pub mod usecase;

use kernel::{Lang, Role};
use serde_json::json;
use usecase::confirm::rounds;
use utoipa::OpenApi as _;
use webkit::{Access, Area, Cli, Module, NavItem, Route, Thing};

pub use usecase::{inbox::OpenMoves, level::own::Own};

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        migrations: schema::MIGRATIONS,
        roles: &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::PROGRAMME],
        rules: model::RULES,
        compartments: model::COMPARTMENTS,
        registers: || vec![&store::list::SYSTEMS, &store::moves::MIGRATIONS, &store::level::DOSSIERS],
        nav: &[
            NavItem { href: "/systems", area: Area::Infrastructure, action: "registry.read", pages: &[], daily: &[] },
            migrate::MOVES,
            migrate::LEVELS,
        ],
        templates: &[
            ("registry/system.html", include_str!("../templates/system.html")),
            ("registry/confirmations.html", include_str!("../templates/confirmations.html")),
            ("registry/road.html", include_str!("../templates/road.html")),
            ("registry/migration.html", include_str!("../templates/migration.html")),
            ("registry/migration_step.html", include_str!("../templates/migration_step.html")),
            ("registry/checklists.html", include_str!("../templates/checklists.html")),
            ("registry/level_facts.html", include_str!("../templates/level_facts.html")),
            ("registry/level_controls.html", include_str!("../templates/level_controls.html")),
            ("registry/dossier.html", include_str!("../templates/dossier.html")),
            ("registry/level_faults.html", include_str!("../templates/level_faults.html")),
        ],
        locales: &[
            (Lang::Vi, include_str!("../locales/vi.ftl")),
            (Lang::En, include_str!("../locales/en.ftl")),
            migrate::VI,
            migrate::EN,
        ],
        undo: usecase::UNDO,
        things: &[Thing { kind: "system", page: "/systems/", named: "" }, migrate::MIGRATION, migrate::DOSSIER],
        openapi,
        demo: Some(|app, ctx| Box::pin(demo::fill(app, ctx))),
        cli: Some(CLI),
        more_cli: &[("level", migrate::LEVEL)],
        ..Module::new("registry")
    }
}

const CLI: Cli = Cli {
    about: "Danh mục hệ thống thông tin / the registry of information systems",
    import: Some(&pages::IMPORT),
    commands: &[(
        "rounds",
        "Cơ quan nào đã xác nhận năm nay / which bodies have confirmed this year",
        |core, ctx| Box::pin(async { Ok(json!({ "rounds": rounds(core, ctx, &core.db().read()).await? })) }),
    )],
};

/// What programs can ask for, all of it.
fn openapi() -> utoipa::openapi::OpenApi {
    let mut whole = api::Documented::openapi();
    whole.merge(api::moves::Documented::openapi());
    whole.merge(api::level::Documented::openapi());
    whole
}

fn routes() -> Vec<Route> {
    let [read, edit, confirm] = ["registry.read", "registry.edit", "registry.confirm"].map(Access::Action);
    let mut routes = vec![
        Route::get("/systems/new", edit, pages::new_form),
        Route::post("/systems/new", edit, api::post),
        Route::get("/systems/confirmations", read, pages::confirmations),
        Route::post("/systems/confirmations", confirm, api::confirm),
        Route::get("/systems/{id}", read, pages::show),
        Route::get("/systems/{id}/edit", edit, pages::edit_form),
        Route::post("/systems/{id}/edit", edit, api::patch),
        Route::post("/systems/{id}/links", edit, api::link),
        Route::get("/api/v1/systems", read, api::list),
        Route::post("/api/v1/systems", edit, api::post),
        Route::get("/api/v1/systems/{id}", read, api::get),
        Route::patch("/api/v1/systems/{id}", edit, api::patch),
        Route::get("/api/v1/systems/{id}/links", read, api::links),
        Route::post("/api/v1/systems/{id}/links", edit, api::link),
        Route::post("/api/v1/systems/confirmations", confirm, api::confirm),
    ];
    routes.extend(migrate::routes());
    routes.extend(pages::IMPORT.routes());
    routes.extend(store::list::SYSTEMS.routes());
    routes
}
