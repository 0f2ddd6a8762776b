//! Frozen lists: made by officers, approved by leaders, changed with a reason that is kept, taken back; milestones.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::model::System;
use serde_json::{Value as Json, json};
use testkit::{Client, House};
use webkit::{Answers, kept_add};

use crate::house;

const PAGE: &str = "/systems/baselines";

pub async fn system(house: &House, name: &str, owner: &str, state: &str, began: &str) -> System {
    let said = Answers::default().with("name", name).with("owner", owner).with("state", "planned");
    let said = said.with("architecture", "Lớp ứng dụng").with("deviates", "no");
    let system = kept_add::<System>(&house.app, &house.system(), "system.add", &said).await.unwrap();
    let sql = "UPDATE registry_system SET state = $2, operating_since = $3 WHERE id = $1";
    let began = Some(began.to_owned()).filter(|began| !began.is_empty());
    house.exec(sql, db::vals![system.id.uuid(), state, began]).await;
    system
}

pub async fn made(client: &Client, unit: &str) -> testkit::Answer {
    client.form(PAGE, &[("unit", unit), ("as_of", "30/06/2026"), ("plan", "45/KH-UBND")]).await
}

pub async fn list(house: &House, owner: &str) -> String {
    let id =
        house.one("SELECT id FROM registry_baseline WHERE unit_id = $1", db::vals![house.unit(owner).uuid()]).await;
    let id: registry::model::figures::BaselineId = kernel::Id::from_uuid(id);
    format!("{PAGE}/{id}")
}

/// The mark of what the page before an approval shows.
fn mark(page: &str) -> String {
    let at = page.find("name=\"seen\" value=\"").expect(page);
    page[at..].split('"').nth(3).unwrap().to_owned()
}

/// Approves what that page shows at a body.
pub async fn approved(leader: &Client, unit: &str) -> testkit::Answer {
    let approve = format!("{PAGE}/approve");
    let seen = mark(&leader.get(&format!("{approve}?unit={unit}")).await.body);
    leader.form(&approve, &[("unit", unit), ("seen", &seen)]).await
}

