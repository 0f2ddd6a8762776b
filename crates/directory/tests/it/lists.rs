//! No list brings in what no form takes.

use axum::http::StatusCode;
use testkit::Part;

use crate::house::House;

#[tokio::test]
async fn lists_of_units_bring_in_no_control_characters() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for (name, cell) in [("Sở\0 Mới", "“B2”"), ("Sở\u{7} Mới", "“B2”"), ("Sở\u{202e} Mới", "“tên”")]
    {
        let list = format!("code,name,kind\nX99,{name},department\n");
        for confirm in ["", "on"] {
            let parts = [Part::Field("confirm", confirm), Part::File("don-vi.csv", list.as_bytes())];
            let answer = admin.upload("/units/import", &parts).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}: {}", answer.body);
            assert!(answer.body.contains("ký tự điều khiển") && answer.body.contains(cell), "{}", answer.body);
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X99'").await, 0);
    let good =
        [Part::Field("confirm", "on"), Part::File("a.csv", "code,name,kind\nX99,Sở Mới,department\n".as_bytes())];
    assert_eq!(admin.upload("/units/import", &good).await.status, StatusCode::SEE_OTHER);
}
