//! Addresses that lead away, texts that no database takes, and chance in every field: a page or a refusal in words.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::{Client, Part};

use crate::house::{House, PASSWORD};

/// M5: an address that leads away is followed nowhere.
#[tokio::test]
async fn no_address_leads_away_from_the_site() {
    let house = House::people().await;
    let client = house.client();
    for away in [
        "/%09/evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "/..//evil.example",
        "https://evil.example",
        "/%0D%0ASet-Cookie:a=b",
    ] {
        let answer = client.get(&format!("/language/en?back={away}")).await;
        assert!(answer.location == "/" || answer.status == StatusCode::UNPROCESSABLE_ENTITY, "{away}: {answer:?}");
    }
    assert_eq!(client.get("/language/en?back=/tasks%3Fstate%3Dlate").await.location, "/tasks?state=late");
    for away in ["/\t/evil.example", "//evil.example", "/\\evil.example", "/.//evil.example", "/\n", "/\r\nx: y"] {
        let answer = client.form("/sign-in", &[("login", "vidu"), ("password", PASSWORD), ("next", away)]).await;
        assert!(
            (answer.status == StatusCode::SEE_OTHER && answer.location == "/")
                || answer.status == StatusCode::UNPROCESSABLE_ENTITY,
            "{away:?}: {} {}",
            answer.status,
            answer.location
        );
    }
    let right = [("login", "vidu"), ("password", PASSWORD), ("next", "/tasks?state=late")];
    assert_eq!(client.form("/sign-in", &right).await.location, "/tasks?state=late");
}

