//! Every address of the API that only reads, read by who may: `documented` looks at each answer.

use axum::http::{Method, StatusCode};
use testkit::Part;

use crate::{documents::numbered, house::House, places_roads::BOOK, samples::Samples};

/// An address of this path where there is something to read.
async fn there(samples: &Samples<'_>, path: &str) -> String {
    let officer = &samples.officer;
    let id = match path {
        "/api/v1/calendar/deadline" => return format!("{path}?from=2026-11-20T16:00&days=3"),
        "/api/v1/plans/{id}/cascade" | "/api/v1/plans/{id}/cascade/sheet" => {
            let (above, below) = (numbered(officer, "45/KH-UBND").await, numbered(officer, "17/KH-UBND").await);
            return format!("{}?above={above}", path.replace("{id}", &below));
        }
        "/api/v1/plans/{id}/read-rows" | "/api/v1/plans/{id}/findings" | "/api/v1/plans/{id}/places" => {
            samples.plan_in_review(path).await
        }
        "/api/v1/plans/{id}" | "/api/v1/plans/{id}/roles" | "/api/v1/plans/{id}/links" => samples.live_plan().await,
        "/api/v1/posts/{id}" => samples.one("SELECT id FROM directory_post ORDER BY id LIMIT 1", "post").await,
        "/api/v1/units/{id}" => samples.unit("Sở Tài chính").to_string(),
        "/api/v1/systems/{id}"
        | "/api/v1/systems/{id}/links"
        | "/api/v1/systems/{id}/assessment"
        | "/api/v1/systems/{id}/certificates"
        | "/api/v1/systems/{id}/checks"
        | "/api/v1/systems/{id}/availability"
        | "/api/v1/systems/{id}/cost"
        | "/api/v1/systems/{id}/label"
        | "/api/v1/systems/{id}/proofs"
        | "/api/v1/systems/{id}/milestone"
        | "/api/v1/systems/{id}/materials"
        | "/api/v1/systems/{id}/impact" => {
            samples.one("SELECT id FROM registry_system WHERE kind = 'platform'", "system").await
        }
        "/api/v1/systems/figures/{code}" => return path.replace("{code}", "cloud.migrated"),
        "/api/v1/systems/baselines/{id}" => samples.frozen_list("Danh sách để đọc").await.0,
        "/api/v1/migrations/{id}" => samples.migration("Chuyển để đọc").await,
        "/api/v1/migration-steps/{id}/proofs" => {
            samples.migration("Bước để đọc").await;
            samples.one("SELECT id FROM registry_migration_step ORDER BY id DESC LIMIT 1", "movestep").await
        }
        "/api/v1/levels/{id}/proofs" => samples.dossier("Tệp để đọc").await,
        "/api/v1/proofs/{id}/file" => {
            let path = format!("/systems/{}/proofs", samples.system("Nơi đặt để đọc").await);
            let answer = officer.upload(&path, &[Part::File("bb.pdf", BOOK)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            samples.one("SELECT id FROM registry_proof ORDER BY id DESC LIMIT 1", "proof").await
        }
        "/api/v1/levels/{id}" => samples.dossier("Cấp độ để đọc").await,
        "/api/v1/systems/enterprises/{id}" => samples.enterprise().await,
        "/api/v1/telecom/coverage/{id}" => samples.telecom_line("coverage", 0).await,
        "/api/v1/telecom/passive/{id}" => samples.telecom_line("passive", 0).await,
        "/api/v1/telecom/network/{id}" => samples.telecom_line("network", 0).await,
        "/api/v1/parts/{id}" => samples.part().await,
        "/api/v1/evidence/{id}/file" => {
            let path = format!("/parts/{}/evidence", samples.part().await);
            let file = Part::File("bb.pdf", b"%PDF-1.4\nbb");
            let parts = [Part::Field("label", "BB"), Part::Field("on_behalf", "true"), file];
            let answer = officer.upload(&path, &parts).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            let file = "SELECT id FROM programme_evidence WHERE blob_hash IS NOT NULL ORDER BY id DESC LIMIT 1";
            samples.one(file, "evidence").await
        }
        "/api/v1/duties/{id}" => samples.duty().await,
        "/api/v1/periods/{id}" | "/api/v1/periods/{id}/outside" => samples.period("2026-M11").await,
        "/api/v1/reports/{id}" => samples.report("2026-M10").await,
        "/api/v1/questions/{id}" => samples.question().await,
        _ => String::new(),
    };
    path.replace("{id}", &id)
}

#[tokio::test]
async fn every_address_that_reads_is_read() {
    let house = House::demo().await;
    let samples =
        Samples { house: &house, admin: house.signed_in("quantri").await, officer: house.signed_in("vidu").await };
    // What only a leader approves only a leader reads.
    let leader = house.signed_in("giamdoc").await;
    let routes = house.app.modules().iter().flat_map(|module| (module.routes)());
    for route in routes.filter(|route| route.is_api() && route.method == Method::GET) {
        let path = there(&samples, route.path).await;
        let mut answer = samples.officer.get(&path).await;
        for client in [&samples.admin, &leader] {
            if answer.status == StatusCode::FORBIDDEN {
                answer = client.get(&path).await;
            }
        }
        assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.body);
    }
}
