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

#[tokio::test]
async fn a_list_of_units_is_taken_in_however_excel_saved_it() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let list = "code;name;kind\r\nX98;Trung tâm Điều phối, thử;centre\r\n";
    let wide: Vec<u8> = format!("\u{feff}{list}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = b"code;name;kind\r\nX98;Trung t\xe2m \xd0i\xea\xccu ph\xf4\xeci, th\xfd\xd2;centre\r\n".to_vec();
    let parted = list.replace("ề", "e\u{302}\u{300}").replace("â", "a\u{302}").into_bytes();
    for bytes in [list.as_bytes().to_vec(), wide, old, parted] {
        let answer = admin.upload("/units/import", &[Part::File("don-vi.csv", &bytes)]).await;
        assert!(answer.body.contains("1 dòng mới"), "{}", answer.body);
        assert!(answer.body.contains("<td>Trung tâm Điều phối, thử</td>"), "{}", answer.body);
    }
}
