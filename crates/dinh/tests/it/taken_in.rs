//! Lists of units and of staff, in Excel and CSV: known by their heads, whole or not at all, and twice as once.

use axum::http::StatusCode;
use testkit::{Answer, Client, Part};

use crate::house::House;

async fn send(admin: &Client, path: &str, file: Part<'_>, confirm: bool) -> Answer {
    let confirm = if confirm { "1" } else { "" };
    admin.upload(path, &[Part::Field("unit", "Sở Tài chính"), Part::Field("confirm", confirm), file]).await
}

#[tokio::test]
async fn units_come_from_excel_in_any_order_and_twice_as_once() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let text = |text: &str| text.to_owned();
    let heads = ["Mã", "Tên đơn vị", "Loại đơn vị", "Cấp trên"].map(text);
    let rows = [
        ["X2", "Phòng Hai", "Phòng", "X1"],
        ["X1", "Trung tâm Một", "Đơn vị sự nghiệp", "Sở Tài chính"],
        ["X3", "Tổng Công ty Mẫu", "doanh nghiệp", ""],
    ];
    let book = webkit::export::xlsx("S", &heads, &rows.map(|row| row.map(text).to_vec())).unwrap();
    let list = async |confirm| send(&admin, "/units/import", Part::File("u.xlsx", &book), confirm).await;
    let shown = list(false).await;
    for words in ["3 dòng mới", "Trực thuộc: X1", "Trực thuộc: Tỉnh Mẫu", "Loại: doanh nghiệp"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    let taken = list(true).await;
    assert_eq!(taken.location, "/units?done=units-imported", "{}", taken.body);
    let below = "SELECT COUNT(*) FROM directory_unit u JOIN directory_unit p ON p.id = u.parent_id \
        JOIN directory_unit r ON r.id = p.parent_id WHERE u.code = 'X2' AND p.code = 'X1' AND r.name = 'Sở Tài chính'";
    assert_eq!(house.count(below).await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X3' AND kind = 'enterprise'").await, 1);
    let length = house.ledger_length().await;
    assert!(list(false).await.body.contains("3 dòng giữ nguyên"));
    assert_eq!(list(true).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.ledger_length().await, length, "the same again is no act");
    // What is there is shown by the name it had; what it does not say stays.
    let renamed = Part::File("u.csv", "code,name,kind\nX2,Phòng Mới,division\n".as_bytes());
    let shown = send(&admin, "/units/import", renamed, false).await;
    assert!(shown.body.contains("Phòng Hai") && shown.body.contains("Phòng Mới"), "{}", shown.body);
    assert!(!shown.body.contains("Trực thuộc: "), "{}", shown.body);
    // A line without a code would be another unit each time.
    let nameless = Part::File("u.csv", "name,kind\nTổ Một,team\n".as_bytes());
    let refused = send(&admin, "/units/import", nameless, true).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Dòng 2: Dòng này chưa có mã"), "{}", refused.body);
}

#[tokio::test]
async fn staff_come_from_csv_and_every_fault_is_said_at_its_line() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let list = async |list: &str| send(&admin, "/people/import", Part::File("s.csv", list.as_bytes()), true).await;
    let heads = "Họ và tên,Tên đăng nhập,Vai trò\n";
    let wrong = "Lê Văn Công,cong,cán bộ\nVí Dụ,vidu,\nTrần Thử,Trần,vua\n,thieu.ten,\nLê Hai,CONG,\n";
    let accounts = "SELECT COUNT(*) FROM directory_account";
    let before = house.count(accounts).await;
    let refused = list(&format!("{heads}{wrong}")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    for words in [
        "Dòng 3: Tên đăng nhập: Tên đăng nhập này đã có người dùng",
        "Tên đăng nhập: Tên đăng nhập chỉ gồm",
        "Vai trò: Vai trò không có trong danh mục",
        "Họ và tên: Hãy điền đủ",
        "Dòng này trùng với một dòng ở trên",
        "1 dòng mới, 0 dòng thay đổi, 0 dòng giữ nguyên, 4 dòng chưa nhận được",
    ] {
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }
    assert_eq!(house.count(accounts).await, before);
    let taken = list(&format!("{heads}Lê Văn Công,cong,cán bộ\n")).await;
    assert!(taken.status == StatusCode::OK && taken.body.contains("class=\"slip\""), "{}", taken.body);
    assert_eq!(house.count(accounts).await, before + 1);
    // A role is known by its code and by its words in both languages; a list makes nobody the system's administrator.
    assert_eq!(list(&format!("{heads}Lê Ba,ba,Quản trị hệ thống\n")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let roles = "Tống Công Minh,minh.tc,LEADER\nTống Sơn Hà,ha.ts,Programme officer\nLê Tư,tu,Quản trị đơn vị\n";
    let taken = list(&format!("{heads}{roles}")).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    for (login, role) in [("minh.tc", "leader"), ("ha.ts", "programme"), ("tu", "unit_admin")] {
        let of = format!(
            "SELECT COUNT(*) FROM directory_post p JOIN directory_account a ON a.person_id = p.person_id \
             WHERE a.login = '{login}' AND p.role = '{role}'"
        );
        assert_eq!(house.count(&of).await, 1, "{login}");
    }
}

/// Who looked at a list takes in what was looked at, without choosing the file again; nobody else does.
#[tokio::test]
async fn a_list_that_was_looked_at_need_not_be_sent_again() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let list = "code,name,kind\nX1,Trung tâm Một,centre\n";
    let shown = send(&admin, "/units/import", Part::File("u.csv", list.as_bytes()), false).await;
    let (_, rest) = shown.body.split_once("name=\"kept\" value=\"").expect(&shown.body);
    let mark = rest.split('"').next().unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X1'").await, 0);
    let confirmed = [Part::Field("kept", mark), Part::Field("confirm", "1")];
    let other = house.signed_in("donvi").await.upload("/units/import", &confirmed).await;
    assert!(!other.status.is_redirection() || !other.location.contains("units-imported"), "{}", other.location);
    let taken = admin.upload("/units/import", &confirmed).await;
    assert_eq!(taken.location, "/units?done=units-imported", "{}", taken.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X1'").await, 1);
    let again = admin.upload("/units/import", &confirmed).await;
    assert_eq!(again.location, "/units?done=units-imported", "who presses twice is told the same: {}", again.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X1'").await, 1);
    let elsewhere = admin.upload("/people/import", &confirmed).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "a list of another kind: {}", elsewhere.body);
    assert!(elsewhere.body.contains("không còn được giữ"), "{}", elsewhere.body);
    // Another list in its place was not looked at, whatever was ticked.
    let other = Part::File("v.csv", "code,name,kind\nX9,Trung tâm Chín,centre\n".as_bytes());
    let unseen = admin.upload("/units/import", &[confirmed[0].clone(), confirmed[1].clone(), other]).await;
    assert!(unseen.body.contains("Trung tâm Chín"), "it is shown: {} {}", unseen.status, unseen.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE code = 'X9'").await, 0);
    // What would not be written is not kept.
    let wrong = send(&admin, "/units/import", Part::File("u.csv", "name,kind\nTổ,team\n".as_bytes()), false).await;
    assert!(!wrong.body.contains("name=\"kept\""), "{}", wrong.body);
}
