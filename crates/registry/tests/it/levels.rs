//! Level dossiers: proposal, controls, the walk to an approval, and what operates without one.

use axum::http::{Method, StatusCode};
use db::Row as _;
use jiff::civil::date;
use kernel::{Actor, Code as _, Lang, Role, Waiting as _};
use registry::{
    model::{System, SystemId},
    usecase::level::{check, own},
};
use serde_json::{Value as Json, json};
use testkit::{Client, House};

use crate::{house, inbox::inbox};

pub const OWNER: &str = "Sở Tài chính";
pub const REVIEWER: &str = "Sở Khoa học và Công nghệ";

pub async fn system(client: &Client, name: &str, more: Json) -> String {
    let mut said = json!({"name": name, "owner": OWNER, "architecture": "Lớp ứng dụng", "deviates": "no"});
    if more["state"] == "operating" && more["operating_since"].is_null() {
        said["since"] = 2020.into();
    }
    for (key, value) in more.as_object().unwrap() {
        said[key] = value.clone();
    }
    let answer = client.json(Method::POST, "/api/v1/systems", &said).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub async fn propose(client: &Client, system: &str) -> String {
    let facts = json!({"scope": "public", "information": "private", "online_service": "partial", "people": "500"});
    let answer = client.json(Method::POST, &format!("/api/v1/systems/{system}/level"), &facts).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let answer = answer.json();
    assert_eq!((answer["proposed"].as_i64(), answer["rule"].as_str()), (Some(2), Some("public")), "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

/// A dossier of a system that has none on its way.
pub async fn renew(client: &Client, system: &str) {
    let facts = json!({"scope": "internal", "information": "private"});
    let answer = client.json(Method::POST, &format!("/api/v1/systems/{system}/level"), &facts).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn rev(client: &Client, id: &str) -> i64 {
    client.get(&format!("/api/v1/levels/{id}")).await.json()["rev"].as_i64().unwrap()
}

pub async fn act(client: &Client, reader: &Client, id: &str, said: Json) -> (StatusCode, String) {
    let mut said = said;
    said["rev"] = rev(reader, id).await.into();
    let answer = client.json(Method::POST, &format!("/api/v1/levels/{id}/acts"), &said).await;
    (answer.status, answer.json()["code"].as_str().unwrap_or_default().to_owned())
}

/// How many controls a level asks for.
pub fn asked(level: u8) -> i64 {
    i64::try_from(portfolio::level::DossierRules::shipped().controls(level).count()).unwrap()
}

/// Everything that level 2 asks for is met.
pub async fn say_all(client: &Client, id: &str) {
    let rules = portfolio::level::DossierRules::shipped();
    let rev = rev(client, id).await.to_string();
    let mut fields = vec![("rev".to_owned(), rev)];
    for (_, control) in rules.controls(2) {
        for (part, value) in [("state", "met"), ("evidence", "Quyết định số 3"), ("day", "2026-11-02")] {
            fields.push((format!("{part}-{}", control.key), value.to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let answer = client.form(&format!("/levels/{id}/controls"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn faults(client: &Client) -> Vec<(String, Json)> {
    let found = client.get("/api/v1/levels/faults").await.json();
    let one = |one: &Json| (one["fault"].as_str().unwrap().to_owned(), one.clone());
    found["violations"].as_array().unwrap().iter().map(one).collect()
}

pub fn refused(code: &str) -> (StatusCode, String) {
    (StatusCode::CONFLICT, code.to_owned())
}

pub async fn of(house: &House, id: &str) -> System {
    let id: SystemId = id.parse().unwrap();
    System::get(&house.app.db().read(), id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_dossier_walks_by_several_hands_to_an_approval_that_gives_the_level() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let reviewer = house.person("khcn", REVIEWER, Role::OFFICER).await;
    let records = house.person("vt", OWNER, Role::UNIT_ADMIN).await;
    let new = system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await;
    let id = propose(&clerk, &new).await;
    // Nobody writes over what somebody else answered meanwhile.
    let facts = json!({"scope": "public", "information": "private", "online_service": "partial", "people": "900"});
    let answers = format!("/api/v1/systems/{new}/level");
    for client in [clerk.clone(), clerk.header("if-match", "\"7\"")] {
        let stale = client.json(Method::POST, &answers, &facts).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    }
    // What is answered of it is for who keeps the dossier, not for who only uses the system.
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    clerk.form(&format!("/systems/{new}/links"), &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    assert_eq!(clerk.get(&format!("/systems/{new}/level")).await.status, StatusCode::OK);
    assert_eq!(user.get(&format!("/systems/{new}/level")).await.status, StatusCode::FORBIDDEN);
    // A new system does not operate yet.
    let path = format!("/api/v1/systems/{new}");
    let operate = || json!({"state": "operating"});
    let answer = clerk.header("if-match", "\"1\"").json(Method::PATCH, &path, &operate()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::CONFLICT, Some("level-missing")));
    let send = || json!({"act": "send", "reviewer": REVIEWER});
    assert_eq!(act(&clerk, &clerk, &id, send()).await, refused("level-controls-unsaid"));
    let bare = [("rev", "1"), ("state-officer", "met")];
    assert_eq!(clerk.form(&format!("/levels/{id}/controls"), &bare).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ahead = [("rev", "1"), ("state-officer", "met"), ("evidence-officer", "QĐ 3"), ("day-officer", "2026-12-31")];
    assert_eq!(clerk.form(&format!("/levels/{id}/controls"), &ahead).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    say_all(&clerk, &id).await;
    assert_eq!(reviewer.get(&format!("/levels/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(act(&clerk, &clerk, &id, send()).await.0, StatusCode::OK);
    // How controls stand is for those who must know it.
    let page = reviewer.get(&format!("/levels/{id}")).await;
    assert!(page.status.is_success() && page.body.contains("Quyết định số 3"), "{}", page.body);
    let page = records.get(&format!("/levels/{id}")).await;
    assert!(page.status.is_success() && !page.body.contains("Quyết định số 3"), "{}", page.body);
    assert_eq!(records.get(&format!("/levels/{id}/papers/controls.docx")).await.status, StatusCode::FORBIDDEN);
    // The reviewer returns it once, with a reason; the owner does not appraise.
    assert_eq!(act(&clerk, &clerk, &id, json!({"act": "appraise", "number": "1"})).await.0, StatusCode::FORBIDDEN);
    assert_eq!(act(&reviewer, &clerk, &id, json!({"act": "return"})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(act(&reviewer, &clerk, &id, json!({"act": "return", "reason": "Thiếu sơ đồ"})).await.0, StatusCode::OK);
    assert_eq!(act(&clerk, &clerk, &id, send()).await.0, StatusCode::OK);
    assert_eq!(act(&reviewer, &clerk, &id, json!({"act": "appraise", "number": "8/KHCN"})).await.0, StatusCode::OK);
    // The decision has its day, between the submission and today.
    let approve = |on: &str| json!({"act": "approve", "number": "21/QĐ-STC", "on_day": on});
    assert_eq!(act(&clerk, &clerk, &id, approve("2026-11-21")).await.0, StatusCode::FORBIDDEN);
    let early = act(&leader, &clerk, &id, approve("2026-11-01")).await;
    assert_eq!(early, (StatusCode::UNPROCESSABLE_ENTITY, "level-day-before-sent".into()));
    assert_eq!(act(&leader, &clerk, &id, approve("2026-11-21")).await.0, StatusCode::OK);
    let stands = of(&house, &new).await;
    assert_eq!((stands.level, stands.level_until), (Some(2), Some(date(2029, 11, 21))));
    let rev = format!("\"{}\"", stands.rev);
    let answer = clerk.header("if-match", &rev).json(Method::PATCH, &path, &operate()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(faults(&clerk).await.is_empty());
    let paper = clerk.get(&format!("/levels/{id}/papers/proposal.docx")).await;
    assert!(paper.status.is_success() && paper.body.contains("Điều 8"), "{}", paper.body);
    let paper = clerk.get(&format!("/levels/{id}/papers/controls.pdf")).await;
    assert!(paper.body.contains("Quyết định số 3"), "{}", paper.body);
    // A year later its check is due, three years later the approval is over: by the day alone.
    house.clock.set(date(2027, 11, 22));
    let clerk = house.as_("so").await;
    let codes = async |client: &Client| faults(client).await.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes(&clerk).await, ["check_overdue"]);
    let check = json!({"act": "check", "on_day": "2027-11-20", "number": "9/BB"});
    assert_eq!(act(&clerk, &clerk, &id, check).await.0, StatusCode::OK);
    assert!(codes(&clerk).await.is_empty());
    house.clock.set(date(2029, 11, 22));
    assert_eq!(codes(&house.as_("so").await).await, ["expired"]);
    house.registers_agree().await;
    house.lake_is_as_the_rows().await;
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_decision_on_paper_has_its_controls_and_the_newest_one_holds() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    let record = async |on: &str, level: &str| {
        let rev = of(&house, &old).await.rev;
        let said = json!({"rev": rev, "number": "5/QĐ-UBND", "on_day": on, "level": level});
        let answer = leader.json(Method::POST, &format!("/api/v1/systems/{old}/level-decision"), &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        of(&house, &old).await.level
    };
    assert_eq!(record("2026-06-11", "2").await, Some(2));
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier_control").await, asked(2));
    // No rule is named for what was decided elsewhere.
    let id = clerk.get("/api/v1/levels").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    for path in [format!("/levels/{id}"), format!("/levels/{id}/papers/proposal.docx")] {
        let page = clerk.get(&path).await;
        assert!(page.status.is_success() && !page.body.contains("tạm coi là"), "{}", page.body);
    }
    assert_eq!(record("2026-05-04", "4").await, Some(2), "an older one changes nothing of the system");
    assert_eq!(record("2026-06-11", "3").await, Some(3), "of one day the last one says what is right");
    // Its yearly check waits once for who keeps it, whatever was decided before, and no more when the system is gone.
    house.clock.set(date(2027, 6, 1));
    let inbox = inbox(&house);
    let checks = async || {
        let waits = inbox.waiting(&house.ctx("so")).await.unwrap();
        waits.iter().filter(|one| one.kind == "level-check").count()
    };
    assert_eq!(checks().await, 1);
    let clerk = house.as_("so").await.header("if-match", &format!("\"{}\"", of(&house, &old).await.rev));
    let gone = clerk.json(Method::PATCH, &format!("/api/v1/systems/{old}"), &json!({"state": "retired"})).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    assert_eq!(checks().await, 0);
}

#[tokio::test]
async fn what_operates_without_a_dossier_is_shown_and_a_late_approval_is_late_for_good() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let stranger = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let old = system(&clerk, "Ngân sách", json!({"state": "operating", "operating_since": "2026-06-01"})).await;
    system(&clerk, "Dự kiến", json!({"state": "planned"})).await;
    let found = faults(&clerk).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1["days"].as_i64()), ("unapproved", Some(173)));
    assert!(faults(&stranger).await.is_empty());
    // One that begins to operate from today on is new, and needs its approval.
    let said = json!({"name": "Mới", "owner": OWNER, "state": "operating", "operating_since": "2026-11-21"});
    assert_eq!(clerk.json(Method::POST, "/api/v1/systems", &said).await.json()["code"], "level-missing");
    // Nobody walks around that by saying nothing of when, or only the year that is not over.
    for (more, field, code) in [
        (json!({}), "since", "operating-since-missing"),
        (json!({"since": 2026}), "operating_since", "operating-day-missing"),
        (json!({"since": 2027}), "since", "operating-year-to-come"),
    ] {
        let mut said = json!({"name": "Không rõ ngày", "owner": OWNER, "state": "operating"});
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = clerk.json(Method::POST, "/api/v1/systems", &said).await;
        let refused = answer.json();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert_eq!((&refused["code"], &refused["errors"][0]["field"]), (&json!(code), &json!(field)), "{refused}");
    }
    let typed = [("name", "Không rõ ngày"), ("owner", OWNER), ("state", "operating")];
    let refused = clerk.form("/systems/new", &typed).await;
    assert!(refused.body.contains("id=\"since-error\""), "{}", refused.body);
    // Nor by entering it first as what needs no dossier.
    let server = system(&clerk, "Máy chủ", json!({"kind": "server"})).await;
    assert_eq!(of(&house, &server).await.state.code(), "operating");
    let path = format!("/api/v1/systems/{server}");
    let turned = clerk.header("if-match", "\"1\"").json(Method::PATCH, &path, &json!({"kind": "platform"})).await;
    assert_eq!(turned.json()["code"], "operating-since-missing", "{}", turned.body);
    // What says no state is new, and does not operate yet.
    assert_eq!(of(&house, &system(&clerk, "Chưa nói", json!({})).await).await.state.code(), "planned");
    assert!(clerk.get("/systems/new").await.body.contains("value=\"planned\" selected"));
    // A decision on paper that came after it began: both days are kept, and it stays late.
    let decision =
        json!({"rev": of(&house, &old).await.rev, "number": "5/QĐ-UBND", "on_day": "2026-06-11", "level": "2"});
    let path = format!("/api/v1/systems/{old}/level-decision");
    assert_eq!(clerk.json(Method::POST, &path, &decision).await.status, StatusCode::FORBIDDEN);
    let answer = leader.json(Method::POST, &path, &decision).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let found = faults(&clerk).await;
    assert_eq!((found.len(), found[0].0.as_str(), found[0].1["days"].as_i64()), (1, "late", Some(10)), "{found:?}");
    let days = (found[0].1["approved_on"].as_str(), found[0].1["recorded_on"].as_str());
    assert_eq!(days, (Some("2026-06-11"), Some("2026-11-21")));
    let unit = house.unit(OWNER);
    let page = clerk.get(&format!("/levels/faults?owner={unit}")).await.body.replace("&#x2f;", "/");
    assert!(page.contains("Phê duyệt sau khi đã vận hành") && page.contains("11/06/2026"), "{page}");
    assert!(clerk.get("/levels/faults").await.body.contains(OWNER));
    let told = check::told(&house.app, &house.ctx("so")).await.unwrap();
    assert_eq!(told["violations"][0]["owner_name"], OWNER, "{told}");
}

#[tokio::test]
async fn a_leader_lets_a_system_operate_with_a_reason_and_that_is_counted() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let new = system(&clerk, "Cổng dữ liệu", json!({"state": "building"})).await;
    let path = format!("/systems/{new}/overrule");
    let said = [("rev", "1"), ("reason", "Phục vụ bầu cử")];
    assert_eq!(clerk.form(&path, &said).await.status, StatusCode::FORBIDDEN);
    assert_eq!(leader.form(&path, &[("rev", "1"), ("reason", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let endless = "Vì ".repeat(700);
    let endless = leader.form(&path, &[("rev", "1"), ("reason", endless.as_str())]).await;
    assert_eq!(endless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(leader.get(&path).await.body.contains("được ghi và được đếm"));
    assert_eq!(leader.form(&path, &said).await.status, StatusCode::SEE_OTHER);
    let found = faults(&clerk).await;
    assert_eq!((found[0].0.as_str(), found[0].1["is_overruled"].as_bool()), ("unapproved", Some(true)), "{found:?}");
    let told = clerk.get("/api/v1/levels/faults").await.json();
    assert_eq!(told["overruled"].as_i64(), Some(1));
    let undo = format!("/undo/{}", house.newest("system.overrule").await);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_overrule").await, 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn dinh_fills_its_own_dossier_with_what_it_knows_and_no_more() {
    let house = house().await;
    let console = house.app.ctx(Actor::Cli("test".into()), Lang::Vi);
    let first = own::dossier_self(&house.app, &console).await.unwrap();
    let filled: Vec<&str> = first["filled"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    assert!(filled.contains(&"app-log") && filled.contains(&"transport"), "{first}");
    assert!(!filled.contains(&"zones") && first["open"].as_i64().unwrap() > 0, "{first}");
    // So is its label, and nothing is made public by that.
    assert_eq!(first["label"].as_array().unwrap().len(), 7, "{first}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_label_line WHERE state = 'met'").await, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_label WHERE published_on IS NOT NULL").await, 0);
    // What it cannot show is not said to be met.
    let planned = "SELECT COUNT(*) FROM registry_dossier_control WHERE code = 'transport' AND state = 'planned'";
    assert_eq!(house.count(planned).await, 1);
    let again = own::dossier_self(&house.app, &console).await.unwrap();
    assert_eq!((again["system"].clone(), again["filled"].clone()), (first["system"].clone(), json!([])));
    assert_eq!(again["label"], json!([]));
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE code = 'DINH'").await, 1);
    // It is being built until it is approved, so nothing is wrong with it; what it lacks is said, with where it is recorded.
    assert_eq!((first["state"].as_str(), first["rule"].as_str()), (Some("building"), Some("shared")), "{first}");
    let told = check::told(&house.app, &console).await.unwrap();
    assert_eq!(told["violations"], json!([]), "{told}");
    let missing = first["missing"].to_string();
    let told_of = ["vị trí trong kiến trúc", "nơi đặt", "Hậu quả với quốc phòng", "chưa được phê duyệt"];
    for said in told_of {
        assert!(missing.contains(said), "{said}: {missing}");
    }
    let known = ["scope", "information", "online_service", "people", "works"];
    assert!(known.iter().all(|fact| !first["facts"][fact].is_null()), "{first}");
    assert!(first["facts"]["harm"].is_null(), "for people to say: {first}");
    // Once it is approved no other one is begun behind the back of who keeps it.
    house
        .exec(
            "UPDATE registry_dossier SET state = 'approved', approved_on = '2026-11-20' WHERE state <> 'approved'",
            vec![],
        )
        .await;
    let approved = own::dossier_self(&house.app, &console).await.unwrap();
    assert!(approved["missing"].to_string().contains("chưa ghi là đang vận hành"), "{approved}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier").await, 1);
    // A record that is gone is filled no more.
    for state in ["retired", "mistaken"] {
        house.exec("UPDATE registry_system SET state = $1 WHERE state = 'building'", db::vals![state]).await;
        let made = own::dossier_self(&house.app, &console).await;
        if state == "retired" {
            assert_ne!(made.unwrap()["system"], first["system"]);
        } else {
            assert_eq!(made.unwrap_err().code, "system-there", "of the same version under the same name");
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier").await, 2);
}

#[tokio::test]
async fn what_people_answered_of_dinh_stays_and_what_they_left_open_is_filled() {
    let house = house().await;
    let console = house.app.ctx(Actor::Cli("test".into()), Lang::Vi);
    let first = own::dossier_self(&house.app, &console).await.unwrap();
    let id = first["dossier"].as_str().unwrap().to_owned();
    // As an earlier version left it, but for what somebody has answered since.
    let facts = json!({"information": "private", "scope": "public", "harm": "none"}).to_string();
    house.exec("UPDATE registry_dossier SET facts = $1 WHERE id IS NOT NULL", db::vals![facts]).await;
    let again = own::dossier_self(&house.app, &console).await.unwrap();
    assert_eq!((again["dossier"].as_str(), again["rule"].as_str()), (Some(id.as_str()), Some("public")), "{again}");
    let now = &again["facts"];
    assert_eq!((&now["scope"], &now["harm"], &now["works"]), (&json!("public"), &json!("none"), &json!("none")));
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_dossier").await, 1);
}
