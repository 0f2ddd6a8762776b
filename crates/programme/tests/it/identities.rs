//! Numbers by which people are identified, in files that are brought as evidence: seen, said, and kept nowhere else.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    documents::part_of,
    house::{COMMUNE, House},
    round::{Round, step, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
/// Invented.
const CITIZEN: &str = "048123456789";
const OLD_CARD: &str = "201234567";

fn sheet(cells: &[&str]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = cells.iter().map(|cell| vec![(*cell).to_owned()]).collect();
    webkit::export::xlsx("Danh sách", &["Người được hỗ trợ".into()], &rows).unwrap()
}

#[tokio::test]
async fn a_file_with_numbers_of_people_is_kept_marked_and_its_sender_is_told() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let path = format!("/parts/{part}/evidence");
    let old_card = format!("CMND số {OLD_CARD}");
    let listed = sheet(&["Nguyễn Văn Mẫu", CITIZEN, &old_card, "0905123456", "Kinh phí 123456789 đồng"]);
    let added = clerk.upload(&path, &[Part::Field("label", "Danh sách"), Part::File("ds.xlsx", &listed)]).await;
    assert_eq!(added.status, OPEN, "{}", words(&added.body));
    let told = words(&clerk.get(&added.location).await.body);
    assert!(told.contains("Tệp có thể chứa số định danh cá nhân"), "{told}");
    assert!(told.contains("có thể chứa số định danh cá nhân (2 chỗ)"), "a telephone and money are none: {told}");
    // Whoever may see the part sees the mark, and others neither it nor the file.
    let there = follower.get(&format!("/parts/{part}")).await.location;
    assert!(words(&follower.get(&there).await.body).contains("(2 chỗ)"));
    let evidence = &follower.get(&format!("/api/v1/parts/{part}")).await.json()["evidence"][0];
    assert_eq!(evidence["identities"], 2, "{evidence}");
    let file = format!("/evidence/{}/file", evidence["id"].as_str().unwrap());
    assert_eq!(house.as_("taichinh").await.get(&file).await.status, StatusCode::FORBIDDEN);
    assert_ne!(house.client().get(&file).await.status, StatusCode::OK, "it is never public");
    // Nothing but the file holds the numbers.
    for (table, column) in
        [("db_ledger", "body"), ("db_fact", "body"), ("db_job", "payload"), ("programme_evidence", "label")]
    {
        let kept = format!("{column} LIKE '%{CITIZEN}%' OR {column} LIKE '%{OLD_CARD}%'");
        assert_eq!(house.count(&format!("SELECT COUNT(*) FROM {table} WHERE {kept}")).await, 0, "{table}");
    }
    // Its sender takes it away, and brings one without them.
    assert_eq!(clerk.form(file.trim_end_matches("/file"), &[]).await.status, OPEN);
    let plain = sheet(&["Nguyễn Văn Mẫu", "048*********"]);
    let added = clerk.upload(&path, &[Part::Field("label", "Danh sách"), Part::File("ds.xlsx", &plain)]).await;
    let page = words(&clerk.get(&added.location).await.body);
    assert!(page.contains("Đã thêm minh chứng.") && !page.contains("số định danh cá nhân"), "{page}");
    let evidence = &clerk.get(&format!("/api/v1/parts/{part}")).await.json()["evidence"][0];
    assert_eq!(evidence["identities"], serde_json::Value::Null);
    // Of what nobody could read that is said, and no more.
    assert!(!page.contains("chưa kiểm tra được số định danh"), "{page}");
    house.exec("UPDATE programme_evidence SET identities = NULL", vec![]).await;
    let page = words(&clerk.get(&added.location).await.body);
    assert!(page.contains("(chưa kiểm tra được số định danh)"), "{page}");
}

/// Numbers in words beside the file are masked, as everywhere.
#[tokio::test]
async fn no_word_beside_the_file_holds_a_number() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let given = [
        Part::Field("label", "CCCD 048123456789 và hộ chiếu B1234567"),
        Part::Field("number", "15/BC"),
        Part::File("cccd 048123456789.pdf", b"%PDF-1.7"),
    ];
    assert_eq!(clerk.upload(&format!("/parts/{part}/evidence"), &given).await.status, OPEN);
    let kept = "SELECT COUNT(*) FROM programme_evidence WHERE label LIKE '%456789%' OR label LIKE '%4567%' OR file_name LIKE '%456789%'";
    assert_eq!(house.count(kept).await, 0);
}

/// What came back signed is looked through as evidence is.
#[tokio::test]
async fn the_issued_file_of_a_report_is_marked_for_numbers_of_people() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, OPEN);
    }
    let old_card = format!("CMND số {OLD_CARD}");
    let listed = testkit::word_file(&["Nguyễn Văn Mẫu", CITIZEN, &old_card, "0905123456"]);
    let form =
        [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20"), Part::File("bc.docx", &listed)];
    assert_eq!(step(&clerk, &id, "issue", &form).await.status, OPEN);
    for who in [&clerk, &round.officer] {
        let page = words(&who.get(&format!("/reports/{id}")).await.body);
        assert!(page.contains("có thể chứa số định danh cá nhân (2 chỗ)"), "{page}");
        assert!(page.contains("Tệp phát hành có thể chứa số căn cước"), "{page}");
    }
    for (table, column) in [("db_ledger", "body"), ("db_fact", "body"), ("db_job", "payload")] {
        let kept = format!("{column} LIKE '%{CITIZEN}%' OR {column} LIKE '%{OLD_CARD}%'");
        assert_eq!(house.count(&format!("SELECT COUNT(*) FROM {table} WHERE {kept}")).await, 0, "{table}");
    }
    // A file without such numbers bears no mark.
    let report: programme::ids::ReportId = id.parse().unwrap();
    let places = "UPDATE programme_report SET file_identities = $2 WHERE id = $1";
    house.exec(places, db::vals![report.uuid(), 0_i64]).await;
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(!page.contains("số định danh"), "{page}");
    // Of what nobody could read that is said, and no more.
    let unread = "UPDATE programme_report SET file_identities = NULL WHERE id = $1";
    house.exec(unread, db::vals![report.uuid()]).await;
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Bản phát hành: chưa kiểm tra được số định danh."), "{page}");
}
