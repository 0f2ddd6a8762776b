//! A tracking sheet that is taken in again: what it said before is not said twice.

use axum::http::{Method, StatusCode};
use programme::work::store::part;
use serde_json::json;
use testkit::Part;

use crate::{amending::named, house::House, round::words};

const STATIONS: &str = "Kiểm kê trạm quan trắc";

#[tokio::test]
async fn the_same_sheet_says_nothing_twice_and_nothing_of_what_is_paused() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let take = async |progress: &str| {
        let head = "\u{feff}Số văn bản;Ngày ban hành;Nội dung;Chủ trì;Tiến độ";
        let row = format!("41/TB-SKHCN;02/03/2026;{STATIONS};Sở Khoa học và Công nghệ;{progress}");
        let sheet = format!("{head}\r\n{row}\r\n");
        let confirm = [Part::Field("confirm", "1"), Part::File("so.csv", sheet.as_bytes())];
        words(&officer.upload("/tracking", &confirm).await.body)
    };
    let new = take("").await;
    assert!(new.contains("Đã nạp 1 việc, 0 việc đã có"), "{new}");
    let task = named(&house, STATIONS).await;
    let check = async |act: &str| {
        let part = part::of_task(&house.app.db().read(), task.uuid()).await.unwrap().remove(0);
        let said = json!({ "rev": part.rev, "act": act, "words": "Chờ kinh phí" });
        let answer = officer.json(Method::POST, &format!("/api/v1/parts/{}/acts", part.id()), &said).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    };
    let said = async || {
        let there = take("Đã đo xong hai trạm").await;
        assert!(there.contains("Đã nạp 0 việc, 1 việc đã có"), "{there}");
        house.count("SELECT COUNT(*) FROM programme_entry WHERE kind = 'progress'").await
    };
    check("pause").await;
    assert_eq!(said().await, 0, "it is paused");
    check("resume").await;
    assert_eq!(said().await, 1);
    assert_eq!(said().await, 1, "it was said before");
}
