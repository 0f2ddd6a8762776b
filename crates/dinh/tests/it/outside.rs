//! Links of bodies without accounts in the whole house: where their secrets stand, what becomes of them with their bodies, and
//! the letter that carries one.

use axum::http::StatusCode;
use dinh::wiring;
use testkit::{Answer, Client, Part};

use crate::{
    house::House,
    round::{step, words},
    samples_outside::{Quarter, bearer, rev_of},
};

/// Every column of every table that holds this text.
async fn holding(house: &House, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column, _) in db::text_columns(&wiring::migrations(&wiring::modules())) {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE \"{column}\" LIKE '%{text}%'");
        if house.count(&sql).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// The report as it stands is sent by the link.
async fn send(client: &Client, page: &str, rev: &str) -> Answer {
    let (sure, who) = (Part::Field("sure", "1"), Part::Field("who", "Nguyễn Văn Ngoài"));
    client.upload(page, &[Part::Field("rev", rev), Part::Field("act", "send"), sure, who]).await
}

#[tokio::test]
async fn the_secret_of_a_link_stands_nowhere_but_in_its_letter() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let officer = house.signed_in("vidu").await;
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let link = quarter.link(&officer).await;
    let secret = link.trim_start_matches("/r/").to_owned();
    assert_eq!(secret.len(), "out_".len() + 64, "256 bits");
    let (client, page) = bearer(&house.client(), &link).await;
    let now = rev_of(&client, &page).await;
    let wrong = [Part::Field("rev", &now), Part::Field("act", "send")];
    assert_eq!(client.upload(&page, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(send(&client, &page, &now).await.status.is_redirection());
    // Also where somebody who is signed in opens it, and where it is typed wrong.
    officer.get(&link).await;
    house.client().get(&format!("{link}0")).await;
    house.app.refusals().flush(house.app.db(), &house.system()).await.unwrap();
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert_eq!(holding(&house, &secret).await, Vec::<String>::new());
    let place = "SELECT COUNT(*) FROM web_refusal WHERE what = 'outside-unknown'";
    assert_eq!(house.count(place).await, 1, "that somebody guessed is counted");
    let hash = webkit::secret::hash(&secret);
    assert_eq!(holding(&house, &hash).await, ["programme_outside.token_hash"]);

    // A letter holds it as long as it waits.
    let unit = house.unit("UBND xã Đồi Mẫu", None).to_string();
    let to = serde_json::json!({"to": [{"unit": unit, "address": "vt@doimau.example"}]});
    let path = format!("/api/v1/periods/{}/outside", quarter.period);
    let answer = officer.json(axum::http::Method::POST, &path, &to).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(holding(&house, "http://dinh.test/r/out_").await, ["notify_outbox.text"]);
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

async fn merge(admin: &testkit::Client, name: &str, folded: &str, successor: &str) {
    let unit = admin.get(&format!("/api/v1/units?q={folded}")).await.json()["items"][0].clone();
    let unit_rev = unit["rev"].as_i64().unwrap_or(1).to_string();
    let fields = [
        ("name", name),
        ("kind", unit["kind"].as_str().unwrap()),
        ("valid_to", "2026-11-19"),
        ("successor", successor),
        ("rev", unit_rev.as_str()),
    ];
    let merged = admin.form(&format!("/units/{}/edit", unit["id"].as_str().unwrap()), &fields).await;
    assert!(merged.status.is_redirection(), "{}", words(&merged.body));
}

#[tokio::test]
async fn what_came_to_a_receiver_waits_for_its_successor() {
    let house = House::demo().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let (client, page) = quarter.bearer(&house, &officer).await;
    let now = rev_of(&client, &page).await;
    assert!(send(&client, &page, &now).await.status.is_redirection());
    let receiver = house.person("nhan.ke", "Sở Tài chính", kernel::Role::PROGRAMME).await;
    let report = "SELECT report_id AS id FROM programme_reception";
    let report = programme::ids::ReportId::from_uuid(house.one(report, vec![]).await);
    let path = format!("/reports/{report}");
    assert_eq!(receiver.get(&path).await.status, StatusCode::FORBIDDEN);
    merge(&admin, "Sở Tư pháp", "so+tu+phap", "Sở Tài chính").await;

    assert!(words(&receiver.get("/work").await.body).contains(&path), "it waits for the successor");
    let listed = receiver.get("/api/v1/reports?period=2025-Q1").await.json();
    assert_eq!(listed["items"][0]["id"], report.to_string(), "{listed}");
    let read = receiver.get(&format!("/api/v1{path}")).await.json();
    let unit = read["receptions"][0]["unit"].as_str().unwrap().to_owned();
    let accept = [("unit", unit.as_str()), ("rev", "1"), ("act", "accept")];
    assert!(receiver.form(&format!("{path}/receptions"), &accept).await.status.is_redirection());
    let receipt = words(&client.get(&page).await.body);
    assert!(receipt.contains("Sở Tài chính") && receipt.contains("Đã tiếp nhận"), "{receipt}");
}

#[tokio::test]
async fn what_came_to_who_gathers_waits_for_its_successor() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let (client, page) = quarter.bearer(&house, &officer).await;
    let now = rev_of(&client, &page).await;
    assert!(send(&client, &page, &now).await.status.is_redirection());
    let silent = Quarter::open(&house, &officer, "2025-Q2").await;
    let receiver = house.person("nhan.ke", "Sở Tài chính", kernel::Role::PROGRAMME).await;
    let report = house.one("SELECT report_id AS id FROM programme_reception", vec![]).await;
    let report = programme::ids::ReportId::from_uuid(report).to_string();
    let path = format!("/reports/{report}");
    assert_eq!(receiver.get(&path).await.status, StatusCode::FORBIDDEN);
    let (gone, today) = (house.unit("Sở Khoa học và Công nghệ", None), house.unit("Sở Tài chính", None));
    let merge = "UPDATE directory_unit SET valid_to = '2026-11-15', successor_id = $2 WHERE id = $1";
    house.exec(merge, db::vals![gone.uuid(), today.uuid()]).await;
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();

    let listed = receiver.get("/api/v1/reports?period=2025-Q1").await.json();
    assert_eq!(listed["items"][0]["id"], report, "{listed}");
    let inbox = words(&receiver.get("/work").await.body);
    assert!(inbox.contains(&path), "it waits for the successor: {inbox}");
    // And so does what has not come, with the page that it leads to.
    let period = format!("/periods/{}", silent.period);
    assert!(inbox.contains(&period), "{inbox}");
    assert_eq!(receiver.get(&period).await.status, StatusCode::OK);
    assert!(step(&receiver, &report, "accept", &[]).await.status.is_redirection());
    let receipt = words(&client.get(&page).await.body);
    assert!(receipt.contains("Sở Tài chính") && receipt.contains("Đã tiếp nhận"), "{receipt}");
}

/// The newest link of this unit, as programs are told of it.
async fn told(officer: &Client, path: &str, unit: &str) -> serde_json::Value {
    let listed = officer.get(path).await.json();
    let found = listed["items"].as_array().unwrap().iter().find(|one| one["unit"] == unit);
    found.unwrap_or_else(|| panic!("{listed}")).clone()
}

#[tokio::test]
async fn a_letter_whose_link_opens_nothing_is_not_sent_and_one_that_did_not_arrive_is_said() {
    let house = House::demo_with(&crate::reminders::config(1)).await;
    let officer = house.signed_in("vidu").await;
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let unit = house.unit("UBND xã Đồi Mẫu", None).to_string();
    let to = serde_json::json!({"to": [{"unit": unit, "address": "vt@doimau.example"}]});
    let path = format!("/api/v1/periods/{}/outside", quarter.period);
    let waiting = "SELECT COUNT(*) FROM notify_outbox WHERE text LIKE '%/r/out_%'";
    for _ in 0..2 {
        let answer = officer.json(axum::http::Method::POST, &path, &to).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(house.count(waiting).await, 1, "the letter of the link that was replaced is not sent");
    }
    assert_eq!(told(&officer, &path, &unit).await["stage"], "sent");
    // It is given up: nothing holds the secret any more, and who sent it sees that it did not arrive.
    house.clock.set(jiff::civil::date(2026, 11, 25));
    house.drain().await;
    assert_eq!(holding(&house, "http://dinh.test/r/out_").await, Vec::<String>::new());
    let officer = house.signed_in("vidu").await;
    assert_eq!(told(&officer, &path, &unit).await["stage"], "refused");
    let page = words(&officer.get(&format!("/periods/{}/outside", quarter.period)).await.body);
    assert!(page.contains("Thư không gửi được, hãy gửi lại"), "{page}");
    officer.json(axum::http::Method::POST, &path, &to).await;
    let link = told(&officer, &path, &unit).await;
    assert_eq!((house.count(waiting).await, link["stage"].as_str()), (1, Some("sent")));
    let revoked = officer.form(&format!("/outside/{}/revoke", link["link"].as_str().unwrap()), &[]).await;
    assert!(revoked.status.is_redirection(), "{}", revoked.body);
    assert_eq!(house.count(waiting).await, 0, "nor that of the one that was taken back");
}

#[tokio::test]
async fn a_link_ends_with_its_body_and_its_successor_answers() {
    let house = House::demo().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let (client, page) = quarter.bearer(&house, &officer).await;
    let now = rev_of(&client, &page).await;
    merge(&admin, "UBND xã Đồi Mẫu", "ubnd+xa+doi+mau", "UBND xã Núi Mẫu").await;
    let over = client.get(&page).await;
    assert_eq!(over.status, StatusCode::NOT_FOUND);
    assert!(over.body.contains("đã sáp nhập"), "{}", over.body);
    assert_eq!(send(&client, &page, &now).await.status, StatusCode::CONFLICT);
    // The successor gets a link of its own to the same report.
    let (client, page) = quarter.bearer(&house, &officer).await;
    let form = words(&client.get(&page).await.body);
    assert!(form.contains("UBND xã Núi Mẫu"), "{form}");
    let now = rev_of(&client, &page).await;
    let sent = send(&client, &page, &now).await;
    assert!(sent.status.is_redirection(), "{}", words(&sent.body));
    assert_eq!(
        house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'issued' AND label = '2025-Q1'").await,
        1
    );
}

#[tokio::test]
async fn whoever_is_erased_by_name_is_forgotten_behind_links_too() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let quarter = Quarter::open(&house, &officer, "2025-Q1").await;
    let (client, page) = quarter.bearer(&house, &officer).await;
    let now = rev_of(&client, &page).await;
    let who = [
        Part::Field("rev", &now),
        Part::Field("act", "send"),
        Part::Field("sure", "1"),
        Part::Field("who", "Hồ Văn Tạm"),
        Part::Field("phone", "0236 000 111"),
    ];
    assert!(client.upload(&page, &who).await.status.is_redirection());
    let kept = "SELECT COUNT(*) FROM programme_outside_contact WHERE phone <> ''";
    let sent = "SELECT COUNT(*) FROM programme_outside_filler WHERE phone <> ''";
    assert_eq!((house.count(kept).await, house.count(sent).await), (1, 1));
    let person = "SELECT person_id AS id FROM directory_account WHERE login = 'taichinh'";
    let erasure = kernel::Erasure {
        person: kernel::PersonId::from_uuid(house.one(person, vec![]).await),
        name: Some("Hồ Văn Tạm".into()),
    };
    for port in house.app.erasing() {
        port.erase(&house.system(), &erasure).await.unwrap();
    }
    assert_eq!((house.count(kept).await, house.count(sent).await), (0, 0));
}
