//! Posts begin, end, are handed over and stood in for; who has none is nobody's, and their account closes.

use axum::http::StatusCode;
use directory::usecase::{account, close, person};
use jiff::SignedDuration;
use kernel::{Actor, Ctx, Post, Role, UnitId};

use crate::{
    house::{House, PASSWORD},
    known::{account_of, directory, id_of, person_of, post_of, root, unit},
};

/// A person who acts with one post, as the program sees them.
async fn acting(house: &House, login: &str, unit: UnitId, role: Role) -> Ctx {
    let (account, person) = (account_of(house, login).await, person_of(house, login).await);
    house.system().with_actor(Actor::Person { account, person, posts: vec![Post { unit, role }] }).with_fresh(true)
}

/// T7 of the attack: between two posts somebody belongs to no unit.
#[tokio::test]
async fn who_has_no_post_is_nobodys_but_the_system_administrators() {
    let house = House::people().await;
    let (directory, authorizer) = (directory(&house), house.app.authorizer());
    let commune = unit(&house, "UBND xã Sông Mẫu");
    let admin = house.signed_in("quantri").await;
    let post = post_of(&house, "lanhdao").await;
    assert_eq!(admin.form(&format!("/posts/{post}/end"), &[]).await.status, StatusCode::SEE_OTHER);
    let local = acting(&house, "donvi", commune, Role::UNIT_ADMIN).await;
    let gone = account_of(&house, "lanhdao").await;
    let person = person_of(&house, "lanhdao").await;
    for refused in [
        account::reset(directory, authorizer, &local, commune, gone).await.map(|_| ()),
        close::account_close(directory, authorizer, &local, gone).await,
        close::account_open(directory, authorizer, &local, gone).await,
        person::rename(directory, authorizer, &local, person, ("Tên Khác", 1)).await,
    ] {
        assert_eq!(refused.unwrap_err().code, "forbidden");
    }
    let top = acting(&house, "quantri", root(&house), Role::SYSTEM_ADMIN).await;
    assert!(account::reset(directory, authorizer, &top, root(&house), gone).await.is_ok());
}

