//! Which passwords are taken, how an old or common one is replaced, and guesses from an open session.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kernel::Role;

use crate::{
    house::{House, PASSWORD},
    second_step::{SENTENCE, code, cookie, enrolled, halfway, newcomer},
    signin::{SIGN_INS, try_in},
};

#[tokio::test]
async fn a_password_is_long_and_not_what_everybody_takes() {
    let house = House::people().await;
    newcomer(&house, "moi", Role::OFFICER, "Sở Tài chính").await;
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
    newcomer(house, login, Role::OFFICER, "Sở Tài chính").await;
    old_password(house, login, password).await;
}

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
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
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
    let elsewhere = crate::house::client(webkit::router(&other)).with_cookie(&session);
    let answer = elsewhere.form("/account/prove", &[("current", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    house.signed_in("vidu").await;
}
