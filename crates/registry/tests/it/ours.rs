//! The short form of a commune: what it uses, what it has, and its word, in one act; and who is reminded of that word.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use kernel::{Dues as _, Role};
use registry::{
    OpenRounds,
    usecase::{confirm, ours},
};
use serde_json::{Value, json};
use testkit::Units;

use crate::{added, house};

#[tokio::test]
async fn a_commune_says_on_one_page_what_it_uses_and_has() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let clerk = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let leader = house.person("ct", "UBND xã Sông Mẫu", Role::PROGRAMME).await;
    let shared = |name: &str, is: &str| json!({"name": name, "owner": "Sở Khoa học và Công nghệ", "kind": "platform", "is_shared": is});
    let mail = added(&province, &shared("Thư công vụ", "yes")).await;
    let bus = added(&province, &shared("Trục liên thông", "yes")).await;
    let own = added(&province, &shared("Nội bộ của sở", "no")).await;
    let server =
        json!({"name": "Máy chủ thư", "owner": "Sở Khoa học và Công nghệ", "kind": "server", "is_shared": "yes"});
    let server = added(&province, &server).await;
    let page = clerk.get("/systems/ours").await.body;
    for (name, is_shown) in
        [("Thư công vụ", true), ("Trục liên thông", true), ("Nội bộ của sở", false), ("Máy chủ thư", false)]
    {
        assert_eq!(page.contains(name), is_shown, "{name}: {page}");
    }
    assert!(!page.contains("name=\"confirm\""), "an officer does not give the body's word");
    let asked = [("asked", mail.as_str()), ("asked", bus.as_str()), ("uses", mail.as_str())];
    let line = [("name", "Trang của xã"), ("kind", "service"), ("hosting", "domestic_cloud"), ("name", "")];
    let more = [("kind", "database"), ("hosting", "unknown")];
    let form = [asked.as_slice(), line.as_slice(), more.as_slice()].concat();
    let entries = house.ledger_length().await;
    // Asked once of all lines: nobody's silence says that none holds state secrets; and since when each runs.
    let (no_secret, since) = (("no_secret", "1"), ("since", "2023"));
    for (said, field, words) in
        [(since, "no_secret", "bí mật nhà nước"), (no_secret, "since", "đưa vào vận hành từ năm hoặc ngày nào")]
    {
        let refused = clerk.form("/systems/ours", &[form.as_slice(), &[said]].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.body);
        assert!(refused.body.contains(words), "{field}: {}", refused.body);
    }
    assert_eq!(house.ledger_length().await, entries);
    let form = [form.as_slice(), &[no_secret, since]].concat();
    let saved = clerk.form("/systems/ours", &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert_eq!(house.ledger_length().await, entries + 1);
    let uses = "SELECT COUNT(*) FROM registry_use";
    assert_eq!((house.count(uses).await, house.count("SELECT COUNT(*) FROM registry_system").await), (1, 5));
    let said = "name = 'Trang của xã' AND state_secret = 'no' AND since = 2023";
    assert_eq!(house.count(&format!("SELECT COUNT(*) FROM registry_system WHERE {said}")).await, 1);
    // The user sees what it uses from now on.
    assert_eq!(clerk.get(&format!("/systems/{mail}")).await.status, StatusCode::OK);
    assert_eq!(clerk.get(&format!("/systems/{bus}")).await.status, StatusCode::NOT_FOUND);
    // A tick at what is not shared changes nothing, nor one that was not asked about.
    let machine = [("asked", server.as_str()), ("uses", server.as_str())];
    let sly = [[("asked", own.as_str()), ("uses", own.as_str())], machine, [("uses", bus.as_str()); 2]].concat();
    clerk.form("/systems/ours", &sly).await;
    assert_eq!(house.count(uses).await, 1);
    // The leader's word in the same act; an officer's is refused.
    let word = [("asked", mail.as_str()), ("asked", bus.as_str()), ("uses", bus.as_str()), ("confirm", "1")];
    assert_eq!(clerk.form("/systems/ours", &word).await.status, StatusCode::FORBIDDEN);
    assert_eq!(leader.form("/systems/ours", &word).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_confirmation").await, 1);
    assert_eq!(clerk.get(&format!("/systems/{mail}")).await.status, StatusCode::NOT_FOUND, "used no more");
    // And back.
    let undone = leader.form(&format!("/undo/{}", house.newest("system.ours").await), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_confirmation").await, 0);
    assert_eq!(clerk.get(&format!("/systems/{mail}")).await.status, StatusCode::OK);
    // Of another commune nothing is shown, and nothing filled in.
    let other = house.unit("UBND xã Đồi Mẫu").to_string();
    assert_eq!(clerk.get(&format!("/systems/ours?unit={other}")).await.status, StatusCode::NOT_FOUND);
    let foreign = [("unit", other.as_str()), ("name", "Của xã khác"), ("kind", "service"), ("hosting", "unknown")];
    assert_eq!(clerk.form("/systems/ours", &foreign).await.status, StatusCode::FORBIDDEN);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn bodies_are_reminded_of_their_word_and_of_what_runs_out() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::PROGRAMME).await;
    let id = added(&province, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let paper = [("kind", "tls"), ("number", "A1"), ("valid_until", "15/12/2026")];
    assert_eq!(province.form(&format!("/systems/{id}/certificates"), &paper).await.status, StatusCode::SEE_OTHER);
    let rounds = OpenRounds::new(house.app.db().clone(), Arc::new(Units));
    let (owner, other) = (house.unit("Sở Tài chính"), house.unit("Sở Y tế"));
    let days = (date(2026, 12, 1), date(2026, 12, 31));
    let kinds = async |unit| {
        let dues = rounds.of_units(&[unit], days).await.unwrap();
        dues.iter().map(|due| due.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(owner).await, ["confirmation", "certificate"]);
    assert!(kinds(other).await.is_empty());
    assert_eq!(rounds.due_on(&[date(2026, 12, 31), date(2026, 12, 15)]).await.unwrap().len(), 2);
    assert_eq!(rounds.due_on(&[date(2026, 12, 30)]).await.unwrap().len(), 0);
    // What is to be checked again is told to who must know, until it was checked; what was found is told to nobody.
    let check = |on: &'static str, next: &'static str| {
        [("kind", "third_party"), ("on_day", on), ("outcome", "risk_high"), ("note", "Tài khoản cũ"), ("next_on", next)]
    };
    let path = format!("/systems/{id}/checks");
    assert_eq!(province.form(&path, &check("05/10/2025", "10/12/2026")).await.status, StatusCode::SEE_OTHER);
    let dues = rounds.of_units(&[owner], days).await.unwrap();
    let due = dues.iter().find(|due| due.kind == "check").unwrap();
    assert_eq!((due.due, due.words.as_str()), (date(2026, 12, 10), "Ngân sách"));
    assert!(due.is_for(Role::OFFICER) && due.is_for(Role::LEADER) && !due.is_for(Role::CLERK));
    assert!(dues.iter().filter(|due| due.kind != "check").all(|due| due.is_for(Role::CLERK)), "{dues:?}");
    assert_eq!(rounds.due_on(&[date(2026, 12, 10)]).await.unwrap().len(), 1);
    province.form(&path, &check("06/10/2025", "10/12/2027")).await;
    assert_eq!(rounds.due_on(&[date(2026, 12, 10)]).await.unwrap().len(), 0);
    // Of a machine the certificate too.
    let server = added(&province, &json!({"name": "Máy chủ", "owner": "Sở Tài chính", "kind": "server"})).await;
    let paper = [("kind", "tls"), ("number", "A2"), ("valid_until", "16/12/2026")];
    province.form(&format!("/systems/{server}/certificates"), &paper).await;
    let due = rounds.due_on(&[date(2026, 12, 16)]).await.unwrap().pop().unwrap();
    assert!(due.is_for(Role::OFFICER) && !due.is_for(Role::CLERK), "{due:?}");
    // Once the word is given nobody is reminded of it.
    let unit = owner.to_string();
    province.form("/systems/confirmations", &[("unit", &unit)]).await;
    let year = house.system().today().year();
    let last = date(year, 12, 31);
    let open = rounds.due_on(&[last]).await.unwrap();
    assert!(open.iter().all(|due| due.kind != "confirmation"), "{open:?}");
}

#[tokio::test]
async fn the_form_shows_what_the_yearly_word_is_about() {
    let house = house().await;
    let keeper = house.person("ct", "UBND xã Sông Mẫu", Role::PROGRAMME).await;
    let system = |name: &str, column: &str, code: &str| {
        let mut said = json!({"name": name, "owner": "UBND xã Sông Mẫu", "state": "operating"});
        said[column] = Value::from(code);
        said
    };
    let stays = added(&keeper, &system("Một cửa", "kind", "service")).await;
    let goes = added(&keeper, &system("Một cửa điện tử", "kind", "service")).await;
    let merge = json!({"other": goes, "stays": stays});
    let merged = keeper.json(Method::POST, &format!("/api/v1/systems/{stays}/merge"), &merge).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);
    for (name, column, code) in [
        ("Mật", "state_secret", "yes"),
        ("Ghi nhầm", "state", "mistaken"),
        ("Đã bỏ", "state", "retired"),
        ("Máy chủ", "kind", "server"),
        ("Mạng", "kind", "network"),
        ("Hợp đồng", "kind", "contract"),
    ] {
        added(&keeper, &system(name, column, code)).await;
    }
    let (unit, ctx, conn) = (house.unit("UBND xã Sông Mẫu"), house.ctx("ct"), house.app.db().read());
    let form = ours::ours(&house.app, &ctx, &conn, unit).await.unwrap();
    assert_eq!((form.own.len(), form.unconfirmed), (2, 2), "{:?}", form.own);
    let rounds = confirm::rounds(&house.app, &ctx, &conn).await.unwrap();
    assert_eq!(rounds.iter().map(|one| (one.systems, one.unconfirmed)).collect::<Vec<_>>(), [(2, 2)]);
    let open = keeper.get("/api/v1/systems?unconfirmed=1").await.json();
    assert_eq!(open["items"].as_array().unwrap().len(), 2, "{open}");
    let said = json!({ "unit": unit.to_string() });
    let said = keeper.json(Method::POST, "/api/v1/systems/confirmations", &said).await.json();
    assert_eq!(said["systems"], 2, "{said}");
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE confirmed_on IS NOT NULL").await, 2);
}

#[tokio::test]
async fn the_short_form_leads_where_a_commune_keeps_its_list_and_says_what_it_needs() {
    let house = house().await;
    let clerk = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let officer = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let chair = house.person("ct", "UBND xã Sông Mẫu", Role::LEADER).await;
    let leads = |page: &str| {
        let page = page.replace("&#x2f;", "/");
        let at = |name: &str| page.find(&format!("href=\"/systems/{name}\" role=\"button\"")).unwrap();
        at("ours") < at("add")
    };
    let (of_clerk, of_officer) = (clerk.get("/systems").await.body, officer.get("/systems").await.body);
    assert!(leads(&of_clerk) && !leads(&of_officer), "{of_clerk}");
    assert!(of_clerk.contains("Việc khác"), "{of_clerk}");
    // The body's word is its leader's first thing beside it, not folded away.
    let of_chair = chair.get("/systems").await.body.replace("&#x2f;", "/");
    let at = |words: &str| of_chair.find(words).unwrap_or_else(|| panic!("{words}: {of_chair}"));
    assert!(at("/systems/confirmations\" role") < at("Việc khác"), "{of_chair}");
    // Who cannot edit is not told to.
    assert!(clerk.get("/systems/ours").await.body.contains("rồi lưu"));
    assert!(!chair.get("/systems/ours").await.body.contains("rồi lưu"));
    // A year that is still to come is called so, and the label says when a year is needed.
    let page = clerk.get("/systems/ours").await.body;
    assert!(page.contains("cần khi đã ghi tên hệ thống"), "{page}");
    let line = |since| {
        [("name", "Trang của xã"), ("kind", "service"), ("hosting", "unknown"), ("since", since), ("no_secret", "1")]
    };
    let refused = clerk.form("/systems/ours", &line("2035")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Năm 2035 chưa tới"), "{}", refused.body);
    let refused = clerk.form("/systems/ours", &line("2026")).await.body.replace("&#x2f;", "/");
    assert!(refused.contains("trong năm này thì ghi rõ ngày: sau ngày 20/11/2026"), "{refused}");
}

#[tokio::test]
async fn the_list_says_how_many_of_its_rows_are_systems() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    for (name, kind, state) in [
        ("Ngân sách", "information_system", "planned"),
        ("Tài sản", "database", "planned"),
        ("Sao Mẫu", "provider", "operating"),
        ("Ghi hai lần", "service", "mistaken"),
    ] {
        added(&clerk, &json!({"name": name, "owner": "Sở Tài chính", "kind": kind, "state": state})).await;
    }
    let page = clerk.get("/systems").await.body;
    assert!(page.contains("4 dòng") && page.contains("trong đó 2 hệ thống"), "{page}");
    // Where there is nothing else it is not said.
    let page = clerk.get("/systems?kind=database").await.body;
    assert!(page.contains("1 dòng") && !page.contains("trong đó"), "{page}");
}
