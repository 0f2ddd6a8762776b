//! Proofs over the route list: whoever must not come in does not, and whatever changes something is in the ledger.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use testkit::{Answer, Client};
use webkit::{Access, Route};

use crate::{house::House, samples::Samples};

fn routes(house: &House) -> Vec<Route> {
    house.app.modules().iter().flat_map(|module| (module.routes)()).collect()
}

/// A path with ids that exist nowhere.
fn concrete(path: &str) -> String {
    const ZERO: &str = "00000000000000000000000000";
    let kind = match path.split('/').nth(if path.starts_with("/api") { 3 } else { 1 }) {
        Some("plans") => "plan",
        Some("aliases") => "alias",
        Some("tasks") => "task",
        Some("parts") => "part",
        Some("read-rows") => "row",
        Some("read-targets") => "readtarget",
        Some("findings") => "finding",
        Some("posts") => "post",
        Some("people") => "person",
        Some("accounts") => "account",
        Some("tokens") => "token",
        Some("invitations") => "invitation",
        Some("entries") => "entry",
        Some("evidence") => "evidence",
        Some("steps") => "step",
        Some("extensions") => "extension",
        Some("difficulties") => "difficulty",
        Some("questions") => "question",
        Some("letters") => "letter",
        Some("systems") if path.contains("/rules/") => "rules",
        Some("systems") if path.contains("/baselines/") => "baseline",
        Some("systems") if path.contains("/enterprises/") => "enterprise",
        Some("systems") => "system",
        Some("migrations") => "migration",
        Some("migration-steps") => "movestep",
        Some("levels") => "dossier",
        Some("telecom") if path.contains("/passive") => "passive",
        Some("telecom") if path.contains("/network") => "dedicated",
        Some("telecom") => "coverage",
        Some("proofs") => "proof",
        Some("duties") => "duty",
        Some("periods") => "period",
        Some("reports") => "report",
        Some("outside") => "outside",
        Some("targets") => "target",
        Some("values") => "value",
        Some("views") => "view",
        _ => "unit",
    };
    path.replace("{id}", &format!("{kind}_{ZERO}"))
        .replace("{secret}", "nothing")
        .replace("{seq}", "1")
        .replace("{form}", "docx")
        .replace("{topic}", "start")
        .replace("{group}", "ground")
        .replace("{act}", "cancel")
        .replace("{file}", "letter.docx")
        .replace("{code}", "cloud.migrated")
}

async fn knock(client: &Client, route: &Route) -> Answer {
    let path = concrete(route.path);
    match route.method {
        Method::GET => client.get(&path).await,
        _ => {
            client
                .send(route.method.clone(), &path, Some("application/x-www-form-urlencoded"), axum::body::Body::empty())
                .await
        }
    }
}

#[tokio::test]
async fn strangers_are_sent_to_sign_in() {
    let house = House::people().await;
    for route in routes(&house) {
        let answer = knock(&house.client(), &route).await;
        let place = format!("{} {}", route.method, route.path);
        if route.access == Access::Public {
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{place}");
        } else if route.is_api() {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{place}");
        } else {
            assert!(answer.location.starts_with("/sign-in?next="), "{place} {}", answer.status);
        }
    }
}

#[tokio::test]
async fn public_routes_are_few() {
    let house = House::empty().await;
    let public: Vec<_> =
        routes(&house).into_iter().filter(|route| route.access == Access::Public).map(|route| route.path).collect();
    assert_eq!(
        public,
        [
            "/sign-in",
            "/sign-in",
            // Between password and second factor nobody is signed in yet.
            "/sign-in/second-factor",
            "/sign-in/second-factor",
            "/sign-in/oidc",
            "/sign-in/oidc/back",
            "/link/{secret}",
            "/link/{secret}",
            // The days of who was given the link, for a calendar, which cannot sign in.
            "/calendar/{secret}",
            // Only what the followers of a plan made public.
            "/public",
            "/public/plans/{id}",
            // The report of a body without accounts, for who has the link that was sent to it.
            "/r/{secret}",
            "/outside/{id}",
            "/outside/{id}",
            "/outside/{id}/sheet",
            "/outside/{id}/sheet",
            "/outside/{id}/{form}",
            // What the province shares: the list that is published for everybody.
            "/public/systems",
            // The labels that owners have made public, as the decree asks.
            "/public/platforms",
            "/public/platforms/{id}",
            // Texts of the program itself; names of people to ask are told to nobody who has not signed in.
            "/help",
            "/help/{topic}",
        ],
        "the list of exceptions only shrinks"
    );
}

