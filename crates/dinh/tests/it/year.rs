//! A whole year of the demo, and where its numbers come from.

use axum::http::StatusCode;

use crate::{house::House, round::words};

#[tokio::test]
async fn a_year_can_be_played_and_its_numbers_traced_back() {
    let house = House::year().await;
    let officer = house.signed_in("vidu").await;
    let ids = ["2025-H2", "2026-H1"];
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_period WHERE state = 'locked'").await, 2);
    for label in ids {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let sql = "SELECT id FROM programme_report WHERE consolidated AND label = $1";
        let row: Row = house.app.db().read().one(sql, db::vals![label]).await.unwrap().unwrap();
        let id = programme::ids::ReportId::from_uuid(row.id);
        let page = words(&officer.get(&format!("/reports/{id}")).await.body);
        assert!(page.contains("còn 1 cơ quan, đơn vị chưa gửi báo cáo: Ủy ban nhân dân xã Đồi Mẫu"), "{label}");
        // The total is the sum of the bodies' own reports, and each of those opens.
        let report = programme::reporting::store::report::get(&house.app.db().read(), id).await.unwrap().unwrap();
        let content: serde_json::Value = serde_json::from_str(report.sealed.as_deref().unwrap()).unwrap();
        let bodies = content["bodies"].as_array().unwrap();
        let sum: i64 = bodies.iter().map(|body| body["counts"]["total"].as_i64().unwrap_or(0)).sum();
        assert_eq!(content["counts"]["total"], sum);
        // Who is silent has tasks, and no counts.
        let silent = bodies.iter().find(|body| body["href"].is_null()).unwrap();
        assert!(silent["counts"].is_null() && silent["given"].as_i64().unwrap() > 0, "{silent}");
        assert_eq!(bodies.iter().filter(|body| body["href"].is_null()).count(), 1);
        let links: Vec<&str> =
            page.split("class=\"fig\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(links.len() > 100, "{}", links.len());
        // Those that lead on in the paper itself lead to it.
        for link in links.iter().filter(|link| !link.starts_with('#')).step_by(links.len() / 25) {
            let status = officer.get(link.split('#').next().unwrap()).await.status;
            assert!(status.is_success() || status.is_redirection(), "{link}: {status}");
        }
        for form in ["docx", "pdf", "xlsx", "html"] {
            assert_eq!(officer.get(&format!("/reports/{id}/{form}")).await.status, StatusCode::OK, "{form}");
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_letter WHERE state = 'released'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_difficulty WHERE state = 'answered'").await, 1);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

/// What was built on systems is there to be looked at, in every state.
#[tokio::test]
async fn a_year_leaves_systems_on_their_way_and_a_line_over_time() {
    let house = House::year().await;
    for (what, at_least) in [
        ("registry_migration WHERE state = 'accepted' AND left_hosting = 'own_room'", 2),
        ("registry_migration WHERE state = 'running'", 1),
        ("registry_migration WHERE state = 'rolled_back' AND reason <> ''", 1),
        ("registry_migration_step WHERE state = 'done' AND document <> ''", 10),
        ("registry_dossier WHERE state = 'draft'", 1),
        ("registry_dossier WHERE state = 'approved' AND sent_by <> appraised_by", 1),
        ("registry_dossier WHERE state = 'approved' AND valid_through BETWEEN '2026-11-21' AND '2027-01-31'", 1),
        ("registry_overrule", 1),
        ("registry_system WHERE state = 'operating' AND kind = 'information_system' AND level IS NULL", 1),
        ("registry_assessment WHERE review = 'accepted' AND answered > 0", 5),
        ("registry_assessment WHERE review = 'overruled' AND reason <> ''", 1),
        ("registry_wave_item WHERE wave IS NOT NULL", 3),
        ("registry_baseline WHERE approved_on IS NOT NULL", 5),
        ("registry_baseline_change WHERE is_after AND NOT is_counted", 1),
        ("registry_milestone", 2),
        ("registry_enterprise", 5),
        ("registry_enterprise_form WHERE uses = 'no' OR is_domestic = 'no'", 2),
        ("registry_cost WHERE cpu > 0", 2),
        ("registry_certificate WHERE valid_until BETWEEN '2026-11-21' AND '2027-01-31'", 2),
        ("registry_system WHERE kind = 'provider' AND is_domestic = 'no'", 1),
        ("registry_system WHERE kind = 'data_centre'", 2),
        ("registry_component WHERE name LIKE '%log4j-core'", 1),
    ] {
        let there = house.count(&format!("SELECT COUNT(*) FROM {what}")).await;
        assert!(there >= at_least, "{what}: {there}");
    }
    // Two systems were moved, one after the other: a line that rises.
    let moved = "SELECT COUNT(DISTINCT on_day) FROM registry_figure \
        WHERE indicator = 'cloud.migrated' AND part = 'all' AND numerator > 0";
    assert!(house.count(moved).await >= 2);
    // Everybody but one has said this year that the list is right.
    let owners = "SELECT COUNT(DISTINCT owner_id) FROM registry_system";
    let said = house.count("SELECT COUNT(*) FROM registry_confirmation WHERE year = 2026").await;
    assert_eq!(house.count(owners).await, said + 1);
    // The sentence says nothing of the cloud, its plan does.
    let measured = "SELECT COUNT(*) FROM programme_target \
        WHERE indicator = 'cloud.migrated' AND text LIKE '%hệ thống thông tin hiện có%'";
    assert!(house.count(measured).await > 0);
}

#[tokio::test]
async fn what_the_year_left_in_waves_that_are_over_goes_on_when_they_are_planned_again() {
    let house = House::year().await;
    let steering = house.signed_in("dieuphoi").await;
    let left = async || {
        let list = steering.get("/api/v1/systems/waves/items?wave=left").await.json();
        list["items"].as_array().unwrap().len()
    };
    // The project that is under way keeps the wave that it has.
    let moving = "SELECT COALESCE(MIN(w.wave), 0) FROM registry_wave_item w \
        JOIN registry_migration m ON m.system_id = w.system_id WHERE m.state = 'running'";
    let wave = house.count(moving).await;
    let named = steering.get("/systems/waves").await.body;
    assert!(left().await > 0 && named.contains("còn lại từ các đợt đã qua"), "{named}");
    assert!(steering.form("/systems/waves", &[]).await.status.is_redirection());
    assert_eq!(left().await, 0);
    assert!(wave > 0 && house.count(moving).await == wave, "{wave}");
}
