//! What is known of a system, what of a secret one is not, and what only those see who must know.

use axum::http::{Method, StatusCode};
use kernel::Role;
use registry::usecase::import;
use serde_json::json;

use crate::{added, house};

#[tokio::test]
async fn a_form_has_groups_and_keeps_what_it_says() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let form = clerk.get("/systems/new?state_secret=no").await.body;
    assert!(form.contains("data-draft") && form.contains("Nơi đặt và vận hành"), "{form}");
    let said = [
        ("name", "Ngân sách"),
        ("owner", "Sở Tài chính"),
        ("state_secret", "no"),
        ("cost_per_year", "1,2 tỷ"),
        ("users", "1.250"),
        ("criticality", "critical"),
        ("backup", "proven"),
        ("backup_proven_on", "05/03/2026"),
        ("hosting", "domestic_cloud"),
        ("hosting_proof", "Hợp đồng 15/HĐ"),
        ("architecture", "Lớp ứng dụng"),
        ("deviates", "no"),
    ];
    let page = clerk.form("/systems/new", &said).await.location;
    let page = page.split('?').next().unwrap().to_owned();
    let told = clerk.get(&format!("/api/v1{page}")).await.json();
    assert_eq!((told["cost_per_year"].as_i64(), told["users"].as_i64()), (Some(1_200_000_000), Some(1250)), "{told}");
    assert_eq!((told["level"].as_i64(), told["ai_potential"].as_str()), (None, Some("unknown")));
    let shown = clerk.get(&page).await.body;
    for words in ["1.200.000.000", "Trọng yếu", "05&#x2f;03&#x2f;2026", "Hợp đồng 15&#x2f;HĐ", "Chưa ghi:"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // What is wrong is said at its field.
    let wrong = [("cost_per_year", "-5"), ("users", "nhiều"), ("backup", "proven"), ("backup_proven_on", "")];
    let refused = clerk.form(&format!("{page}/edit"), &[[("rev", "1")].as_slice(), wrong.as_slice()].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["cost_per_year", "users", "backup_proven_on"] {
        assert!(refused.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", refused.body);
    }
    assert!(refused.body.contains("“-5” là số âm"), "{}", refused.body);
    // What was done was done by today: trials, certificates and checks alike.
    let (api, ahead) = (format!("/api/v1{page}"), "01/01/9999");
    let edit = clerk.header("if-match", "\"1\"");
    let trial = edit.json(Method::PATCH, &api, &json!({"backup_proven_on": ahead})).await;
    let paper = json!({"kind": "tls", "number": "TLS-1", "issued_on": ahead});
    let paper = clerk.json(Method::POST, &format!("{api}/certificates"), &paper).await;
    let check = json!({"kind": "risk", "on_day": ahead, "outcome": "risk_low"});
    let check = clerk.json(Method::POST, &format!("{api}/checks"), &check).await;
    for (field, refused) in [("backup_proven_on", trial), ("issued_on", paper), ("on_day", check)] {
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.body);
        assert!(refused.body.contains("day-to-come") && refused.body.contains(field), "{}", refused.body);
    }
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn of_a_system_with_state_secrets_only_the_number_is_kept() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    assert!(clerk.get("/systems/add").await.body.contains("bí mật nhà nước"));
    // Whoever types a name all the same leaves none.
    let said = json!({"name": "Kế hoạch tuyệt mật", "owner": "Sở Tài chính", "state_secret": "yes",
        "address": "mat.example", "purpose": "Chuyện không ai được biết", "users": "12"});
    let id = added(&clerk, &said).await;
    let told = clerk.get(&format!("/api/v1/systems/{id}")).await.body;
    for word in ["tuyệt mật", "mat.example", "Chuyện không ai"] {
        assert!(!told.contains(word), "{told}");
    }
    for column in ["fold", "name_sort", "name_key", "address_key"] {
        let sql =
            format!("SELECT COUNT(*) FROM registry_system WHERE {column} LIKE '%tuyet%' OR {column} LIKE '%mat.ex%'");
        assert_eq!(house.count(&sql).await, 0, "{column}");
    }
    assert!(clerk.get(&format!("/systems/{id}")).await.body.contains("chỉ giữ số lượng"));
    // Nothing is written beside it, from neither side.
    let other = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let (of, from) = (format!("/systems/{id}"), format!("/systems/{other}"));
    let (to, back) = ([("kind", "runs_on"), ("other", other.as_str())], [("kind", "runs_on"), ("other", id.as_str())]);
    let (user, paper) = ([("kind", "used_by"), ("other", "Sở Y tế")], [("kind", "tls"), ("number", "A1")]);
    let check = [("kind", "risk"), ("on_day", "01/10/2025"), ("outcome", "risk_low")];
    for (page, part, said) in [
        (&of, "links", to.as_slice()),
        (&from, "links", back.as_slice()),
        (&of, "links", user.as_slice()),
        (&of, "certificates", paper.as_slice()),
        (&of, "checks", check.as_slice()),
    ] {
        let refused = clerk.form(&format!("{page}/{part}"), said).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{page} {said:?} {}", refused.body);
    }
    assert!(!clerk.get(&of).await.body.contains("Thêm quan hệ"));
    // Nothing that was veiled comes back by a tick.
    let back = [("rev", "1"), ("state_secret", "no"), ("name", "Kế hoạch")];
    let refused = clerk.form(&format!("/systems/{id}/edit"), &back).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    // Counted by number, and taken back.
    let counted = clerk.form("/systems/secret", &[("owner", "Sở Tài chính"), ("count", "3")]).await;
    assert_eq!(counted.status, StatusCode::SEE_OTHER, "{}", counted.body);
    let secret = "SELECT COUNT(*) FROM registry_system WHERE state_secret = 'yes'";
    assert_eq!(house.count(secret).await, 4);
    for wrong in ["0", "51", "ba"] {
        let refused = clerk.form("/systems/secret", &[("owner", "Sở Tài chính"), ("count", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let denied = other.form("/systems/secret", &[("owner", "Sở Tài chính"), ("count", "1")]).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    clerk.form(&format!("/undo/{}", house.newest("system.secret").await), &[]).await;
    assert_eq!(house.count(secret).await, 1);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn machines_and_networks_are_for_those_who_must_know() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let user = house.person("xa", "UBND xã Sông Mẫu", Role::OFFICER).await;
    let keeper = house.person("qt", "Sở Tài chính", Role::UNIT_ADMIN).await;
    let server = added(&clerk, &json!({"name": "Máy chủ số 1", "owner": "Sở Tài chính", "kind": "server"})).await;
    let used = json!({"kind": "used_by", "other": "UBND xã Sông Mẫu"});
    let links = format!("/api/v1/systems/{server}/links");
    assert_eq!(clerk.json(Method::POST, &links, &used).await.status, StatusCode::OK);
    let paper = [("kind", "tls"), ("number", "A1"), ("valid_until", "15/12/2026")];
    assert_eq!(clerk.form(&format!("/systems/{server}/certificates"), &paper).await.status, StatusCode::SEE_OTHER);
    for (client, sees) in [(&clerk, true), (&user, false), (&keeper, false)] {
        assert_eq!(client.get(&format!("/systems/{server}")).await.status.is_success(), sees);
        for page in ["/systems", "/systems/certificates"] {
            assert_eq!(client.get(page).await.body.contains("Máy chủ số 1"), sees, "{page}");
        }
    }
    house.registers_agree().await;
    // What depends on what is told to no lake.
    let told = db::fact_tables(house.app.db());
    assert!(
        told.iter().all(|table| !["registry_relation", "registry_check", "registry_component"].contains(&table.name))
    );
}

#[tokio::test]
async fn a_system_stands_by_a_provider_and_no_other_thing() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let keeper = house.person("khcn", "Sở Khoa học và Công nghệ", Role::OFFICER).await;
    let cloud = json!({"name": "Đám mây Mẫu", "owner": "Sở Khoa học và Công nghệ", "kind": "cloud_service",
        "is_domestic": "yes"});
    let cloud = added(&keeper, &cloud).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    added(&clerk, &json!({"name": "Tài sản", "owner": "Sở Tài chính"})).await;
    let links = format!("/systems/{id}/links");
    let by = |other: &'static str| [("kind", "provided_by"), ("other", other)];
    assert_eq!(clerk.form(&links, &by("dam may mau")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&links, &by("Đám mây Mẫu")).await.status, StatusCode::CONFLICT);
    let refused = clerk.form(&links, &by("Tài sản")).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(clerk.get(&format!("/systems/{id}")).await.body.contains("Hạ tầng do:"));
    // The figures ask who provides a system and who uses it: the lake is told both.
    let (provided, unit) = (house.newest("system.link").await, house.unit("UBND xã Sông Mẫu"));
    clerk.form(&links, &[("kind", "used_by"), ("other", "UBND xã Sông Mẫu")]).await;
    let provider = format!(r#"%"provider":"{cloud}"%"#);
    for (table, said) in [("registry_system", provider), ("registry_use", format!("%{unit}%"))] {
        let told = format!("SELECT COUNT(*) FROM db_fact WHERE fact_table = '{table}' AND body LIKE '{said}'");
        assert_eq!(house.count(&told).await, 1, "{table}: {said}");
    }
    clerk.form(&format!("/undo/{provided}"), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_system WHERE provider_id IS NOT NULL").await, 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn a_system_is_named_by_its_code_though_many_others_bear_it() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    for at in 0..51 {
        added(&other, &json!({"name": format!("Của người khác {at}"), "owner": "Sở Y tế", "code": "HT.01"})).await;
    }
    added(&clerk, &json!({"name": "Kho", "owner": "Sở Tài chính", "code": "HT.01"})).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính"})).await;
    let said = [("kind", "runs_on"), ("other", "HT.01")];
    let linked = clerk.form(&format!("/systems/{id}/links"), &said).await;
    assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.body);
    assert!(clerk.get(&format!("/systems/{id}")).await.body.contains("Kho"));
}

#[tokio::test]
async fn personal_data_of_which_nobody_was_asked_is_not_none() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let said = json!({"name": "Thuế", "owner": "Sở Tài chính", "personal_data": "none", "state": "operating"});
    let none = added(&clerk, &said).await;
    let open = added(&clerk, &json!({"name": "Ngân sách", "owner": "Sở Tài chính", "state": "operating"})).await;
    let line = [("name", "Kho"), ("kind", "service"), ("hosting", "unknown"), ("since", "2021"), ("no_secret", "1")];
    assert_eq!(clerk.form("/systems/ours", &line).await.status, StatusCode::SEE_OTHER);
    let heads = ["Tên hệ thống", "Cơ quan chủ quản"].map(str::to_owned);
    let file = webkit::export::xlsx("S", &heads, &[["Tài sản", "Sở Tài chính"].map(str::to_owned).to_vec()]).unwrap();
    let preview = import::systems_preview(&house.app, &house.ctx("so"), file.into()).await.unwrap();
    import::systems_import(&house.app, &house.ctx("so"), &preview).await.unwrap();
    let listed = async |code: &str| {
        let all = clerk.get(&format!("/api/v1/systems?personal_data={code}")).await.json();
        all["items"].as_array().unwrap().len()
    };
    assert_eq!((listed("none").await, listed("unknown").await), (1, 3));
    // It is asked for, and no rule takes it for an answer.
    let asked = async |id: &str| {
        let told = clerk.get(&format!("/api/v1/systems/{id}/assessment")).await.json();
        let answers = told["answers"].as_array().unwrap().clone();
        let one = answers.into_iter().find(|one| one["question"] == "personal_data");
        one.is_some_and(|one| one["by"] == "inventory")
    };
    assert_eq!((asked(&none).await, asked(&open).await), (true, false));
    let page = clerk.get(&format!("/systems/{open}")).await.body;
    assert!(page.split("Chưa ghi:").nth(1).unwrap().contains("Dữ liệu cá nhân"), "{page}");
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn forms_propose_bodies_around_the_owner_first() {
    let house = house().await;
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let said = json!({"name": "Ngân sách", "owner": "Sở Tài chính", "state": "operating", "hosting": "own_room"});
    let id = added(&province, &said).await;
    let around = |unit: &str| format!("/api/v1/bodies?near={}\"", house.unit(unit));
    for (page, unit) in [
        ("/systems/new".to_owned(), "Tỉnh Mẫu"),
        (format!("/systems/{id}/edit"), "Sở Tài chính"),
        (format!("/systems/{id}/migrate"), "Sở Tài chính"),
    ] {
        let body = province.get(&page).await.body.replace("&#x2f;", "/");
        assert!(body.contains(&around(unit)) && !body.contains("/api/v1/bodies\""), "{page}: {body}");
    }
}
