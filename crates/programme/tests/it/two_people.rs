//! What one person did another accepts, answers or checks, and what leaders approved only they take back.

use axum::http::StatusCode;
use db::Row as _;
use kernel::Role;
use programme::work::model::question::Question;
use testkit::Part;

use crate::{
    documents::part_of,
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::{Round, id_of, take, words},
    status::{NO, OPEN, WRONG},
};

/// M9.
#[tokio::test]
async fn what_leaders_approved_is_taken_back_by_them_and_what_is_issued_by_nobody() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    take(&house, &clerk, &id, "submit", &[]).await;
    assert_eq!(take(&house, &clerk, &id, "recall", &[]).await.status, OPEN, "their own step");
    take(&house, &clerk, &id, "submit", &[]).await;
    take(&house, &chair, &id, "check", &[]).await;
    take(&house, &chair, &id, "approve", &[]).await;
    assert_eq!(take(&house, &clerk, &id, "recall", &[]).await.status, NO, "the chair approved it");
    let unit_admin = house.as_("donvi").await;
    let back = [Part::Field("remarks", "Sửa")];
    assert_eq!(take(&house, &unit_admin, &id, "send_back", &back).await.status, NO);
    let number = |day: &'static str| [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", day)];
    let early = take(&house, &clerk, &id, "issue", &number("2026-01-02")).await;
    assert!(early.status == WRONG && words(&early.body).contains("không thể trước ngày đầu kỳ"), "{}", early.body);
    // Due on 18/11; today is 21/11: a paper that bears the 17th is late all the same.
    assert_eq!(take(&house, &clerk, &id, "issue", &number("2026-11-17")).await.status, OPEN);
    for who in [&clerk, &chair] {
        assert_eq!(take(&house, who, &id, "recall", &[]).await.status, StatusCode::CONFLICT);
    }
    assert_eq!(
        house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'issued' AND sealed IS NOT NULL").await,
        1
    );
    let period = words(&round.officer.get(&format!("/periods/{}", round.period)).await.body);
    assert!(period.contains("đúng hạn 0 %"), "{period}");
    assert!(period.contains("Đúng hạn tính theo ngày phát hành trên hệ thống"));
}

