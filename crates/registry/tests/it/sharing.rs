//! Which bodies share data with which: for those who must know it of one of the two.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::usecase::map::{knowing, may_know};
use serde_json::json;
use testkit::{Client, House};

use crate::{added, house};

async fn shares(client: &Client, from: &str, to: &str, kind: &str) {
    let link = json!({"kind": kind, "other": to});
    let answer = client.json(Method::POST, &format!("/api/v1/systems/{from}/links"), &link).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// From, to and how many, as the API tells them.
async fn told(house: &House, client: &Client) -> Vec<(String, String, i64)> {
    let said = client.get("/api/v1/systems/sharing").await.json();
    let name = |unit: &serde_json::Value| {
        let unit: kernel::UnitId = unit.as_str().unwrap().parse().unwrap();
        house.app.bodies().body(unit).unwrap().name
    };
    let row = |one: &serde_json::Value| (name(&one["from"]), name(&one["to"]), one["count"].as_i64().unwrap());
    let mut all: Vec<_> = said["items"].as_array().unwrap().iter().map(row).collect();
    all.sort();
    all
}

#[tokio::test]
async fn bodies_that_share_are_counted_and_others_do_not_stand_there() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let (money, health, commune) = ("Sở Tài chính", "Sở Y tế", "UBND xã Sông Mẫu");
    let mut ids = Vec::new();
    for (name, owner) in
        [("Ngân sách", money), ("Kho dữ liệu", money), ("Bệnh án", health), ("Hộ tịch", commune), ("Cũ", health)]
    {
        ids.push(added(&province, &json!({"name": name, "owner": owner})).await);
    }
    shares(&province, &ids[0], &ids[2], "shares_data").await;
    shares(&province, &ids[1], &ids[2], "shares_data").await;
    shares(&province, &ids[2], &ids[3], "shares_data").await;
    // Within one body, of another kind, and of what is gone: none of these counts.
    shares(&province, &ids[0], &ids[1], "shares_data").await;
    shares(&province, &ids[3], &ids[0], "depends_on").await;
    shares(&province, &ids[4], &ids[0], "shares_data").await;
    let gone = province.header("if-match", "\"1\"");
    let gone = gone.json(Method::PATCH, &format!("/api/v1/systems/{}", ids[4]), &json!({"state": "retired"})).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    let own = (money.to_owned(), health.to_owned(), 2);
    let far = (health.to_owned(), commune.to_owned(), 1);
    assert_eq!(told(&house, &province).await, {
        let mut both = [own.clone(), far];
        both.sort();
        both
    });
    assert_eq!(told(&house, &clerk).await, [own]);
    let page = clerk.get("/systems/sharing").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(health) && !page.body.contains("Sông Mẫu") && !page.body.contains("Bệnh án"));
    assert!(!page.body.contains(&format!("owner={}", house.unit(health))), "no link to what would be refused");
    assert_eq!(clerk.get("/systems/sharing.xlsx").await.status, StatusCode::OK);
    // Who keeps the posts of the same body reads the list and not this.
    let keeper = house.person("qt", money, Role::UNIT_ADMIN).await;
    for path in ["/systems/sharing", "/systems/sharing.xlsx", "/api/v1/systems/sharing"] {
        assert_eq!(keeper.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// A map asks of a hundred bodies at once what the policy says of one.
#[tokio::test]
async fn of_many_bodies_the_same_maps_are_known_as_of_each() {
    let house = house().await;
    let people = [
        ("tinh", "Tỉnh Mẫu", Role::OFFICER),
        ("so", "Sở Tài chính", Role::OFFICER),
        ("xa", "UBND xã Sông Mẫu", Role::LEADER),
        ("qt", "Sở Tài chính", Role::UNIT_ADMIN),
    ];
    let bodies = house.app.bodies().find("", 1000);
    let mut known = Vec::new();
    for (login, unit, role) in people {
        house.person(login, unit, role).await;
        let ctx = house.ctx(login);
        let knows = knowing(&house.app, &ctx);
        for body in &bodies {
            let may = may_know(&house.app, &ctx, body.unit).is_ok();
            assert_eq!(knows(body.unit), may, "{login} {}", body.name);
        }
        known.push(bodies.iter().filter(|body| knows(body.unit)).count());
    }
    assert!(known[0] == bodies.len() && (1..known[0]).contains(&known[1]) && known[3] == 0, "{known:?}");
}
