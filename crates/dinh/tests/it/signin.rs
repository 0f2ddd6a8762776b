//! Signing in under attack, and what keeps it in order: pauses, passwords, a second factor, sessions, notices.

use std::{net::IpAddr, time::Instant};

use axum::{Extension, http::StatusCode};
use dinh::config::Config;
use directory::{Directory, usecase::hashing};
use jiff::SignedDuration;
use kernel::Role;
use testkit::Client;
use webkit::ClientAddr;

use crate::{
    house::{House, PASSWORD},
    second_step::{SENTENCE, code, cookie, enrolled, halfway, newcomer},
};

/// A browser at an address, as the server will know it.
pub fn at(house: &House, address: &str) -> Client {
    let address: IpAddr = address.parse().unwrap();
    Client::new(webkit::router(&house.app).layer(Extension(ClientAddr(Some(address)))))
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
        let client = Client::new(webkit::router(app).layer(Extension(address)));
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

#[tokio::test]
async fn a_password_is_long_and_not_what_everybody_takes() {
    let house = House::people().await;
    newcomer(&house, "moi", Role::Officer, "Sở Tài chính").await;
    let client = house.client().sign_in("moi", SENTENCE).await;
    let change = async |current: &str, new: &str, again: &str| {
        client.form("/account/password", &[("current", current), ("password", new), ("again", again)]).await
    };
    for (current, new, again, says) in [
        (SENTENCE, "ngắn", "ngắn", "từ 12 đến 128 ký tự"),
        (SENTENCE, "1234567890", "1234567890", "từ 12 đến 128 ký tự"),
        (SENTENCE, "matkhau123456", "matkhau123456", "quá phổ biến"),
        (SENTENCE, "Tỉnh Mẫu 2026!", "Tỉnh Mẫu 2026!", "quá phổ biến"),
        (SENTENCE, "leavemealone", "leavemealone", "quá phổ biến"),
        (SENTENCE, "một câu khác hẳn", "một câu khác", "không giống nhau"),
        ("sai mật khẩu rồi", "một câu khác hẳn", "một câu khác hẳn", "Mật khẩu hoặc mã không đúng"),
    ] {
        let answer = change(current, new, again).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(answer.body.contains(says), "{new}: {}", answer.body);
        assert!(answer.body.contains("govuk-error-message"), "at the field: {new}");
    }
    let other = house.client().sign_in("moi", SENTENCE).await;
    let done = change(SENTENCE, "một câu khác hẳn", "một câu khác hẳn").await;
    assert_eq!(done.location, "/account?done=password-changed", "{}", done.body);
    for old in [&other, &client] {
        assert!(old.get("/account").await.location.starts_with("/sign-in"), "every session ends");
    }
    let here = house.client().with_cookie(&cookie(&done, "dinh_session"));
    house.drain().await;
    assert!(here.get("/notices").await.body.contains("Mật khẩu của tài khoản đã được đổi"));
    assert_eq!(try_in(&house.client(), "moi", SENTENCE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(try_in(&house.client(), "moi", "một câu khác hẳn").await.status, StatusCode::SEE_OTHER);
}

/// A hash as the program wrote it before the rule.
async fn old_password(house: &House, login: &str, password: &str) {
    let hash = directory::model::password::hash(password).unwrap();
    let sql = "UPDATE directory_account SET password_hash = $2 WHERE login = $1";
    house.exec(sql, vec![login.into(), hash.into()]).await;
}

/// The same for a new account: the demo's keep their printed password.
async fn with_old_password(house: &House, login: &str, password: &str) {
    newcomer(house, login, Role::Officer, "Sở Tài chính").await;
    old_password(house, login, password).await;
}

const SIGN_INS: &str = "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.sign_in'";

#[tokio::test]
async fn an_old_password_still_fits_and_a_common_one_is_replaced_at_once() {
    let house = House::people().await;
    with_old_password(&house, "cu", "rét nàng bân").await;
    house.client().sign_in("cu", "rét nàng bân").await;
    with_old_password(&house, "xua", "1234567890").await;
    let answer = try_in(&house.client(), "xua", "1234567890").await;
    assert!(answer.location.starts_with("/link/") && answer.location.ends_with("?done=choose-anew"), "{}", answer.body);
    assert!(!answer.headers.contains_key("set-cookie"), "nobody is in yet");
    let before = house.count(SIGN_INS).await;
    let chosen = house.client().form(&answer.location, &[("password", SENTENCE), ("again", SENTENCE)]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    assert_eq!(house.count(SIGN_INS).await, before + 1, "now somebody is");
    house.client().sign_in("xua", SENTENCE).await;
}

#[tokio::test]
async fn a_common_password_is_replaced_only_after_the_second_factor() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::Leader, "Sở Tài chính").await;
    let (_, key, _) = enrolled(&house, &answer).await;
    house.clock.move_by(SignedDuration::from_mins(1));
    old_password(&house, "sep", "1234567890").await;
    let (links, before) = ("SELECT COUNT(*) FROM directory_link", house.count(SIGN_INS).await);
    let half = halfway(&house, "sep", "1234567890").await;
    assert_eq!(house.count(links).await, 0, "the password alone opens nothing");
    let wrong = half.form("/sign-in/second-factor", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = half.form("/sign-in/second-factor", &[("code", &code(&house, &key, 0))]).await;
    assert!(right.location.starts_with("/link/") && right.location.ends_with("?done=choose-anew"), "{}", right.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM web_session").await, 1, "only the one of before");
    assert_eq!(house.count(SIGN_INS).await, before, "nobody is in yet");
    let chosen = house.client().form(&right.location, &[("password", SENTENCE), ("again", SENTENCE)]).await;
    let client = house.client().with_cookie(&cookie(&chosen, "dinh_session"));
    assert_eq!(client.get("/work").await.status, StatusCode::OK, "the code is not asked for again");
    assert_eq!(house.count(SIGN_INS).await, before + 1);
    let again = house.client().form(&right.location, &[("password", SENTENCE), ("again", SENTENCE)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "once");
    halfway(&house, "sep", SENTENCE).await;
}

#[tokio::test]
async fn a_sign_in_is_in_the_ledger_when_somebody_is_in() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::Leader, "Sở Tài chính").await;
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

/// An open computer is no place to guess from: proving, changing and tying share one count of the account.
#[tokio::test]
async fn guesses_from_an_open_session_are_counted_for_all_processes() {
    let house = House::people().await;
    // From the beginning of an hour.
    house.clock.move_by(SignedDuration::from_mins(18));
    let session = cookie(&try_in(&house.client(), "vidu", PASSWORD).await, "dinh_session");
    let (client, wrong) = (house.client().with_cookie(&session), "đoán mò một câu");
    let mut looked_at = 0;
    for n in 0..60 {
        let answer = if n % 2 == 0 {
            client.form("/account/prove", &[("current", wrong)]).await
        } else {
            let change = [("current", wrong), ("password", "một câu khác hẳn"), ("again", "một câu khác hẳn")];
            client.form("/account/password", &change).await
        };
        looked_at += i32::from(answer.status == StatusCode::UNPROCESSABLE_ENTITY);
        house.clock.move_by(SignedDuration::from_secs(50));
        if looked_at == 20 {
            break;
        }
    }
    assert_eq!(looked_at, 20);
    house.clock.move_by(SignedDuration::from_secs(61));
    let other = House::beside(&house).await;
    let elsewhere = Client::new(webkit::router(&other)).with_cookie(&session);
    let answer = elsewhere.form("/account/prove", &[("current", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    house.signed_in("vidu").await;
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
    newcomer(&house, "sep", Role::Leader, "Sở Tài chính").await;
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
    let answer = newcomer(&house, "sep", Role::Leader, "Sở Tài chính").await;
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

#[tokio::test]
async fn a_session_ends_after_twelve_hours_and_an_idle_administrator_after_thirty_minutes() {
    let house = House::people().await;
    let (officer, admin) = (house.signed_in("vidu").await, house.signed_in("quantri").await);
    for _ in 0..23 {
        house.clock.move_by(SignedDuration::from_mins(29));
        assert_eq!(admin.get("/units").await.status, StatusCode::OK);
        officer.get("/work").await;
    }
    house.clock.move_by(SignedDuration::from_mins(31));
    assert!(admin.get("/units").await.location.starts_with("/sign-in"), "idle");
    assert_eq!(officer.get("/work").await.status, StatusCode::OK, "11:38 of use");
    house.clock.move_by(SignedDuration::from_mins(25));
    assert!(officer.get("/work").await.location.starts_with("/sign-in"), "twelve hours, however busy");
    let officer = house.signed_in("vidu").await;
    house.clock.move_by(SignedDuration::from_mins(241));
    assert!(officer.get("/work").await.location.starts_with("/sign-in"), "idle");
}

#[tokio::test]
async fn each_sign_in_begins_a_new_session_and_ends_the_one_before() {
    let house = House::people().await;
    let first = house.signed_in("vidu").await;
    let second = first.sign_in("vidu", PASSWORD).await;
    assert!(first.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(second.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_person_sees_their_sessions_and_ends_them() {
    let house = House::people().await;
    let phone = "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36";
    let lost = at(&house, "192.0.2.44").header("user-agent", phone).sign_in("vidu", PASSWORD).await;
    let (mine, other) = (house.signed_in("vidu").await, house.signed_in("vidu").await);
    let stranger = house.signed_in("thu").await;
    let page = mine.get("/account").await.body;
    assert!(page.contains("Chrome, Android") && page.contains("192.0.2.44") && page.contains("Phiên này"), "{page}");
    let row = page.split("Chrome, Android").nth(1).unwrap();
    let id = row.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(stranger.form("/account/sessions", &[("session", &id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(mine.form("/account/sessions", &[("session", &id)]).await.status, StatusCode::SEE_OTHER);
    assert!(lost.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(other.get("/work").await.status, StatusCode::OK);
    house.clock.move_by(SignedDuration::from_mins(11));
    let asked = mine.form("/account/sessions", &[("session", "others")]).await;
    assert!(asked.location.starts_with("/account/prove"), "{}", asked.location);
    assert_eq!(mine.form("/account/prove", &[("current", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(mine.form("/account/sessions", &[("session", "others")]).await.status, StatusCode::SEE_OTHER);
    assert!(other.get("/work").await.location.starts_with("/sign-in"));
    assert_eq!(mine.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn sensitive_acts_ask_again_who_it_is() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await.header("referer", "http://dinh.test/people/new?x=1");
    house.clock.move_by(SignedDuration::from_mins(11));
    let root = house.app.get::<Directory>().unwrap().tree().root().unwrap().id.to_string();
    let new = async |role: &str, login: &str| {
        admin.form("/people/new", &[("name", "Ví Dụ"), ("login", login), ("unit", &root), ("role", role)]).await
    };
    assert_eq!(new("officer", "mot").await.status, StatusCode::OK, "an officer's post is no sensitive one");
    let id = async |column: &str| {
        let sql = format!("SELECT {column} AS id FROM directory_account WHERE login = 'mot'");
        house.one(&sql, vec![]).await
    };
    let account = kernel::AccountId::from_uuid(id("id").await);
    let person = kernel::PersonId::from_uuid(id("person_id").await);
    let (account_id, erase) = (account.to_string(), [("reason", "thử"), ("confirm", "1")]);
    let reset = [("account", account_id.as_str()), ("unit", root.as_str()), ("name", "Ví Dụ"), ("login", "mot")];
    let address = [("address", "la@elsewhere.example"), ("rev", "0")];
    let acts: [(String, &[(&str, &str)]); 6] = [
        (format!("/accounts/{account}/close"), &[]),
        (format!("/accounts/{account}/open"), &[]),
        (format!("/accounts/{account}/expect"), &[]),
        (format!("/people/{person}/erase"), &erase),
        ("/people/reset".into(), &reset),
        ("/notices/choose".into(), &address),
    ];
    for (path, form) in acts {
        let asked = admin.form(&path, form).await;
        assert!(asked.location.starts_with("/account/prove"), "{path}: {} {}", asked.status, asked.body);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE disabled").await, 0);
    let asked = new("system_admin", "hai").await;
    assert_eq!(asked.location, "/account/prove?next=%2Fpeople%2Fnew%3Fx%3D1", "{}", asked.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_account WHERE login = 'hai'").await, 0);
    let wrong = admin.form("/account/prove", &[("current", "sai rồi"), ("next", "/people/new")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proved = admin.form("/account/prove", &[("current", PASSWORD), ("next", "/people/new")]).await;
    assert_eq!(proved.location, "/people/new?done=proved", "{}", proved.body);
    assert_eq!(new("system_admin", "hai").await.status, StatusCode::OK);
    let away = admin.form("/account/prove", &[("current", PASSWORD), ("next", "https://elsewhere.test")]).await;
    assert_eq!(away.location, "/?done=proved");
}

#[tokio::test]
async fn pages_with_links_and_personal_data_are_not_kept() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let pages = [
        "/people",
        "/account",
        "/account/password",
        "/account/second-factor",
        "/ledger/access",
        "/ledger/refusals",
        "/notices",
        "/mail",
        "/api/v1/tokens",
    ];
    let list = admin.get("/people").await.body.replace("&#x2f;", "/");
    let linked = |to: &str| {
        let id = list.split(&format!("href=\"{to}")).nth(1).unwrap().split(['"', '?']).next().unwrap();
        format!("{to}{id}")
    };
    let more = [linked("/people/person_"), linked("/posts/"), "/tokens".into(), "/ledger".into()];
    for page in pages.into_iter().chain(more.iter().map(String::as_str)) {
        assert_eq!(admin.get(page).await.headers["cache-control"], "no-store", "{page}");
    }
    let root = house.app.get::<Directory>().unwrap().tree().root().unwrap().id.to_string();
    let form = [("name", "Ví Dụ"), ("login", "mot"), ("unit", &root), ("role", "officer")];
    let slip = admin.form("/people/new", &form).await;
    assert_eq!(slip.headers["cache-control"], "no-store");
    let link = slip.body.replace("&#x2f;", "/").split("/link/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(house.client().get(&format!("/link/{link}")).await.headers["cache-control"], "no-store");
}

/// Where the last letter of proof leads.
pub async fn link_of(house: &House) -> String {
    #[derive(db::FromQueryResult)]
    struct Row {
        text: String,
    }
    let sql = "SELECT text FROM notify_outbox WHERE text LIKE '%/notices/confirm/%' ORDER BY id DESC LIMIT 1";
    let row: Row = house.app.db().read().one(sql, vec![]).await.unwrap().unwrap();
    row.text.split("http://dinh.test").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_is_proved_before_letters_go_there() {
    let house = House::with(&crate::reminders::config(1)).await;
    house.fill("directory").await;
    let vidu = house.signed_in("vidu").await;
    let choose = async |address: &str, rev: &str| {
        vidu.form("/notices/choose", &[("address", address), ("digest", "1"), ("lang", "vi"), ("rev", rev)]).await
    };
    assert_eq!(choose("mot@tinhmau.example", "0").await.status, StatusCode::SEE_OTHER);
    assert!(vidu.get("/notices").await.body.contains("chưa được xác nhận"));
    let link = link_of(&house).await;
    let thief = house.signed_in("thu").await;
    assert_eq!(thief.get(&link).await.status, StatusCode::NOT_FOUND, "another's link");
    assert_eq!(thief.form(&link, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(vidu.get(&link).await.body.contains("mot@tinhmau.example"));
    let proved = vidu.form(&link, &[]).await;
    assert_eq!(proved.location, "/notices?done=address-proved", "{}", proved.body);
    assert_eq!(vidu.form(&link, &[]).await.status, StatusCode::NOT_FOUND, "once");
    assert!(!vidu.get("/notices").await.body.contains("chưa được xác nhận"));
    // Changed: the old address hears of it, the new one only gets its link.
    assert_eq!(choose("hai@tinhmau.example", "1").await.status, StatusCode::SEE_OTHER);
    let to = |address: &str| format!("SELECT COUNT(*) FROM notify_outbox WHERE address = '{address}'");
    assert_eq!(house.count(&to("mot@tinhmau.example")).await, 2);
    assert_eq!(house.count(&to("hai@tinhmau.example")).await, 1);
    assert!(vidu.get("/notices").await.body.contains("Địa chỉ nhận thư của tài khoản đã được đổi"));
    // Three letters a day, whoever they go to.
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
    for n in 0..20 {
        let trial = vidu.form("/notices/trial", &[]).await;
        assert!(trial.status == StatusCode::CONFLICT && trial.body.contains("thử lại vào ngày mai"), "{}", trial.body);
        let other = choose(&format!("la{n}@elsewhere.example"), "2").await;
        assert_eq!(other.status, StatusCode::CONFLICT);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_outbox").await, 4);
    house.clock.move_by(SignedDuration::from_hours(24));
    let vidu = house.signed_in("vidu").await;
    assert_eq!(vidu.form("/notices/trial", &[]).await.status, StatusCode::SEE_OTHER);
}