#[tokio::test]
async fn whoever_reported_does_not_accept() {
    let house = House::demo().await;
    let (follower, leader) = (house.as_("vidu").await, house.as_("giamdoc").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Đã xong"), ("on_behalf", "true")];
    assert_eq!(follower.form(&format!("/parts/{part}/done"), &done).await.status, OPEN);
    let page = follower.get(&follower.get(&format!("/parts/{part}")).await.location).await.body;
    assert!(words(&page).contains("Sở KH&amp;CN thay mặt Xã Sông Mẫu"), "{page}");
    let accept = [("rev", "2"), ("act", "accept"), ("words", "Theo hồ sơ giấy")];
    let own = follower.form(&format!("/parts/{part}/check"), &accept).await;
    assert_eq!(own.status, NO);
    assert!(words(&own.body).contains("người khác của cơ quan theo dõi phải nghiệm thu"), "{}", own.body);
    assert_eq!(leader.form(&format!("/parts/{part}/check"), &accept).await.status, OPEN);
    // Nor what they brought evidence for.
    let part = part_of(&house, house.unit(OTHER_COMMUNE)).await;
    let brought = [Part::Field("number", "15/BC"), Part::Field("on_behalf", "true")];
    assert_eq!(follower.upload(&format!("/parts/{part}/evidence"), &brought).await.status, OPEN);
    let clerk = house.person("xadoi", OTHER_COMMUNE, Role::OFFICER).await;
    // The evidence has moved the part on by one.
    clerk.form(&format!("/parts/{part}/done"), &[("rev", "2"), done[1], done[2]]).await;
    let accept = [("rev", "3"), accept[1], accept[2]];
    assert_eq!(follower.form(&format!("/parts/{part}/check"), &accept).await.status, NO);
    // More time is granted by another than who asked for it.
    let part = part_of(&house, house.unit("Sở Nội vụ")).await;
    let more = [("due_on", "2031-12-31"), ("reason", "Chờ"), ("on_behalf", "true")];
    assert_eq!(follower.form(&format!("/parts/{part}/extensions"), &more).await.status, OPEN);
    let asked = &programme::work::store::extension::list(&house.app.db().read(), part).await.unwrap()[0];
    let path = format!("/extensions/{}", programme::ids::ExtensionId::from_uuid(asked.id));
    assert_eq!(follower.form(&path, &[("rev", "1"), ("act", "grant")]).await.status, NO);
    assert_eq!(leader.form(&path, &[("rev", "1"), ("act", "grant")]).await.status, OPEN);
}

#[tokio::test]
async fn whoever_asked_does_not_answer_and_asks_in_the_name_of_the_post_that_may() {
    let house = House::demo().await;
    let leader = house.as_("giamdoc").await;
    let own = house.unit(SCIENCE);
    let asked = leader.form("/questions", &[("text", "Đến đâu rồi?"), ("units", SCIENCE)]).await;
    let path = format!("/questions/{}/answer", id_of(&asked.location));
    let answer = [("unit", own.to_string()), ("text", "Xong".to_owned())];
    let answer: Vec<(&str, &str)> = answer.iter().map(|(key, value)| (*key, value.as_str())).collect();
    assert_eq!(leader.form(&path, &answer).await.status, NO);
    assert_eq!(house.as_("vidu").await.form(&path, &answer).await.status, OPEN);
    // An officer of a commune who also is programme officer of the department asks as the department.
    let posts = [(house.unit(OTHER_COMMUNE), Role::OFFICER), (own, Role::PROGRAMME)];
    house.people.add(&house.system(), "haichuc", &posts);
    let two = house.as_("haichuc").await;
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let asked = two.form(&format!("/parts/{part}/explain"), &[("text", "Vì sao chậm?")]).await;
    assert_eq!(asked.status, OPEN, "{}", asked.body);
    let id = id_of(&asked.location).parse().unwrap();
    let question = Question::get(&house.app.db().read(), id).await.unwrap().unwrap();
    assert_eq!(question.asked_by, own);
}

#[tokio::test]
async fn the_writer_of_a_report_checks_it_only_where_nobody_else_may() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let officer = house.as_("vidu").await;
    let id = round.report_of(house.unit(SCIENCE)).await;
    take(&house, &officer, &id, "submit", &[]).await;
    let own = take(&house, &officer, &id, "check", &[]).await;
    assert_eq!(own.status, NO);
    assert!(words(&own.body).contains("người khác của đơn vị phải kiểm tra"), "{}", own.body);
    let leader = house.as_("giamdoc").await;
    assert_eq!(take(&house, &leader, &id, "check", &[]).await.status, OPEN);
    // A commune with one programme officer and no other: it is written down and shown.
    let alone = house.person("motminh", OTHER_COMMUNE, Role::PROGRAMME).await;
    let id = round.report_of(house.unit(OTHER_COMMUNE)).await;
    take(&house, &alone, &id, "submit", &[]).await;
    let checked = take(&house, &alone, &id, "check", &[]).await;
    assert_eq!(checked.status, OPEN, "{}", checked.body);
    assert!(words(&alone.get(&format!("/reports/{id}")).await.body).contains("Người soạn tự kiểm tra"));
}

#[tokio::test]
async fn who_approves_what_they_wrote_because_nobody_else_may_is_seen_to() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let own = house.unit(OTHER_COMMUNE);
    house.people.add(&house.system(), "motminh", &[(own, Role::PROGRAMME), (own, Role::LEADER)]);
    let alone = house.as_("motminh").await;
    let id = round.report_of(own).await;
    for act in ["submit", "check", "approve"] {
        let done = take(&house, &alone, &id, act, &[]).await;
        assert_eq!(done.status, OPEN, "{act}: {}", done.body);
    }
    let page = words(&alone.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Người soạn tự kiểm tra") && page.contains("Người soạn tự duyệt"), "{page}");
}
