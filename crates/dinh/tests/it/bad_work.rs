//! Work and reports that meet what should not happen: infected and huge evidence, a body merged away in mid-period, a
//! calendar that moves ten thousand deadlines, a signed file with other figures.

use axum::http::StatusCode;
use dinh::config::Config;
use testkit::Part;

use crate::{
    bad_input::{clamd, eicar},
    house::House,
    reporting::{Round, id_of, rev, step, words},
};

#[tokio::test]
async fn evidence_that_is_infected_or_huge_is_refused_and_not_kept() {
    let config = Config { base_url: Some("http://dinh.test".into()), clamd: Some(clamd().await), ..Config::default() };
    let house = House::demo_with(&config).await;
    let clerk = house.signed_in("thu").await;
    let unit = clerk.get("/api/v1/units?q=ubnd+xa+song+mau").await.json()["items"][0]["id"].clone();
    let parts = clerk.get(&format!("/api/v1/tasks?state=running&lead={}", unit.as_str().unwrap())).await.json();
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

#[tokio::test]
async fn a_body_merged_away_in_mid_period_is_answered_for_by_its_successor() {
    let house = House::demo().await;
    let round = Round::open(&house).await;
    let (admin, clerk) = (house.signed_in("quantri").await, house.signed_in("thu").await);
    let id = round.report_of("UBND xã Đồi Mẫu").await;
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
async fn a_calendar_edit_moves_ten_thousand_deadlines_in_one_act() {
    let house = House::demo().await;
    let ctx = &house.system();
    let conn = house.app.db().read();
    let filter = programme::work::store::register::Filter::default();
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let known =
        programme::work::store::register::page(&conn, &filter, &scope, ctx.today(), None, 1).await.unwrap().remove(0);
    let known = &known;
    house
        .app
        .db()
        .write(ctx, |tx| async move {
            tx.ledger(db::Entry::new("part.add", "test"));
            for n in 0..10_000 {
                let part = programme::work::store::part::NewPart {
                    id: ctx.new_id::<programme::ids::Part>(),
                    task: known.task_id,
                    plan: known.plan_id,
                    unit: known.unit(),
                    unit_sort: format!("{n:05}"),
                    sort_plan: format!("9-{n:05}"),
                    time_kind: "date".into(),
                    start_on: None,
                    due_on: Some("2026-11-30".into()),
                    clock: Some(programme::work::model::clock::Clock::Within {
                        from: jiff::civil::date(2026, 11, 20).at(8, 0, 0, 0),
                        days: 5,
                    }),
                };
                programme::work::store::part::insert(&tx, &part).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let admin = house.signed_in("quantri").await;
    let day = [("day", "2026-11-26"), ("kind", "off"), ("name", "Nghỉ bão"), ("source", "Công điện 12/CĐ-UBND")];
    let preview = words(&admin.form("/calendar", &day).await.body);
    assert!(preview.contains("10.000 thời hạn") || preview.contains("10000 thời hạn"), "{preview}");
    let entries = house.ledger_length().await;
    let start = std::time::Instant::now();
    admin.form("/calendar", &[day.as_slice(), &[("confirm", "true")]].concat()).await;
    house.drain().await;
    println!("10,000 deadlines moved in {} ms", start.elapsed().as_millis());
    let moved = "SELECT COUNT(*) FROM programme_part WHERE due_on = '2026-12-01' AND clock = 'within'";
    assert_eq!(house.count(moved).await, 10_000);
    let history = "SELECT COUNT(*) FROM programme_due WHERE old_due = '2026-11-30' AND new_due = '2026-12-01'";
    assert_eq!(house.count(history).await, 10_000, "the old days are kept");
    assert_eq!(house.ledger_length().await, entries + 2, "the day, and one act for all deadlines");
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn the_signed_file_is_compared_with_what_was_approved() {
    let house = House::demo().await;
    let round = Round::open(&house).await;
    let (clerk, chair) = (house.signed_in("thu").await, house.signed_in("chutichxa").await);
    let id = round.report_of("UBND xã Sông Mẫu").await;
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
