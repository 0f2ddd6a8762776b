//! The registry of information systems: whose they are, what they stand on, and their owners' yearly word that the list is
//! right. A system counts once, at its owner. Start with [`module`] and [`model::System`].

mod api;
mod appraise;
mod appraise_cli;
mod demo;
mod edge;
mod enterprise;
pub mod generate;
mod inventory;
mod migrate;
pub mod model;
mod pages;
mod schema;
mod store;
mod telecom;
pub mod usecase;

use std::sync::Arc;

use kernel::{Lang, Role, Rule};
use usecase::{
    figures::keep::{KEEP, Keep},
    level::paper::PapersPort,
    look::{LOOK, LookAtProofs},
    materials::{STRAYS, Strays},
    sources::AnswerSources,
    veil::{VEIL, Veil},
};
use webkit::{Access, Area, Asked, Cli, FileLookPort, ImportPage, Module, NavItem, Need, Route, Thing, Undo};

pub use usecase::{
    dues::OpenRounds, figures::OwnFigures, inbox::OpenMoves, landscapes::Landscapes, level::own::Own, sources,
};

/// The module's value for `dinh`.
pub fn module() -> Module {
    Module {
        routes,
        migrations: schema::MIGRATIONS,
        roles: &[Role::LEADER, Role::HEAD, Role::OFFICER, Role::PROGRAMME],
        rules: &RULES,
        compartments: model::COMPARTMENTS,
        registers: || {
            vec![
                &store::list::SYSTEMS,
                &store::moves::MIGRATIONS,
                &store::level::DOSSIERS,
                &store::telecom::COVERAGE,
                &store::telecom::PASSIVE,
                &store::telecom::DEDICATED,
            ]
        },
        nav: NAV,
        templates: &TEMPLATES,
        locales: &LOCALES,
        needs: NEEDS,
        jobs: |app| {
            let look = Arc::clone(app.get::<FileLookPort>()?);
            let keep = Keep { bodies: Arc::clone(app.bodies()) };
            Ok(vec![Arc::new(keep), Arc::new(LookAtProofs { look }), Arc::new(Veil), Arc::new(Strays)])
        },
        daily: &[KEEP, LOOK, VEIL, STRAYS],
        undo: &UNDO,
        things: &THINGS,
        openapi: api::document,
        demo: Some(|app, ctx| Box::pin(demo::fill(app, ctx))),
        demo_month: Some(|app, ctx, month| Box::pin(demo::month(app, ctx, month))),
        cli: Some(CLI),
        more_cli: &[("level", migrate::LEVEL)],
        ..Module::new("registry")
    }
}

const NEEDS: &[Need] = &[
    Need::of::<Own>(),
    Need::of::<PapersPort>(),
    Need::of::<FileLookPort>(),
    Need::of::<AnswerSources>(),
    Need::of::<Landscapes>(),
];

/// The most used first: what is beyond seven is folded away.
const NAV: &[NavItem] = &[
    entry("/systems", "registry.read", &[]),
    entry("/systems/figures", "registry.read", &["/systems/baselines", "/systems/enterprises"]),
    entry("/systems/assessment", "registry.read", &[]),
    entry("/systems/waves", "registry.read", &[]),
    entry("/migrations", "migration.read", &["/migration-steps"]),
    entry("/levels", "level.read", &[]),
    entry("/systems/catalogue", "registry.read", &[]),
    entry("/systems/map", "registry.map", &[]),
    entry("/systems/rules", "registry.read", &[]),
    entry("/telecom", "telecom.read", &[]),
];

const fn entry(href: &'static str, action: &'static str, pages: &'static [&'static str]) -> NavItem {
    NavItem { href, area: Area::Infrastructure, action, pages, daily: &[] }
}

const OWN_TEMPLATES: &[(&str, &str)] = &[
    ("registry/system.html", include_str!("../templates/system.html")),
    ("registry/confirmations.html", include_str!("../templates/confirmations.html")),
    ("registry/add.html", include_str!("../templates/add.html")),
    ("registry/form.html", include_str!("../templates/form.html")),
    ("registry/ours.html", include_str!("../templates/ours.html")),
    ("registry/doubles.html", include_str!("../templates/doubles.html")),
    ("registry/merge.html", include_str!("../templates/merge.html")),
    ("registry/heads.html", include_str!("../templates/heads.html")),
    ("registry/certificates.html", include_str!("../templates/certificates.html")),
    ("registry/checks.html", include_str!("../templates/checks.html")),
    ("registry/components.html", include_str!("../templates/components.html")),
    ("registry/materials.html", include_str!("../templates/materials.html")),
];
const FIGURE_TEMPLATES: &[(&str, &str)] = &[
    ("registry/figures.html", include_str!("../templates/figures.html")),
    ("registry/figure.html", include_str!("../templates/figure.html")),
    ("registry/figure_stated.html", include_str!("../templates/figure_stated.html")),
    ("registry/baselines.html", include_str!("../templates/baselines.html")),
    ("registry/baseline.html", include_str!("../templates/baseline.html")),
    ("registry/map.html", include_str!("../templates/map.html")),
    ("registry/sharing.html", include_str!("../templates/sharing.html")),
    ("registry/catalogue.html", include_str!("../templates/catalogue.html")),
    ("registry/public_catalogue.html", include_str!("../templates/public_catalogue.html")),
];
const OWN_LOCALES: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../locales/vi.ftl")),
    (Lang::En, include_str!("../locales/en.ftl")),
    (Lang::Vi, include_str!("../locales/inventory.vi.ftl")),
    (Lang::En, include_str!("../locales/inventory.en.ftl")),
    (Lang::Vi, include_str!("../locales/figures.vi.ftl")),
    (Lang::En, include_str!("../locales/figures.en.ftl")),
];
const OWN_THINGS: &[Thing] = &[Thing { kind: "system", page: "/systems/", named: "" }];

