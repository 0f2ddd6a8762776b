//! The paper that goes with a report, by a link and inside: what it may be, and that what is refused changes nothing.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    house::{COMMUNE, House},
    outside::{Bearer, LED, Month},
    round::{Round, step, words},
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn sheet() -> Vec<u8> {
    webkit::export::xlsx("Bao cao", &["Số liệu".into()], &[vec!["12".into()]]).unwrap()
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_the_report_as_it_was() {
    let house = House::demo().await;
    let month = Month::open(&house).await;
    let bearer = Bearer::come(&house, &month.secret().await).await;
    assert_eq!(bearer.send(&bearer.rev().await, "send", &[]).await.status, LED);
    let back = [Part::Field("remarks", "Thiếu số liệu")];
    assert_eq!(step(&month.chief, &month.report().await, "return", &back).await.status, LED);
    let rev = bearer.rev().await;

    let secret = testkit::word_file(&["TUYỆT MẬT", "Nội dung"]);
    let (sheet, before) = (sheet(), house.ledger_length().await);
    for (name, bytes, why) in
        [("bc.docx", &secret, "đóng dấu TUYỆT MẬT"), ("bc.xlsx", &sheet, "phải là tệp PDF hoặc Word")]
    {
        let parts = [Part::Field("intro", "Lời đã sửa"), Part::File(name, bytes)];
        let refused = bearer.send(&rev, "send", &parts).await;
        assert_eq!(refused.status, WRONG, "{name}");
        let body = words(&refused.body);
        assert!(body.contains(why) && body.contains("Lời đã sửa"), "{name}: {body}");
        assert!(house.app.db().blobs().get(&db::BlobHash::of(bytes)).await.is_err(), "{name} is not kept");
    }
    assert_eq!(house.ledger_length().await, before, "nothing was done");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE version > 1").await, 0);
    assert_eq!(bearer.rev().await, rev, "what is sent next is over what was seen");
    let paper = [Part::Field("intro", "Lời đã sửa"), Part::File("bc.pdf", b"%PDF-1.7\n% bao cao\n")];
    assert_eq!(bearer.send(&rev, "send", &paper).await.status, LED);
}

#[tokio::test]
async fn what_is_issued_is_a_pdf_or_a_word_file() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, LED, "{act}");
    }
    let (sheet, word) = (sheet(), testkit::word_file(&["BÁO CÁO"]));
    let issue = async |name: &str, bytes: &[u8]| {
        let number = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20")];
        step(&clerk, &id, "issue", &[number[0].clone(), number[1].clone(), Part::File(name, bytes)]).await
    };
    let refused = issue("bc.xlsx", &sheet).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("phải là tệp PDF hoặc Word"), "{}", refused.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'issued'").await, 0);
    assert_eq!(issue("bc.docx", &word).await.status, LED);
}
