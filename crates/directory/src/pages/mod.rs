//! Pages of the directory.

mod access;
mod account;
mod aliases;
mod asked;
pub mod calendar;
mod cookies;
mod feed;
mod ledger;
mod mine;
mod oidc;
mod own;
pub(crate) mod people;
mod person;
mod pick;
pub(crate) mod posts;
mod safety;
mod second_factor;
mod undo;
mod unit_names;
mod units;

use webkit::{Access, Finder, ImportPage, Route};

use crate::api;

pub const TEMPLATES: &[(&str, &str)] = &[
    ("directory/sign_in.html", include_str!("../../templates/sign_in.html")),
    ("directory/sign_in_as.html", include_str!("../../templates/sign_in_as.html")),
    ("directory/mine.html", include_str!("../../templates/mine.html")),
    ("directory/person.html", include_str!("../../templates/person.html")),
    ("directory/tie_rows.html", include_str!("../../templates/tie_rows.html")),
    ("directory/tokens.html", include_str!("../../templates/tokens.html")),
    ("directory/token_rows.html", include_str!("../../templates/token_rows.html")),
    ("directory/link.html", include_str!("../../templates/link.html")),
    ("directory/account.html", include_str!("../../templates/account.html")),
    ("directory/account_safety.html", include_str!("../../templates/account_safety.html")),
    ("directory/account_password.html", include_str!("../../templates/account_password.html")),
    ("directory/prove.html", include_str!("../../templates/prove.html")),
    ("directory/second_factor.html", include_str!("../../templates/second_factor.html")),
    ("directory/second_factor_parts.html", include_str!("../../templates/second_factor_parts.html")),
    ("directory/second_factor_reset.html", include_str!("../../templates/second_factor_reset.html")),
    ("directory/account_second_factor.html", include_str!("../../templates/account_second_factor.html")),
    ("directory/recovery.html", include_str!("../../templates/recovery.html")),
    ("directory/refusals.html", include_str!("../../templates/refusals.html")),
    ("directory/aliases.html", include_str!("../../templates/aliases.html")),
    ("directory/pick.html", include_str!("../../templates/pick.html")),
    ("directory/unit.html", include_str!("../../templates/unit.html")),
    ("directory/people.html", include_str!("../../templates/people.html")),
    ("directory/person_form.html", include_str!("../../templates/person_form.html")),
    ("directory/post.html", include_str!("../../templates/post.html")),
    ("directory/post_end.html", include_str!("../../templates/post_end.html")),
    ("directory/account_close.html", include_str!("../../templates/account_close.html")),
    ("directory/sessions_end.html", include_str!("../../templates/sessions_end.html")),
    ("directory/slip_new.html", include_str!("../../templates/slip_new.html")),
    ("directory/slips.html", include_str!("../../templates/slips.html")),
    ("directory/access_log.html", include_str!("../../templates/access_log.html")),
    ("directory/files.html", include_str!("../../templates/files.html")),
    ("directory/calendar.html", include_str!("../../templates/calendar.html")),
    ("directory/feed_once.html", include_str!("../../templates/feed_once.html")),
    ("directory/ledger.html", include_str!("../../templates/ledger.html")),
];

/// People, for whom administers them.
pub const FINDERS: &[Finder] = &[Finder {
    action: "person.edit",
    label: "nav-people",
    find: |req, words| Box::pin(people::found(req, words)),
    all: "/people?q={}",
    instead_of: &[],
}];

