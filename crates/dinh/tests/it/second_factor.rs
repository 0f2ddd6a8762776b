//! A second factor: set up, asked for, lost and given anew.

use axum::http::StatusCode;
use directory::{Directory, usecase::second_factor};
use jiff::SignedDuration;
use kernel::{Actor, Role};
use testkit::Client;

use crate::{
    house::House,
    second_step::{SENTENCE, code, cookie, enrolled, halfway, key, newcomer, papers},
    signin::try_in,
};

#[tokio::test]
async fn a_leader_sets_a_second_factor_up_and_needs_it_from_then_on() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let (client, key, papers) = enrolled(&house, &answer).await;
    assert_eq!(client.get("/work").await.status, StatusCode::OK);
    assert_eq!(papers.len(), 10);
    let typed = format!("{} {}", &key[..4], &key[4..8]);
    assert!(!client.get("/account/second-factor").await.body.contains(&typed), "the key is not shown again");
    let give = async |half: &Client, code: &str| half.form("/sign-in/second-factor", &[("code", code)]).await;
    let half = halfway(&house, "sep", SENTENCE).await;
    assert!(half.get("/work").await.location.starts_with("/sign-in"), "halfway is not in");
    let used = give(&half, &code(&house, &key, 0)).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "the code that set it up is used");
    assert!(used.body.contains("govuk-error-message"), "{}", used.body);
    // A telephone may be half a minute off, not more.
    house.clock.move_by(SignedDuration::from_mins(2));
    for far in [-2, 2] {
        assert_eq!(give(&half, &code(&house, &key, far)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let in_ = give(&half, &code(&house, &key, 1)).await;
    assert_eq!(in_.status, StatusCode::SEE_OTHER, "{}", in_.body);
    let half = halfway(&house, "sep", SENTENCE).await;
    assert_eq!(give(&half, &code(&house, &key, 1)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    let paper = papers[0].to_uppercase().replace('-', " ");
    assert_eq!(give(&half, &paper).await.status, StatusCode::SEE_OTHER, "by paper");
    let half = halfway(&house, "sep", SENTENCE).await;
    assert_eq!(give(&half, &paper).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
    house.drain().await;
    let notices = house.count("SELECT COUNT(*) FROM notify_notice WHERE subject IN ('second-factor', 'recovery-used')");
    assert_eq!(notices.await, 2);
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let (_, key, _) = enrolled(&house, &answer).await;
    house.clock.move_by(SignedDuration::from_mins(5));
    let mut looked_at = 0;
    for _ in 0..8 {
        let half = halfway(&house, "sep", SENTENCE).await;
        for n in 0..7 {
            let guess = half.form("/sign-in/second-factor", &[("code", &format!("00000{n}"))]).await;
            looked_at += i32::from(guess.status == StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    assert_eq!(looked_at, 20);
    let half = halfway(&house, "sep", SENTENCE).await;
    let right = half.form("/sign-in/second-factor", &[("code", &code(&house, &key, 0))]).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "{}", right.body);
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM notify_notice WHERE subject = 'second-factor-guessed'").await, 1);
    house.clock.move_by(SignedDuration::from_hours(1));
    let half = halfway(&house, "sep", SENTENCE).await;
    let right = half.form("/sign-in/second-factor", &[("code", &code(&house, &key, 0))]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.body);
}

#[tokio::test]
async fn who_only_knows_the_password_cannot_set_up_another_telephone() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    let thief = halfway(&house, "sep", SENTENCE).await;
    let theirs = key(&thief.get("/sign-in/second-factor").await.body);
    enrolled(&house, &answer).await;
    let late = thief.form("/sign-in/second-factor", &[("code", &code(&house, &theirs, 0))]).await;
    assert_eq!(late.location, "/sign-in?done=halfway-ended", "{}", late.body);
    house.clock.move_by(SignedDuration::from_mins(11));
    let half = halfway(&house, "sep", SENTENCE).await;
    house.clock.move_by(SignedDuration::from_mins(11));
    assert_eq!(half.get("/sign-in/second-factor").await.location, "/sign-in?done=halfway-ended");
}

#[tokio::test]
async fn a_second_factor_is_reset_by_somebody_else_with_a_reason() {
    let house = House::people().await;
    let one = newcomer(&house, "hai", Role::SYSTEM_ADMIN, "").await;
    let (one, ..) = enrolled(&house, &one).await;
    let id = async |login: &str| {
        let sql = format!("SELECT id FROM directory_account WHERE login = '{login}'");
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let row: Row = house.app.db().read().one(&sql, vec![]).await.unwrap().unwrap();
        kernel::AccountId::from_uuid(row.id)
    };
    let (hai, text) = (id("hai").await, id("hai").await.to_string());
    let form = [("account", text.as_str()), ("reason", "mất điện thoại")];
    let own = one.form("/people/second-factor", &form).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.body);
    assert!(own.body.contains("quản trị khác"));
    // A unit's administrator is not above a system administrator.
    let unit = house.signed_in("donvi").await;
    assert_eq!(unit.form("/people/second-factor", &form).await.status, StatusCode::FORBIDDEN);
    let admin = house.signed_in("quantri").await;
    let silent = admin.form("/people/second-factor", &[("account", &text), ("reason", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = admin.form("/people/second-factor", &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(one.get("/ledger").await.location.starts_with("/sign-in"), "signed out");
    let entries =
        "SELECT COUNT(*) FROM db_ledger WHERE action = 'account.second_reset' AND body LIKE '%mất điện thoại%'";
    assert_eq!(house.count(entries).await, 1);
    let again = try_in(&house.client(), "hai", SENTENCE).await;
    let (one, ..) = enrolled(&house, &again).await;
    house.drain().await;
    assert!(one.get("/notices").await.body.contains("đã đặt lại xác thực hai bước"));
    // The console, as the last resort.
    let directory = house.app.get::<Directory>().unwrap();
    let console = house.system().with_actor(Actor::Cli("root".into()));
    second_factor::reset(directory, house.app.authorizer(), &console, hai, "không còn ai").await.unwrap();
    assert!(one.get("/ledger").await.location.starts_with("/sign-in"));
}

#[tokio::test]
async fn others_may_have_a_second_factor_too_and_take_it_away() {
    let house = House::people().await;
    newcomer(&house, "moi", Role::OFFICER, "Sở Tài chính").await;
    let client = house.client().sign_in("moi", SENTENCE).await;
    let act = async |client: &Client, act: &str, code: &str| {
        client.form("/account/second-factor", &[("act", act), ("code", code)]).await
    };
    let begun = act(&client, "begin", "").await;
    let setting = client.with_cookie(&cookie(&begun, "dinh_halfway"));
    let key = key(&setting.get("/account/second-factor").await.body);
    let wrong = act(&setting, "confirm", "000000").await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("<svg"), "{}", wrong.body);
    let on = act(&setting, "confirm", &code(&house, &key, 0)).await;
    assert_eq!(papers(&on.body).len(), 10);
    halfway(&house, "moi", SENTENCE).await;
    // Neither is done by one click: a page says first what stops to work.
    let own = client.get("/account/second-factor").await.body;
    assert!(!own.contains("value=\"recovery\"") && !own.contains("value=\"off\""), "{own}");
    for (asked, says) in [("recovery", "đang còn 10 mã"), ("off", "chỉ còn mật khẩu")] {
        let page = client.get(&format!("/account/second-factor?ask={asked}")).await.body;
        assert!(page.contains(says) && page.contains(&format!("value=\"{asked}\"")), "{page}");
    }
    let anew = act(&client, "recovery", "").await;
    assert!(papers(&anew.body)[0] != papers(&on.body)[0]);
    assert_eq!(act(&client, "off", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(client.get("/account/second-factor?ask=off").await.status, StatusCode::CONFLICT, "there is none");
    house.client().sign_in("moi", SENTENCE).await;
}

/// Whoever came in by a password alone does not go on as a leader.
#[tokio::test]
async fn a_post_that_asks_for_a_second_factor_begins_with_one() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    newcomer(&house, "moi", Role::OFFICER, "Sở Tài chính").await;
    let post = async |login: &str| {
        let sql = format!(
            "SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = '{login}' ORDER BY o.id"
        );
        kernel::PostId::from_uuid(house.one(&sql, vec![]).await)
    };
    let client = house.client().sign_in("moi", SENTENCE).await;
    let (own, unit) = (post("moi").await, house.unit("Sở Tài chính", None).to_string());
    let give = async |role: &str| {
        admin.form(&format!("/posts/{own}/another"), &[("unit", &unit), ("role", role)]).await.location
    };
    assert_eq!(give("programme").await, "/people?done=post-added");
    assert_eq!(client.get("/work").await.status, StatusCode::OK, "that one asks for nothing");
    assert_eq!(give("leader").await, "/people?done=post-anew");
    assert!(client.get("/work").await.location.starts_with("/sign-in"));
    assert!(admin.get("/people?done=post-anew").await.body.contains("cần xác thực hai bước"));
    let again = house.client().form("/sign-in", &[("login", "moi"), ("password", SENTENCE)]).await;
    let (client, ..) = enrolled(&house, &again).await;
    assert_eq!(give("unit_admin").await, "/people?done=post-added", "there is one now");
    assert_eq!(client.get("/work").await.status, StatusCode::OK);
    house.drain().await;
    let told =
        "SELECT COUNT(*) FROM notify_notice WHERE subject = 'second-factor-asked' AND words LIKE '%xác thực hai bước%'";
    assert_eq!(house.count(told).await, 1);
    // Taken by their own word, handed over, or stood in for: the same.
    newcomer(&house, "hai", Role::OFFICER, "Sở Tài chính").await;
    let other = house.client().sign_in("hai", SENTENCE).await;
    let (local, leader) = (house.signed_in("donvi").await, post("chutichxa").await);
    let asked = [("login", "hai"), ("until", "2026-12-31")];
    assert_eq!(local.form(&format!("/posts/{leader}/stand-in"), &asked).await.location, "/people?done=invited");
    let id = directory::ids::InvitationId::from_uuid(house.one("SELECT id FROM directory_invitation", vec![]).await);
    let taken = other.form(&format!("/invitations/{id}"), &[("act", "accept")]).await;
    assert_eq!(taken.location, "/sign-in?done=post-accepted-anew", "{}", taken.body);
    assert!(other.get(&taken.location).await.body.contains("hãy đăng nhập lại"));
    assert!(other.get("/work").await.location.starts_with("/sign-in"));
    newcomer(&house, "ba", Role::OFFICER, "UBND xã Sông Mẫu").await;
    let third = house.client().sign_in("ba", SENTENCE).await;
    let handed = admin.form(&format!("/posts/{leader}/hand-over"), &[("login", "ba")]).await;
    assert_eq!(handed.location, "/people?done=post-anew", "{}", handed.body);
    assert!(third.get("/work").await.location.starts_with("/sign-in"));
}
