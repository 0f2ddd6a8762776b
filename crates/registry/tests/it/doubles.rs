//! The same system from two bodies: found, shown, merged, taken back.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::model::SystemId;
use serde_json::{Value, json};
use testkit::{Client, House, Part};

use crate::{added, house};

#[tokio::test]
async fn doubles_are_merged_with_all_that_hangs_on_them_and_come_back() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let said = |owner: &str, name: &str, address: &str| json!({"name": name, "owner": owner, "address": address});
    let one = added(&province, &said("Sở Tài chính", "Quản lý giá", "https://www.gia.example/")).await;
    let two = added(&province, &said("Sở Y tế", "Cơ sở dữ liệu về giá", "http://gia.example")).await;
    let on = added(&province, &said("Sở Nội vụ", "Trục dữ liệu", "")).await;
    let alone = added(&province, &said("Sở Xây dựng", "Quản lý giá", "https://khac.example")).await;
    let link = async |from: &str, kind: &str, other: &str| {
        let body = json!({"kind": kind, "other": other});
        let answer = province.json(Method::POST, &format!("/api/v1/systems/{from}/links"), &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    };
    link(&one, "depends_on", &on).await;
    link(&two, "depends_on", &on).await;
    link(&two, "shares_data", &one).await;
    link(&on, "shares_data", &two).await;
    link(&two, "used_by", "UBND xã Sông Mẫu").await;
    let paper = json!({"kind": "tls", "number": "A1", "valid_until": "01/02/2030"});
    let certificates = format!("/api/v1/systems/{two}/certificates");
    assert_eq!(province.json(Method::POST, &certificates, &paper).await.status, StatusCode::OK);
    // One address in two spellings is found; one name at two addresses is not.
    let page = province.get("/systems/doubles").await.body;
    assert!(page.contains("Cơ sở dữ liệu về giá") && page.contains("1 cặp"), "{page}");
    let pairs = province.get("/api/v1/systems/doubles").await.json();
    let pair = &pairs["items"][0];
    assert_eq!((pairs["items"].as_array().unwrap().len(), &pairs["next"]), (1, &Value::Null), "{pairs}");
    assert_eq!((&pair["is_address"], &pair["is_name"], &pair["may"]), (&json!(true), &json!(false), &json!(true)));
    assert!([&pair["one"]["id"], &pair["other"]["id"]].contains(&&json!(two)), "{pairs}");
    assert_eq!(clerk.get("/api/v1/systems/doubles").await.json()["items"], json!([]), "of others nothing is told");
    let side = province.get(&format!("/systems/{one}/merge?other={two}")).await.body;
    assert!(side.contains("Quản lý giá (cột trái)") && side.contains("gia.example"), "{side}");
    // Who keeps only one of them merges none.
    let merge = json!({"other": two, "stays": one, "fill": "1"});
    let path = format!("/api/v1/systems/{one}/merge");
    assert_eq!(clerk.json(Method::POST, &path, &merge).await.status, StatusCode::NOT_FOUND);
    let wrong = json!({"other": two, "stays": alone});
    assert_eq!(province.json(Method::POST, &path, &wrong).await.json()["code"], "merge-which");
    let before = (house.count("SELECT COUNT(*) FROM registry_relation").await, house.ledger_length().await);
    let merged = province.json(Method::POST, &path, &merge).await;
    assert_eq!((merged.status, merged.json()["id"].as_str()), (StatusCode::OK, Some(one.as_str())), "{}", merged.body);
    assert_eq!(house.ledger_length().await, before.1 + 1, "all of it is one act");
    let gone = province.get(&format!("/api/v1/systems/{two}")).await.json();
    assert_eq!((gone["state"].as_str(), gone["merged_into"].as_str()), (Some("mistaken"), Some(one.as_str())));
    let links = province.get(&format!("/api/v1/systems/{one}/links")).await.json();
    let told = |links: &Value| {
        let one = |link: &Value| format!("{} {}", link["kind"].as_str().unwrap(), link["name"].as_str().unwrap());
        let mut all: Vec<String> = links.as_array().unwrap().iter().map(one).collect();
        all.sort();
        all
    };
    let expected =
        ["depends_on Trục dữ liệu", "shares_data Trục dữ liệu", "used_by Sở Y tế", "used_by UBND xã Sông Mẫu"];
    assert_eq!(told(&links), expected);
    let papers = province.get(&format!("/api/v1/systems/{one}/certificates")).await.json();
    assert_eq!(papers[0]["number"], "A1");
    let shown = province.get(&format!("/systems/{two}")).await.body;
    assert!(shown.contains("Đã gộp vào:") && shown.contains("Quản lý giá"), "{shown}");
    assert_eq!(province.json(Method::POST, &path, &merge).await.status, StatusCode::CONFLICT, "gone already");
    house.lake_is_as_the_rows().await;
    // All of it goes back with the act, for who keeps both.
    let refused = clerk.form(&format!("/undo/{}", house.newest("system.merge").await), &[]).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE merged_into IS NOT NULL").await, 1);
    let undone = province.form(&format!("/undo/{}", house.newest("system.merge").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_relation").await, before.0);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE merged_into IS NOT NULL").await, 0);
    assert_eq!(told(&province.get(&format!("/api/v1/systems/{two}/links")).await.json()).len(), 4);
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn two_that_are_two_are_not_shown_again() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let said = |owner: &str| json!({"name": "Trang thông tin", "owner": owner});
    let one = added(&province, &said("UBND xã Sông Mẫu")).await;
    let two = added(&province, &said("UBND xã Đồi Mẫu")).await;
    assert!(province.get("/systems/doubles").await.body.contains("1 cặp"));
    let apart = [("other", two.as_str()), ("apart", "1")];
    let path = format!("/systems/{one}/merge");
    assert_eq!(province.form(&path, &apart).await.status, StatusCode::SEE_OTHER);
    assert!(province.get("/systems/doubles").await.body.contains("0 cặp"));
    assert_eq!(province.form(&path, &apart).await.status, StatusCode::CONFLICT);
    province.form(&format!("/undo/{}", house.newest("system.apart").await), &[]).await;
    assert!(province.get("/systems/doubles").await.body.contains("1 cặp"));
}