#[tokio::test]
async fn a_list_holds_what_stood_on_the_day_and_a_leader_approves_it() {
    let house = house().await;
    let (officer, leader) = (
        house.person("so", "Sở Tài chính", Role::OFFICER).await,
        house.person("gd", "Sở Tài chính", Role::LEADER).await,
    );
    system(&house, "Ngân sách", "Sở Tài chính", "operating", "2020-01-01").await;
    system(&house, "Không rõ ngày", "Sở Tài chính", "operating", "").await;
    system(&house, "Sau này", "Sở Tài chính", "operating", "2026-07-01").await;
    system(&house, "Đang xây", "Sở Tài chính", "building", "").await;
    system(&house, "Của y tế", "Sở Y tế", "operating", "2020-01-01").await;
    assert_eq!(made(&leader, "Sở Tài chính").await.status, StatusCode::FORBIDDEN);
    assert_eq!(made(&officer, "Sở Y tế").await.status, StatusCode::FORBIDDEN);
    let ahead = officer.form(PAGE, &[("unit", "Sở Tài chính"), ("as_of", "30/06/2030")]).await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(made(&officer, "Sở Tài chính").await.status, StatusCode::SEE_OTHER);
    assert_eq!(made(&officer, "Sở Tài chính").await.status, StatusCode::CONFLICT, "one list of an owner");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline_item").await, 2);
    let page = officer.get(&list(&house, "Sở Tài chính").await).await.body;
    assert!(page.contains("Ngân sách") && page.contains("Không rõ ngày") && !page.contains("Sau này"), "{page}");
    // It goes back while nobody has approved it, and comes again.
    let undo = format!("/undo/{}", house.newest("baseline.make").await);
    let undone = officer.form(&undo, &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline").await, 0);
    made(&officer, "Sở Tài chính").await;
    let unit = house.unit("Sở Tài chính").to_string();
    let approve = format!("{PAGE}/approve");
    assert_eq!(officer.get(&format!("{approve}?unit={unit}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.form(&approve, &[("unit", &unit)]).await.status, StatusCode::FORBIDDEN);
    let asked = leader.get(&format!("{approve}?unit={unit}")).await.body;
    assert!(asked.contains("1 danh sách với 2 hệ thống"), "{asked}");
    let unread = leader.form(&approve, &[("unit", &unit)]).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody approves what they have not read");
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::CONFLICT);
    let days = "SELECT COUNT(*) FROM registry_baseline WHERE approved_on = '2026-11-21'";
    assert_eq!(house.count(days).await, 1);
    let undo = format!("/undo/{}", house.newest("baseline.approve").await);
    assert_eq!(officer.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count(days).await, 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_line_changes_with_a_reason_that_stays_and_after_the_approval_by_a_leader_alone() {
    let house = house().await;
    let (officer, leader) = (
        house.person("so", "Sở Tài chính", Role::OFFICER).await,
        house.person("gd", "Sở Tài chính", Role::LEADER).await,
    );
    let system = system(&house, "Ngân sách", "Sở Tài chính", "operating", "2020-01-01").await.id.to_string();
    made(&officer, "Sở Tài chính").await;
    let page = list(&house, "Sở Tài chính").await;
    let out = |rev: &'static str, reason: &'static str| {
        [
            ("system", system.clone()),
            ("counted", "no".into()),
            ("eligible", "yes".into()),
            ("reason", reason.into()),
            ("rev", rev.into()),
        ]
    };
    let send = async |client: &Client, fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.form(&page, &fields).await
    };
    assert_eq!(send(&officer, &out("1", "")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no reason");
    let groundless = [
        ("system", system.clone()),
        ("counted", "yes".into()),
        ("eligible", "no".into()),
        ("reason", "x".into()),
        ("rev", "1".into()),
    ];
    assert_eq!(send(&officer, &groundless).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no ground");
    assert_eq!(send(&officer, &out("1", "Ghi trùng với hệ thống khác")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(send(&officer, &out("1", "Lần nữa")).await.status, StatusCode::PRECONDITION_FAILED);
    let unit = house.unit("Sở Tài chính").to_string();
    approved(&leader, &unit).await;
    let rev = house.count("SELECT rev FROM registry_baseline_item").await.to_string();
    let back = [
        ("system", system.clone()),
        ("counted", "yes".into()),
        ("eligible", "yes".into()),
        ("reason", "Xem lại hồ sơ".into()),
        ("rev", rev),
    ];
    assert_eq!(send(&officer, &back).await.status, StatusCode::FORBIDDEN, "approved");
    assert_eq!(send(&leader, &back).await.status, StatusCode::SEE_OTHER);
    let body = officer.get(&page).await.body;
    assert!(
        body.contains("Ghi trùng với hệ thống khác") && body.contains("Xem lại hồ sơ"),
        "every reason stays: {body}"
    );
    assert!(body.contains("sau khi phê duyệt"), "{body}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline_change").await, 2);
    // Who has nothing to do with the owner learns of no list.
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_line_of_a_state_secret_is_made_eligible_by_nobody() {
    let house = house().await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let one = system(&house, "Ngân sách", "Sở Tài chính", "operating", "2020-01-01").await.id.to_string();
    made(&officer, "Sở Tài chính").await;
    let page = list(&house, "Sở Tài chính").await;
    house.exec("UPDATE registry_system SET state_secret = 'yes' WHERE id IS NOT NULL", vec![]).await;
    let line = [("system", one.as_str()), ("counted", "yes"), ("eligible", "yes"), ("reason", "Nhầm"), ("rev", "1")];
    assert_eq!(officer.form(&page, &line).await.status, StatusCode::SEE_OTHER);
    for table in ["registry_baseline_item", "registry_baseline_change"] {
        let so = format!("SELECT COUNT(*) FROM {table} WHERE NOT is_eligible AND ground = 'bí mật nhà nước'");
        assert_eq!(house.count(&so).await, 1, "{table}");
    }
}

#[tokio::test]
async fn the_province_makes_the_lists_of_all_in_one_act() {
    let house = house().await;
    let officer = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    for (name, owner) in [("Một", "Sở Tài chính"), ("Hai", "Sở Y tế"), ("Ba", "UBND xã Sông Mẫu")] {
        system(&house, name, owner, "operating", "2020-01-01").await;
    }
    assert_eq!(made(&officer, "Tỉnh Mẫu").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline").await, 3);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'baseline.make'").await, 1);
    let leader = house.person("ct", "Tỉnh Mẫu", Role::LEADER).await;
    let unit = house.unit("Tỉnh Mẫu").to_string();
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline WHERE approved_on IS NOT NULL").await, 3);
}

#[tokio::test]
async fn what_changed_since_the_leader_read_it_is_not_approved() {
    let house = house().await;
    let (officer, leader) = (
        house.person("so", "Sở Tài chính", Role::OFFICER).await,
        house.person("gd", "Sở Tài chính", Role::LEADER).await,
    );
    let system_of = async |name| system(&house, name, "Sở Tài chính", "operating", "2020-01-01").await.id.to_string();
    let one = system_of("Ngân sách").await;
    made(&officer, "Sở Tài chính").await;
    let (page, unit) = (list(&house, "Sở Tài chính").await, house.unit("Sở Tài chính").to_string());
    let approve = format!("{PAGE}/approve");
    let read = async || mark(&leader.get(&approve).await.body);
    let refused = async |seen: &str| {
        let stale = leader.form(&approve, &[("unit", &unit), ("seen", seen)]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        assert!(stale.body.contains("đã được sửa sau khi bạn đọc"), "{}", stale.body);
        assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline WHERE approved_on IS NOT NULL").await, 0);
    };
    let first = read().await;
    let out = [("system", one.as_str()), ("counted", "no"), ("eligible", "yes"), ("reason", "Trùng"), ("rev", "1")];
    assert_eq!(officer.form(&page, &out).await.status, StatusCode::SEE_OTHER);
    refused(&first).await;
    // As many lines as before, and one of them another one.
    let (two, three) = (system_of("Kế toán").await, system_of("Tài sản").await);
    let add = async |system: &str| {
        let line = [("system", system), ("eligible", "yes"), ("reason", "Sót khi lập")];
        assert_eq!(officer.form(&format!("{page}/systems"), &line).await.status, StatusCode::SEE_OTHER);
    };
    add(&two).await;
    let second = read().await;
    let undone = officer.form(&format!("/undo/{}", house.newest("baseline.add").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    add(&three).await;
    refused(&second).await;
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_system_that_a_list_lacks_is_put_into_it_with_a_reason_and_after_the_approval_by_a_leader_alone() {
    let house = house().await;
    let (officer, leader) = (
        house.person("so", "Sở Tài chính", Role::OFFICER).await,
        house.person("gd", "Sở Tài chính", Role::LEADER).await,
    );
    let (province, stranger) =
        (house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await, house.person("yte", "Sở Y tế", Role::OFFICER).await);
    let own = async |name, state, began| system(&house, name, "Sở Tài chính", state, began).await.id.to_string();
    let there = own("Ngân sách", "operating", "2020-01-01").await;
    made(&officer, "Sở Tài chính").await;
    // What the register learned of later.
    let lacking = own("Kế toán", "operating", "2021-01-01").await;
    let ended = own("Lưu trữ", "retired", "2010-01-01").await;
    let (new, building) = (own("Mới", "operating", "2026-07-01").await, own("Đang xây", "building", "").await);
    let others = system(&house, "Bệnh án", "Sở Y tế", "operating", "2020-01-01").await.id.to_string();
    let page = list(&house, "Sở Tài chính").await;
    let send = async |client: &Client, system: &str, eligible: &str, reason: &str| {
        let line = [("system", system), ("eligible", eligible), ("reason", reason)];
        client.form(&format!("{page}/systems"), &line).await.status
    };
    let offered = officer.get(&page).await.body;
    let is_offered = |system: &String| offered.contains(&format!("<option value=\"{system}\">"));
    assert!(is_offered(&lacking) && is_offered(&ended), "{offered}");
    assert!(!is_offered(&new) && !is_offered(&building) && !is_offered(&others) && !is_offered(&there), "{offered}");
    let one = lacking.as_str();
    for (system, eligible, reason) in [("", "yes", "Sót"), (one, "yes", " "), (one, "no", "Sót"), (one, "", "Sót")] {
        assert_eq!(send(&officer, system, eligible, reason).await, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
    }
    for wrong in [&there, &new, &building, &others] {
        assert_eq!(send(&province, wrong, "yes", "Sót").await, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(send(&officer, &others, "yes", "Sót").await, StatusCode::NOT_FOUND, "not told whether there is one");
    assert_eq!(send(&stranger, &lacking, "yes", "Sót").await, StatusCode::NOT_FOUND);
    assert_eq!(send(&leader, &lacking, "yes", "Sót").await, StatusCode::FORBIDDEN, "not approved yet");
    assert_eq!(send(&officer, &lacking, "yes", "Sót khi lập").await, StatusCode::SEE_OTHER);
    assert_eq!(send(&officer, &lacking, "yes", "Sót khi lập").await, StatusCode::UNPROCESSABLE_ENTITY, "twice");
    let undone = officer.form(&format!("/undo/{}", house.newest("baseline.make").await), &[]).await;
    assert_eq!(undone.status, StatusCode::CONFLICT, "more stands in it now: {}", undone.body);
    let unit = house.unit("Sở Tài chính").to_string();
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    assert_eq!(send(&officer, &ended, "yes", "Đã dừng sau đó").await, StatusCode::FORBIDDEN, "approved");
    assert_eq!(send(&leader, &ended, "yes", "Đã dừng sau đó").await, StatusCode::SEE_OTHER);
    let body = officer.get(&page).await.body;
    assert!(body.contains("Sót khi lập") && body.contains("Đã dừng sau đó"), "every reason stays: {body}");
    let (items, changes) =
        ("SELECT COUNT(*) FROM registry_baseline_item", "SELECT COUNT(*) FROM registry_baseline_change");
    assert_eq!((house.count(items).await, house.count(changes).await), (3, 2));
    assert_eq!(house.count(&format!("{changes} WHERE is_after")).await, 1);
    assert_eq!(house.count(&format!("{items} WHERE decided_by IS NULL")).await, 0, "who approved it decided each line");
    let whole = async || {
        let values = province.get("/api/v1/systems/figures").await.json();
        let is_whole = |one: &&serde_json::Value| one["indicator"] == "cloud.migrated" && one["part"] == "all";
        values["items"].as_array().unwrap().iter().find(is_whole).unwrap()["denominator"].as_i64()
    };
    assert_eq!(whole().await, Some(3));
    let undo = format!("/undo/{}", house.newest("baseline.add_approved").await);
    assert_eq!(officer.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(whole().await, Some(2));
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn an_owner_that_had_nothing_on_the_day_has_an_empty_list_and_what_it_begins_later_is_new() {
    let house = house().await;
    let officer = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    system(&house, "Một cửa", "UBND xã Đồi Mẫu", "operating", "2026-08-01").await;
    assert_eq!(made(&officer, "Tỉnh Mẫu").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_baseline_item").await, 0);
    let page = officer.get(&list(&house, "UBND xã Đồi Mẫu").await).await.body;
    assert!(page.contains("chưa có hệ thống nào đang vận hành"), "{page}");
    let leader = house.person("ct", "Tỉnh Mẫu", Role::LEADER).await;
    let unit = house.unit("Tỉnh Mẫu").to_string();
    assert_eq!(approved(&leader, &unit).await.status, StatusCode::SEE_OTHER);
    let values = officer.get("/api/v1/systems/figures").await.json();
    let found = values["items"].as_array().unwrap().iter().find(|one| one["indicator"] == "cloud.new_first").unwrap();
    assert_eq!((found["numerator"].as_i64(), found["denominator"].as_i64()), (Some(0), Some(1)), "{found}");
}

#[tokio::test]
async fn a_milestone_is_of_a_platform_with_its_document() {
    let house = house().await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let one = system(&house, "Nền tảng", "Sở Tài chính", "operating", "2020-01-01").await.id;
    let page = format!("/systems/{one}/milestone");
    let said = [("due_on", "01/06/2026"), ("source", "QĐ 12/QĐ-BKHCN")];
    assert_eq!(officer.form(&page, &said).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no platform");
    house.exec("UPDATE registry_system SET kind = 'platform' WHERE id = $1", db::vals![one.uuid()]).await;
    for wrong in [[("due_on", "hôm qua"), said[1]], [said[0], ("source", " ")]] {
        assert_eq!(officer.form(&page, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert_eq!(officer.form(&page, &said).await.status, StatusCode::SEE_OTHER);
    // What somebody said meanwhile is not overwritten unread.
    assert_eq!(officer.form(&page, &said).await.status, StatusCode::PRECONDITION_FAILED);
    let again = [said[0], ("source", "QĐ 15/QĐ-BKHCN"), ("rev", "1")];
    assert_eq!(officer.form(&page, &again).await.status, StatusCode::SEE_OTHER);
    let shown = officer.get("/systems/figures/platform.deployed").await.body.replace("&#x2f;", "/");
    assert!(shown.contains("mốc 01/06/2026 theo QĐ 15/QĐ-BKHCN"), "{shown}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_milestone").await, 1);
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.form(&page, &said).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_makes_reads_changes_and_approves_lists_as_a_person_does() {
    const API: &str = "/api/v1/systems/baselines";
    let house = house().await;
    let (officer, leader) = (
        house.person("so", "Sở Tài chính", Role::OFFICER).await,
        house.person("gd", "Sở Tài chính", Role::LEADER).await,
    );
    let one = system(&house, "Ngân sách", "Sở Tài chính", "operating", "2020-01-01").await.id.to_string();
    let unit = house.unit("Sở Tài chính").to_string();
    let send =
        async |client: &Client, path: &str, said: Json| client.json(Method::POST, &format!("{API}{path}"), &said).await;
    assert_eq!(officer.get(API).await.json(), json!({"items": [], "lacking": [unit]}));
    let made = send(&officer, "", json!({"unit": unit, "as_of": "2026-06-30"})).await;
    assert_eq!((made.status, made.json()), (StatusCode::OK, json!({"systems": 1})), "{}", made.body);
    let lists = officer.get(API).await.json();
    assert_eq!((&lists["items"][0]["counted"], &lists["lacking"]), (&json!(1), &json!([])), "{lists}");
    let path = format!("/{}", lists["items"][0]["id"].as_str().unwrap());
    let out = json!({"system": one, "counted": "no", "eligible": "yes", "reason": "Ghi trùng", "rev": 1});
    let changed = send(&officer, &path, out.clone()).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    let whole = officer.get(&format!("{API}{path}")).await.json();
    assert_eq!(changed.json(), whole);
    assert_eq!((&whole["lines"][0]["is_counted"], &whole["lines"][0]["rev"]), (&json!(false), &json!(2)), "{whole}");
    assert_eq!(whole["changes"][0]["reason"], "Ghi trùng", "{whole}");
    assert_eq!(send(&officer, &path, out).await.status, StatusCode::PRECONDITION_FAILED);
    let two = system(&house, "Kế toán", "Sở Tài chính", "operating", "2020-01-01").await.id.to_string();
    let line = json!({"system": two, "eligible": "yes", "reason": "Sót khi lập"});
    let added = send(&officer, &format!("{path}/systems"), line).await.json();
    assert_eq!(added["lines"].as_array().unwrap().len(), 2, "{added}");
    // Only who may approve reads what is to be approved, and nobody else learns of the list.
    assert_eq!(officer.get(&format!("{API}/approve")).await.status, StatusCode::FORBIDDEN);
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get(&format!("{API}{path}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(API).await.json()["items"], json!([]));
    let read = leader.get(&format!("{API}/approve")).await.json();
    assert_eq!((&read["unit"], &read["items"][0]["systems"]), (&json!(unit), &json!(2)), "{read}");
    assert_eq!(send(&leader, "/approve", json!({"unit": unit})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let approve = json!({"unit": unit, "seen": read["seen"]});
    let approved = send(&leader, "/approve", approve.clone()).await;
    assert_eq!((approved.status, approved.json()), (StatusCode::OK, json!({"lists": 1})), "{}", approved.body);
    assert_eq!(send(&leader, "/approve", approve).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_program_says_until_when_a_platform_is_to_be_in_use() {
    let house = house().await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let platform = system(&house, "Nền tảng", "Sở Tài chính", "operating", "2020-01-01").await;
    let kind = "UPDATE registry_system SET kind = 'platform' WHERE id = $1";
    house.exec(kind, db::vals![platform.id.uuid()]).await;
    let path = format!("/api/v1/systems/{}/milestone", platform.id);
    assert_eq!(officer.get(&path).await.json(), json!({"due_on": null, "source": null, "rev": 0}));
    for (rev, due_on) in [(0, "2026-06-01"), (1, "2026-09-01")] {
        let due = json!({"due_on": due_on, "source": "QĐ 12/QĐ-BKHCN", "rev": rev});
        let said = officer.json(Method::POST, &path, &due).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.body);
        let expected = json!({"due_on": due_on, "source": "QĐ 12/QĐ-BKHCN", "rev": rev + 1});
        assert_eq!((said.json(), officer.get(&path).await.json()), (expected.clone(), expected));
        assert_eq!(officer.json(Method::POST, &path, &due).await.status, StatusCode::PRECONDITION_FAILED);
    }
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
}
