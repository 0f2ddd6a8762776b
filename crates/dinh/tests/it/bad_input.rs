//! Wrong input gets a sentence that helps, and nothing is half stored.

use axum::http::StatusCode;
use testkit::Part;

use crate::house::House;

async fn refused(house: &House, name: &str, bytes: &[u8]) -> String {
    let officer = house.signed_in("vidu").await;
    let taken = officer.upload("/plans/new", &[Part::File(name, bytes)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    house.drain().await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_row").await, 0);
    officer.get(&plan).await.body
}

#[tokio::test]
async fn what_is_no_text_plan_is_refused_with_the_reason() {
    let house = House::people().await;
    assert!(refused(&house, "a.pdf", b"%PDF-1.7 ...").await.contains("Tệp PDF bị hỏng"));
    assert!(refused(&house, "a.docx", b"PK\x03\x04 ...").await.contains("Tệp Word bị hỏng"));
    assert!(refused(&house, "a.rar", b"Rar! ...").await.contains("Không đọc loại tệp này (RAR)"));
    let mut locked = b"\xd0\xcf\x11\xe0".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refused(&house, "a.doc", &locked).await.contains("Tệp có đặt mật khẩu"));
    assert!(refused(&house, "a.txt", b"xin \xff\xfe ch\xe0o").await.contains("không phải văn bản UTF-8"));
    assert!(refused(&house, "b.txt", b"   \n\n").await.contains("Tệp rỗng"));
    assert!(refused(&house, "c.txt", "Xin chào".as_bytes()).await.contains("Không tìm thấy nhiệm vụ nào"));
    assert!(refused(&house, "d.txt", "TỐI MẬT\nKẾ HOẠCH\nMột việc".as_bytes()).await.contains("đóng dấu TỐI MẬT"));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_blob").await, 0, "nothing refused is kept");
    let blobs = house.app.db().blobs();
    let secret = db::BlobHash::of("TỐI MẬT\nKẾ HOẠCH\nMột việc".as_bytes());
    assert!(blobs.get(&secret).await.is_err());
}

#[tokio::test]
async fn a_missing_file_and_the_same_plan_twice_are_told() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    assert!(officer.upload("/plans/new", &[]).await.body.contains("Hãy chọn một tệp"));
    let again = officer
        .upload("/plans/new", &[Part::File("x.txt", include_bytes!("../../../../examples/plans/dam-may.txt"))])
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Văn bản này đã có"));
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_while_it_arrives() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let answer = officer.upload("/plans/new", &[Part::File("x.txt", &vec![b'a'; 51 * 1024 * 1024])]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("lớn hơn 50 MB"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan").await, 0);
}

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
    let refused = officer.form(&format!("{plan}/approve"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Còn 4 điểm cần xử lý"));
    officer.form(&format!("{plan}/name-body"), &[("words", "Sở Không Có Thật"), ("unit", "Sở Tư pháp")]).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi đơn vị soạn thảo")]).await;
    house.confirm(&plan).await;
    assert_eq!(officer.form(&format!("{plan}/approve"), &[]).await.status, StatusCode::SEE_OTHER);
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
    house.confirm(&plan).await;
    officer.form(&format!("{plan}/approve"), &[]).await;
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

/// The string that every scanner takes for a virus; in two halves, so that none takes this file for one.
pub fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// A stand-in that speaks clamd's INSTREAM: it finds the agreed test strings and nothing else.
pub async fn clamd() -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut command = [0; 10];
            stream.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut all = Vec::new();
            loop {
                let size = stream.read_u32().await.unwrap();
                if size == 0 {
                    break;
                }
                let mut chunk = vec![0; usize::try_from(size).unwrap()];
                stream.read_exact(&mut chunk).await.unwrap();
                all.extend(chunk);
            }
            let text = String::from_utf8_lossy(&all);
            let bad = text.contains("MẪU-MÃ-ĐỘC") || text.contains(&eicar());
            let answer: &[u8] = if bad { b"stream: Mau.Test FOUND\0" } else { b"stream: OK\0" };
            stream.write_all(answer).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn an_infected_file_is_refused_and_a_silent_scanner_lets_nothing_in() {
    let base = dinh::config::Config { base_url: Some("http://dinh.test".into()), ..Default::default() };
    let house = House::with(&dinh::config::Config { clamd: Some(clamd().await), ..base.clone() }).await;
    house.fill("directory").await;
    let officer = house.signed_in("vidu").await;
    let bad = officer.upload("/plans/new", &[Part::File("k.txt", "KẾ HOẠCH MẪU-MÃ-ĐỘC".as_bytes())]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("Mau.Test"), "{}", bad.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan").await, 0);
    let clean = officer.upload("/plans/new", &[Part::File("k.txt", "KẾ HOẠCH sạch".as_bytes())]).await;
    let plan = clean.location.split('?').next().unwrap().to_owned();
    assert!(officer.get(&plan).await.body.contains("đã quét vi-rút"));

    let silent = House::with(&dinh::config::Config { clamd: Some("127.0.0.1:1".into()), ..base }).await;
    silent.fill("directory").await;
    let refused = silent.signed_in("vidu").await.upload("/plans/new", &[Part::File("k.txt", b"xin chao")]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(silent.count("SELECT COUNT(*) FROM programme_plan").await, 0);
}
