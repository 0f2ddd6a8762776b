//! Văn thư and trưởng phòng: whose step of a report it is, in whose list it waits, and what the page says of it.

use axum::http::StatusCode;
use kernel::Role;
use testkit::{Client, Part};

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::{Round, id_of, take, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;
const NO: StatusCode = StatusCode::FORBIDDEN;

async fn todo(who: &Client, kind: &str) -> usize {
    words(&who.get("/work").await.body).matches(&format!("<h3>{kind}")).count()
}

#[tokio::test]
async fn each_step_waits_with_who_has_the_post_and_with_nobody_else() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (officer, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let head = house.person("truongphong", COMMUNE, Role::HEAD).await;
    let clerk = house.person("vanthu", COMMUNE, Role::CLERK).await;
    let entry = house.person("vanthuso", SCIENCE, Role::CLERK).await;
    let id = round.report_of(house.unit(COMMUNE)).await;
    let page = format!("/reports/{id}");

    let sent = take(&house, &officer, &id, "submit", &[]).await;
    assert_eq!(sent.status, OPEN);
    let after = words(&officer.get(&sent.location).await.body);
    assert!(after.contains("Người kiểm tra: Đặng Thị") || after.contains("Người kiểm tra:"), "{after}");
    assert!(after.contains("Chờ kiểm tra:"), "{after}");
    let check = "Kiểm tra báo cáo";
    assert_eq!((todo(&head, check).await, todo(&chair, check).await), (1, 0), "the chair approves, the head checks");
    assert!(!chair.get(&page).await.body.contains("value=\"check\""), "nothing is offered that is refused");
    let refused = take(&house, &chair, &id, "check", &[]).await;
    assert_eq!(refused.status, NO);
    assert!(words(&refused.body).contains("do trưởng phòng kiểm tra"), "{}", refused.body);
    assert_eq!(take(&house, &head, &id, "check", &[]).await.status, OPEN);

    assert_eq!(todo(&chair, "Duyệt báo cáo").await, 1);
    assert_eq!(take(&house, &chair, &id, "approve", &[]).await.status, OPEN);

    // The fault: approved, and in nobody's list.
    let issue = "Cho số và phát hành báo cáo";
    assert_eq!((todo(&clerk, issue).await, todo(&officer, issue).await), (1, 0));
    let number = [Part::Field("number", "15/BC-UBND"), Part::Field("issued_on", "2026-11-20")];
    let refused = take(&house, &officer, &id, "issue", &number).await;
    assert_eq!(refused.status, NO);
    assert!(words(&refused.body).contains("Văn thư cho số"), "{}", refused.body);
    let sent = take(&house, &clerk, &id, "issue", &number).await;
    assert_eq!(sent.status, OPEN);
    assert!(words(&clerk.get(&sent.location).await.body).contains("Đã gửi tới văn thư nơi nhận:"));

    // The receiver's records clerk, then who follows the plan.
    let (enter, receive) = ("Vào sổ báo cáo đến", "Tiếp nhận báo cáo");
    assert_eq!((todo(&entry, enter).await, todo(&round.officer, receive).await, todo(&clerk, enter).await), (1, 0, 0));
    assert_eq!(take(&house, &clerk, &id, "take_in", &[Part::Field("number", "77")]).await.status, NO, "not theirs");
    assert_eq!(take(&house, &entry, &id, "take_in", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(take(&house, &entry, &id, "take_in", &[Part::Field("number", "77")]).await.status, OPEN);
    assert!(words(&officer.get(&page).await.body).contains("số đến 77"));
    assert_eq!((todo(&entry, enter).await, todo(&round.officer, receive).await), (0, 1));
    assert_eq!(
        take(&house, &entry, &id, "take_in", &[Part::Field("number", "78")]).await.status,
        OPEN,
        "a slip is mended"
    );
    assert_eq!(take(&house, &round.officer, &id, "accept", &[]).await.status, OPEN);
    assert_eq!(todo(&round.officer, receive).await, 0);
}

#[tokio::test]
async fn a_body_without_such_posts_goes_on_as_before_and_says_so() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (officer, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    take(&house, &officer, &id, "submit", &[]).await;
    assert_eq!(todo(&chair, "Kiểm tra báo cáo").await, 1);
    let page = words(&officer.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("chưa có trưởng phòng nên những người này kiểm tra thay"), "{page}");
    take(&house, &chair, &id, "check", &[]).await;
    take(&house, &chair, &id, "approve", &[]).await;
    assert_eq!(todo(&officer, "Cho số và phát hành báo cáo").await, 1, "it lies in somebody's list");
    let page = words(&officer.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("chưa có văn thư nên những người này phát hành thay"), "{page}");
}

#[tokio::test]
async fn the_writer_of_a_report_does_not_approve_it_by_another_post() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let commune = house.unit(COMMUNE);
    house.people.add(&house.system(), "haivai", &[(commune, Role::OFFICER), (commune, Role::LEADER)]);
    let (both, chair) = (house.as_("haivai").await, house.as_("chutichxa").await);
    let id = round.report_of(commune).await;
    take(&house, &both, &id, "submit", &[]).await;
    assert_eq!(take(&house, &both, &id, "check", &[]).await.status, NO);
    assert_eq!(take(&house, &chair, &id, "check", &[]).await.status, OPEN);
    let own = take(&house, &both, &id, "approve", &[]).await;
    assert_eq!(own.status, NO);
    assert!(words(&own.body).contains("lãnh đạo khác của đơn vị phải duyệt"), "{}", own.body);
    assert!(!both.get(&format!("/reports/{id}")).await.body.contains("value=\"approve\""));
    // By a token of the same person neither.
    let row =
        programme::reporting::store::report::get(&house.app.db().read(), id.parse().unwrap()).await.unwrap().unwrap();
    let step = serde_json::json!({ "rev": row.rev, "act": "approve" });
    let token = house.client().bearer("haivai");
    let path = format!("/api/v1/reports/{id}/acts");
    assert_eq!(token.json(axum::http::Method::POST, &path, &step).await.status, NO);
    assert_eq!(take(&house, &chair, &id, "approve", &[]).await.status, OPEN);
}

/// The entries that stand beside a page, without those that are folded away.
fn beside(page: &str) -> Vec<&str> {
    let (_, nav) = page.split_once("moj-side-navigation__list").expect(page);
    let shown = nav.split_once("<summary>").map_or(nav, |(shown, _)| shown);
    let shown = shown.split_once("</nav>").map_or(shown, |(shown, _)| shown);
    shown.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn head_and_clerk_have_what_they_do_daily_beside_every_page() {
    let house = House::people().await;
    let head = house.person("truongphong", COMMUNE, Role::HEAD).await;
    let clerk = house.person("vanthu", COMMUNE, Role::CLERK).await;
    let page = words(&head.get("/work").await.body);
    assert_eq!(beside(&page), ["/work", "/board", "/tasks", "/difficulties", "/reports"]);
    let page = words(&clerk.get("/work").await.body);
    assert_eq!(beside(&page), ["/work", "/letters", "/reports"]);
    for href in ["/work", "/letters", "/reports"] {
        assert_eq!(clerk.get(href).await.status, StatusCode::OK, "{href}");
    }
}

#[tokio::test]
async fn a_letter_is_numbered_and_issued_by_the_records_clerk_where_there_is_one() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let clerk = house.person("vanthuso", SCIENCE, Role::CLERK).await;
    let entry = house.person("vanthuxa", COMMUNE, Role::CLERK).await;
    let other = house.person("vanthukhac", OTHER_COMMUNE, Role::CLERK).await;
    let report = round.report_of(house.unit(COMMUNE)).await;
    let drafted = round.officer.form(&format!("/periods/{}/chase", round.period), &[("part", &report)]).await;
    let path = format!("/letters/{}", id_of(&drafted.location));
    let say = async |who: &Client, rev: &str, act: &str| {
        let form = [("rev", rev), ("act", act), ("number", "77/SKHCN-CNS"), ("issued_on", "2026-11-21")];
        who.form(&path, &form).await
    };
    let waits = "Công văn chờ cho số, phát hành";

    // While it is written it waits for nobody's number; the house's clerk reads it, others' do not.
    assert_eq!(todo(&clerk, waits).await, 0);
    assert_eq!(clerk.get(&path).await.status, StatusCode::OK);
    assert_eq!(clerk.get("/api/v1/letters").await.json()["items"][0]["id"], path.trim_start_matches("/letters/"));
    assert_eq!((entry.get(&path).await.status, other.get(&path).await.status), (NO, NO));
    let refused = say(&round.officer, "1", "release").await;
    assert_eq!(refused.status, NO);
    assert!(words(&refused.body).contains("Văn thư cho số và phát hành văn bản này"), "{}", refused.body);
    assert!(!round.officer.get(&path).await.body.contains("value=\"release\""), "nothing is offered that is refused");

    // A change takes it back from the clerk.
    assert_eq!(say(&round.officer, "1", "hand").await.status, OPEN);
    assert_eq!((todo(&clerk, waits).await, todo(&round.officer, waits).await, todo(&entry, waits).await), (1, 0, 0));
    let edit = [("rev", "2"), ("act", "edit"), ("about", "Đôn đốc báo cáo"), ("body", "Đề nghị gửi báo cáo.")];
    assert_eq!(clerk.form(&path, &edit).await.status, NO, "the words are of who wrote them");
    assert_eq!(round.officer.form(&path, &edit).await.status, OPEN);
    assert_eq!(todo(&clerk, waits).await, 0);
    assert_eq!(say(&round.officer, "3", "hand").await.status, OPEN);
    assert_eq!(say(&round.officer, "4", "fetch").await.status, OPEN);
    assert_eq!(say(&round.officer, "5", "fetch").await.status, StatusCode::CONFLICT, "it is not with the clerk");
    assert_eq!(say(&round.officer, "5", "hand").await.status, OPEN);

    assert_eq!(say(&other, "6", "release").await.status, NO);
    assert_eq!(say(&clerk, "6", "drop").await.status, NO);
    assert_eq!(say(&clerk, "6", "release").await.status, OPEN);
    assert_eq!(todo(&clerk, waits).await, 0);

    // The receiver's clerk says that it has come.
    let came = "Công văn đôn đốc chờ xác nhận đã nhận";
    assert_eq!((todo(&entry, came).await, todo(&other, came).await), (1, 0));
    let own = house.unit(COMMUNE).to_string();
    assert_eq!(other.form(&format!("{path}/received"), &[("unit", &own)]).await.status, NO);
    assert_eq!(entry.form(&format!("{path}/received"), &[("unit", &own)]).await.status, OPEN);
    assert_eq!(todo(&entry, came).await, 0);
    house.registers_agree().await;
}