#[tokio::test]
async fn a_record_with_a_migration_under_way_is_the_one_that_stays() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let said = |name: &str| json!({"name": name, "owner": "Sở Tài chính", "hosting": "own_room", "since": 2021});
    let one = added(&clerk, &said("Quản lý giá")).await;
    let two = added(&clerk, &said("Cơ sở dữ liệu về giá")).await;
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud", "window_begins": "2026-12-02",
        "window_ends": "2026-12-03", "announcement": "15/TB-STC", "announced_on": "2026-11-20"});
    let open = async |id: &str| {
        let opened = clerk.json(Method::POST, &format!("/api/v1/systems/{id}/migrations"), &plan).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    };
    open(&two).await;
    let merged = async |stays: &str| {
        let said = json!({"other": two, "stays": stays});
        clerk.json(Method::POST, &format!("/api/v1/systems/{one}/merge"), &said).await
    };
    let refused = merged(&one).await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::CONFLICT, Some("merge-carried")));
    assert_eq!(merged(&two).await.status, StatusCode::OK);
    let gone = house.count("SELECT COUNT(*) FROM registry_system WHERE merged_into IS NOT NULL").await;
    assert_eq!(gone, 1, "the one without a migration");
    // Nor does it go again by way of the undo, once one is under way there too.
    let undone = clerk.form(&format!("/undo/{}", house.newest("system.merge").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    open(&one).await;
    let again = clerk.form(&format!("/undo/{}", house.newest("act.undo").await), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
}

/// Where it stands.
const KNOWN: [&str; 9] = [
    "registry_bill",
    "registry_component",
    "registry_assessment",
    "registry_wave_item",
    "registry_availability",
    "registry_cost",
    "registry_label",
    "registry_label_line",
    "registry_milestone",
];

/// What is known of a system beside its links and papers, by their numbers.
async fn known(house: &House, id: &str) -> Vec<i64> {
    let id: SystemId = id.parse().unwrap();
    let mut out = Vec::new();
    for table in KNOWN {
        // Components are of the system that has their list.
        let which = match table {
            "registry_component" => "bill_id IN (SELECT id FROM registry_bill WHERE system_id = $1)",
            _ => "system_id = $1",
        };
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {which}");
        out.push(house.app.db().read().count(&sql, db::vals![id.uuid()]).await.unwrap());
    }
    out
}

/// Makes known of a system what can be, with these components.
async fn make_known(house: &House, client: &Client, id: &str, components: &[&str]) {
    let components: Vec<Value> = components.iter().map(|name| json!({ "name": name })).collect();
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}).to_string();
    let taken = client.upload(&format!("/systems/{id}/materials"), &[Part::File("bom.json", list.as_bytes())]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let sent = client.header("if-match", "\"0\"");
    let answers = json!({"answers": {"bound": "none", "replaced": "no", "shared_platform": "yes"}});
    let answer = sent.json(Method::PATCH, &format!("/api/v1/systems/{id}/assessment"), &answers).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let of = format!("/api/v1/systems/{id}");
    let said = [
        ("cost", json!({"cpu": "4"})),
        ("availability", json!({"month": "9/2026", "minutes": "60", "source": "Zabbix"})),
        ("label", json!({"state-backup": "planned"})),
        ("milestone", json!({"due_on": "31/12/2026", "source": "QĐ"})),
    ];
    for (what, said) in said {
        let sent = client.header("if-match", "\"0\"").json(Method::POST, &format!("{of}/{what}"), &said).await;
        assert_eq!(sent.status, StatusCode::OK, "{what}: {}", sent.body);
    }
    let (item, system): (SystemId, SystemId) = (house.system().new_id(), id.parse().unwrap());
    let sql =
        "INSERT INTO registry_wave_item (id, system_id, wave, turn, by_hand, why) VALUES ($1, $2, 1, 1, $3, '[]')";
    house.exec(sql, db::vals![item.uuid(), system.uuid(), false]).await;
}

#[tokio::test]
async fn what_is_known_of_the_one_that_goes_is_led_over_where_the_other_lacks_it() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let said = |owner: &str| json!({"name": "Quản lý giá", "owner": owner, "hosting": "own_room", "kind": "platform"});
    let one = added(&province, &said("Sở Tài chính")).await;
    let two = added(&province, &said("Sở Y tế")).await;
    make_known(&house, &province, &two, &["log4j-core", "left-pad"]).await;
    let both = async || (known(&house, &one).await, known(&house, &two).await);
    let found = async || {
        let all = province.get("/api/v1/systems/components?q=left").await.json();
        all[0]["system_id"].as_str().unwrap_or_default().to_owned()
    };
    let merge = async || {
        let path = format!("/api/v1/systems/{one}/merge");
        let merged = province.json(Method::POST, &path, &json!({"other": two, "stays": one})).await;
        assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);
        let strategy = merged.json()["strategy"].as_str().map(str::to_owned);
        assert_eq!(strategy.as_deref(), Some("retire"), "what was said of it is what holds");
    };
    let undo = async || {
        let undone = province.form(&format!("/undo/{}", house.newest("system.merge").await), &[]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        house.lake_is_as_the_rows().await;
        assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
    };
    let (nothing, whole) = (vec![0; 9], vec![1, 2, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!((both().await, found().await), ((nothing.clone(), whole.clone()), two.clone()));
    merge().await;
    assert_eq!((both().await, found().await), ((whole.clone(), nothing.clone()), one.clone()));
    undo().await;
    assert_eq!((both().await, found().await), ((nothing.clone(), whole.clone()), two.clone()));
    // Where the other has its own, it stays, and what goes comes back with the act all the same.
    make_known(&house, &province, &one, &["openssl"]).await;
    let own = vec![1; 9];
    merge().await;
    assert_eq!((both().await, found().await), ((own.clone(), nothing), String::new()));
    undo().await;
    assert_eq!((both().await, found().await), ((own, whole), two.clone()));
}
