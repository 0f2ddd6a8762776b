//! What was taken in is its importer's alone until it was read and cleared; what bears a mark of secrecy is not kept.

use std::process::Command;

use axum::http::StatusCode;
use testkit::{Client, Part};

use crate::house::House;

const PLAN: &[u8] = include_bytes!("../../../../examples/plans/dam-may.txt");
const SCAN: &[u8] = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.jpg");
const OPEN: StatusCode = StatusCode::SEE_OTHER;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn take(client: &Client, name: &str, bytes: &[u8]) -> String {
    let taken = client.upload("/plans/new", &[Part::File(name, bytes)]).await;
    assert_eq!(taken.status, OPEN, "{}", taken.body);
    taken.location.split('?').next().unwrap().to_owned()
}

/// Where the document's name may be read, or the document itself.
async fn traces(client: &Client, plan: &str, name: &str) -> Vec<String> {
    let id = plan.rsplit('/').next().unwrap();
    let api = format!("/api/v1/plans/{id}");
    let mut out = Vec::new();
    for path in ["/plans", "/api/v1/plans", "/search?q=vo+danh", "/duties/new"] {
        let body = client.get(path).await.body;
        if body.contains(name) || body.contains(id) {
            out.push(path.to_owned());
        }
    }
    let own = ["", "/file", "/review", "/cascade", "/map"].map(|rest| format!("{plan}{rest}"));
    let wire = ["", "/roles", "/review"].map(|rest| format!("{api}{rest}"));
    for path in own.iter().chain(&wire) {
        if client.get(path).await.status == StatusCode::OK {
            out.push(path.clone());
        }
    }
    out
}

