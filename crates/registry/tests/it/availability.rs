//! Availability: said of a month by hand, taken in from the monitoring, read where a project is accepted.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;
use testkit::Part;

use crate::{added, house};

const OWNER: &str = "Sở Tài chính";
const HEADS: [&str; 5] = ["Tên hệ thống", "Mã hệ thống", "Tháng", "Số phút gián đoạn", "Mức sẵn sàng (%)"];

fn list(lines: &[[&str; 5]]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = lines.iter().map(|line| line.map(str::to_owned).to_vec()).collect();
    webkit::export::xlsx("S", &HEADS.map(str::to_owned), &rows).unwrap()
}

#[tokio::test]
async fn a_month_is_said_once_and_no_more_than_it_has() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    let id = added(&clerk, &json!({"name": "Ngân sách", "owner": OWNER})).await;
    let path = format!("/systems/{id}/availability");
    let of = |month: &'static str, minutes: &'static str, percent: &'static str| {
        [("month", month), ("minutes", minutes), ("percent", percent), ("source", "Zabbix"), ("planned", "")]
    };
    assert_eq!(clerk.form(&path, &of("9/2026", "432", "")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &of("10/2026", "", "99,95")).await.status, StatusCode::SEE_OTHER);
    let page = clerk.get(&format!("/systems/{id}")).await.body.replace("&#x2f;", "/");
    for words in ["09/2026", "99,00", "99,95", "Zabbix"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // What is said of it again stands in its place, where it is over what was read.
    let again = |rev: &'static str| [of("9/2026", "0", "").as_slice(), &[("rev", rev)]].concat();
    assert_eq!(clerk.form(&path, &of("9/2026", "0", "")).await.status, StatusCode::CONFLICT);
    assert_eq!(clerk.form(&path, &again("1")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.form(&path, &again("1")).await.status, StatusCode::PRECONDITION_FAILED);
    let api = format!("/api/v1{path}");
    let said = json!({"month": "9/2026", "minutes": "0", "source": "Zabbix"});
    for (rev, status) in [("\"1\"", StatusCode::PRECONDITION_FAILED), ("\"2\"", StatusCode::OK)] {
        let answer = clerk.header("if-match", rev).json(Method::POST, &api, &said).await;
        assert_eq!(answer.status, status, "{rev}: {}", answer.body);
    }
    let ahead = json!({"month": "8/2026", "minutes": "0", "source": "Zabbix", "rev": 3});
    let ahead = clerk.json(Method::POST, &api, &ahead).await;
    assert_eq!(ahead.status, StatusCode::PRECONDITION_FAILED, "that month was taken away: {}", ahead.body);
    let all = clerk.get(&format!("/api/v1{path}")).await.json();
    let months: Vec<_> = all.as_array().unwrap().iter().map(|one| (&one["month"], &one["minutes_down"])).collect();
    assert_eq!(months, [(&json!("2026-10-01"), &json!(22)), (&json!("2026-09-01"), &json!(0))]);
    for (wrong, field) in [
        (of("9/2026", "43201", ""), "minutes"),
        (of("9/2026", "-1", ""), "minutes"),
        (of("9/2026", "", "100,5"), "percent"),
        (of("9/2026", "", ""), "minutes"),
        (of("12/2026", "0", ""), "month"),
        (of("quý 3/2026", "0", ""), "month"),
    ] {
        let sent: serde_json::Map<_, _> = wrong.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
        let answer = clerk.json(Method::POST, &format!("/api/v1{path}"), &sent.into()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{wrong:?}: {}", answer.body);
    }
    assert_eq!(other.form(&path, &of("9/2026", "1", "")).await.status, StatusCode::NOT_FOUND);
    let server = added(&clerk, &json!({"name": "Máy chủ 1", "owner": OWNER, "kind": "server"})).await;
    let server = clerk.form(&format!("/systems/{server}/availability"), &of("9/2026", "1", "")).await;
    assert_eq!(server.status, StatusCode::CONFLICT, "of machines nothing is told");
    let gone = all[0]["id"].as_str().unwrap();
    assert_eq!(clerk.form(&path, &[("remove", gone)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_availability").await, 1);
    clerk.form(&format!("/undo/{}", house.newest("system.unmeasure").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_availability").await, 2);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn the_list_of_the_monitoring_is_taken_in_line_by_line() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let other = house.person("yte", "Sở Y tế", Role::OFFICER).await;
    added(&clerk, &json!({"name": "Ngân sách", "owner": OWNER, "code": "H1"})).await;
    added(&clerk, &json!({"name": "Tài sản", "owner": OWNER})).await;
    added(&other, &json!({"name": "Bệnh án", "owner": "Sở Y tế"})).await;
    let file = list(&[
        ["", "H1", "9/2026", "60", ""],
        ["Tài sản", "", "Tháng 9 năm 2026", "", "99,9 %"],
        // Each of these is refused by itself.
        ["Ngân sách", "", "9/2026", "61", ""],
        ["Bệnh án", "", "9/2026", "5", ""],
        ["Không có", "", "9/2026", "5", ""],
        ["Tài sản", "", "2/2026", "40321", ""],
        ["Tài sản", "", "3/2026", "", "101"],
        ["Tài sản", "", "12/2026", "5", ""],
        ["Tài sản", "H1", "8/2026", "5", ""],
    ]);
    let path = "/systems/availability/import";
    let shown = clerk.upload(path, &[Part::File("gs.xlsx", &file)]).await.body;
    for words in [
        "2 dòng mới",
        "Không có hệ thống “Bệnh án”",
        "Không có hệ thống “Không có”",
        "chưa tới",
        "40320",
        "Mã H1 và tên “Tài sản” là của hai hệ thống khác nhau",
    ] {
        assert!(shown.replace('.', "").contains(&words.replace('.', "")), "{words}: {shown}");
    }
    let confirmed = [Part::File("gs.xlsx", &file), Part::Field("confirm", "1")];
    assert_eq!(clerk.upload(path, &confirmed).await.status, StatusCode::SEE_OTHER);
    let rows = "SELECT COUNT(*) FROM registry_availability WHERE month = '2026-09-01' AND minutes_down IN (60, 43)";
    assert_eq!(house.count(rows).await, 2);
    // The same again changes nothing; another number changes one.
    let length = house.ledger_length().await;
    clerk.upload(path, &confirmed).await;
    assert_eq!(house.ledger_length().await, length);
    let file = list(&[["", "H1", "9/2026", "90", ""], ["Tài sản", "", "9/2026", "43", ""]]);
    clerk.upload(path, &[Part::File("gs.xlsx", &file), Part::Field("confirm", "1")]).await;
    let changed = "SELECT COUNT(*) FROM registry_availability WHERE minutes_down = 90 AND rev = 2";
    assert_eq!(house.count(changed).await, 1);
    house.lake_is_as_the_rows().await;
    clerk.form(&format!("/undo/{}", house.newest("system.measures").await), &[]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM registry_availability WHERE minutes_down = 60").await, 1);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn who_accepts_a_migration_sees_what_was_measured_since_it_was_cut_over() {
    let house = house().await;
    let clerk = house.person("so", OWNER, Role::OFFICER).await;
    let leader = house.person("gd", OWNER, Role::LEADER).await;
    let said = json!({"name": "Ngân sách", "owner": OWNER, "hosting": "own_room", "state": "operating", "since": 2021});
    let id = added(&clerk, &said).await;
    let plan = json!({"strategy": "rehost", "to_hosting": "provincial_cloud"});
    let made = clerk.json(Method::POST, &format!("/api/v1/systems/{id}/migrations"), &plan).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let migration = made.json()["id"].as_str().unwrap().to_owned();
    let page = format!("/migrations/{migration}");
    assert!(!leader.get(&page).await.body.contains("số đo nào từ ngày chuyển"), "it was not cut over yet");
    let cut = "UPDATE registry_migration SET state = 'cut_over', cut_over_on = '2026-10-05' WHERE id IS NOT NULL";
    house.exec(cut, vec![]).await;
    let ask = format!("{page}/acts?act=accept");
    for page in [&page, &ask] {
        let shown = leader.get(page).await.body.replace("&#x2f;", "/");
        assert!(shown.contains("Chưa có số đo nào từ ngày chuyển 05/10/2026"), "{page}: {shown}");
    }
    for (month, minutes) in [("8/2026", "9000"), ("10/2026", "60"), ("11/2026", "12")] {
        let said = [("month", month), ("minutes", minutes), ("source", "Zabbix")];
        clerk.form(&format!("/systems/{id}/availability"), &said).await;
    }
    for page in [&page, &ask] {
        let shown = leader.get(page).await.body.replace("&#x2f;", "/");
        assert!(shown.contains("đã đo 2 tháng: gián đoạn 72 phút"), "{page}: {shown}");
        assert!(shown.contains("99,87 % trong tháng 10/2026"), "{page}: {shown}");
    }
}
