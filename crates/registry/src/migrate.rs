//! Migrations and level dossiers as parts of the module: their addresses, templates, words and commands.

use kernel::Lang;
use webkit::{Access, Cli, LARGEST_FILE, Route, Thing};

use crate::{
    api,
    pages::{self, level, moves},
    store,
    usecase::level::{check::told, own::dossier_self},
};

pub const THINGS: [Thing; 2] = [
    Thing { kind: "migration", page: "/migrations/", named: store::moves::NAMED },
    Thing { kind: "dossier", page: "/levels/", named: store::level::NAMED },
];

pub const TEMPLATES: [(&str, &str); 10] = [
    ("registry/wave_moves.html", include_str!("../templates/wave_moves.html")),
    ("registry/proofs.html", include_str!("../templates/proofs.html")),
    ("registry/road.html", include_str!("../templates/road.html")),
    ("registry/migration.html", include_str!("../templates/migration.html")),
    ("registry/migration_step.html", include_str!("../templates/migration_step.html")),
    ("registry/checklists.html", include_str!("../templates/checklists.html")),
    ("registry/level_facts.html", include_str!("../templates/level_facts.html")),
    ("registry/level_controls.html", include_str!("../templates/level_controls.html")),
    ("registry/dossier.html", include_str!("../templates/dossier.html")),
    ("registry/level_faults.html", include_str!("../templates/level_faults.html")),
];

pub const LOCALES: [(Lang, &str); 2] =
    [(Lang::Vi, include_str!("../locales/migrate.vi.ftl")), (Lang::En, include_str!("../locales/migrate.en.ftl"))];

/// `dinh level …`
pub const LEVEL: Cli = Cli {
    about: "Cấp độ an ninh mạng của hệ thống / security levels of systems",
    import: None,
    commands: &[
        (
            "check",
            "Mọi điều chưa đúng về cấp độ hôm nay / everything that is wrong with levels today",
            |core, ctx| Box::pin(told(core, ctx)),
        ),
        (
            "self",
            "Lập hồ sơ cấp độ và nhãn của chính Đình / fills Dinh's own level dossier and label",
            |core, ctx| Box::pin(dossier_self(core, ctx)),
        ),
    ],
    asked: &[],
};

pub fn routes() -> Vec<Route> {
    let [read, run, dossiers, keep, approve, overrule, system, edit] = [
        "migration.read",
        "migration.run",
        "level.read",
        "level.keep",
        "level.approve",
        "level.overrule",
        "registry.read",
        "registry.edit",
    ]
    .map(Access::Action);
    let mut routes = vec![
        Route::get("/systems/{id}/road", system, pages::road::show),
        Route::get("/systems/{id}/migrate", run, moves::open_form),
        Route::post("/systems/{id}/migrate", run, api::moves::open),
        Route::get("/migrations/checklists", read, moves::checklists),
        Route::get("/migrations/waves", read, pages::wave_moves::show),
        Route::get("/migrations/{id}", read, moves::show),
        Route::get("/migrations/{id}/edit", run, moves::edit_form),
        Route::post("/migrations/{id}/edit", run, api::moves::edit),
        Route::get("/migrations/{id}/acts", read, moves::ask),
        Route::post("/migrations/{id}/acts", read, api::moves::act),
        Route::post("/migrations/{id}/lead", run, api::moves::lead),
        Route::get("/migration-steps/{id}", run, moves::step),
        Route::post("/migration-steps/{id}", run, api::moves::step),
        Route::get("/proofs/{id}/file", system, pages::proofs::file),
        Route::post("/systems/{id}/proofs", edit, api::proofs::system).body_limit(LARGEST_FILE),
        Route::post("/migration-steps/{id}/proofs", run, api::proofs::step).body_limit(LARGEST_FILE),
        Route::post("/levels/{id}/proofs", keep, api::proofs::level).body_limit(LARGEST_FILE),
        Route::get("/api/v1/proofs/{id}/file", system, api::proofs::file),
        Route::get("/api/v1/systems/{id}/proofs", system, api::proofs::of_system),
        Route::post("/api/v1/systems/{id}/proofs", edit, api::proofs::system).body_limit(LARGEST_FILE),
        Route::get("/api/v1/migration-steps/{id}/proofs", read, api::proofs::of_step),
        Route::post("/api/v1/migration-steps/{id}/proofs", run, api::proofs::step).body_limit(LARGEST_FILE),
        Route::get("/api/v1/levels/{id}/proofs", dossiers, api::proofs::of_level),
        Route::post("/api/v1/levels/{id}/proofs", keep, api::proofs::level).body_limit(LARGEST_FILE),
        Route::get("/api/v1/migrations", read, api::moves::list),
        Route::get("/api/v1/migrations/waves", read, api::moves::waves),
        Route::get("/api/v1/migrations/{id}", read, api::moves::get),
        Route::patch("/api/v1/migrations/{id}", run, api::moves::edit),
        Route::post("/api/v1/systems/{id}/migrations", run, api::moves::open),
        Route::post("/api/v1/migrations/{id}/acts", read, api::moves::act),
        Route::post("/api/v1/migrations/{id}/lead", run, api::moves::lead),
        Route::post("/api/v1/migration-steps/{id}", run, api::moves::step),
        Route::get("/systems/{id}/level", keep, level::facts),
        Route::post("/systems/{id}/level", keep, api::level::propose),
        Route::get("/systems/{id}/level-decision", approve, level::decision),
        Route::post("/systems/{id}/level-decision", approve, api::level::record),
        Route::get("/systems/{id}/overrule", overrule, level::overrule),
        Route::post("/systems/{id}/overrule", overrule, api::level::overrule),
        Route::get("/levels/faults", dossiers, level::faults),
        Route::get("/levels/{id}", dossiers, level::show),
        Route::get("/levels/{id}/controls", keep, level::controls_form),
        Route::post("/levels/{id}/controls", keep, api::level::controls),
        Route::get("/levels/{id}/acts", dossiers, level::act),
        Route::post("/levels/{id}/acts", dossiers, api::level::act),
        Route::get("/levels/{id}/papers/{file}", dossiers, api::level::file),
        Route::get("/api/v1/levels", dossiers, api::level::list),
        Route::get("/api/v1/levels/faults", dossiers, api::level::faults),
        Route::get("/api/v1/levels/{id}", dossiers, api::level::get),
        Route::post("/api/v1/systems/{id}/level", keep, api::level::propose),
        Route::post("/api/v1/systems/{id}/level-decision", approve, api::level::record),
        Route::post("/api/v1/systems/{id}/overrule", overrule, api::level::overrule),
        Route::post("/api/v1/levels/{id}/controls", keep, api::level::controls),
        Route::post("/api/v1/levels/{id}/acts", dossiers, api::level::act),
    ];
    routes.extend(store::moves::MIGRATIONS.routes());
    routes.extend(store::level::DOSSIERS.routes());
    routes
}
