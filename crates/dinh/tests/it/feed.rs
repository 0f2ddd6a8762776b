//! One's own days in a calendar: by a link that only reads, that is its holder's to make and to end, and that goes with the account.

use axum::http::{StatusCode, header};
use directory::{Directory, usecase::feed::feed};
use testkit::{Answer, Client};
use webkit::ClientAddr;

use crate::{documents::part_of, house::House, people::account_of};

const COMMUNE: &str = "UBND xã Sông Mẫu";

/// The path of a new link, as its maker is shown it.
async fn made(client: &Client) -> String {
    let made = client.form("/account/feed", &[]).await;
    assert_eq!(made.status, StatusCode::OK, "{} {}", made.location, made.body);
    assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
    let body = made.body.replace("&#x2f;", "/");
    let rest = body.split("http://dinh.test/calendar/").nth(1).unwrap_or_else(|| panic!("{body}"));
    let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "_.".contains(*c)).collect();
    assert!(name.starts_with("cal_") && name.strip_suffix(".ics").is_some(), "{name}");
    format!("/calendar/{name}")
}

/// Its lines put together again.
fn unfolded(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.replace("\r\n ", "")
}

#[tokio::test]
async fn the_days_of_ones_bodies_are_read_by_a_link_and_nobody_elses() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let own = part_of(&house, house.unit(COMMUNE, None)).await;
    let other = part_of(&house, house.unit("Sở Khoa học và Công nghệ", None)).await;
    for part in [own, other] {
        house.exec("UPDATE programme_part SET due_on = '2026-12-31' WHERE id = $1", db::vals![part.uuid()]).await;
    }
    let path = made(&clerk).await;
    let answer = house.client().get(&path).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
    for line in answer.body.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let days = unfolded(&answer);
    let event = days.split("BEGIN:VEVENT").find(|event| event.contains(&own.to_string())).expect(&days);
    assert!(event.contains("DTSTART;VALUE=DATE:20261231\r\n"), "{event}");
    assert!(event.contains(&format!("URL:http://dinh.test/parts/{own}\r\n")) && event.contains("Hạn nhiệm vụ: "));
    assert!(!days.contains(&other.to_string()), "{days}");
    // What is done is no day to keep.
    house.exec("UPDATE programme_part SET done_on = '2026-11-20' WHERE id = $1", db::vals![own.uuid()]).await;
    assert!(!unfolded(&house.client().get(&path).await).contains(&own.to_string()));
    // Nor has anybody any who has no post any more.
    let post =
        "SELECT p.id FROM directory_post p JOIN directory_account a ON a.person_id = p.person_id WHERE a.login = 'thu'";
    let post: uuid::Uuid = house.one(post, vec![]).await;
    house.exec("UPDATE directory_post SET valid_to = '2026-01-31' WHERE id = $1", db::vals![post]).await;
    assert!(!unfolded(&house.client().get(&path).await).contains("BEGIN:VEVENT"));
}

#[tokio::test]
async fn a_link_of_a_calendar_is_ended_by_its_holder_by_a_newer_one_and_with_the_account() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let get = async |path: &str| house.client().get(path).await.status;
    assert_eq!(get("/calendar/cal_0000.ics").await, StatusCode::NOT_FOUND);
    assert_eq!(clerk.form("/account/feed/end", &[]).await.status, StatusCode::NOT_FOUND, "there is none");
    let first = made(&clerk).await;
    assert_eq!(get(&first).await, StatusCode::OK);
    let secret = first.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
    let kept = "SELECT COUNT(*) FROM directory_feed WHERE secret_hash = $1";
    for (text, count) in [(secret.clone(), 0), (webkit::secret::hash(&secret), 1)] {
        assert_eq!(house.app.db().read().count(kept, db::vals![text]).await.unwrap(), count);
    }
    let entries = "SELECT COUNT(*) FROM db_ledger WHERE body LIKE $1";
    let told = house.app.db().read().count(entries, db::vals![format!("%{secret}%")]).await.unwrap();
    assert_eq!(told, 0, "no entry has it");
    let second = made(&clerk).await;
    assert_eq!((get(&first).await, get(&second).await), (StatusCode::NOT_FOUND, StatusCode::OK));
    assert!(clerk.get("/account").await.body.contains("Thu hồi liên kết lịch"));
    assert_eq!(clerk.form("/account/feed/end", &[]).await.location, "/account?done=feed-ended#feed");
    assert_eq!(get(&second).await, StatusCode::NOT_FOUND);
    // With the account.
    let third = made(&clerk).await;
    let account = account_of(&house, "thu").await;
    let closed = house.signed_in("quantri").await.form(&format!("/accounts/{account}/close"), &[]).await;
    assert!(closed.status.is_redirection(), "{}", closed.body);
    assert_eq!(get(&third).await, StatusCode::NOT_FOUND);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_feed").await, 0);
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}

#[tokio::test]
async fn who_left_a_computer_open_gives_nobody_a_link_and_a_calendar_reads_at_leisure() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let path = made(&clerk).await;
    let mut refused = 0;
    for _ in 0..30 {
        let answer = house.client().get(&path).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 10);
    house.clock.move_by(jiff::SignedDuration::from_mins(11));
    let asked = clerk.form("/account/feed", &[]).await;
    assert!(asked.location.starts_with("/account/prove"), "{} {}", asked.status, asked.location);
    assert_eq!(house.client().get(&path).await.status, StatusCode::OK);
}

/// Who guesses waits; who has a link reads all the same, and a calendar whose link was taken back fills no list of refusals.
#[tokio::test]
async fn wrong_links_of_calendars_are_slowed_by_address_and_leave_no_trace() {
    let house = House::demo().await;
    let path = made(&house.signed_in("thu").await).await;
    let good = path.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
    let (directory, ctx) = (house.app.get::<Directory>().unwrap(), house.system());
    let come = async |from: &str, text: &str| {
        let read = feed(&house.app, directory, &ctx, ClientAddr(from.parse().ok()), text).await;
        read.map(drop).map_err(|problem| problem.code)
    };
    for _ in 0..21 {
        assert_eq!(come("192.0.2.7", "cal_0").await, Err("feed-unknown"));
    }
    assert_eq!(come("192.0.2.7", "cal_0").await, Err("feed-too-often"));
    assert_eq!(come("192.0.2.8", "cal_0").await, Err("feed-unknown"), "another address");
    assert_eq!(come("192.0.2.7", &good).await, Ok(()));
    assert_eq!(house.client().get("/calendar/cal_0.ics").await.status, StatusCode::NOT_FOUND);
    house.app.refusals().flush(house.app.db(), &house.system()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM web_refusal WHERE what = 'feed-unknown'").await, 0);
}

#[tokio::test]
async fn who_signs_out_everywhere_is_told_that_the_calendar_ended_with_it() {
    let house = House::demo().await;
    let clerk = house.signed_in("thu").await;
    let path = made(&clerk).await;
    let out = clerk.form("/sign-out?everywhere=1", &[]).await.location;
    assert!(house.client().get(&out).await.body.contains("liên kết lịch"));
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
    let again = house.signed_in("thu").await.form("/account/feed", &[]).await.body;
    assert!(again.contains("đăng xuất khỏi mọi thiết bị"), "said where the link is made: {again}");
}
