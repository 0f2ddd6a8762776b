//! The label of a platform: said by its owner, and public when a leader who said nothing of it says so.

use axum::http::{Method, StatusCode};
use db::vals;
use kernel::Role;
use serde_json::json;
use testkit::Client;

use crate::{added, house};

const SEVEN: [&str; 7] = ["connection", "backup", "availability", "log", "access", "user", "data"];

async fn says(client: &Client, page: &str, rev: &str, publish: &str) -> StatusCode {
    client.form(&format!("{page}/publish"), &[("rev", rev), ("publish", publish)]).await.status
}

async fn rev(client: &Client, page: &str) -> String {
    client.get(&format!("/api/v1{page}")).await.json()["rev"].to_string()
}

#[tokio::test]
async fn a_label_is_public_once_all_is_said_and_a_leader_of_its_owner_says_so() {
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
    for bad in ["javascript:alert(1)", "http://kho.tinhmau.example/", "https://chinhphu.vn@kho.example/"] {
        let refused = clerk.form(&page, &[("rev", "0"), ("state-backup", "met"), ("evidence-backup", bad)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(refused.body.contains("số văn bản, hoặc một địa chỉ https:"), "{bad}: {}", refused.body);
    }
    let met = [("rev", "0"), ("state-backup", "met"), ("evidence-backup", link)];
    assert_eq!(clerk.form(&page, &met).await.status, StatusCode::SEE_OTHER);
    let publish = format!("{page}/publish");
    assert!(leader.get(&publish).await.body.contains("Hãy ghi đủ bảy yêu cầu"));
    assert_eq!(says(&leader, &page, "1", "yes").await, StatusCode::UNPROCESSABLE_ENTITY);
    let exempt = clerk.form(&page, &[("rev", "1"), ("state-log", "not_applied"), ("evidence-log", "Không cần")]).await;
    assert_eq!(exempt.status, StatusCode::UNPROCESSABLE_ENTITY, "every requirement applies");
    assert_eq!(house.client().get(&public).await.status, StatusCode::NOT_FOUND);
    let states = SEVEN.map(|key| format!("state-{key}"));
    let all: Vec<(&str, &str)> = states.iter().skip(2).map(|key| (key.as_str(), "planned")).collect();
    let alone = clerk.form(&page, &[("rev", "1"), ("publish", "yes")]).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "two acts of two people");
    let more = [("rev", "1"), ("state-connection", "partly")];
    let all = [more.as_slice(), all.as_slice()].concat();
    assert_eq!(other.form(&page, &all).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&page, &all).await.status, StatusCode::FORBIDDEN);
    let turn = async |state: &str| {
        house.exec(&format!("UPDATE registry_system SET state = '{state}' WHERE id IS NOT NULL"), vec![]).await;
    };
    assert_eq!(clerk.form(&page, &all).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&page, &all).await.status, StatusCode::PRECONDITION_FAILED, "over a newer one nothing");
    assert!(!clerk.get(&page).await.body.contains("label/publish"));
    assert_eq!(says(&clerk, &page, "2", "yes").await, StatusCode::FORBIDDEN);
    let elsewhere = house.person("gdyt", "Sở Y tế", Role::LEADER).await;
    assert_eq!(says(&elsewhere, &page, "2", "yes").await, StatusCode::NOT_FOUND);
    assert_eq!(house.client().get(&public).await.status, StatusCode::NOT_FOUND);
    turn("retiring").await;
    assert!(leader.get(&publish).await.body.contains("Hệ thống sắp dừng không công khai nhãn mới"));
    assert_eq!(says(&leader, &page, "2", "yes").await, StatusCode::CONFLICT, "it is about to end");
    turn("operating").await;
    assert!(leader.get(&publish).await.body.contains("Ai cũng xem được nhãn của Kho số"));
    assert_eq!(says(&leader, &page, "2", "yes").await, StatusCode::SEE_OTHER);
    assert_eq!(says(&leader, &page, "2", "yes").await, StatusCode::PRECONDITION_FAILED);
    let said = clerk.get(&format!("/api/v1{page}")).await.json();
    assert_eq!((said["met"].as_i64(), said["open"].as_i64()), (Some(1), Some(0)), "{said}");
    let nobody = house.client();
    let shown = nobody.get(&public).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    for said in ["Đáp ứng 1 trên 7", "H00.09", "Sở Tài chính", "Nghị định 224/2026/NĐ-CP", "01/07/2027"]
    {
        assert!(shown.body.replace("&#x2f;", "/").contains(said), "{said}: {}", shown.body);
    }
    let plain = shown.body.replace("&#x2f;", "/");
    assert!(plain.contains(&format!("href=\"{link}\" rel=\"nofollow noopener")), "{plain}");
    assert!(plain.contains("Trang ngoài: kho.tinhmau.example"), "{plain}");
    assert!(!shown.body.contains("Phòng máy"), "{}", shown.body);
    assert!(nobody.get("/public/platforms").await.body.contains("Kho số"));
    // What is met keeps evidence; what is saved as it was stays public, and what changes is not until a leader says so again.
    let emptied = [("rev", "3"), ("evidence-backup", "")];
    assert_eq!(clerk.form(&page, &emptied).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(clerk.form(&page, &[("rev", "3"), ("state-log", "planned")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nobody.get(&public).await.status, StatusCode::OK);
    let emptied = [("rev", "4"), ("state-backup", "partly"), ("evidence-backup", "")];
    assert_eq!(clerk.form(&page, &emptied).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    clerk.form(&format!("/undo/{}", house.newest("system.label").await), &[]).await;
    assert!(nobody.get(&public).await.body.contains("sao-luu"), "as it was when a leader made it public");
    clerk.form(&format!("/undo/{}", house.newest("act.undo").await), &[]).await;
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    // Who says something in it does not make it public.
    let hand = house.ctx("gd").actor.account().unwrap().to_string();
    for (own, other) in [("state", "evidence"), ("evidence", "state")] {
        let by = format!("UPDATE registry_label_line SET {own}_by = $1 WHERE requirement = $2");
        house.exec(&by, vals![hand.clone(), "log"]).await;
        // Also where somebody else says something beside it.
        let (now, word) = (rev(&clerk, &page).await, format!("Văn bản của {own}"));
        let beside = match other {
            "evidence" => [("rev", now.as_str()), ("evidence-log", word.as_str())],
            _ => [("rev", now.as_str()), ("state-log", "partly")],
        };
        assert_eq!(clerk.form(&page, &beside).await.status, StatusCode::SEE_OTHER);
        let refused = says(&leader, &page, &rev(&clerk, &page).await, "yes").await;
        assert_eq!(refused, StatusCode::CONFLICT, "{own}");
        assert!(leader.get(&publish).await.body.contains("Người ghi nhãn không công khai nhãn"), "{own}");
        house.exec(&by, vals!["another", "log"]).await;
    }
    assert_eq!(says(&leader, &page, &rev(&clerk, &page).await, "yes").await, StatusCode::SEE_OTHER);
    assert!(!nobody.get(&public).await.body.contains("sao-luu"));
    // Who publishes takes it back, and takes that back.
    assert_eq!(says(&leader, &page, &rev(&clerk, &page).await, "no").await, StatusCode::SEE_OTHER);
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    assert!(!nobody.get("/public/platforms").await.body.contains("Kho số"));
    let undo = format!("/undo/{}", house.newest("system.label_unpublish").await);
    assert_eq!(clerk.form(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&undo, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(nobody.get(&public).await.status, StatusCode::OK);
    // Another owner has not made it public.
    let province = house.person("tinh", "Tỉnh Mẫu", Role::OFFICER).await;
    let give = async |owner: &str| {
        let of = format!("/api/v1/systems/{id}");
        let now = province.get(&of).await.json()["rev"].to_string();
        let client = province.header("if-match", &format!("\"{now}\""));
        let given = client.json(Method::PATCH, &of, &json!({"owner": owner})).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    };
    give("Sở Y tế").await;
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    give("Sở Tài chính").await;
    assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND);
    assert_eq!(says(&leader, &page, &rev(&clerk, &page).await, "yes").await, StatusCode::SEE_OTHER);
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
    for nowhere in ["200", "18446744073709551615"] {
        assert_eq!(nobody.get(&format!("{list}?after={nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    assert_eq!(nobody.get(&format!("{list}?after=x")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no cursor");
    // What holds state secrets, or is gone, is shown to nobody.
    assert_eq!(nobody.get(&public).await.status, StatusCode::OK);
    for gone in [
        "state = 'retired'",
        "state = 'operating', kind = 'server'",
        "state = 'operating', kind = 'platform', state_secret = 'yes'",
    ] {
        house.exec(&format!("UPDATE registry_system SET {gone} WHERE id IS NOT NULL"), vec![]).await;
        assert_eq!(nobody.get(&public).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}
