//! A name is what is seen of it.

use axum::http::{Method, StatusCode};
use directory::{Directory, usecase::account};
use kernel::Role;
use serde_json::json;
use testkit::Part;

use crate::house::House;

#[tokio::test]
async fn a_name_that_looks_like_another_is_refused_and_a_file_is_called_as_it_is_read() {
    let house = House::people().await;
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("vidu").await);
    for name in ["Sở Nội\u{200b} vụ", "\u{202e}ụv iộN ởS", "Sở\u{2066} Nội vụ"] {
        let unit = json!({"name": name, "kind": "department"});
        let answer = admin.json(Method::POST, "/api/v1/units", &unit).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert_eq!(answer.json()["code"], "control-character");
    }
    let directory = house.app.get::<Directory>().unwrap();
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