const RULES: [Rule;
    model::RULES.len() + appraise::RULES.len() + model::telecom::RULES.len() + model::enterprise::RULES.len()] =
    joined(&[model::RULES, &appraise::RULES, &model::telecom::RULES, &model::enterprise::RULES]);
const TEMPLATES: [(&str, &str);
    OWN_TEMPLATES.len()
        + appraise::TEMPLATES.len()
        + migrate::TEMPLATES.len()
        + FIGURE_TEMPLATES.len()
        + edge::TEMPLATES.len()
        + telecom::TEMPLATES.len()
        + enterprise::TEMPLATES.len()] = joined(&[
    OWN_TEMPLATES,
    &appraise::TEMPLATES,
    &migrate::TEMPLATES,
    FIGURE_TEMPLATES,
    edge::TEMPLATES,
    &telecom::TEMPLATES,
    &enterprise::TEMPLATES,
]);
const LOCALES: [(Lang, &str);
    OWN_LOCALES.len()
        + appraise::LOCALES.len()
        + migrate::LOCALES.len()
        + edge::LOCALES.len()
        + telecom::LOCALES.len()
        + enterprise::LOCALES.len()] = joined(&[
    OWN_LOCALES,
    &appraise::LOCALES,
    &migrate::LOCALES,
    edge::LOCALES,
    &telecom::LOCALES,
    &enterprise::LOCALES,
]);
const UNDO: [Undo;
    usecase::UNDO.len() + appraise::UNDO.len() + edge::UNDO.len() + telecom::UNDO.len() + enterprise::UNDO.len()] =
    joined(&[usecase::UNDO, &appraise::UNDO, edge::UNDO, &telecom::UNDO, &enterprise::UNDO]);
const ASKED: [Asked; inventory::COMMANDS.len() + appraise_cli::ASKED.len()] =
    joined(&[inventory::COMMANDS, &appraise_cli::ASKED]);
const THINGS: [Thing;
    OWN_THINGS.len() + appraise::THINGS.len() + migrate::THINGS.len() + telecom::THINGS.len() + enterprise::THINGS.len()] =
    joined(&[OWN_THINGS, &appraise::THINGS, &migrate::THINGS, &telecom::THINGS, &enterprise::THINGS]);

/// What several files give, as one list.
const fn joined<T: Copy, const N: usize>(parts: &[&[T]]) -> [T; N] {
    let mut out = [parts[0][0]; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut of = 0;
        while of < parts[part].len() {
            out[at] = parts[part][of];
            (at, of) = (at + 1, of + 1);
        }
        part += 1;
    }
    out
}

const CLI: Cli = Cli {
    about: "Danh mục hệ thống thông tin / the registry of information systems",
    import: Some(&pages::import::IMPORT),
    commands: &[(
        "rounds",
        "Cơ quan nào đã xác nhận năm nay / which bodies have confirmed this year",
        |core, ctx| Box::pin(usecase::confirm::told(core, ctx)),
    )],
    asked: &ASKED,
};

fn routes() -> Vec<Route> {
    let [read, edit, import, confirm] =
        ["registry.read", "registry.edit", "registry.import", "registry.confirm"].map(Access::Action);
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
        Route::post("/api/v1/systems/import", import, api::systems::import).body_limit(ImportPage::LIMIT),
    ];
    routes.extend(migrate::routes());
    routes.extend(pages::import::IMPORT.routes());
    routes.extend(pages::availability::IMPORT.routes());
    routes.extend(store::list::SYSTEMS.routes());
    routes.extend(inventory::routes());
    routes.extend(appraise::routes());
    routes.extend(pages::figures::routes());
    routes.extend(edge::routes());
    routes.extend(telecom::routes());
    routes.extend(enterprise::routes());
    routes
}