/// Of the gate alone: a route that names an action asks it before anything else, so that who could do it to nothing at all
/// learns nothing by it. Who may do what to which thing is in `role_matrix`.
#[tokio::test]
async fn who_has_no_post_passes_no_gate_that_names_an_action() {
    let house = House::people().await;
    let actions: Vec<&str> =
        house.app.modules().iter().flat_map(webkit::Module::all_actions).map(|(action, _)| action).collect();
    let client = house.person("het.nhiem", "Sở Tài chính", kernel::Role::OFFICER).await;
    let ended = "UPDATE directory_post SET valid_to = '2026-01-31' WHERE person_id = $1";
    let person = house.one("SELECT person_id AS id FROM directory_account WHERE login = 'het.nhiem'", vec![]).await;
    house.exec(ended, db::vals![person]).await;
    for route in routes(&house) {
        let Access::Action(action) = route.access else { continue };
        assert!(actions.contains(&action), "{} names the unknown action {action}", route.path);
        let answer = knock(&client, &route).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn every_change_leaves_a_ledger_entry() {
    // With a mail server, though none that answers.
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let samples =
        Samples { house: &house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    for route in routes(&house).into_iter().filter(|route| route.mutates) {
        let before = house.ledger_length().await;
        let answer = samples.send(&route).await;
        assert!(
            answer.status.is_success() || answer.status.is_redirection(),
            "{} {}: {} {}",
            route.method,
            route.path,
            answer.status,
            answer.body
        );
        assert!(house.ledger_length().await > before, "{} {} left no ledger entry", route.method, route.path);
    }
    let report = db::verify(house.app.db()).await.unwrap();
    assert_eq!(report.faults, [], "a writer changed sealed rows past the ledger");
    assert!(report.rows > 100, "{} sealed rows", report.rows);
    house.lake_is_as_the_rows().await;
    house.acts_have_words().await;
}

#[tokio::test]
async fn the_openapi_document_and_the_routes_say_the_same() {
    let house = House::empty().await;
    let document = house.client().get("/api/openapi.json").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut described: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        described.extend(methods.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let mut served: Vec<String> = routes(&house)
        .iter()
        .filter(|route| route.is_api())
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    described.sort();
    served.sort();
    assert_eq!(described, served);
}

/// Others script against the API: a change of it is seen in a review, and recorded with `cargo xtask bless`.
#[test]
fn openapi_snapshot() {
    let document = webkit::openapi_document(&dinh::wiring::modules());
    insta::assert_snapshot!("openapi", document.to_pretty_json().unwrap());
}

/// Addresses in the navigation of this class.
fn links(body: &str, class: &str) -> Vec<String> {
    let body = body.replace("&#x2f;", "/");
    let nav = body.split(&format!("<nav class=\"{class}\"")).nth(1).unwrap().split("</nav>").next().unwrap();
    nav.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_head_leads_to_every_entry_that_its_reader_may_open() {
    let house = House::demo().await;
    for login in ["quantri", "vidu", "thu"] {
        let client = house.signed_in(login).await;
        let (mut shown, mut open) = (BTreeSet::new(), BTreeSet::new());
        for area in links(&client.get("/account").await.body, "areas") {
            shown.extend(links(&client.get(&area).await.body, "moj-side-navigation"));
        }
        for item in house.app.modules().iter().flat_map(|module| module.nav) {
            if client.get(item.href).await.status == StatusCode::OK {
                open.insert(item.href.to_owned());
            }
        }
        assert_eq!(shown, open, "{login}");
    }
}
