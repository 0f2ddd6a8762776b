//! Certificates, checks, lists of materials, and the inventory taken along.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use jiff::civil::date;
use kernel::{Dues as _, Role};
use registry::{
    OpenRounds,
    model::SystemId,
    usecase::{export, materials},
};
use serde_json::{Value, json};
use testkit::{Part, Units};

use crate::{added, house};

#[tokio::test]
async fn certificates_run_out_in_order_and_go_and_come_back() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let user = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let centre = json!({"name": "Trung tâm dữ liệu Mẫu", "owner": "Sở Tài chính", "kind": "data_centre"});
    let id = added(&clerk, &centre).await;
    let path = format!("/systems/{id}/certificates");
    let add = |kind: &'static str, number: &'static str, until: &'static str| {
        [("kind", kind), ("number", number), ("issued_on", "01/01/2024"), ("valid_until", until)]
    };
    assert_eq!(clerk.form(&path, &add("tier", "T-3", "31/12/2035")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &add("tcvn", "TC-9", "01/02/2025")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &add("tcvn", "TC-9", "01/02/2026")).await.status, StatusCode::CONFLICT);
    for wrong in [add("tcvn", "TC-1", "01/02/2020"), add("gold", "TC-1", ""), add("tcvn", "", ""), add("tls", "a", "x")]
    {
        assert_eq!(clerk.form(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert_eq!(user.form(&path, &add("tls", "X", "")).await.status, StatusCode::NOT_FOUND);
    let page = clerk.get("/systems/certificates").await.body;
    let (first, second) = (page.find("TC-9").unwrap(), page.find("T-3").unwrap());
    assert!(first < second && page.contains("Đã hết hạn") && page.contains("Còn hạn"), "{page}");
    assert!(!user.get("/systems/certificates").await.body.contains("TC-9"));
    let all = clerk.get(&format!("/api/v1/systems/{id}/certificates")).await.json();
    let gone = all[0]["id"].as_str().unwrap();
    assert_eq!(clerk.form(&path, &[("remove", gone)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &[("remove", gone)]).await.status, StatusCode::NOT_FOUND);
    clerk.form(&format!("/undo/{}", house.newest("system.uncertificate").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_certificate").await, 2);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn checks_are_seen_by_those_who_must_know_alone() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let keeper = house.person("qt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    let id = added(&clerk, &json!({"name": "Đám mây", "owner": "Sở Tài chính", "kind": "cloud_service"})).await;
    let used = json!({"kind": "used_by", "other": "UBND xã Sông Mẫu"});
    clerk.json(Method::POST, &format!("/api/v1/systems/{id}/links"), &used).await;
    let (page, path) = (format!("/systems/{id}"), format!("/systems/{id}/checks"));
    let check = [
        ("kind", "third_party"),
        ("on_day", "01/10/2025"),
        ("outcome", "with_findings"),
        ("note", "Cổng quản trị mở cho mọi địa chỉ"),
    ];
    assert_eq!(clerk.form(&path, &check).await.status, StatusCode::SEE_OTHER);
    let ahead = [("kind", "risk"), ("on_day", "01/01/2099"), ("outcome", "risk_high")];
    assert_eq!(clerk.form(&path, &ahead).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(clerk.get(&page).await.body.contains("Cổng quản trị mở"));
    for client in [&user, &keeper] {
        let shown = client.get(&page).await;
        assert!(shown.status == StatusCode::OK && !shown.body.contains("Cổng quản trị mở"), "{}", shown.body);
        assert_eq!(client.get(&format!("/api/v1/systems/{id}/checks")).await.status, StatusCode::FORBIDDEN);
    }
    // Neither the ledger nor the lake has what was found.
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE body LIKE '%quản trị mở%'").await, 0);
    house.lake_is_as_the_rows().await;
}

fn bill(version: &str) -> Vec<u8> {
    let core = json!({"name": "log4j-core", "version": version, "purl": format!("pkg:maven/log4j-core@{version}")});
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [core, {"name": "left-pad"}]});
    list.to_string().into_bytes()
}

#[tokio::test]
async fn a_component_is_found_in_the_systems_of_those_who_must_know() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::LEADER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let path = format!("/systems/{id}/materials");
    let old = bill("2.14.1");
    assert_eq!(clerk.upload(&path, &[Part::File("bom.json", &old)]).await.status, StatusCode::SEE_OTHER);
    let page = clerk.get(&path).await.body;
    assert!(["CycloneDX 1.6", "log4j-core", "2.14.1", "left-pad"].iter().all(|part| page.contains(part)), "{page}");
    // What it is built of is read by the same people, as programs do.
    let api = format!("/api/v1{path}");
    let built = clerk.get(&api).await.json();
    assert_eq!((&built["bill"]["format"], &built["next"]), (&json!("CycloneDX 1.6"), &Value::Null), "{built}");
    let parts = built["components"].as_array().unwrap();
    assert_eq!(Some(i64::try_from(parts.len()).unwrap()), built["bill"]["components"].as_i64(), "{built}");
    assert!(parts.iter().any(|one| one["version"] == "2.14.1"), "{built}");
    let last = parts.last().unwrap()["id"].as_str().unwrap();
    assert!(!clerk.get(&format!("{path}?after={last}")).await.body.contains("log4j-core"), "behind the last");
    assert_eq!(clerk.get(&format!("{api}?after={last}")).await.json()["components"], json!([]), "behind the last");
    assert_eq!(other.get(&api).await.status, StatusCode::NOT_FOUND);
    let keeper = house.person("qt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    assert_eq!(keeper.get(&api).await.status, StatusCode::FORBIDDEN, "sees the system, and need not know this");
    let found = |body: &str| body.contains("Ngân sách");
    for (client, sees) in [(&clerk, true), (&province, true), (&other, false)] {
        assert_eq!(found(&client.get("/systems/components?q=log4j+2.14").await.body), sees);
        let told = client.get("/api/v1/systems/components?q=log4j+2.14").await.json();
        assert_eq!(told.as_array().unwrap().len(), usize::from(sees));
    }
    assert!(!found(&clerk.get("/systems/components?q=log4j+2.17").await.body));
    // Each word is how one of the name begins.
    for (words, is_found) in [("co+log4+2.14", true), ("LOG4J-Core", true), ("og4j", false), ("log4j+left", false)] {
        assert_eq!(found(&clerk.get(&format!("/systems/components?q={words}")).await.body), is_found, "{words}");
    }
    // More words than a statement takes are cut, not a fault.
    let many = clerk.get(&format!("/systems/components?q={}", "log4j-".repeat(1_200))).await;
    assert!(many.status == StatusCode::OK && found(&many.body), "{}", many.status);
    // A new list takes the place of the old one; a wrong one changes nothing.
    let new = bill("2.17.0");
    assert_eq!(clerk.upload(&path, &[Part::File("bom.json", &new)]).await.status, StatusCode::SEE_OTHER);
    assert!(found(&clerk.get("/systems/components?q=log4j+2.17").await.body));
    assert!(!found(&clerk.get("/systems/components?q=log4j+2.14").await.body));
    let refused = clerk.upload(&path, &[Part::File("bom.json", b"{}")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    // In another form than is read: which one it is, and which are.
    let yaml = [Part::File("bom.json", b"spdxVersion: SPDX-2.3\ndataLicense: CC0-1.0\n")];
    for (client, said) in [
        (clerk.clone(), "dạng SPDX YAML, chương trình không đọc dạng này"),
        (clerk.with_cookie("dinh_lang=en"), "as SPDX YAML, which is not read"),
    ] {
        let refused = client.upload(&path, &yaml).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains(said) && refused.body.contains("CycloneDX 1.0"), "{}", refused.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_component").await, 2);
    assert_eq!(other.upload(&path, &[Part::File("bom.json", &new)]).await.status, StatusCode::NOT_FOUND);
    assert!(materials::find(&house.app, &house.ctx("yte"), "log4j").await.unwrap().is_empty());
}

/// Whatever its name says: pages and programs take it through one door.
#[tokio::test]
async fn a_list_is_taken_in_the_form_that_it_has() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let path = format!("/systems/{id}/materials");
    let api = format!("/api/v1{path}");
    let xml = |before: &str, name: &str| {
        let component = format!("<component><name>{name}</name><version>2.14.1</version></component>");
        let space = "http://cyclonedx.org/schema/bom/1.3";
        format!("<?xml version=\"1.0\"?>{before}<bom xmlns=\"{space}\"><components>{component}</components></bom>")
    };
    let tags = "SPDXVersion: SPDX-2.3\nPackageName: log4j-core\nPackageVersion: 2.14.1\n".to_owned();
    for (to, file, format) in [
        (&path, xml("", "log4j-core"), "CycloneDX 1.3"),
        (&api, tags, "SPDX 2.3"),
        (&api, xml("", "log4j-core"), "CycloneDX 1.3"),
    ] {
        let taken = clerk.upload(to, &[Part::File("bom.json", file.as_bytes())]).await;
        assert!(taken.status == StatusCode::SEE_OTHER || taken.status == StatusCode::OK, "{}", taken.body);
        let built = clerk.get(&api).await.json();
        assert_eq!(built["bill"]["format"], format, "{built}");
        let parts = built["components"].as_array().unwrap();
        assert_eq!((parts.len(), &parts[0]["name"], &parts[0]["version"]), (1, &json!("log4j-core"), &json!("2.14.1")));
    }
    // What is refused says why in both languages, and takes nothing away.
    let doctype = "<!DOCTYPE bom [<!ENTITY a \"ha\">]>";
    for (file, vi, en) in [
        (xml(doctype, "&a;"), "khai báo kiểu tài liệu (DOCTYPE)", "declares a document type (DOCTYPE)"),
        (xml("", "log4j-core</name>"), "sai định dạng", "not well-formed"),
        ("<html></html>".to_owned(), "Tệp không phải CycloneDX 1.0", "The file is neither CycloneDX 1.0"),
    ] {
        for (client, said) in [(clerk.clone(), vi), (clerk.with_cookie("dinh_lang=en"), en)] {
            let refused = client.upload(&path, &[Part::File("bom.xml", file.as_bytes())]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
    }
    let latin = [Part::File("bom.xml", b"<bom>caf\xe9</bom>")];
    let refused = clerk.upload(&path, &latin).await;
    assert!(refused.body.contains("không theo bảng mã UTF-8"), "{}", refused.body);
    assert!(clerk.get("/systems/components?q=log4j+2.14").await.body.contains("Ngân sách"));
}

/// A list that was cut off on its way is seen by nobody, and goes once it is on no way any more.
#[tokio::test]
async fn components_of_no_list_are_unseen_and_go_after_a_day() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let path = format!("/systems/{id}/materials");
    assert_eq!(clerk.upload(&path, &[Part::File("bom.json", &bill("2.14.1"))]).await.status, StatusCode::SEE_OTHER);
    let there = async || house.count("SELECT COUNT(*) FROM registry_component").await;
    let own = there().await;
    let system: SystemId = id.parse().unwrap();
    let fresh = || {
        let id: SystemId = house.system().new_id();
        id.uuid()
    };
    let stray = "INSERT INTO registry_component (id, system_id, bill_id, name, version, purl, fold) \
        VALUES ($1, $2, $3, 'stray', '1', '', 'stray')";
    let old = uuid::Uuid::from_u128(7);
    for list in [old, old, fresh()] {
        house.exec(stray, db::vals![fresh(), system.uuid(), list]).await;
    }
    assert_eq!(there().await, own + 3);
    assert_eq!(clerk.get("/api/v1/systems/components?q=stray").await.json(), json!([]));
    let built = clerk.get(&format!("/api/v1{path}")).await.json();
    assert!(built["components"].as_array().unwrap().iter().all(|one| one["name"] != "stray"), "{built}");
    let systems = export::systems(&house.app, &house.ctx("so")).await.unwrap();
    let exported = export::cyclonedx(&house.app, &house.ctx("so"), &systems).await.unwrap().to_string();
    assert!(exported.contains("log4j") && !exported.contains("stray"), "{exported}");
    db::daily(house.app.db(), &house.system(), &["registry.strays"]).await.unwrap();
    house.drain().await;
    assert_eq!(there().await, own + 1, "what may still be on its way stays");
    // The next list takes the place of the first, whole.
    assert_eq!(clerk.upload(&path, &[Part::File("bom.json", &bill("2.17.0"))]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(there().await, own + 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn single_letters_are_looked_for_within_what_longer_words_find() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let names = ["c-ares", "ares tool", "xares c"].map(|name| json!({ "name": name }));
    let list = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": names}).to_string();
    let path = format!("/systems/{id}/materials");
    assert_eq!(clerk.upload(&path, &[Part::File("b.json", list.as_bytes())]).await.status, StatusCode::SEE_OTHER);
    for (words, count) in [("ares", 2), ("c+ares", 1), ("ares+ARES+c+c", 1), ("c-ar", 1), ("t+ares", 1), ("z+ares", 0)]
    {
        let found = clerk.get(&format!("/api/v1/systems/components?q={words}")).await.json();
        assert_eq!(found.as_array().unwrap().len(), count, "{words}: {found}");
    }
    let refused = clerk.get("/api/v1/systems/components?q=a+a+a+b").await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("components-short"))
    );
    for (client, said) in
        [(clerk.clone(), "Hãy gõ ít nhất một từ"), (clerk.with_cookie("dinh_lang=en"), "Type at least one word")]
    {
        let page = client.get("/systems/components?q=a+a+a+b").await;
        assert!(page.status == StatusCode::OK && page.body.contains(said), "{}", page.body);
    }
}

#[tokio::test]
async fn a_contract_has_its_value_its_days_and_its_supplier_and_covers_systems() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let form = clerk.get("/systems/new?state_secret=no&kind=contract").await.body;
    for (field, is_asked) in [("contract_value", true), ("contract_until", true), ("ipv6", false), ("backup", false)] {
        assert_eq!(form.contains(&format!("name=\"{field}\"")), is_asked, "{field}: {form}");
    }
    assert!(!clerk.get("/systems/new?kind=database").await.body.contains("name=\"contract_value\""));
    let said = |from: &'static str, until: &'static str| {
        let what = [("name", "HĐ 15/2026"), ("owner", "Sở Tài chính"), ("kind", "contract"), ("state", "operating")];
        let days = [("contract_value", "1,2 tỷ"), ("contract_from", from), ("contract_until", until)];
        [what.as_slice(), days.as_slice()].concat()
    };
    let refused = clerk.form("/systems/new", &said("01/01/2026", "31/12/2025")).await;
    assert!(refused.body.contains("Ngày hết hiệu lực trước ngày có hiệu lực"), "{}", refused.body);
    let page = clerk.form("/systems/new", &said("01/01/2026", "31/12/2026")).await.location;
    let page = page.split('?').next().unwrap().to_owned();
    let told = clerk.get(&format!("/api/v1{page}")).await.json();
    assert_eq!(told["contract_value"].as_i64(), Some(1_200_000_000), "{told}");
    // Its supplier is a provider; what it covers says so, and only of a contract.
    let provider = json!({"name": "Công ty Mẫu", "owner": "Sở Tài chính", "kind": "provider", "is_domestic": "yes"});
    added(&clerk, &provider).await;
    let by = [("kind", "provided_by"), ("other", "Công ty Mẫu")];
    assert_eq!(clerk.form(&format!("{page}/links"), &by).await.status, StatusCode::SEE_OTHER);
    let shown = clerk.get(&page).await.body;
    assert!(shown.contains("Nhà cung cấp:") && shown.contains("1.200.000.000"), "{shown}");
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let links = format!("/systems/{id}/links");
    let covered = |other: &'static str| [("kind", "covered_by"), ("other", other)];
    let refused = clerk.form(&links, &covered("Công ty Mẫu")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!(clerk.form(&links, &covered("HĐ 15/2026")).await.status, StatusCode::SEE_OTHER);
    assert!(clerk.get(&page).await.body.contains("Là hợp đồng của"));
    // Paper stops nothing, and moves in no wave.
    let struck = clerk.get(&format!("/api/v1{page}/impact")).await.json();
    assert_eq!(struck["stops"].as_i64(), Some(0), "{struck}");
    // What is no contract has no such days; and the body is told when the contract ends.
    let odd = json!({"name": "Thuế", "owner": "Sở Tài chính", "contract_until": "31/12/2026"});
    let refused = clerk.json(Method::POST, "/api/v1/systems", &odd).await.json();
    assert_eq!(refused["code"], "contract-of-none", "{refused}");
    let rounds = OpenRounds::new(house.app.db().clone(), Arc::new(Units));
    let days = (date(2026, 12, 1), date(2026, 12, 31));
    let dues = rounds.of_units(&[house.unit("Sở Tài chính")], days).await.unwrap();
    let due = dues.iter().find(|due| due.kind == "contract").unwrap();
    assert_eq!((due.due, due.words.as_str()), (date(2026, 12, 31), "HĐ 15/2026"));
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn checks_stand_on_one_page_for_who_must_know_what_is_due_first() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let user = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let keeper = house.person("qt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    for (name, on, next, outcome) in [
        ("Thuế", "02/10/2025", "", "passed"),
        ("Ngân sách", "01/10/2025", "01/02/2035", "risk_high"),
        ("Tài sản", "03/10/2025", "01/02/2026", "with_findings"),
    ] {
        let id = added(&clerk, &json!({"name": name, "owner": "Sở Tài chính"})).await;
        let check = [("kind", "risk"), ("on_day", on), ("outcome", outcome), ("next_on", next)];
        let answer = clerk.form(&format!("/systems/{id}/checks"), &check).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let used = [("kind", "used_by"), ("other", "Sở Y tế")];
        clerk.form(&format!("/systems/{id}/links"), &used).await;
    }
    let page = clerk.get("/systems/checks").await.body;
    let at = |name: &str| page.find(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{name}: {page}"));
    assert!(at("Tài sản") < at("Ngân sách") && at("Ngân sách") < at("Thuế"), "{page}");
    assert!(page.contains("Quá hạn") && page.contains("Còn hạn") && page.contains("Rủi ro cao"), "{page}");
    // Who uses them sees them, and not how they stand.
    assert!(user.get("/systems").await.body.contains("Ngân sách"));
    assert!(!user.get("/systems/checks").await.body.contains("Ngân sách"));
    assert_eq!(keeper.get("/systems/checks").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_inventory_is_taken_along_in_three_ways() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let first = json!({"name": "Ngân sách", "owner": "Sở Tài chính", "cost_per_year": "350 triệu",
        "operating_since": "05/03/2019", "hosting": "provincial_cloud"});
    let one = added(&province, &first).await;
    let two = added(&province, &json!({"name": "Kho dữ liệu", "owner": "Sở Y tế", "kind": "database"})).await;
    added(&province, &json!({"name": "Mật", "owner": "Sở Y tế", "state_secret": "yes"})).await;
    let link = json!({"kind": "depends_on", "other": two});
    province.json(Method::POST, &format!("/api/v1/systems/{one}/links"), &link).await;
    let ctx = house.system();
    let systems = export::systems(&house.app, &ctx).await.unwrap();
    assert_eq!(systems.len(), 3);
    // A workbook that says what is there changes nothing when it comes back.
    let book = export::workbooks(&house.app, &ctx, &systems).await.unwrap().remove(0);
    let preview = registry::usecase::import::systems_preview(&house.app, &ctx, book.into()).await.unwrap();
    let problems: Vec<_> = preview.lines.iter().map(|line| line.problem.as_ref().map(|one| one.code)).collect();
    assert_eq!(preview.count(webkit::Verdict::Same), 3, "{problems:?}");
    let list = export::cyclonedx(&house.app, &ctx, &systems).await.unwrap();
    assert_eq!((&list["bomFormat"], &list["specVersion"]), (&json!("CycloneDX"), &json!("1.6")));
    let named = |list: &Value| list.as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
    assert_eq!(named(&list["services"]), [json!("Ngân sách")]);
    assert_eq!(named(&list["components"]), [json!("Kho dữ liệu")]);
    let needs = list["dependencies"].as_array().unwrap().iter().find(|need| need["ref"] == json!(one)).unwrap();
    assert_eq!(needs["dependsOn"], json!([two]));
    assert!(!list.to_string().contains("bí mật"), "what is only counted is not taken along");
    // What it is built of hangs on it, for who must know; whoever only uses it learns neither that nor what it needs.
    let part = json!({"name": "log4j", "version": "2.14"});
    let bill = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [part]}).to_string();
    let bill = [Part::File("b.json", bill.as_bytes())];
    let taken = province.upload(&format!("/systems/{one}/materials"), &bill).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let used = json!({"kind": "used_by", "other": "Sở Y tế"});
    province.json(Method::POST, &format!("/api/v1/systems/{one}/links"), &used).await;
    house.person("yte", "Sở Y tế", Role::OFFICER).await;
    for (ctx, parts, needed) in [(ctx, 1, 2), (house.ctx("yte"), 0, 0)] {
        let systems = export::systems(&house.app, &ctx).await.unwrap();
        let list = export::cyclonedx(&house.app, &ctx, &systems).await.unwrap();
        let built = list["components"].as_array().unwrap().iter().filter(|part| part["version"] == json!("2.14"));
        let needs = list["dependencies"].as_array().unwrap().iter().find(|need| need["ref"] == json!(one)).unwrap();
        assert_eq!((built.count(), needs["dependsOn"].as_array().unwrap().len()), (parts, needed), "{list}");
        let whole = export::whole(&house.app, &ctx, &systems).await.unwrap();
        let own = whole["systems"].as_array().unwrap().iter().find(|system| system["id"] == json!(one)).unwrap();
        let count = |name: &str| own[name].as_array().unwrap().len();
        assert_eq!((count("relations"), count("used_by")), (parts, 1), "{own}");
        let (_, lines) = export::lines(&house.app, &ctx, &systems).await.unwrap();
        let own = lines.iter().find(|line| line[0] == "Ngân sách").unwrap();
        assert_eq!(own.iter().any(|cell| cell == "Kho dữ liệu"), parts == 1, "{own:?}");
    }
}
