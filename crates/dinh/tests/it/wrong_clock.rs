//! A clock that was ahead for a while: work of that time waits no longer than other work, and nothing that was opened then
//! stays open.

use ::directory::usecase::account;
use axum::http::StatusCode;
use jiff::SignedDuration;
use kernel::Role;
use testkit::Part;

use crate::{
    house::House,
    people::{directory, unit},
    second_step::{SENTENCE, enrolled, halfway, newcomer},
};

const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

async fn put_right(house: &House, by: SignedDuration) {
    house.clock.move_by(-by);
    db::accept_clock(house.app.db(), &house.system(), "đồng hồ chạy nhanh, đã chỉnh").await.unwrap();
}

#[tokio::test]
async fn work_of_a_wrong_hour_is_done_when_the_clock_is_right_again() {
    let house = House::people().await;
    house.clock.move_by(YEAR);
    let officer = house.signed_in("vidu").await;
    let text = include_str!("../../../../examples/plans/dam-may.txt");
    let plan = officer.upload("/plans/new", &[Part::File("k.txt", text.as_bytes())]).await;
    assert_eq!(plan.status, StatusCode::SEE_OTHER, "{}", plan.body);
    let (ctx, days) = (house.system(), "SELECT COUNT(*) FROM db_daily");
    db::daily(house.app.db(), &ctx, &["notify.daily"]).await.unwrap();
    // One that was put off then, and one that died then.
    let late = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at, leased_until) \
        VALUES ($1, 'notify.daily', 'null', $2, $3, 1, 0, 0, 'vi', $4, $3)";
    let (then, before) = (ctx.now().as_microsecond(), ctx.now().as_microsecond() - 365 * 86_400_000_000);
    for (n, state) in [(1, "waiting"), (2, "running")] {
        let values = db::vals![uuid::Uuid::from_u128(n), state, then + 30_000_000, before];
        house.app.db().unguarded().exec(late, values).await.unwrap();
    }
    house.clock.move_by(-YEAR);
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'reading'").await, 1, "not yet");
    house.clock.move_by(YEAR);
    put_right(&house, YEAR).await;
    assert_eq!(house.count(days).await, 0, "that day has not come");
    house.clock.move_by(SignedDuration::from_mins(2));
    house.drain().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'review'").await, 1);
    let now = house.system().now().as_microsecond();
    let open = format!(
        "SELECT COUNT(*) FROM db_job WHERE state IN ('waiting', 'running') AND (run_at > {now} + 86400000000 OR leased_until > {now} + 86400000000)"
    );
    assert_eq!(house.count(&open).await, 0);
    let ended = "SELECT COUNT(*) FROM db_job WHERE kind = 'notify.daily' AND state = 'done'";
    assert_eq!(house.count(ended).await, 3, "the one of the day, the one put off, the one whose holder died");
}

#[tokio::test]
async fn a_session_that_a_wrong_clock_opened_used_or_proved_is_over() {
    let house = House::people().await;
    let before = house.signed_in("thu").await;
    let ahead = SignedDuration::from_hours(2);
    house.clock.move_by(ahead);
    assert_eq!(before.get("/work").await.status, StatusCode::OK, "that is written down as its last use");
    house.signed_in("taichinh").await;
    put_right(&house, ahead).await;
    assert!(before.get("/work").await.location.starts_with("/sign-in"));
    house.clock.move_by(YEAR);
    let opened = house.signed_in("thu").await;
    put_right(&house, YEAR).await;
    let own = house.signed_in("thu").await;
    assert!(opened.get("/work").await.location.starts_with("/sign-in"));
    let page = own.get("/account").await.body;
    assert!(!page.contains("name=\"session\""), "nor is it listed: {page}");
    // A clock that is set by a little ends nobody's session.
    house.clock.move_by(SignedDuration::from_mins(-3));
    assert_eq!(own.get("/work").await.status, StatusCode::OK);
}

#[tokio::test]
async fn links_and_ways_half_gone_of_a_wrong_hour_are_void() {
    let house = House::people().await;
    let answer = newcomer(&house, "sep", Role::LEADER, "Sở Tài chính").await;
    enrolled(&house, &answer).await;
    house.clock.move_by(YEAR);
    let half = halfway(&house, "sep", SENTENCE).await;
    let new = account::NewAccount {
        name: "Ví Dụ Mới",
        login: "moi",
        unit: unit(&house, "Sở Tài chính"),
        role: Role::OFFICER,
        title: "",
    };
    let link = account::account_add(directory(&house), house.app.authorizer(), &house.system(), &new).await.unwrap();
    let invited = house.signed_in("donvi").await;
    let sql =
        "SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'thu'";
    let post = kernel::PostId::from_uuid(house.one(sql, vec![]).await);
    let asked = invited.form(&format!("/posts/{post}/hand-over"), &[("login", "taichinh")]).await;
    assert_eq!(asked.location, "/people?done=invited", "{}", asked.body);
    assert_eq!(house.client().get(&format!("/link/{link}")).await.status, StatusCode::OK, "as long as it is that time");
    put_right(&house, YEAR).await;
    assert_eq!(house.client().get(&format!("/link/{link}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(half.get("/sign-in/second-factor").await.location, "/sign-in?done=halfway-ended");
    let taker = house.signed_in("taichinh").await;
    let id = directory::ids::InvitationId::from_uuid(house.one("SELECT id FROM directory_invitation", vec![]).await);
    let taken = taker.form(&format!("/invitations/{id}"), &[("act", "accept")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.body);
}

#[tokio::test]
async fn the_first_link_of_a_wrong_hour_stands_in_nobody_s_way() {
    let house = House::empty().await;
    house.clock.move_by(YEAR);
    assert!(dinh::server::first_link(&house.app).await.unwrap().is_some());
    put_right(&house, YEAR).await;
    assert!(dinh::server::first_link(&house.app).await.unwrap().is_some(), "that one opens nothing");
}
