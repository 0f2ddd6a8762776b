//! Reports that meet what should not happen: a body merged away in mid-period, a signed file with other figures.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    house::House,
    round::{Round, id_of, rev, step, words},
};

#[tokio::test]
async fn a_body_merged_away_in_mid_period_is_answered_for_by_its_successor() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
    let (admin, clerk) = (house.signed_in("quantri").await, house.signed_in("thu").await);
    let id = round.report_of(house.unit("UBND xã Đồi Mẫu", None)).await;
    assert_eq!(clerk.get(&format!("/reports/{id}")).await.status, StatusCode::FORBIDDEN);
    let unit = admin.get("/api/v1/units?q=ubnd+xa+doi+mau").await.json()["items"][0].clone();
    let rev_of_unit = unit["rev"].as_i64().unwrap_or(1).to_string();
    let fields = [
        ("name", "UBND xã Đồi Mẫu"),
        ("kind", unit["kind"].as_str().unwrap()),
        ("valid_to", "2026-11-20"),
        ("successor", "UBND xã Sông Mẫu"),
        ("rev", rev_of_unit.as_str()),
    ];
    let merged = admin.form(&format!("/units/{}/edit", unit["id"].as_str().unwrap()), &fields).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", words(&merged.body));
    // Its report is still there under its name, and the successor's clerk writes and sends it.
    let page = clerk.get(&format!("/reports/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", words(&page.body));
    assert!(words(&page.body).contains("UBND xã Đồi Mẫu"), "{}", words(&page.body));
    let now = rev(&clerk, &id).await;
    let saved = clerk.form(&format!("/reports/{id}/edit"), &[("rev", &now), ("intro", "Tiếp nhận từ xã cũ")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", words(&saved.body));
    assert_eq!(step(&clerk, &id, "submit", &[]).await.status, StatusCode::SEE_OTHER);
    // The next period has one report for both.
    let duty = words(&round.officer.get(&format!("/periods/{}", round.period)).await.body);
    let duty = duty.split("/duties/duty_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let opened = round.officer.form(&format!("/duties/duty_{duty}/periods"), &[("label", "2026-M12")]).await;
    house.drain().await;
    let next = words(&round.officer.get(opened.location.split('?').next().unwrap()).await.body);
    assert!(next.contains("UBND xã Sông Mẫu") && !next.contains("UBND xã Đồi Mẫu"), "{next}");
}

#[tokio::test]
async fn the_signed_file_is_compared_with_what_was_approved() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
    let (clerk, chair) = (house.signed_in("thu").await, house.signed_in("chutichxa").await);
    let id = round.report_of(house.unit("UBND xã Sông Mẫu", None)).await;
    // What is signed in the end has other figures than what is approved now.
    let early = clerk.get_bytes(&format!("/reports/{id}/pdf")).await;
    let unit = clerk.get("/api/v1/units?q=ubnd+xa+song+mau").await.json()["items"][0]["id"].clone();
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
    let part = parts["items"][0]["id"].as_str().unwrap();
    let noted = [("rev", "1"), ("percent", "40"), ("text", "Đã tập huấn 3 thôn")];
    assert_eq!(clerk.form(&format!("/parts/{part}/progress"), &noted).await.status, StatusCode::SEE_OTHER);
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, StatusCode::SEE_OTHER, "{act}");
    }
    let issue = async |id: &str, file: &[u8]| {
        let fields = [
            Part::Field("number", "15/BC-UBND"),
            Part::Field("issued_on", "2026-11-20"),
            Part::File("da-ky.pdf", file),
        ];
        let issued = step(&clerk, id, "issue", &fields).await;
        assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", words(&issued.body));
        // A job compares.
        house.drain().await;
        words(&clerk.get(&format!("/reports/{id}")).await.body)
    };
    let page = issue(&id, &early).await;
    assert!(page.contains("Bản đã ký khác bản đã duyệt ở 1 chỗ") && page.contains("đạt 40%"), "{page}");
    // What is issued stays: a new version corrects it.
    let page_rev = rev(&clerk, &id).await;
    let back = [Part::Field("rev", &page_rev), Part::Field("act", "recall")];
    assert_eq!(clerk.upload(&format!("/reports/{id}"), &back).await.status, StatusCode::CONFLICT);
    let corrected = step(&clerk, &id, "correct", &[Part::Field("remarks", "Nhầm tệp")]).await;
    let id = id_of(&corrected.location);
    for (who, act) in [(&clerk, "submit"), (&chair, "check"), (&chair, "approve")] {
        assert_eq!(step(who, &id, act, &[]).await.status, StatusCode::SEE_OTHER, "{act}");
    }
    let approved = clerk.get_bytes(&format!("/reports/{id}/pdf")).await;
    let page = issue(&id, &approved).await;
    assert!(page.contains("Số liệu trong bản đã ký khớp với bản đã duyệt"), "{page}");
}
