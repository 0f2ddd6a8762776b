//! The plan of waves over time: what was placed by hand stays, nobody moves over another's head, and a long plan is shown in
//! parts.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::{Value as Json, json};
use testkit::{Answer, Client, House};

use crate::house;

const OWNER: &str = "Sở Tài chính";
pub const TERMS: [(&str, &str); 7] = [
    ("start_on", "04/01/2027"),
    ("days", "30"),
    ("most_systems", "30"),
    ("most_effort", "900"),
    ("most_waves", "40"),
    ("free_days", "10"),
    ("usual_effort", "20"),
];

async fn add(client: &Client, name: &str) -> String {
    let said = json!({"name": name, "owner": OWNER, "state": "operating", "since": 2020, "hosting": "own_room",
        "packaging": "physical"});
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn rev(house: &House) -> String {
    house.count("SELECT COALESCE(MAX(rev), 0) FROM registry_wave_plan").await.to_string()
}

/// A plan of these systems, with other terms where they are given; who keeps the systems, who steers, and the systems.
pub async fn planned(house: &House, names: &[&str], other: &[(&str, &str)]) -> (Client, Client, Vec<String>) {
    let officer = house.person("so", OWNER, Role::OFFICER).await;
    let steering = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let mut ids = Vec::new();
    for name in names {
        ids.push(add(&officer, name).await);
    }
    steering.form("/systems/assessment", &[]).await;
    let terms =
        TERMS.map(|(name, value)| (name, other.iter().find(|(one, _)| *one == name).map_or(value, |one| one.1)));
    let kept = steering.form("/systems/waves/terms", &[[("rev", "0")].as_slice(), &terms].concat()).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert_eq!(steering.form("/systems/waves", &[]).await.status, StatusCode::SEE_OTHER);
    (officer, steering, ids)
}

async fn moved(client: &Client, rev: &str, system: &str, to: &str) -> Answer {
    client.form("/systems/waves/move", &[("rev", rev), ("system", system), ("to", to)]).await
}

async fn loose(client: &Client, rev: &str, system: &str) -> Answer {
    client.form("/systems/waves/loose", &[("rev", rev), ("system", system)]).await
}

async fn wave_of(client: &Client, system: &str) -> Option<i64> {
    let all = client.get("/api/v1/systems/waves").await.json();
    let waves = all["waves"].as_array().unwrap().clone();
    let holds = |wave: &&Json| wave["systems"].as_array().unwrap().contains(&json!(system));
    waves.iter().find(holds).and_then(|wave| wave["number"].as_i64())
}

#[tokio::test]
async fn what_was_placed_by_hand_stays_through_every_planning_until_it_is_let_loose() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa", "Lịch họp"], &[]).await;
    let [base, upper, other] = [&ids[0], &ids[1], &ids[2]];
    assert_eq!(wave_of(&steering, base).await, Some(1));
    assert_eq!(moved(&steering, &rev(&house).await, base, "3").await.status, StatusCode::SEE_OTHER);
    let needs = [("kind", "runs_on"), ("other", base.as_str())];
    assert_eq!(officer.form(&format!("/systems/{upper}/links"), &needs).await.status, StatusCode::SEE_OTHER);
    for _ in 0..2 {
        steering.form("/systems/waves", &[]).await;
        let waves = (wave_of(&steering, base).await, wave_of(&steering, upper).await, wave_of(&steering, other).await);
        assert_eq!(waves, (Some(3), Some(4), Some(1)), "the rest goes round it");
    }
    // What it breaks is said where it stands.
    assert_eq!(moved(&steering, &rev(&house).await, upper, "2").await.status, StatusCode::SEE_OTHER);
    steering.form("/systems/waves", &[]).await;
    let page = steering.get("/systems/waves").await.body;
    assert!(page.contains("Được xếp tay. Trục mà nó cần chưa chuyển trước đợt này."), "{page}");
    assert!(page.contains("2 hệ thống xếp tay"), "{page}");
    let hands = steering.get("/systems/waves?wave=hand").await.body;
    assert!(hands.contains("Trục") && hands.contains("Một cửa") && !hands.contains("Lịch họp"), "{hands}");
    // Let loose it stays until the next planning, which finds its wave.
    let seen = rev(&house).await;
    assert_eq!(loose(&officer, &seen, base).await.status, StatusCode::FORBIDDEN);
    let entries = house.ledger_length().await;
    assert_eq!(loose(&steering, &seen, base).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.ledger_length().await, entries + 1);
    assert_eq!(loose(&steering, &rev(&house).await, base).await.status, StatusCode::CONFLICT, "it is loose already");
    assert_eq!(wave_of(&steering, base).await, Some(3));
    steering.form("/systems/waves", &[]).await;
    assert_eq!((wave_of(&steering, base).await, wave_of(&steering, upper).await), (Some(1), Some(2)));
    assert_eq!(loose(&steering, &rev(&house).await, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_wave_item WHERE by_hand").await, 0);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn nobody_changes_a_plan_over_what_another_did_since_it_was_seen() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa"], &[]).await;
    let second = house.person("tinh.hai", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let seen = rev(&house).await;
    assert_eq!(moved(&steering, &seen, &ids[0], "3").await.status, StatusCode::SEE_OTHER);
    for answer in [moved(&second, &seen, &ids[0], "5").await, moved(&second, &seen, &ids[1], "5").await] {
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        assert!(answer.body.contains("Kế hoạch vừa được người khác thay đổi"), "{}", answer.body);
    }
    assert_eq!(loose(&second, &seen, &ids[0]).await.status, StatusCode::CONFLICT);
    assert_eq!(moved(&second, "", &ids[0], "5").await.status, StatusCode::CONFLICT, "who says no revision saw none");
    assert_eq!((wave_of(&second, &ids[0]).await, wave_of(&second, &ids[1]).await), (Some(3), Some(1)));
    // Planning and taking back count too.
    let seen = rev(&house).await;
    steering.form("/systems/waves", &[]).await;
    assert_eq!(moved(&second, &seen, &ids[0], "5").await.status, StatusCode::CONFLICT);
    assert_eq!(moved(&second, &rev(&house).await, &ids[0], "5").await.status, StatusCode::SEE_OTHER);
    let seen = rev(&house).await;
    steering.form(&format!("/undo/{}", house.newest("waves.move").await), &[]).await;
    assert_eq!(wave_of(&second, &ids[0]).await, Some(3));
    assert_eq!(moved(&second, &seen, &ids[0], "6").await.status, StatusCode::CONFLICT);
    // What became a state secret meanwhile would come back with a plan that was read before.
    let (seen, path) = (rev(&house).await, format!("/api/v1/systems/{}", ids[1]));
    let at = house.count("SELECT rev FROM registry_system WHERE name = 'Một cửa'").await;
    let owner = officer.header("if-match", &format!("\"{at}\""));
    let secret = owner.json(Method::PATCH, &path, &json!({"state_secret": "yes"})).await;
    assert_eq!(secret.status, StatusCode::OK, "{}", secret.body);
    assert_eq!(moved(&second, &seen, &ids[0], "6").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_system_has_days_of_its_own_and_its_wave_says_which() {
    let house = house().await;
    let (officer, steering, ids) = planned(&house, &["Trục", "Một cửa", "Lịch họp"], &[]).await;
    let doctor = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let seen = officer.header("if-match", "\"1\"");
    let path = |at: usize| format!("/api/v1/systems/{}/assessment", ids[at]);
    let late = json!({"earliest": "01/03/2027"});
    let said = seen.json(Method::PATCH, &path(0), &late).await;
    assert_eq!((said.status, said.json()["earliest"].as_str()), (StatusCode::OK, Some("2027-03-01")), "{}", said.body);
    // Of the first wave six days are left before these, and eight behind them.
    let closed = json!({"closed_days": "10/01/2027 - 25/01/2027\n01/12/2027"});
    let said = seen.json(Method::PATCH, &path(1), &closed).await;
    let lines = json!(["10/01/2027 - 25/01/2027", "01/12/2027 - 01/12/2027"]);
    assert_eq!((said.status, &said.json()["closed_days"]), (StatusCode::OK, &lines), "{}", said.body);
    steering.form("/systems/waves", &[]).await;
    let waves = async || (wave_of(&steering, &ids[0]).await, wave_of(&steering, &ids[1]).await);
    assert_eq!(waves().await, (Some(3), Some(2)));
    assert_eq!(wave_of(&steering, &ids[2]).await, Some(1));
    let page = steering.get("/systems/waves").await.body.replace("&#x2f;", "/");
    for why in ["Không trước 01/03/2027: bỏ qua đợt 1–2.", "Vướng ngày không được chuyển: đợt 1."]
    {
        assert!(page.contains(why), "{why}: {page}");
    }
    let shown = officer.get(&format!("/systems/{}/assessment", ids[0])).await.body;
    assert!(shown.contains("Không chuyển trước ngày") && shown.contains("01&#x2f;03&#x2f;2027"), "{shown}");
    let screen = format!("/systems/{}/assessment/choice", ids[0]);
    assert!(officer.get(&screen).await.body.replace("&#x2f;", "/").contains("01/03/2027"));
    // By the form too; what it leaves empty is any day.
    let again = [("rev", "2"), ("has_effort", "1"), ("effort", "30"), ("earliest", ""), ("closed_days", "")];
    assert_eq!(officer.form(&screen, &again).await.status, StatusCode::SEE_OTHER);
    steering.form("/systems/waves", &[]).await;
    assert_eq!(waves().await, (Some(1), Some(2)));
    officer.form(&format!("/undo/{}", house.newest("assessment.answer").await), &[]).await;
    let days = "SELECT COUNT(*) FROM registry_assessment WHERE earliest = '2027-03-01' AND effort IS NULL";
    assert_eq!(house.count(days).await, 1);
    // What is no day is refused, and so are more spans than anybody needs; nobody else says it.
    let many = (1..=21).map(|day| format!("{day:02}/01/2027")).collect::<Vec<_>>().join("\n");
    let seen = officer.header("if-match", "\"2\"");
    for wrong in [
        json!({"earliest": "hôm nào"}),
        json!({"closed_days": "25/01/2027 - 10/01/2027"}),
        json!({"closed_days": many}),
    ] {
        let refused = seen.json(Method::PATCH, &path(1), &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", refused.body);
    }
    let foreign = doctor.header("if-match", "\"2\"").json(Method::PATCH, &path(1), &late).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_wave_shows_its_first_systems_and_leads_to_all_of_them() {
    let house = house().await;
    let names: Vec<String> = (0..13).map(|n| format!("Phần mềm {n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (_, steering, _) = planned(&house, &names, &[("most_systems", "12")]).await;
    let shown = |page: &str| names.iter().filter(|name| page.contains(&format!(">{name}</a>"))).count();
    let page = steering.get("/systems/waves").await.body;
    assert_eq!(shown(&page), 11, "ten of the first wave and the one of the second: {page}");
    assert!(page.contains("href=\"/systems/waves?wave=1\"") && page.contains("còn 2 hệ thống"), "{page}");
    assert!(!page.contains("href=\"/systems/waves?wave=2\""), "the second has no more than is shown");
    let first = steering.get("/systems/waves?wave=1").await.body;
    assert!(shown(&first) == 12 && first.contains("name=\"to\" value=\"2\"") && first.contains("<svg"), "{first}");
    for nowhere in ["wave=9", "wave=x"] {
        assert_eq!(steering.get(&format!("/systems/waves?{nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    for list in ["/systems/waves", "/api/v1/systems/waves/items"] {
        let answer = steering.get(&format!("{list}?after=-1")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{list}: no cursor");
    }
}

#[tokio::test]
async fn a_program_says_the_terms_plans_and_moves_as_a_person_does() {
    const API: &str = "/api/v1/systems/waves";
    let house = house().await;
    let officer = house.person("so", OWNER, Role::OFFICER).await;
    let steering = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let system = add(&officer, "Trục").await;
    steering.form("/systems/assessment", &[]).await;
    let send = async |path: &str, rev: &Json, said: &Json| {
        let client = steering.header("if-match", &format!("\"{rev}\""));
        client.json(Method::POST, &format!("{API}{path}"), said).await
    };
    let usual = steering.get(&format!("{API}/terms")).await.json();
    assert_eq!(usual["rev"], 0, "nobody has said them: {usual}");
    assert_eq!(steering.get(&format!("{API}/items")).await.json(), json!({"items": [], "next": null}));
    let terms = json!({"start_on": "2027-01-04", "days": 30, "most_systems": 30, "most_effort": 900, "most_waves": 40,
        "free_days": 10, "usual_effort": 20, "blackouts": "2027-01-30 - 2027-02-20"});
    let kept = send("/terms", &usual["rev"], &terms).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert_eq!(kept.json(), steering.get(&format!("{API}/terms")).await.json());
    assert_eq!(kept.json()["blackouts"], json!([{"from": "2027-01-30", "to": "2027-02-20"}]));
    let stale = send("/terms", &usual["rev"], &terms).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    let planned = steering.json(Method::POST, API, &json!({})).await.json();
    assert_eq!((&planned["placed"], &planned["without"]), (&json!(1), &json!(0)), "{planned}");
    let moved = send("/move", &planned["rev"], &json!({"system": system, "to": 3})).await.json();
    assert_eq!(moved["systems"], json!([system]), "{moved}");
    assert_eq!(moved["rev"].to_string(), rev(&house).await, "the next act goes over what this one says");
    let hands = officer.get(&format!("{API}/items?wave=hand")).await.json();
    assert_eq!((&hands["items"][0]["system"], &hands["items"][0]["wave"]), (&json!(system), &json!(3)), "{hands}");
    assert_eq!(officer.get(&format!("{API}/items?wave=1")).await.json()["items"], json!([]));
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(other.get(&format!("{API}/items")).await.json()["items"], json!([]), "of another body nothing is told");
    let loose = send("/loose", &moved["rev"], &json!({"system": system})).await;
    assert_eq!((loose.status, loose.json()["rev"].to_string()), (StatusCode::OK, rev(&house).await), "{}", loose.body);
    assert_eq!(send("/loose", &moved["rev"], &json!({})).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_plan_has_no_more_closed_spans_than_anybody_needs() {
    let house = house().await;
    let (_, steering, _) = planned(&house, &["Trục"], &[]).await;
    let spans = |count: i64| -> String {
        let first = jiff::civil::date(2090, 1, 1);
        let day = |days: i64| (first + jiff::Span::new().days(2 * days)).to_string();
        (0..count).map(day).collect::<Vec<_>>().join("\n")
    };
    let sent = async |count: i64| {
        let (spans, rev) = (spans(count), rev(&house).await);
        let more = [("rev", rev.as_str()), ("blackouts", spans.as_str())];
        steering.form("/systems/waves/terms", &[more.as_slice(), &TERMS].concat()).await
    };
    let many = sent(201).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", many.body);
    assert!(many.body.contains("Quá nhiều khoảng ngày, nhiều nhất 200"), "{}", many.body);
    assert_eq!(sent(200).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_plan_says_that_its_terms_were_changed_until_it_is_planned_again() {
    let house = house().await;
    let (_, steering, _) = planned(&house, &["Trục"], &[]).await;
    let says = async || steering.get("/systems/waves").await.body.contains("lập theo điều kiện cũ");
    assert!(!says().await);
    let seen = rev(&house).await;
    let other = TERMS.map(|(name, value)| (name, if name == "days" { "60" } else { value }));
    let kept = steering.form("/systems/waves/terms", &[[("rev", seen.as_str())].as_slice(), &other].concat()).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert!(says().await);
    // Taken back, the plan is that of its terms again; planned again, too.
    steering.form(&format!("/undo/{}", house.newest("waves.terms").await), &[]).await;
    assert!(!says().await);
    let seen = rev(&house).await;
    steering.form("/systems/waves/terms", &[[("rev", seen.as_str())].as_slice(), &other].concat()).await;
    assert!(says().await);
    steering.form("/systems/waves", &[]).await;
    assert!(!says().await);
}

#[tokio::test]
async fn a_number_that_is_no_wave_is_refused_at_its_box() {
    let house = house().await;
    let (_, steering, ids) = planned(&house, &["Trục", "Một cửa"], &[]).await;
    for wrong in ["0", "99", "abc"] {
        let asked = steering.get(&format!("/systems/waves/move?system={}&to={wrong}", ids[0])).await;
        assert!(asked.location.ends_with(&format!("#to-{}", ids[0])), "{}: {}", asked.status, asked.location);
        let page = steering.get(asked.location.split('#').next().unwrap()).await.body;
        assert!(page.contains(&format!("Không có đợt “{wrong}”. Hãy ghi một số từ 1 đến 40")), "{wrong}: {page}");
        assert!(page.contains(&format!("id=\"to-{}-error\"", ids[0])), "{wrong}: {page}");
        assert!(!page.contains(&format!("id=\"to-{}-error\"", ids[1])), "{wrong}: {page}");
    }
}