/// M15: what no database takes is bad input, on both.
#[tokio::test]
async fn control_characters_are_bad_input_everywhere() {
    let house = House::demo().await;
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
    for page in ["/tasks?leader=%00", "/targets?indicator=%00", "/ledger?subject=%00", "/tasks?q=%1B", "/units?%00=1"] {
        let answer = admin.get(page).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(answer.body.contains("ký tự điều khiển"), "{page}: {}", answer.body);
    }
    let form = house.client().form("/sign-in", &[("login", "a\0"), ("password", "b")]).await;
    assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(form.body.contains("“tên đăng nhập”"), "{}", form.body);
    let task = house.client().form("/sign-in", &[("login", "a\r\n\tb"), ("password", "b")]).await;
    assert!(!task.body.contains("ký tự điều khiển"), "line ends and tabs are text");
    let upload = officer.upload("/plans/new", &[Part::Field("note", "a\u{7}"), Part::File("a.txt", b"x")]).await;
    assert_eq!(upload.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(upload.body.contains("ký tự điều khiển"), "{}", upload.body);
    let api = admin.header("accept-language", "en").get("/api/v1/units?q=%00").await;
    assert_eq!(
        (api.status, api.json()["code"].clone()),
        (StatusCode::UNPROCESSABLE_ENTITY, json!("control-character"))
    );
}

#[tokio::test]
async fn absurd_searches_are_refused_with_words() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for page in ["/people", "/units", "/tasks", "/search"] {
        let answer = admin.get(&format!("{page}?q={}", "a+".repeat(1200))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
        assert!(answer.body.contains("Điều kiện tìm quá dài"), "{page}");
    }
    assert_eq!(admin.get(&format!("/people?q={}", "a+".repeat(90))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_id_that_cannot_be_read_is_not_found_and_a_wrong_method_is_said() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for page in ["/tasks/nonsense", "/units/unit_%00", "/plans/task_00000000000000000000000000", "/parts/%FF"] {
        let answer = admin.get(page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page} {}", answer.body);
        assert!(answer.body.contains("Không tìm thấy") && answer.body.contains("<nav"), "{page}");
    }
    let api = admin.get("/api/v1/plans/nonsense").await;
    assert_eq!(api.status, StatusCode::NOT_FOUND);
    assert_eq!(api.headers["content-type"], "application/problem+json");
    let wrong = admin.form("/ledger", &[]).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.headers["allow"].to_str().unwrap().contains("GET"), "{:?}", wrong.headers);
    assert!(wrong.body.contains("không nhận cách gửi đó"), "{}", wrong.body);
    let api = admin.json(Method::PUT, "/api/v1/me", &json!({})).await;
    assert_eq!((api.status, api.json()["code"].clone()), (StatusCode::METHOD_NOT_ALLOWED, json!("method-not-allowed")));
}

/// Names of query fields, from the sources that ask for them.
fn query_names() -> Vec<String> {
    fn walk(folder: &std::path::Path, out: &mut std::collections::BTreeSet<String>) {
        let asked = regex::Regex::new(r#"quer(?:y|ies)\("([a-z_]+)"\)"#).unwrap();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                out.extend(asked.captures_iter(&text).map(|name| name[1].to_owned()));
            }
        }
    }
    let mut out = ["before", "after", "limit", "cursor"].map(str::to_owned).into();
    for crate_name in ["webkit", "directory", "programme", "notify", "indicators", "dinh"] {
        walk(std::path::Path::new(&format!("{}/../{crate_name}/src", env!("CARGO_MANIFEST_DIR"))), &mut out);
    }
    out.into_iter().collect()
}

/// Real ids by kind, from the links of pages.
async fn real_ids(client: &Client) -> BTreeMap<String, String> {
    let link = regex::Regex::new(r#"href="/([a-z-]+)/([a-z]+_[0-9a-z]{26})"#).unwrap();
    let mut out = BTreeMap::new();
    let duties = client.get("/api/v1/duties").await.json();
    out.extend(duties["items"][0]["id"].as_str().map(|id| ("duties".to_owned(), id.to_owned())));
    let mut pages: Vec<String> =
        ["/plans", "/tasks", "/targets", "/units", "/work", "/board"].map(str::to_owned).to_vec();
    for round in 0..2 {
        for page in std::mem::take(&mut pages) {
            let body = client.get(&page).await.body.replace("&#x2f;", "/");
            for found in link.captures_iter(&body) {
                if out.insert(found[1].to_owned(), found[2].to_owned()).is_none() && round == 0 {
                    pages.push(format!("/{}/{}", &found[1], &found[2]));
                }
            }
        }
    }
    out
}

/// Whatever stands in a query, the answer is a page or a refusal.
#[tokio::test]
async fn chance_in_every_field_of_every_page_is_never_a_fault() {
    let house = House::demo().await;
    let admin = house.signed_in("quantri").await;
    let officer = house.signed_in("vidu").await;
    let (names, ids) = (query_names(), real_ids(&officer).await);
    assert!(names.len() > 15 && ids.len() > 3, "{names:?} {ids:?}");
    let mut seed = 0x9e37_79b9_u64;
    let mut chance = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    const PIECES: [&str; 16] = [
        "%00",
        "%FF%FE",
        "'",
        "%22",
        "%25",
        "_",
        "%F0%9F%98%80",
        "-1",
        "9223372036854775808",
        "2026-02-30",
        "e%CC%81",
        "unit_00000000000000000000000000",
        "a",
        "%E2%80%AE",
        "\\",
        "%0A",
    ];
    let routes: Vec<_> = house.app.modules().iter().flat_map(|module| (module.routes)()).collect();
    let pages = routes.iter().filter(|route| route.method == Method::GET && route.path != "/live");
    let mut asked = 0;
    for route in pages {
        let kind = route.path.split('/').find(|part| ids.contains_key(*part)).unwrap_or_default();
        let id = ids.get(kind).cloned().unwrap_or_else(|| "unit_00000000000000000000000000".into());
        let path = route.path.replace("{id}", &id).replace("{secret}", "x").replace("{form}", "docx");
        for round in 0..testkit::rounds(3) {
            let field = |name: &String, chance: &mut dyn FnMut(usize) -> usize| {
                let value: String = (0..=chance(3)).map(|_| PIECES[chance(PIECES.len())]).collect();
                format!("{name}={value}")
            };
            // Without what is refused at the door in every other round, so that the rest comes further in.
            let query: Vec<String> = names.iter().filter(|_| chance(3) > 0).cloned().collect();
            let query = query.iter().map(|name| field(name, &mut chance)).collect::<Vec<_>>().join("&");
            let query = if round % 3 == 0 { query } else { query.replace("%00", "") };
            for client in [&admin, &officer] {
                let answer = client.get(&format!("{path}?{query}")).await;
                assert!(answer.status.as_u16() < 500, "{path}?{query}: {} {}", answer.status, answer.body);
                asked += 1;
            }
        }
    }
    println!("{asked} requests");
}