#[tokio::test]
async fn an_account_without_a_post_is_announced_and_closed() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let person = person_of(&house, "lanhdao").await;
    let leader = house.signed_in("lanhdao").await;
    admin.form(&format!("/posts/{}/end", post_of(&house, "lanhdao").await), &[]).await;
    let page = leader.get("/account").await.body.replace("&#x2f;", "/");
    assert!(page.contains("tài khoản sẽ đóng vào ngày 19/02/2027"), "{page}");
    let page = admin.get(&format!("/people/{person}")).await.body.replace("&#x2f;", "/");
    assert!(page.contains("19/02/2027"), "{page}");
    let run = async |days: i64| {
        house.clock.move_by(SignedDuration::from_hours(24 * days));
        close::close_idle(directory(&house), &house.system(), 90).await.unwrap()
    };
    assert_eq!((run(89).await, run(1).await, run(1).await), (0, 1, 0));
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'account.close_idle'").await, 1);
    let refused = house.client().form("/sign-in", &[("login", "lanhdao"), ("password", PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.signed_in("thu").await;
}

#[tokio::test]
async fn a_post_for_somebody_elses_colleague_waits_for_their_word() {
    let house = House::people().await;
    let (local, leader) = (house.signed_in("donvi").await, house.signed_in("lanhdao").await);
    let post = post_of(&house, "thu").await;
    let stand_in = async |login: &str, until: &str| {
        local.form(&format!("/posts/{post}/stand-in"), &[("login", login), ("until", until)]).await
    };
    let posts = "SELECT COUNT(*) FROM directory_post";
    let before = house.count(posts).await;
    let (known, unknown) = (stand_in("lanhdao", "2026-12-31").await, stand_in("khong.co.ai", "2026-12-31").await);
    assert_eq!(
        (known.status, &known.location, known.body),
        (unknown.status, &unknown.location, unknown.body),
        "login names cannot be tried"
    );
    assert_eq!(known.location, "/people?done=invited");
    assert_eq!(house.count(posts).await, before, "nothing has an effect yet");
    let waiting = local.get(&format!("/posts/{post}")).await.body;
    assert!(waiting.contains("lanhdao") && waiting.contains("khong.co.ai"));
    let path = format!("/invitations/{}", invitation_for(&house, "lanhdao").await);
    assert!(leader.get("/account").await.body.contains("UBND xã Sông Mẫu"));
    assert_eq!(house.signed_in("thu").await.form(&path, &[("act", "accept")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(leader.form(&path, &[("act", "accept")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count(posts).await, before + 1);
    assert_eq!(leader.form(&path, &[("act", "accept")]).await.status, StatusCode::CONFLICT, "once");
    stand_in("taichinh", "2026-12-31").await;
    let late = format!("/invitations/{}", invitation_for(&house, "taichinh").await);
    house.clock.move_by(SignedDuration::from_hours(24 * 14 + 1));
    let answer = house.signed_in("taichinh").await.form(&late, &[("act", "accept")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "it ends after two weeks: {}", answer.body);
}

async fn invitation_for(house: &House, login: &str) -> String {
    let sql = format!("SELECT id FROM directory_invitation WHERE login = '{login}' ORDER BY id DESC");
    directory::ids::InvitationId::from_uuid(id_of(house, &sql).await).to_string()
}

#[tokio::test]
async fn a_post_handed_to_another_unit_stays_until_it_is_taken() {
    let house = House::people().await;
    let (local, taker) = (house.signed_in("donvi").await, house.signed_in("taichinh").await);
    let post = post_of(&house, "thu").await;
    let open = "SELECT COUNT(*) FROM directory_post WHERE valid_to IS NULL";
    let before = house.count(open).await;
    let answer = local.form(&format!("/posts/{post}/hand-over"), &[("login", "taichinh")]).await;
    assert_eq!(answer.location, "/people?done=invited");
    assert_eq!(house.count(open).await, before);
    let path = format!("/invitations/{}", invitation_for(&house, "taichinh").await);
    assert_eq!(taker.form(&path, &[("act", "accept")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count(open).await, before, "one ended, one began");
    let again = local.form(&format!("/posts/{post}/hand-over"), &[("login", "chutichxa")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "an ended post is not handed over");
}

#[tokio::test]
async fn posts_end_once_stand_ins_end_soon_and_nobody_holds_one_twice() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let (thu, vidu) = (post_of(&house, "thu").await, post_of(&house, "vidu").await);
    let stand_in = async |until: &str| {
        admin.form(&format!("/posts/{vidu}/stand-in"), &[("login", "taichinh"), ("until", until)]).await.status
    };
    assert_eq!(stand_in("2099-01-01").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(stand_in("2027-05-21").await, StatusCode::UNPROCESSABLE_ENTITY, "181 days");
    assert_eq!(stand_in("2027-05-20").await, StatusCode::SEE_OTHER);
    let second = post_of(&house, "taichinh").await;
    let chain =
        admin.form(&format!("/posts/{second}/stand-in"), &[("login", "giamdoc"), ("until", "2026-12-01")]).await;
    assert!(chain.status == StatusCode::CONFLICT && chain.body.contains("không ủy quyền lại"), "{}", chain.body);
    let unknown = admin.form(&format!("/posts/{vidu}/stand-in"), &[("login", "nobody"), ("until", "2026-12-01")]).await;
    assert_eq!(
        unknown.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "who administers everybody is told of a slip of the pen"
    );
    let end = async || admin.form(&format!("/posts/{thu}/end"), &[]).await.status;
    assert_eq!(end().await, StatusCode::SEE_OTHER);
    let last = "SELECT COUNT(*) FROM directory_post WHERE valid_to = '2026-11-20'";
    house.clock.move_by(SignedDuration::from_hours(48));
    let admin = house.signed_in("quantri").await;
    let end = async || admin.form(&format!("/posts/{thu}/end"), &[]).await.status;
    assert_eq!((end().await, house.count(last).await), (StatusCode::CONFLICT, 1), "the end does not move");
    let handed = admin.form(&format!("/posts/{thu}/hand-over"), &[("login", "giamdoc")]).await;
    assert_eq!(handed.status, StatusCode::CONFLICT);
    let unit = unit(&house, "Sở Tài chính").to_string();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (admin, path, unit) = (admin.clone(), format!("/posts/{vidu}/another"), unit.clone());
        tasks.spawn(async move { admin.form(&path, &[("unit", &unit), ("role", "officer")]).await.status });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "{answers:?}");
    let person = person_of(&house, "vidu").await;
    let twice = "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from) SELECT $1, person_id, unit_id, role, title, valid_from FROM directory_post WHERE person_id = $2 AND valid_to IS NULL";
    let values = db::vals![uuid::Uuid::from_u128(1), person.uuid()];
    assert!(house.app.db().unguarded().exec(twice, values).await.is_err(), "the database knows it too");
}
