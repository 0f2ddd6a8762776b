//! The label of a platform: said by its owner, and public when its owner says so.

use axum::http::StatusCode;
use kernel::Role;
use serde_json::json;

use crate::{added, house};

const SEVEN: [&str; 7] = ["connection", "backup", "availability", "log", "access", "user", "data"];

#[tokio::test]
async fn a_label_is_public_once_all_is_said_and_its_owner_says_so() {
    let house = house().await;
    let clerk = house.person("so", "Sở Tài chính", Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let leader = house.person("gd", "Sở Tài chính", Role::LEADER).await;
    let platform = json!({"name": "Kho số", "owner": "Sở Tài chính", "kind": "platform", "state": "operating",
        "code": "H00.09", "address": "kho.tinhmau.example", "hosting": "own_room"});
    let id = added(&clerk, &platform).await;
    let (page, public) = (format!("/systems/{id}/label"), format!("/public/platforms/{id}"));
    let link = "https://kho.tinhmau.example/sao-luu";
    // What is met needs evidence; a label that lacks something is not made public.
    let met = [("rev", "0"), ("state-backup", "met")];
    assert_eq!(clerk.form(&page, &met).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let met = [("rev", "0"), ("state-backup", "met"), ("evidence-backup", link)];
    assert_eq!(clerk.form(&page, &met).await.status, StatusCode::SEE_OTHER);
    let too_soon = clerk.form(&page, &[("rev", "1"), ("publish", "yes")]).await;
    assert_eq!(too_soon.status, StatusCode::UNPROCESSABLE_ENTITY);
    let exempt = clerk.form(&page, &[("rev", "1"), ("state-log", "not_applied"), ("evidence-log", "Không cần")]).await;
    assert_eq!(exempt.status, StatusCode::UNPROCESSABLE_ENTITY, "every requirement applies");
    assert_eq!(house.client().get(&public).await.status, StatusCode::NOT_FOUND);
    let states = SEVEN.map(|key| format!("state-{key}"));
    let all: Vec<(&str, &str)> = states.iter().skip(2).map(|key| (key.as_str(), "planned")).collect();
    let more = [("rev", "1"), ("state-connection", "partly"), ("publish", "yes")];
    let all = [more.as_slice(), all.as_slice()].concat();
    assert_eq!(other.form(&page, &all).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&page, &all).await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.form(&page, &all).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&page, &all).await.status, StatusCode::PRECONDITION_FAILED, "over a newer one nothing");
    let said = clerk.get(&format!("/api/v1{page}")).await.json();
    assert_eq!((said["met"].as_i64(), said["open"].as_i64()), (Some(1), Some(0)), "{said}");
    let nobody = house.client();
    let shown = nobody.get(&public).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    for said in ["Đáp ứng 1 trên 7", "H00.09", "Sở Tài chính", "Nghị định 224/2026/NĐ-CP", "01/07/2027"]
    {
        assert!(shown.body.replace("&#x2f;", "/").contains(said), "{said}: {}", shown.body);
    }
    assert!(shown.body.replace("&#x2f;", "/").contains(&format!("href=\"{link}\"")), "{}", shown.body);
    assert!(!shown.body.contains("Phòng máy"), "{}", shown.body);
    assert!(nobody.get("/public/platforms").await.body.contains("Kho số"));
    // Its owner takes it back, and takes that back.
    assert_eq!(clerk.form(&page, &[("rev", "2"), ("publish", "no")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    assert!(!nobody.get("/public/platforms").await.body.contains("Kho số"));
    clerk.form(&format!("/undo/{}", house.newest("system.label").await), &[]).await;
    assert_eq!(nobody.get(&public).await.status, StatusCode::OK);
    // More than a page are read page by page.
    let heads = ["Tên hệ thống", "Cơ quan chủ quản"].map(str::to_owned);
    let lines = (100..200).map(|at| vec![format!("Nền tảng {at}"), "Sở Tài chính".to_owned()]);
    let file = webkit::export::xlsx("S", &heads, &lines.collect::<Vec<_>>()).unwrap();
    let parts = [testkit::Part::File("ds.xlsx", &file), testkit::Part::Field("confirm", "1")];
    assert_eq!(clerk.upload("/systems/import", &parts).await.status, StatusCode::SEE_OTHER);
    let labels = "INSERT INTO registry_label (id, system_id, published_on, rev) \
                  SELECT id, id, '2026-11-20', 1 FROM registry_system WHERE name LIKE 'Nền tảng 1%'";
    house.exec(labels, vec![]).await;
    let list = "/public/platforms";
    let (first, second) = (nobody.get(list).await.body, nobody.get(&format!("{list}?after=100")).await.body);
    assert!(first.contains("Kho số") && first.contains("Nền tảng 198") && !first.contains("Nền tảng 199"), "{first}");
    assert!(first.replace("&#x2f;", "/").contains("/public/platforms?after=100"), "{first}");
    assert!(second.contains("Nền tảng 199") && !second.contains("Nền tảng 198"), "{second}");
    for nowhere in ["200", "18446744073709551615", "x"] {
        assert_eq!(nobody.get(&format!("{list}?after={nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    // What holds state secrets, or is gone, is shown to nobody.
    for gone in ["state = 'retired'", "state = 'operating', kind = 'server'"] {
        house.exec(&format!("UPDATE registry_system SET {gone} WHERE id IS NOT NULL"), vec![]).await;
        assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}
