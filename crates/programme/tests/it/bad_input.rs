//! Documents and evidence that cannot be taken in: the reason is said, and nothing of them is kept.

use axum::http::StatusCode;
use testkit::Part;
use webkit::Scanner;

use crate::{
    documents::PLAN,
    house::{COMMUNE, House, building},
    round::words,
};

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

async fn refused(house: &House, name: &str, bytes: &[u8]) -> String {
    let officer = house.as_("vidu").await;
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
    assert!(refused(&house, "a.txt", b"\x80\xfe\x03 \xb1\xc7\x99 \xee\xd0").await.contains("Tệp không phải văn bản"));
    assert!(refused(&house, "b.txt", b"   \n\n").await.contains("Tệp rỗng"));
    let secret = refused(&house, "d.txt", "TỐI MẬT\nKẾ HOẠCH\nMột việc".as_bytes()).await;
    assert!(secret.contains("đóng dấu TỐI MẬT") && !secret.contains("nhập từng việc"), "nor is it typed: {secret}");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_blob").await, 0, "nothing refused is kept");
    // Each says what was kept, and the ways that are left.
    let blank = words(&refused(&house, "trang.txt", b"\n \n").await);
    for told in ["giữ tên tệp “trang.txt”", "không giữ tệp", "\"/plans/new\"", "nhập từng việc"] {
        assert!(blank.contains(told), "{told}: {blank}");
    }
    let blobs = house.app.db().blobs();
    let secret = db::BlobHash::of("TỐI MẬT\nKẾ HOẠCH\nMột việc".as_bytes());
    assert!(blobs.get(&secret).await.is_err());
}

#[tokio::test]
async fn a_missing_file_and_the_same_plan_twice_are_told() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    assert!(officer.upload("/plans/new", &[]).await.body.contains("Hãy chọn một tệp"));
    let again = officer.upload("/plans/new", &[Part::File("x.txt", PLAN.as_bytes())]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Văn bản này đã có"));
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_while_it_arrives() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let answer = officer.upload("/plans/new", &[Part::File("x.txt", &vec![b'a'; 51 * 1024 * 1024])]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("lớn hơn 50 MB"), "{}", answer.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan").await, 0);
}

#[tokio::test]
async fn an_infected_file_is_refused_and_a_silent_scanner_lets_nothing_in() {
    let house = House::of(building().with(Scanner::new(Some(clamd().await)))).await;
    let officer = house.as_("vidu").await;
    let bad = officer.upload("/plans/new", &[Part::File("k.txt", "KẾ HOẠCH MẪU-MÃ-ĐỘC".as_bytes())]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("Mau.Test"), "{}", bad.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan").await, 0);
    let clean = officer.upload("/plans/new", &[Part::File("k.txt", "KẾ HOẠCH sạch".as_bytes())]).await;
    let plan = clean.location.split('?').next().unwrap().to_owned();
    assert!(officer.get(&plan).await.body.contains("đã quét vi-rút"));

    let silent = House::of(building().with(Scanner::new(Some("127.0.0.1:1".into())))).await;
    let refused = silent.as_("vidu").await.upload("/plans/new", &[Part::File("k.txt", b"xin chao")]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(silent.count("SELECT COUNT(*) FROM programme_plan").await, 0);
}
#[tokio::test]
async fn evidence_that_is_infected_or_huge_is_refused_and_not_kept() {
    let house = House::demo_of(building().with(Scanner::new(Some(clamd().await)))).await;
    let clerk = house.as_("thu").await;
    let unit = house.unit(COMMUNE);
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json();
    let path = format!("/parts/{}/evidence", parts["items"][0]["id"].as_str().unwrap());
    let blobs = house.count("SELECT COUNT(*) FROM db_blob").await;
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(eicar().bytes());
    let infected = clerk.upload(&path, &[Part::Field("label", "Ảnh"), Part::File("anh.png", &png)]).await;
    assert_eq!(infected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(infected.body.contains("Mau.Test"), "{}", words(&infected.body));
    let huge = vec![0; 100 * 1024 * 1024];
    let refused = clerk.upload(&path, &[Part::Field("label", "Phim"), Part::File("phim.mp4", &huge)]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.body.contains("50"), "{}", words(&refused.body));
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_evidence").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_blob").await, blobs);
}
