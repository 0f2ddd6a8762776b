//! What assessment, rules, waves and impact give to the module: their routes, rights, acts that go back, templates and words.

use kernel::{Ground, Held, Lang, Problem, Role, Rule};
use webkit::{Access, Kept as _, May, Route, Thing, Undo};

use crate::{
    api::{appraise as api, waves as plan},
    model::{self, System},
    pages::{assessment, impact, questions, rule_draft, rules, waves},
    usecase::{classify::PLAN, review},
};

const PROGRAMME: Held = Held::Of(&[Role::PROGRAMME]);

/// A reviewer may decide otherwise than the rules; rules, weights and waves are for who steers the province's plans.
pub const RULES: [Rule; 2] = [
    Rule { action: review::REVIEW, kind: "System", grounds: &[Ground::Below(PROGRAMME)] },
    Rule { action: PLAN, kind: "Installation", grounds: &[Ground::Below(PROGRAMME)] },
];

const READ: Access = Access::Action("registry.read");
const EDIT: Access = Access::Action("registry.edit");
const REVIEW: Access = Access::Action(review::REVIEW);
const MANAGE: Access = Access::Action(PLAN);
const MAP: Access = Access::Action(model::MAP.action);

pub const THINGS: [Thing; 1] = [Thing { kind: "rules", page: "/systems/rules/", named: "" }];

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/systems/assessment", READ, assessment::overview),
        Route::post("/systems/assessment", MANAGE, api::classify),
        Route::get("/systems/{id}/assessment", READ, assessment::show),
        Route::get("/systems/{id}/assessment/{group}", EDIT, questions::show),
        Route::post("/systems/{id}/assessment/{group}", EDIT, questions::save),
        Route::post("/systems/{id}/copy", EDIT, api::copy),
        Route::get("/systems/{id}/review", REVIEW, assessment::review_form),
        Route::post("/systems/{id}/review", REVIEW, api::review),
        Route::get("/systems/{id}/impact", MAP, impact::show),
        Route::get("/systems/rules", READ, rules::list),
        Route::get("/systems/rules/new", MANAGE, rules::new_form),
        Route::post("/systems/rules/new", MANAGE, api::rules_propose),
        Route::post("/systems/rules/draft", MANAGE, rule_draft::begin),
        Route::get("/systems/rules/{id}", READ, rules::show),
        Route::post("/systems/rules/{id}", MANAGE, rule_draft::act),
        Route::get("/systems/rules/{id}/rule", MANAGE, rule_draft::rule_form),
        Route::post("/systems/rules/{id}/rule", MANAGE, rule_draft::rule_save),
        Route::get("/systems/rules/{id}/use", MANAGE, rules::ask_use),
        Route::post("/systems/rules/{id}/use", MANAGE, api::rules_use),
        Route::get("/systems/weights", READ, rules::weights),
        Route::post("/systems/weights", MANAGE, rules::weights_save),
        Route::get("/systems/waves", READ, waves::show),
        Route::post("/systems/waves", MANAGE, plan::plan),
        Route::get("/systems/waves/terms", MANAGE, waves::terms_form),
        Route::post("/systems/waves/terms", MANAGE, plan::terms_save),
        Route::get("/systems/waves/move", MANAGE, waves::ask_move),
        Route::post("/systems/waves/move", MANAGE, plan::moved),
        Route::post("/systems/waves/loose", MANAGE, plan::loose),
        Route::get("/systems/waves.xlsx", READ, waves::workbook),
        Route::get("/api/v1/systems/{id}/assessment", READ, api::assessment),
        Route::patch("/api/v1/systems/{id}/assessment", EDIT, api::answer),
        Route::post("/api/v1/systems/{id}/copy", EDIT, api::copy),
        Route::post("/api/v1/systems/{id}/review", REVIEW, api::review),
        Route::get("/api/v1/systems/{id}/impact", MAP, api::impact),
        Route::post("/api/v1/systems/classify", MANAGE, api::classify),
        Route::get("/api/v1/systems/rules", READ, api::rules),
        Route::post("/api/v1/systems/rules", MANAGE, api::rules_propose),
        Route::post("/api/v1/systems/rules/{id}/use", MANAGE, api::rules_use),
        Route::get("/api/v1/systems/weights", READ, api::weights),
        Route::get("/api/v1/systems/waves", READ, plan::waves),
        Route::post("/api/v1/systems/waves", MANAGE, plan::plan),
        Route::get("/api/v1/systems/waves/items", READ, plan::items),
        Route::get("/api/v1/systems/waves/terms", READ, plan::terms),
        Route::post("/api/v1/systems/waves/terms", MANAGE, plan::terms_save),
        Route::post("/api/v1/systems/waves/move", MANAGE, plan::moved),
        Route::post("/api/v1/systems/waves/loose", MANAGE, plan::loose),
    ]
}

/// Acts that go back to what their rows were before.
pub const UNDO: [Undo; 14] = [
    Undo::of::<System>("assessment.answer"),
    Undo::of::<System>("assessment.copy"),
    reviewed("assessment.accept"),
    reviewed("assessment.overrule"),
    planned("system.classify", "/systems/assessment"),
    planned("rules.draft", "/systems/rules"),
    planned("rules.edit", "/systems/rules"),
    planned("rules.drop", "/systems/rules"),
    planned("rules.propose", "/systems/rules"),
    planned("rules.use", "/systems/rules"),
    planned("waves.plan", "/systems/waves"),
    planned("waves.move", "/systems/waves"),
    planned("waves.loose", "/systems/waves"),
    planned("waves.terms", "/systems/waves"),
];

const fn planned(act: &'static str, page: &'static str) -> Undo {
    Undo::at_unit(act, PLAN, "Installation", page)
}

const fn reviewed(act: &'static str) -> Undo {
    Undo {
        act,
        whole: None,
        may: May::Asked(|core, ctx, conn, subject| {
            Box::pin(async move {
                let id = subject.parse().map_err(|_| Problem::not_found())?;
                let system = System::seen(core, ctx, conn, id).await?;
                review::may_review(core, ctx, &system).map(|()| format!("/systems/{id}/assessment"))
            })
        }),
        back: None,
    }
}

pub const TEMPLATES: [(&str, &str); 14] = [
    ("registry/assessment.html", include_str!("../templates/assessment.html")),
    ("registry/assessments.html", include_str!("../templates/assessments.html")),
    ("registry/questions.html", include_str!("../templates/questions.html")),
    ("registry/impact.html", include_str!("../templates/impact.html")),
    ("registry/rules.html", include_str!("../templates/rules.html")),
    ("registry/rules_new.html", include_str!("../templates/rules_new.html")),
    ("registry/rules_draft.html", include_str!("../templates/rules_draft.html")),
    ("registry/rule_form.html", include_str!("../templates/rule_form.html")),
    ("registry/weights.html", include_str!("../templates/weights.html")),
    ("registry/waves.html", include_str!("../templates/waves.html")),
    ("registry/review.html", include_str!("../templates/review.html")),
    ("registry/rule_table.html", include_str!("../templates/rule_table.html")),
    ("registry/rule_parts.html", include_str!("../templates/rule_parts.html")),
    ("registry/wave_terms.html", include_str!("../templates/wave_terms.html")),
];

pub const LOCALES: [(Lang, &str); 2] =
    [(Lang::Vi, include_str!("../locales/appraise.vi.ftl")), (Lang::En, include_str!("../locales/appraise.en.ftl"))];
