//! The catalogue of what is shared, for officers and for everybody, and the map that is for few.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::model::System;
use serde_json::json;
use testkit::House;
use webkit::{Answers, kept_add};

use crate::{added, house};

const ADDRESS: &str = "truc.tinhmau.example";

async fn system(house: &House, name: &str, owner: &str, more: &str) -> System {
    let said =
        Answers::default().with("name", name).with("owner", owner).with("state", "planned").with("address", ADDRESS);
    let said = said.with("architecture", "Lớp ứng dụng").with("deviates", "no");
    let system = kept_add::<System>(&house.app, &house.system(), "system.add", &said).await.unwrap();
    let sql = format!("UPDATE registry_system SET {more} WHERE id = $1");
    house.exec(&sql, db::vals![system.id.uuid()]).await;
    system
}

const SHARED: &str = "kind = 'platform', state = 'operating', is_shared = 'yes', purpose = 'Kết nối các sở', interfaces = 'open', \
    hosting = 'own_room', level = 3, hosting_proof = 'HĐ-77', confirmed_on = '2026-11-20'";

#[tokio::test]
async fn the_catalogue_says_what_everybody_may_know_and_nothing_else() {
    let house = house().await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    system(&house, "Trục liên thông", "Sở Khoa học và Công nghệ", SHARED).await;
    for (name, other) in [
        ("Chưa dùng chung", "kind = 'platform', state = 'operating', is_shared = 'no'"),
        ("Máy chủ dùng chung", "kind = 'server', state = 'operating', is_shared = 'yes'"),
        ("Đã dừng", "kind = 'database', state = 'retired', is_shared = 'yes'"),
        ("Bí mật", "kind = 'platform', state = 'operating', is_shared = 'yes', state_secret = 'yes'"),
    ] {
        system(&house, name, "Sở Y tế", other).await;
    }
    let (nobody, page) = (house.client().get("/public/systems").await, officer.get("/systems/catalogue").await);
    let (api, paper) =
        (officer.get("/api/v1/systems/catalogue").await, officer.get("/systems/catalogue/decision.docx").await);
    for shown in [&nobody, &page, &api, &paper] {
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        for said in ["Trục liên thông", "Kết nối các sở"] {
            assert!(shown.body.contains(said), "{said}: {}", shown.body);
        }
        for hidden in
            [ADDRESS, "HĐ-77", "own_room", "Phòng máy", "Chưa dùng chung", "Máy chủ dùng chung", "Đã dừng", "Bí mật"]
        {
            assert!(!shown.body.contains(hidden), "{hidden}: {}", shown.body);
        }
    }
    for said in ["Phụ lục", "QUYẾT ĐỊNH:", "Điều 1.", "(Kèm theo Quyết định số"] {
        assert!(paper.body.contains(said), "{said}: {}", paper.body);
    }
    assert_eq!(officer.get("/systems/catalogue.xlsx").await.status, StatusCode::OK);
    // More than a page are read page by page.
    let heads = ["Tên hệ thống", "Cơ quan chủ quản"].map(str::to_owned);
    let lines = (100..200).map(|at| vec![format!("Nền tảng {at}"), "Sở Tài chính".to_owned()]);
    let file = webkit::export::xlsx("S", &heads, &lines.collect::<Vec<_>>()).unwrap();
    let parts = [testkit::Part::File("ds.xlsx", &file), testkit::Part::Field("confirm", "1")];
    assert_eq!(officer.upload("/systems/import", &parts).await.status, StatusCode::SEE_OTHER);
    house.exec(&format!("UPDATE registry_system SET {SHARED} WHERE name LIKE 'Nền tảng 1%'"), vec![]).await;
    for (reader, list) in [(&house.client(), "/public/systems"), (&officer, "/systems/catalogue")] {
        let first = reader.get(list).await.body.replace("&#x2f;", "/");
        assert!(first.contains(&format!("{list}?after=100")) && !first.contains("Trục liên thông"), "{first}");
        assert!(reader.get(&format!("{list}?after=100")).await.body.contains("Trục liên thông"));
        assert_eq!(reader.get(&format!("{list}?after=200")).await.status, StatusCode::NOT_FOUND);
    }
    let last = officer.get("/api/v1/systems/catalogue?after=100").await.json();
    assert_eq!((last["items"].as_array().unwrap().len(), last["next"].as_str()), (1, None), "{last}");
    assert_eq!(house.client().get("/systems/catalogue").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_an_officer_marks_as_shared_waits_for_its_owners_word() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let leader = house.person("gd", "Sở Tài chính", Role::LEADER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let unit = house.unit("Sở Tài chính").to_string();
    let confirm = async || leader.form("/systems/confirmations", &[("unit", unit.as_str())]).await;
    let own = json!({"name": "Kho chung", "owner": "Sở Tài chính", "kind": "database", "state": "operating"});
    let id = added(&clerk, &own).await;
    assert!(confirm().await.status.is_redirection());
    // The list was confirmed on this very day, but not yet that it is shared.
    let path = format!("/api/v1/systems/{id}");
    let edit = async |said: serde_json::Value| {
        let rev = clerk.get(&path).await.json()["rev"].to_string();
        let edited = clerk.header("if-match", &format!("\"{rev}\"")).json(Method::PATCH, &path, &said).await;
        assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
    };
    edit(json!({"is_shared": "yes"})).await;
    let nobody = house.client();
    let told = async || {
        let papers = ["/systems/catalogue/decision.docx", "/api/v1/systems/catalogue"];
        let mut all = vec![nobody.get("/public/systems").await.body];
        for path in papers {
            all.push(clerk.get(path).await.body);
        }
        all.iter().filter(|body| body.contains("Kho chung")).count()
    };
    assert_eq!(told().await, 0);
    let page = clerk.get("/systems/catalogue").await.body;
    assert!(page.contains("Chờ xác nhận") && page.contains("Kho chung"), "{page}");
    assert!(!other.get("/systems/catalogue").await.body.contains("Kho chung"), "it is nobody else's yet");
    assert!(confirm().await.status.is_redirection());
    assert_eq!(told().await, 3);
    assert!(!clerk.get("/systems/catalogue").await.body.contains("Chờ xác nhận"));
    // Other words leave it there; taken away and marked anew, it waits again.
    edit(json!({"purpose": "Cho các sở"})).await;
    assert_eq!(told().await, 3);
    edit(json!({"is_shared": "no"})).await;
    edit(json!({"is_shared": "yes"})).await;
    assert_eq!(told().await, 0);
}

#[tokio::test]
async fn a_map_is_for_those_who_must_know_and_names_nothing_of_others() {
    let house = house().await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let live = "state = 'operating', hosting = 'provincial_cloud'";
    let one = system(&house, "Ngân sách", "Sở Tài chính", live).await;
    let two = system(&house, "Kho <b>", "Sở Tài chính", "state = 'operating', hosting = 'own_room', level = 2").await;
    let far = system(&house, "Bệnh án", "Sở Y tế", live).await;
    for (from, to, kind) in [(&one, &two, "runs_on"), (&one, &far, "shares_data"), (&far, &two, "depends_on")] {
        let sql = "INSERT INTO registry_relation (id, from_id, to_id, kind) VALUES ($1, $2, $3, $4)";
        let id: registry::model::LinkId = house.system().new_id();
        house.exec(sql, db::vals![id.uuid(), from.id.uuid(), to.id.uuid(), kind]).await;
    }
    let map = |owner: &str, more: &str| format!("/systems/map?owner={}{more}", house.unit(owner));
    let page = officer.get(&map("Sở Tài chính", "")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for said in ["systems-map", "Ngân sách", "Kho &lt;b&gt;", "Sở Y tế", "Chạy trên"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("Bệnh án") && !page.body.contains(&far.id.to_string()), "{}", page.body);
    // From the box and from the line of each own system to what breaks without it; of others nothing.
    let impact = format!("href=\"/systems/{}/impact\"", two.id);
    assert_eq!((page.body.matches(&impact).count(), page.body.matches("/impact\"").count()), (2, 4), "{}", page.body);
    let struck = officer.get(&format!("/systems/{}/impact", two.id)).await;
    assert!(struck.status.is_success() && struck.body.contains("Ngân sách"), "{}", struck.body);
    let other = house.unit("Sở Y tế").to_string();
    assert!(!page.body.contains(&format!("owner={other}")), "no link to what would be refused: {}", page.body);
    // A program is told the same.
    let api = format!("/api/v1{}", map("Sở Tài chính", ""));
    let told = officer.get(&api).await;
    let whole = told.json();
    let lines = whole["lines"].as_array().unwrap();
    assert_eq!((whole["systems"].as_array().unwrap().len(), lines.len()), (2, 3), "{}", told.body);
    let runs = json!({"from": one.id.to_string(), "to": two.id.to_string(), "kind": "runs_on", "count": 1});
    let gives = json!({"from": one.id.to_string(), "to": other, "kind": "shares_data", "count": 1});
    assert!(lines.contains(&runs) && lines.contains(&gives), "{}", told.body);
    assert!(!told.body.contains("Bệnh án") && !told.body.contains(&far.id.to_string()), "{}", told.body);
    let cut = officer.get(&format!("{api}&hosting=own_room")).await.json();
    assert_eq!((&cut["systems"][0]["name"], cut["systems"].as_array().unwrap().len()), (&json!("Kho <b>"), 1), "{cut}");
    // What stands on something is above it.
    let y = |id: &str| {
        let at = page.body.find(&format!("href=\"/systems/{id}\"><title>")).unwrap();
        let rest = &page.body[at..];
        let begin = rest.find(" y=\"").unwrap() + 4;
        rest[begin..].split('"').next().unwrap().parse::<i64>().unwrap()
    };
    assert!(y(&one.id.to_string()) < y(&two.id.to_string()));
    let filtered = officer.get(&map("Sở Tài chính", "&hosting=own_room&level=2")).await.body;
    assert!(filtered.contains("Kho &lt;b&gt;") && !filtered.contains("Ngân sách</text>"), "{filtered}");
    let near = officer.get(&map("Sở Tài chính", "&zoom=2&x=100&y=0")).await;
    assert!(near.body.contains("Thu nhỏ") && near.body.contains("Sang trái"), "{}", near.body);
    assert_eq!(officer.get(&map("Sở Tài chính", "&hosting=moon")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.get(&map("Sở Y tế", "")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(officer.get(&format!("/api/v1{}", map("Sở Y tế", ""))).await.status, StatusCode::FORBIDDEN);
    // Who keeps the posts of the same body reads the list and not the map.
    let keeper = house.person("qt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    assert_eq!(keeper.get("/systems").await.status, StatusCode::OK);
    assert_eq!(keeper.get(&map("Sở Tài chính", "")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(keeper.get(&api).await.status, StatusCode::FORBIDDEN);
    // Of a body that owns nothing the bodies that own most are offered, as far as the reader must know them.
    let province = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let offered = province.get("/systems/map").await.body.replace("&#x2f;", "/");
    let link = |unit: &str| format!("href=\"/systems/map?owner={}\"", house.unit(unit));
    assert!(offered.find(&link("Sở Tài chính")) < offered.find(&link("Sở Y tế")), "{offered}");
    assert!(offered.contains(&link("Sở Tài chính")) && !page.body.contains(&link("Sở Y tế")), "{offered}");
}
