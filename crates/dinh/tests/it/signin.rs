//! Signing in under attack, and what keeps it in order: pauses, known devices, traces.

use std::{net::IpAddr, time::Instant};

use axum::{Extension, http::StatusCode};
use dinh::config::Config;
use directory::usecase::hashing;
use jiff::SignedDuration;
use kernel::Role;
use testkit::Client;
use webkit::ClientAddr;

use crate::{
    house::{House, PASSWORD, client},
    second_step::{SENTENCE, code, cookie, enrolled, halfway, newcomer},
};

/// A browser at an address, as the server will know it.
pub fn at(house: &House, address: &str) -> Client {
    let address: IpAddr = address.parse().unwrap();
    client(webkit::router(&house.app).layer(Extension(ClientAddr(Some(address)))))
}

pub async fn try_in(client: &Client, login: &str, password: &str) -> testkit::Answer {
    client.form("/sign-in", &[("login", login), ("password", password)]).await
}

#[tokio::test]
async fn wrong_guesses_of_others_never_keep_the_right_person_out() {
    let house = House::people().await;
    let desk = at(&house, "192.0.2.10");
    let first = try_in(&desk, "lanhdao", PASSWORD).await;
    let known = desk.with_cookie(&cookie(&first, "dinh_device"));
    let mut told = 0;
    for _ in 0..60 {
        let answer = try_in(&at(&house, "198.51.100.1"), "lanhdao", "đoán mò một câu").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            told += 1;
            assert!(answer.body.contains("giây rồi thử lại") && answer.headers.contains_key("retry-after"));
        }
        house.clock.move_by(SignedDuration::from_secs(1));
    }
    assert!(told > 30, "the guesser waits ever longer: {told}");
    assert_eq!(try_in(&known, "lanhdao", PASSWORD).await.status, StatusCode::SEE_OTHER, "the device of before");
    let elsewhere = at(&house, "192.0.2.11");
    assert_eq!(try_in(&elsewhere, "lanhdao", PASSWORD).await.status, StatusCode::SEE_OTHER, "a new device elsewhere");
    // Many addresses together: an account takes so many guesses an hour and no more, but for its own devices.
    let mut looked_at = 0;
    for n in 0..60 {
        let answer = try_in(&at(&house, &format!("203.0.113.{n}")), "lanhdao", "đoán mò một câu").await;
        looked_at += i32::from(answer.status == StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(looked_at < 40, "{looked_at}");
    assert_eq!(try_in(&known, "lanhdao", PASSWORD).await.status, StatusCode::SEE_OTHER);
    house.clock.move_by(SignedDuration::from_hours(1));
    assert_eq!(try_in(&elsewhere, "lanhdao", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_device_cookie_that_was_not_given_out_here_helps_nobody() {
    let house = House::people().await;
    let planted = format!("dinh_device=device_{}", "0".repeat(48));
    let answer = try_in(&house.client().with_cookie(&planted), "vidu", PASSWORD).await;
    assert_ne!(cookie(&answer, "dinh_device"), planted);
    // A shared computer keeps its cookie, and is known to both.
    let shared = cookie(&answer, "dinh_device");
    let second = try_in(&house.client().with_cookie(&shared), "thu", PASSWORD).await;
    assert_eq!(cookie(&second, "dinh_device"), shared);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_device").await, 2);
}

#[tokio::test]
async fn two_processes_count_together() {
    let house = House::people().await;
    let other = House::beside(&house).await;
    let mut looked_at = 0;
    for n in 0..60 {
        let app = if n % 2 == 0 { &house.app } else { &other };
        let address = ClientAddr(format!("203.0.113.{n}").parse().ok());
        let client = client(webkit::router(app).layer(Extension(address)));
        looked_at += i32::from(try_in(&client, "vidu", "đoán mò một câu").await.status.as_u16() == 422);
    }
    assert_eq!(looked_at, 40);
}

#[tokio::test]
async fn a_login_of_any_length_is_refused_like_any_other_and_not_kept() {
    let house = House::people().await;
    let plain = try_in(&house.client(), "nobody-here", "đoán mò một câu").await;
    for odd in ["x".repeat(200_000), "<script>".into(), "hai chữ".into()] {
        let answer = try_in(&house.client(), &odd, "đoán mò một câu").await;
        assert_eq!(answer.status, plain.status);
        assert!(answer.body.contains("không đúng") && answer.body.len() < 20_000);
    }
    let hidden = try_in(&house.client(), "a\0b", "đoán mò một câu").await;
    assert_eq!(hidden.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hidden.body.contains("ký tự điều khiển"), "{}", hidden.body);
    let long = try_in(&house.client(), "vidu", &"x".repeat(100_000)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_attempt").await, 1, "names that are nobody's are one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_sign_ins_at_once_are_hashed_a_few_at_a_time() {
    let house = House::people().await;
    let tries = (0..60).map(|n| {
        let client = at(&house, &format!("2001:db8:{n:x}::1"));
        tokio::spawn(async move { try_in(&client, &format!("ai-{n}"), "đoán mò một câu").await.status.as_u16() })
    });
    let tries: Vec<_> = tries.collect();
    let client = house.client();
    let start = Instant::now();
    assert_eq!(client.get("/sign-in").await.status, StatusCode::OK);
    let page = start.elapsed();
    for one in tries {
        let status = one.await.unwrap();
        assert!(status == 422, "{status}");
    }
    assert!(hashing::peak() <= 3, "{}", hashing::peak());
    assert!(page.as_millis() < 1000, "{page:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_can_wait_are_told_to_come_back() {
    let house = House::people().await;
    let tries = (0..160).map(|n| {
        let client = at(&house, &format!("2001:db8:{n:x}::1"));
        tokio::spawn(async move { try_in(&client, &format!("ai-{n}"), "đoán mò một câu").await })
    });
    let mut busy = 0;
    for one in tries.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            busy += 1;
            assert!(answer.body.contains("thử lại sau vài giây"), "{}", answer.body);
        }
    }
    assert!(busy <= 60, "{busy}");
    assert_eq!(try_in(&house.client(), "vidu", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn one_password_against_many_names_is_slowed_and_noticed() {
    let house = House::people().await;
    let sprayer = at(&house, "198.51.100.7");
    for n in 0..11 {
        try_in(&sprayer, &format!("nguoi.{n}"), "đoán mò một câu").await;
    }
    let start = Instant::now();
    try_in(&sprayer, "nguoi.12", "đoán mò một câu").await;
    assert!(start.elapsed().as_millis() >= 250, "{:?}", start.elapsed());
    house.drain().await;
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/ledger/refusals").await.body;
    assert!(page.contains("Một địa chỉ thử nhiều tên đăng nhập") && page.contains("198.51.100.7"), "{page}");
    assert!(!page.contains("nguoi."), "names that were typed are not kept");
    assert!(admin.get("/notices").await.body.contains("Một địa chỉ mạng thử nhiều tên đăng nhập"));
    assert!(!house.signed_in("vidu").await.get("/notices").await.body.contains("Một địa chỉ mạng"));
}

#[tokio::test]
async fn failed_sign_ins_and_refused_acts_leave_a_bounded_trace() {
    let house = House::people().await;
    for _ in 0..3 {
        try_in(&house.client(), "vidu", "mật khẩu cũ của tôi").await;
    }
    let vidu = house.signed_in("vidu").await;
    let page = vidu.get("/account").await.body;
    assert!(page.contains("Có 3 lần nhập sai") && page.contains("3 lần"), "{page}");
    house.clock.move_by(SignedDuration::from_mins(6));
    assert!(!vidu.get("/work").await.body.contains("lần nhập sai"), "it is no news for ever");
    assert!(!house.signed_in("vidu").await.get("/account").await.body.contains("Có 3 lần"), "counted anew");
    for _ in 0..5 {
        assert_eq!(vidu.get("/ledger").await.status, StatusCode::FORBIDDEN);
        assert_eq!(vidu.get("/posts/post_00000000000000000000000000").await.status, StatusCode::FORBIDDEN);
    }
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/ledger/refusals").await.body.replace("&#x2f;", "/");
    assert!(page.contains("Sai tên đăng nhập hoặc mật khẩu") && page.contains("Không có quyền"), "{page}");
    assert!(page.contains("/posts/{id}") && !page.contains("post_0000"), "the place, not what was typed");
    assert!(!page.contains("mật khẩu cũ"));
    assert_eq!(house.count("SELECT COUNT(*) FROM web_refusal").await, 3, "counted, not listed one by one");
    assert_eq!(vidu.get("/ledger/refusals").await.status, StatusCode::FORBIDDEN);
}

pub const SIGN_INS: &str = "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.sign_in'";

#[tokio::test]
async fn a_sign_in_is_in_the_ledger_when_somebody_is_in() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    assert_eq!(house.count(SIGN_INS).await, 0, "a new password is half of the way");
    let (_, key, _) = enrolled(&house, &answer).await;
    assert_eq!(house.count(SIGN_INS).await, 1);
    house.clock.move_by(SignedDuration::from_mins(1));
    let half = halfway(&house, "sep", SENTENCE).await;
    assert_eq!(house.count(SIGN_INS).await, 1, "the password is half of the way");
    half.form("/sign-in/second-factor", &[("code", &code(&house, &key, 0))]).await;
    assert_eq!(house.count(SIGN_INS).await, 2);
    house.signed_in("vidu").await;
    assert_eq!(house.count(SIGN_INS).await, 3);
    let own = "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.sign_in' AND actor LIKE 'person_%'";
    assert_eq!(house.count(own).await, 3, "by the person, not by nobody");
}

#[tokio::test]
async fn secrets_that_open_nothing_leave_a_trace() {
    let house = House::people().await;
    house.client().get("/link/in_cua-ai-do").await;
    house.client().bearer("dinh_cua-ai-do").get("/api/v1/me").await;
    house.client().get("/sign-in/oidc/back?code=c&state=made-up").await;
    let page = house.signed_in("quantri").await.get("/ledger/refusals").await.body.replace("&#x2f;", "/");
    for words in ["Mã truy cập sai", "Đường dẫn đăng nhập đã dùng", "/link/{secret}", "Đăng nhập một lần: quá hạn"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("cua-ai-do"), "never what was sent");
}

#[tokio::test]
async fn what_signing_in_remembers_is_forgotten_in_time() {
    let house = House::people().await;
    let client = house.signed_in("vidu").await;
    try_in(&house.client(), "vidu", "đoán mò một câu").await;
    assert_eq!(client.get("/ledger").await.status, StatusCode::FORBIDDEN);
    house.app.refusals().flush(house.app.db(), &house.system()).await.unwrap();
    newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let tables = ["directory_attempt", "directory_device", "directory_halfway", "web_refusal", "web_session"];
    let rows = async |table: &str| house.count(&format!("SELECT COUNT(*) FROM {table}")).await;
    for table in tables {
        assert!(rows(table).await > 0, "{table}");
    }
    house.clock.move_by(SignedDuration::from_hours(24 * 366));
    let rules = &house.app.get::<webkit::Retentions>().unwrap().0;
    db::purge(house.app.db(), &house.system(), rules).await.unwrap();
    for table in tables {
        assert_eq!(rows(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn behind_tls_every_cookie_of_signing_in_belongs_to_this_host_alone() {
    let config = Config { base_url: Some("https://dinh.test".into()), ..Config::default() };
    let house = House::with(&config).await;
    house.fill("directory").await;
    let signed = try_in(&house.client(), "vidu", PASSWORD).await;
    let device = cookie(&signed, "__Host-dinh_device");
    let again = try_in(&house.client().with_cookie(&device), "vidu", PASSWORD).await;
    assert_eq!(cookie(&again, "__Host-dinh_device"), device, "known again under this name");
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let half = house.client().with_cookie(&cookie(&answer, "__Host-dinh_halfway"));
    assert_eq!(half.get("/sign-in/second-factor").await.status, StatusCode::OK);
    for name in ["__Host-dinh_device", "__Host-dinh_session"] {
        let all = signed.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let text = all.into_iter().find(|text| text.starts_with(name)).unwrap();
        assert!(text.contains("; Secure") && text.contains("; Path=/") && !text.contains("Domain"), "{text}");
    }
    let asset = house.client().get("/assets/0/nothing.css").await;
    assert_eq!(asset.headers["x-content-type-options"], "nosniff");
    assert!(asset.headers.contains_key("strict-transport-security"));
}
