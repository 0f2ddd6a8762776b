//! A name is what is seen of it.

use axum::http::{Method, StatusCode};
use directory::usecase::account;
use kernel::Role;
use serde_json::json;
use testkit::Part;

use crate::{
    given_away::sheet,
    house::House,
    people::{directory, person_of, unit},
    second_step::{enrolled, newcomer},
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn a_name_that_looks_like_another_is_refused_and_a_file_is_called_as_it_is_read() {
    let house = House::people().await;
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
    for name in ["Sở Nội\u{200b} vụ", "\u{202e}ụv iộN ởS", "Sở\u{2066} Nội vụ"] {
        let unit = json!({"name": name, "kind": "department"});
        let answer = admin.json(Method::POST, "/api/v1/units", &unit).await;
        assert_eq!(answer.status, WRONG, "{}", answer.body);
        assert_eq!(answer.json()["code"], "control-character");
    }
    let directory = directory(&house);
    let unit = house.unit("Sở Nội vụ", None);
    for (name, login, title, code) in [
        ("Lê\u{200b} An", "an", "", "name-wrong"),
        ("Lê An", "a\u{202e}n", "", "login-wrong"),
        ("Lê An", "an", "Trưởng\u{2067} phòng", "control-character"),
    ] {
        let new = account::NewAccount { name, login, unit, role: Role::OFFICER, title };
        let added = account::account_add(directory, house.app.authorizer(), &house.system(), &new).await;
        assert_eq!(added.unwrap_err().code, code, "{name:?}");
    }
    let taken = officer.upload("/plans/new", &[Part::File("ke-hoach\u{202e}fdp.txt", b"Ke hoach")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE file_name = 'ke-hoachfdp.txt'").await, 1);
}

#[tokio::test]
async fn the_reason_of_an_erasure_does_not_keep_the_name() {
    #[derive(db::FromQueryResult)]
    struct Body {
        text: String,
    }
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let person = person_of(&house, "thu").await;
    let reason = "Đơn của trần văn thử (Tran Van Thu, TRẦN  VĂN-THỬ), Trần Văn Thử ký ngày 01/11";
    let erase = [("reason", reason), ("confirm", "1")];
    assert_eq!(admin.form(&format!("/people/{person}/erase"), &erase).await.status, StatusCode::SEE_OTHER);
    let sql = "SELECT body AS text FROM db_ledger WHERE action = 'person.erase'";
    let rows: Vec<Body> = house.app.db().read().all(sql, vec![]).await.unwrap();
    let text = &rows[0].text;
    assert!(!kernel::text::fold(text).contains("van thu"), "{text}");
    assert!(text.contains("Đơn của") && text.contains("ký ngày 01/11"), "{text}");
}

#[tokio::test]
async fn a_name_that_the_eye_takes_for_another_is_refused() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let finance = unit(&house, "Sở Tài chính");
    let parent = directory(&house).tree().unit(finance).unwrap().parent.unwrap().to_string();
    let add = async |name: &str, kind: &str| {
        let unit = json!({"name": name, "kind": kind, "parent": parent});
        admin.json(Method::POST, "/api/v1/units", &unit).await
    };
    // The Cyrillic letter that looks like an i.
    let foreign = add("Sở Tà\u{456} chính", "department").await;
    assert_eq!((foreign.status, foreign.json()["code"].as_str()), (WRONG, Some("name-script")), "{}", foreign.body);
    for twin in ["Sở – Tài chính", "sở Tài-chính", "Sở Tài  chính."] {
        let held = add(twin, "department").await;
        assert_eq!(held.status, StatusCode::CONFLICT, "{twin}: {}", held.body);
        assert_eq!(held.json()["code"], "unit-name-held");
    }
    for other in ["Tổ Tân Thành", "Tổ Tân Thạnh", "Tổ 1/2", "Tổ 12"] {
        let added = add(other, "team").await;
        assert_eq!(added.status, StatusCode::OK, "{other}: {}", added.body);
    }
    let list = "code,name,kind\nX99,\u{405}ở Mới,department\n";
    let parts = [Part::Field("confirm", "on"), Part::File("u.csv", list.as_bytes())];
    let answer = admin.upload("/units/import", &parts).await;
    assert!(answer.status == WRONG && answer.body.contains("hệ chữ khác"), "{}", answer.body);
    // Nor does a part take a name that the whole house knows.
    let answer = newcomer(&house, "quantrixa", Role::SYSTEM_ADMIN, "UBND xã Sông Mẫu").await;
    let (local, ..) = enrolled(&house, &answer).await;
    let song = unit(&house, "UBND xã Sông Mẫu").to_string();
    let team = [("name", "Sở – Tài chính"), ("kind", "team"), ("parent", song.as_str())];
    let answer = local.form("/units/new", &team).await;
    assert!(answer.status == WRONG && answer.body.contains("cả tỉnh biết đến"), "{}", answer.body);
    // People too, by form, sheet and renaming.
    let name = "L\u{435} An";
    let own = finance.to_string();
    let new = [("name", name), ("login", "le.an"), ("unit", own.as_str()), ("role", "officer")];
    let answer = admin.form("/people/new", &new).await;
    assert!(answer.status == WRONG && answer.body.contains("hệ chữ khác"), "{}", answer.body);
    let answer = sheet(&admin, &own, name, "").await;
    assert!(answer.body.contains("hệ chữ khác"), "{}", answer.body);
    let person = person_of(&house, "thu").await;
    let answer = admin.form(&format!("/people/{person}/rename"), &[("name", name), ("rev", "1")]).await;
    assert!(answer.status == WRONG && answer.body.contains("hệ chữ khác"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE login IN ('le.an', 'tubieu')").await, 0);
}
