//! Wrong input gets a sentence that helps, and nothing is half stored.

use axum::http::StatusCode;
use testkit::Part;

use crate::house::House;

#[tokio::test]
async fn unknown_bodies_and_impossible_times_are_asked_about() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let text = "KẾ HOẠCH\nThử nghiệm\nI. NHIỆM VỤ\n1. Việc một cần làm.\n- Đơn vị chủ trì: Sở Không Có Thật;\n- Đơn vị phối hợp: Các cơ quan có liên quan;\n- Thời gian thực hiện: Năm 2027 - 2025.\n";
    let taken = officer.upload("/plans/new", &[Part::File("x.txt", text.as_bytes())]).await;
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    let page = officer.get(&format!("{plan}/review")).await.body;
    for question in [
        "“Sở Không Có Thật” là những cơ quan nào?",
        "“Các cơ quan có liên quan” là những cơ quan nào?",
        "kết thúc trước khi bắt đầu",
    ] {
        assert!(page.contains(question), "{question}");
    }
    let refused = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("điểm cần xử lý"));
    officer.form(&format!("{plan}/name-body"), &[("words", "Sở Không Có Thật"), ("unit", "Sở Tư pháp")]).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi đơn vị soạn thảo")]).await;
    house.confirm(&plan).await;
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part").await, 1);
}

#[tokio::test]
async fn a_unit_dissolved_yesterday_answers_through_its_successor() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let unit = admin.get("/api/v1/units?q=so+ngoai+vu").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let fields = [
        ("name", "Sở Ngoại vụ"),
        ("kind", "department"),
        ("valid_to", "2026-11-20"),
        ("successor", "Văn phòng UBND tỉnh"),
        ("rev", "1"),
    ];
    assert_eq!(admin.form(&format!("/units/{unit}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
    let add = admin.form("/people/new", &[("name", "A"), ("login", "aaa"), ("unit", &unit), ("role", "officer")]).await;
    assert!(add.body.contains("đã kết thúc hoạt động"));
    let officer = house.signed_in("vidu").await;
    let text = "Số: 7/KH-UBND\nKẾ HOẠCH\nThử\nI. NHIỆM VỤ\n1. Việc một.\n- Đơn vị chủ trì: Sở Ngoại vụ;\n- Thời gian thực hiện: Năm 2026.\n";
    let taken = officer.upload("/plans/new", &[Part::File("x.txt", text.as_bytes())]).await;
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Không có thông tin trong tệp")]).await;
    house.confirm(&plan).await;
    officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert!(officer.get("/tasks").await.body.contains("VP UBND tỉnh"));
}

#[tokio::test]
async fn a_list_with_one_bad_line_changes_nothing() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let before = house.count("SELECT COUNT(*) FROM directory_unit").await;
    let list = "code,name,kind\nH1,Trung tâm A,centre\nH2,Trung tâm B,nonsense\n";
    let answer =
        admin.upload("/units/import", &[Part::File("u.csv", list.as_bytes()), Part::Field("confirm", "1")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Dòng 3: Loại: “nonsense” không có trong danh mục"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit").await, before);
    let preview = admin
        .upload("/units/import", &[Part::File("u.csv", "code,name,kind\nH1,Trung tâm A,centre\n".as_bytes())])
        .await;
    assert!(preview.body.contains("Thêm mới"));
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit").await, before);
}

#[tokio::test]
async fn a_locked_database_says_so_and_stores_nothing() {
    use sea_orm::{ConnectionTrait, Database};
    let house = House::people().await;
    if house.test.is_postgres() {
        return;
    }
    let file = house.test.location.data_dir.join("dinh.sqlite");
    let other = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let before = house.ledger_length().await;
    let answer = house.client().form("/sign-in", &[("login", "thu"), ("password", crate::house::PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("Cơ sở dữ liệu đang bận"));
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(house.ledger_length().await, before);
    house.signed_in("thu").await;
}

#[tokio::test]
async fn a_database_that_is_down_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_dinh"))
        .args([
            "init",
            "--province",
            "51",
            "--lang",
            "en",
            "--database-url",
            "postgres://nobody@127.0.0.1:1/none",
            "--data-dir",
        ])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("cannot be reached"),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