pub fn routes() -> Vec<Route> {
    const PEOPLE: Access = Access::Action("person.edit");
    const EDIT: Access = Access::Action("unit.edit");
    let [units_form, units_import] = units::IMPORT.routes();
    vec![
        Route::get("/sign-in", Access::Public, access::sign_in_form),
        Route::post("/sign-in", Access::Public, access::sign_in),
        Route::get("/sign-in/second-factor", Access::Public, second_factor::show),
        Route::post("/sign-in/second-factor", Access::Public, second_factor::take),
        Route::get("/sign-in/oidc", Access::Public, oidc::start),
        Route::get(crate::oidc::BACK, Access::Public, oidc::back),
        Route::post("/sign-out", Access::SignedIn, access::sign_out),
        Route::get("/link/{secret}", Access::Public, access::link_form),
        Route::post("/link/{secret}", Access::Public, access::link),
        Route::get("/calendar/{secret}", Access::Public, feed::show),
        Route::get("/account", Access::SignedIn, account::account),
        Route::post("/account/feed", Access::SignedIn, feed::make),
        Route::post("/account/feed/end", Access::SignedIn, feed::end),
        Route::get("/account/tie", Access::SignedIn, oidc::tie),
        Route::post("/account/tie", Access::SignedIn, mine::tie),
        Route::post("/account/tie/forget", Access::SignedIn, mine::forget),
        Route::post("/undo/{seq}", Access::SignedIn, undo::undo),
        Route::post("/invitations/{id}", Access::SignedIn, mine::invitation),
        Route::get("/tokens", PEOPLE, mine::list),
        Route::get("/tokens/{id}/revoke", Access::SignedIn, asked::revoke),
        Route::post("/tokens/{id}/revoke", Access::SignedIn, mine::revoke),
        Route::get("/accounts/{id}/untie", Access::SignedIn, asked::untie),
        Route::post("/accounts/{id}/untie", Access::SignedIn, mine::untie),
        Route::get("/accounts/{id}/close", PEOPLE, person::close_form),
        Route::post("/accounts/{id}/close", PEOPLE, person::close),
        Route::post("/accounts/{id}/open", PEOPLE, person::open),
        Route::post("/accounts/{id}/expect", PEOPLE, person::expect),
        Route::get("/account/password", Access::SignedIn, safety::password_form),
        Route::post("/account/password", Access::SignedIn, safety::password),
        Route::get("/account/prove", Access::SignedIn, safety::prove_form),
        Route::post("/account/prove", Access::SignedIn, safety::prove),
        Route::get("/account/sessions", Access::SignedIn, safety::end_sessions_form),
        Route::post("/account/sessions", Access::SignedIn, safety::end_sessions),
        Route::get("/account/second-factor", Access::SignedIn, second_factor::own),
        Route::post("/account/second-factor", Access::SignedIn, second_factor::own_act),
        Route::get("/pick", Access::Action("unit.read"), pick::show),
        Route::get("/aliases", Access::Action("unit.read"), aliases::list),
        Route::post("/aliases/{id}/remove", Access::Action("unit.read"), aliases::remove),
        Route::post("/aliases/{id}/restore", Access::Action("unit.read"), aliases::restore),
        Route::get("/units/new", EDIT, units::new_form),
        Route::post("/units/new", EDIT, api::units::post),
        units_form,
        units_import,
        Route::get("/units/{id}", Access::Action("unit.read"), units::show),
        Route::get("/units/{id}/edit", EDIT, units::edit_form),
        Route::post("/units/{id}/edit", EDIT, api::units::patch),
        Route::post("/units/{id}/hours", PEOPLE, calendar::hours),
        Route::get("/calendar", Access::Action("calendar.read"), calendar::show),
        Route::post("/calendar", Access::Action("calendar.edit"), calendar::amend),
        Route::get("/people", PEOPLE, people::list),
        Route::get("/people/new", PEOPLE, people::new_form),
        Route::post("/people/new", PEOPLE, people::new),
        Route::get("/people/import", PEOPLE, people::import_form),
        Route::post("/people/import", PEOPLE, people::import).body_limit(ImportPage::LIMIT),
        Route::get("/people/reset", PEOPLE, people::reset_form),
        Route::post("/people/reset", PEOPLE, people::reset),
        Route::get("/people/{id}", PEOPLE, person::show),
        Route::post("/people/{id}/rename", PEOPLE, person::rename),
        Route::post("/people/{id}/erase", PEOPLE, person::erase),
        Route::get("/people/second-factor", PEOPLE, second_factor::reset_form),
        Route::post("/people/second-factor", PEOPLE, second_factor::reset),
        Route::get("/posts/{id}", PEOPLE, posts::show),
        Route::post("/posts/{id}/edit", PEOPLE, posts::edit),
        Route::get("/posts/{id}/end", PEOPLE, posts::end_form),
        Route::post("/posts/{id}/end", PEOPLE, posts::end),
        Route::post("/posts/{id}/hand-over", PEOPLE, posts::hand_over),
        Route::post("/posts/{id}/another", PEOPLE, posts::another),
        Route::post("/posts/{id}/stand-in", PEOPLE, posts::stand_in),
        Route::get("/ledger/files", Access::Action("ledger.read"), ledger::files),
        Route::get("/ledger", Access::Action("ledger.read"), ledger::list),
        Route::get("/ledger.csv", Access::Action("ledger.read"), ledger::file),
        Route::get("/ledger/access", Access::Action("ledger.read"), ledger::access),
        Route::get("/ledger/refusals", Access::Action("ledger.read"), ledger::refusals),
    ]
}
