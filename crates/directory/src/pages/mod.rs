//! Pages of the directory.

mod access;
mod aliases;
pub mod calendar;
mod ledger;
mod oidc;
mod people;
mod posts;
mod units;

use webkit::{Access, Route};

pub const TEMPLATES: &[(&str, &str)] = &[
    ("directory/sign_in.html", include_str!("../../templates/sign_in.html")),
    ("directory/link.html", include_str!("../../templates/link.html")),
    ("directory/account.html", include_str!("../../templates/account.html")),
    ("directory/aliases.html", include_str!("../../templates/aliases.html")),
    ("directory/units.html", include_str!("../../templates/units.html")),
    ("directory/unit.html", include_str!("../../templates/unit.html")),
    ("directory/unit_form.html", include_str!("../../templates/unit_form.html")),
    ("directory/unit_import.html", include_str!("../../templates/unit_import.html")),
    ("directory/people.html", include_str!("../../templates/people.html")),
    ("directory/person_form.html", include_str!("../../templates/person_form.html")),
    ("directory/staff_import.html", include_str!("../../templates/staff_import.html")),
    ("directory/post.html", include_str!("../../templates/post.html")),
    ("directory/slips.html", include_str!("../../templates/slips.html")),
    ("directory/access_log.html", include_str!("../../templates/access_log.html")),
    ("directory/calendar.html", include_str!("../../templates/calendar.html")),
    ("directory/ledger.html", include_str!("../../templates/ledger.html")),
];

const SHEET_LIMIT: usize = 10 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    const PEOPLE: Access = Access::Action("person.edit");
    const EDIT: Access = Access::Action("unit.edit");
    vec![
        Route::get("/sign-in", Access::Public, access::sign_in_form),
        Route::post("/sign-in", Access::Public, access::sign_in),
        Route::get("/sign-in/oidc", Access::Public, oidc::start),
        Route::get(crate::oidc::BACK, Access::Public, oidc::back),
        Route::post("/sign-out", Access::SignedIn, access::sign_out),
        Route::get("/link/{secret}", Access::Public, access::link_form),
        Route::post("/link/{secret}", Access::Public, access::link),
        Route::get("/account", Access::SignedIn, access::account),
        Route::get("/units", Access::Action("unit.read"), units::list),
        Route::get("/aliases", Access::Action("unit.read"), aliases::list),
        Route::post("/aliases/{id}/remove", Access::Action("unit.read"), aliases::remove),
        Route::get("/units/new", EDIT, units::new_form),
        Route::post("/units/new", EDIT, units::new),
        Route::get("/units/import", Access::Action("unit.import"), units::import_form),
        Route::post("/units/import", Access::Action("unit.import"), units::import).body_limit(SHEET_LIMIT),
        Route::get("/units/{id}", Access::Action("unit.read"), units::show),
        Route::get("/units/{id}/edit", EDIT, units::edit_form),
        Route::post("/units/{id}/edit", EDIT, units::edit),
        Route::post("/units/{id}/hours", PEOPLE, calendar::hours),
        Route::get("/calendar", Access::Action("calendar.read"), calendar::show),
        Route::post("/calendar", Access::Action("calendar.edit"), calendar::amend),
        Route::get("/people", PEOPLE, people::list),
        Route::get("/people/new", PEOPLE, people::new_form),
        Route::post("/people/new", PEOPLE, people::new),
        Route::get("/people/import", PEOPLE, people::import_form),
        Route::post("/people/import", PEOPLE, people::import).body_limit(SHEET_LIMIT),
        Route::post("/people/reset", PEOPLE, people::reset),
        Route::get("/posts/{id}", PEOPLE, posts::show),
        Route::post("/posts/{id}/end", PEOPLE, people::end),
        Route::post("/posts/{id}/hand-over", PEOPLE, posts::hand_over),
        Route::post("/posts/{id}/another", PEOPLE, posts::another),
        Route::post("/posts/{id}/stand-in", PEOPLE, posts::stand_in),
        Route::get("/ledger", Access::Action("ledger.read"), ledger::list),
        Route::get("/ledger/access", Access::Action("ledger.read"), ledger::access),
    ]
}