#[tokio::test]
async fn a_document_is_its_importers_alone_until_it_is_read() {
    let house = House::people().await;
    let (importer, other) = (house.signed_in("vidu").await, house.signed_in("thu").await);
    let plan = take(&importer, "vo-danh.txt", PLAN).await;
    assert_eq!(traces(&other, &plan, "vo-danh").await, Vec::<String>::new());
    for path in [plan.clone(), format!("{plan}/file")] {
        assert_eq!(importer.get(&path).await.status, StatusCode::OK, "{path}");
    }
    assert!(importer.get("/plans").await.body.contains("vo-danh.txt"));
    house.drain().await;
    assert_eq!(other.get(&plan).await.status, StatusCode::OK);
    assert_eq!(other.get(&format!("{plan}/file")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refused_document_stays_unseen_by_others_and_its_file_is_nobodys() {
    let house = House::people().await;
    let (importer, other) = (house.signed_in("vidu").await, house.signed_in("thu").await);
    let plan = take(&importer, "vo-danh.txt", "TỐI MẬT\nKẾ HOẠCH\nMột việc".as_bytes()).await;
    house.drain().await;
    assert_eq!(traces(&other, &plan, "vo-danh").await, Vec::<String>::new());
    assert!(importer.get(&plan).await.body.contains("TỐI MẬT"));
    assert_eq!(importer.get(&format!("{plan}/file")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_brings_the_same_bytes_learns_nothing_of_a_document_that_is_being_read() {
    let house = House::people().await;
    let (importer, other) = (house.signed_in("vidu").await, house.signed_in("lanhdao").await);
    take(&importer, "vo-danh.txt", PLAN).await;
    let second = other.upload("/plans/new", &[Part::File("b.txt", PLAN)]).await;
    assert!(!second.body.contains("vo-danh"), "{}", second.body);
    let again = importer.upload("/plans/new", &[Part::File("b.txt", PLAN)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("vo-danh"), "the importer is told which");
}

struct Desk {
    house: House,
    clerk: Client,
    follower: Client,
    part: String,
}

impl Desk {
    async fn new() -> Self {
        let house = House::demo().await;
        let (clerk, follower) = (house.signed_in("thu").await, house.signed_in("vidu").await);
        let unit = clerk.get("/api/v1/units?q=ubnd+xa+song+mau").await.json()["items"][0]["id"].clone();
        let parts = follower.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
        let part = parts["items"][0]["id"].as_str().unwrap().to_owned();
        Self { house, clerk, follower, part }
    }

    async fn give(&self, name: &str, bytes: &[u8]) -> testkit::Answer {
        let parts = [Part::Field("label", "Biên bản"), Part::File(name, bytes)];
        self.clerk.upload(&format!("/parts/{}/evidence", self.part), &parts).await
    }

    /// The evidence as somebody sees it: its label, and what its file answers.
    async fn seen(&self, client: &Client) -> (String, StatusCode) {
        let part = client.get(&format!("/api/v1/parts/{}", self.part)).await.json();
        let row = &part["evidence"][0];
        let file = format!("/evidence/{}/file", row["id"].as_str().unwrap());
        (row["label"].as_str().unwrap().to_owned(), client.get(&file).await.status)
    }
}

fn docx(line: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("[Content_Types].xml", options).unwrap();
    zip.write_all(b"<Types/>").unwrap();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(b"<w:document><w:body><w:p><w:t>a</w:t></w:p></w:body></w:document>").unwrap();
    zip.start_file("word/header1.xml", options).unwrap();
    zip.write_all(format!("<w:hdr><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:hdr>").as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn evidence_with_a_mark_of_secrecy_is_refused_and_not_kept() {
    let desk = Desk::new().await;
    let blobs = desk.house.count("SELECT COUNT(*) FROM db_blob").await;
    let refused = desk.give("bb.docx", &docx("TUYỆT MẬT")).await;
    assert_eq!(refused.status, WRONG);
    assert!(refused.body.contains("đóng dấu TUYỆT MẬT"), "{}", refused.body);
    let sheet = webkit::export::xlsx("S", &["STT".into()], &[vec!["Độ mật: MẬT".into()]]).unwrap();
    assert_eq!(desk.give("so.xlsx", &sheet).await.status, WRONG);
    let tracked = desk.follower.upload("/tracking", &[Part::File("so.xlsx", &sheet)]).await;
    assert!(tracked.body.contains("đóng dấu MẬT"), "{}", tracked.body);
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM programme_evidence").await, 0);
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM db_blob").await, blobs, "bytes were kept");
    assert_eq!(desk.give("bb.docx", &docx("Bảo mật thông tin")).await.status, OPEN);
}

#[tokio::test]
async fn a_picture_is_its_senders_alone_until_it_was_looked_at() {
    let desk = Desk::new().await;
    assert_eq!(desk.give("bb.jpg", SCAN).await.status, OPEN);
    assert_eq!(desk.seen(&desk.follower).await, (String::new(), StatusCode::CONFLICT));
    assert_eq!(desk.seen(&desk.clerk).await, ("Biên bản".to_owned(), StatusCode::OK));
    desk.house.drain().await;
    assert_eq!(desk.seen(&desk.follower).await, ("Biên bản".to_owned(), StatusCode::OK));
}

/// A picture of a page with these lines.
fn picture(lines: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), lines).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).env("HOME", folder.path()).current_dir(folder.path()).output();
        assert!(done.as_ref().unwrap().status.success(), "{done:?}");
    };
    run("soffice", &["--headless", "--convert-to", "pdf", "a.txt", "--infilter=Text (encoded):UTF8"]);
    run("pdftoppm", &["-r", "200", "-png", "-singlefile", "a.pdf", "a"]);
    std::fs::read(folder.path().join("a.png")).unwrap()
}

#[tokio::test]
async fn a_picture_with_a_mark_is_taken_away_before_anybody_else_sees_it() {
    let desk = Desk::new().await;
    let page = picture("TỐI MẬT\n\nKẾ HOẠCH\n\nTriển khai nhiệm vụ của tỉnh\n");
    assert_eq!(desk.give("bb.png", &page).await.status, OPEN);
    desk.house.drain().await;
    let part = desk.follower.get(&format!("/api/v1/parts/{}", desk.part)).await.json();
    assert_eq!(part["evidence"], serde_json::json!([]));
    let kept =
        "SELECT COUNT(*) FROM programme_evidence WHERE blob_hash IS NOT NULL OR file_name IS NOT NULL OR label <> ''";
    assert_eq!(desk.house.count(kept).await, 0);
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'file.refused'").await, 1);
    let file = db::BlobHash::of(&page);
    assert!(desk.house.app.db().blobs().get(&file).await.is_err(), "not when the sweep comes, but at once");
}

async fn identities(desk: &Desk) -> serde_json::Value {
    let part = desk.follower.get(&format!("/api/v1/parts/{}", desk.part)).await.json();
    part["evidence"].as_array().unwrap().last().unwrap()["identities"].clone()
}

/// Through the confined child, and by the job that has pictures recognised. The numbers are invented.
#[tokio::test]
async fn numbers_of_people_are_counted_in_text_and_in_pictures_and_told_to_nobody() {
    let desk = Desk::new().await;
    assert_eq!(desk.give("ds.docx", &docx("CCCD 048123456789, hộ chiếu B1234567")).await.status, OPEN);
    assert_eq!(identities(&desk).await, 2);
    assert_eq!(desk.give("bb.docx", &docx("Hỗ trợ 48 hộ, gọi 0905123456")).await.status, OPEN);
    assert_eq!(identities(&desk).await, serde_json::Value::Null);
    let page = picture("DANH SACH\n\nCCCD 048123456789\n\nCCCD 048123456789\n\nCCCD 048123456789\n");
    assert_eq!(desk.give("ds.png", &page).await.status, OPEN);
    desk.house.drain().await;
    assert!(identities(&desk).await.as_i64().is_some_and(|places| places > 0), "recognised");
    let kept = "SELECT COUNT(*) FROM db_ledger WHERE body LIKE '%048123%' OR body LIKE '%B1234567%'";
    assert_eq!(desk.house.count(kept).await, 0);
}

#[tokio::test]
async fn words_with_a_mark_are_refused_in_every_form_and_ordinary_words_pass() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let give = async |text: &str| {
        let fields =
            [("number", "12/TB-UBND"), ("text", text), ("leads", "Sở Khoa học và Công nghệ"), ("due", "30/11/2026")];
        officer.form("/assign", &fields).await
    };
    let before = house.count("SELECT COUNT(*) FROM programme_task").await;
    for text in ["TỐI MẬT", "Chuẩn bị phương án TỐI MẬT cho diễn tập", "Độ mật: MẬT"] {
        let refused = give(text).await;
        assert_eq!(refused.status, WRONG, "{text}");
        assert!(refused.body.contains("bảo vệ bí mật nhà nước"), "{}", refused.body);
    }
    let json = serde_json::json!({ "text": "Họp TUYỆT MẬT", "number": "1/TB", "leads": "Sở Nội vụ" });
    let wire = officer.json(axum::http::Method::POST, "/api/v1/tasks", &json).await;
    assert!(wire.status == WRONG && wire.body.contains("words-classified"), "{}", wire.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, before);
    assert_eq!(give("Rà soát việc bảo mật thông tin; Mật độ trạm").await.status, OPEN);
}

#[tokio::test]
async fn a_file_whose_look_was_given_up_is_looked_at_on_another_day() {
    let desk = Desk::new().await;
    assert_eq!(desk.give("bb.jpg", SCAN).await.status, OPEN);
    // As if the tools had been missing.
    desk.house
        .exec("UPDATE db_job SET state = 'failed', error = 'plan-needs-ocr' WHERE kind = 'programme.look'", vec![])
        .await;
    desk.house.drain().await;
    assert_eq!(desk.seen(&desk.follower).await, (String::new(), StatusCode::CONFLICT));
    desk.house.clock.move_by(jiff::SignedDuration::from_hours(24));
    let system = desk.house.system();
    db::daily(desk.house.app.db(), &system, &["programme.daily"]).await.unwrap();
    desk.house.drain().await;
    let follower = desk.house.signed_in("vidu").await;
    assert_eq!(desk.seen(&follower).await, ("Biên bản".to_owned(), StatusCode::OK));
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM programme_look").await, 0);
}

#[tokio::test]
async fn a_picture_inside_a_document_is_looked_at_too() {
    use std::io::Write as _;
    let desk = Desk::new().await;
    let around = |page: &[u8]| {
        let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(docx("Kèm theo"))).unwrap();
        zip.start_file("word/media/image1.png", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(page).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let page = around(&picture("TỐI MẬT\n\nKẾ HOẠCH\n\nTriển khai nhiệm vụ của tỉnh\n"));
    assert_eq!(desk.give("bb.docx", &page).await.status, OPEN);
    assert_eq!(desk.seen(&desk.follower).await.1, StatusCode::CONFLICT, "its sender's alone until it was looked at");
    desk.house.drain().await;
    let kept = "SELECT COUNT(*) FROM programme_evidence WHERE blob_hash IS NOT NULL";
    assert_eq!(desk.house.count(kept).await, 0, "the marked page was taken away");
    assert_eq!(desk.house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'file.refused'").await, 1);
    assert_eq!(desk.give("khac.docx", &around(SCAN)).await.status, OPEN);
    desk.house.drain().await;
    assert_eq!(desk.seen(&desk.follower).await, ("Biên bản".to_owned(), StatusCode::OK));
}
