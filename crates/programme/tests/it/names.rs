//! Every act that people see says who did it: name, post and body, with "thay mặt" where it was for another body.

use axum::http::StatusCode;
use testkit::Part;

use crate::{
    documents::part_of,
    house::{COMMUNE, House},
    round::{Round, id_of, take, words},
};

const OPEN: StatusCode = StatusCode::SEE_OTHER;

#[tokio::test]
async fn the_page_of_a_part_says_who_wrote_brought_and_asked_what() {
    let house = House::demo().await;
    let (clerk, officer) = (house.as_("thu").await, house.as_("vidu").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let note = [("rev", "1"), ("percent", "30"), ("text", "Đã họp")];
    assert_eq!(clerk.form(&format!("/parts/{part}/progress"), &note).await.status, OPEN);
    let brought = [Part::Field("number", "15/BC"), Part::Field("on_behalf", "true")];
    assert_eq!(officer.upload(&format!("/parts/{part}/evidence"), &brought).await.status, OPEN);
    let more = [("due_on", "2031-12-31"), ("reason", "Chờ kinh phí")];
    assert_eq!(clerk.form(&format!("/parts/{part}/extensions"), &more).await.status, OPEN);
    let page = words(&officer.get(&officer.get(&format!("/parts/{part}")).await.location).await.body);
    let clerks = page.matches("Trần Văn Thử, Chuyên viên, Xã Sông Mẫu").count();
    assert!(clerks >= 2, "the note and the request bear the clerk's name: {clerks} {page}");
    assert!(page.contains("Nguyễn Thị Ví Dụ, Chuyên viên theo dõi, Sở KH&amp;CN"), "{page}");
    assert!(page.contains("Sở KH&amp;CN thay mặt Xã Sông Mẫu"), "the department brought it for the commune");
}

#[tokio::test]
async fn a_question_its_answers_and_a_difficulty_say_who_spoke() {
    let house = House::demo().await;
    let (clerk, officer, director) = (house.as_("thu").await, house.as_("vidu").await, house.as_("giamdoc").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let asked = officer.form(&format!("/parts/{part}/explain"), &[("text", "Vì sao chậm?")]).await;
    let path = format!("/questions/{}", id_of(&asked.location));
    let seen = words(&clerk.get(&path).await.body);
    assert!(seen.contains("Nguyễn Thị Ví Dụ, Chuyên viên theo dõi, Sở KH&amp;CN"), "{seen}");
    let unit = house.unit(COMMUNE).to_string();
    let answer = [("unit", unit.as_str()), ("text", "Thiếu máy")];
    assert_eq!(clerk.form(&format!("{path}/answer"), &answer).await.status, OPEN);
    assert!(words(&officer.get(&path).await.body).contains("Trần Văn Thử, Chuyên viên, Xã Sông Mẫu"));
    let raised = clerk.form(&format!("/parts/{part}/difficulties"), &[("text", "Thiếu kinh phí")]).await;
    let path = format!("/difficulties/{}", id_of(&raised.location));
    let answer = [("rev", "1"), ("act", "answer"), ("words", "Đồng ý")];
    assert_eq!(director.form(&path, &answer).await.status, OPEN);
    let page = words(&clerk.get(&path).await.body);
    assert!(page.contains("Trần Văn Thử, Chuyên viên, Xã Sông Mẫu"), "{page}");
    assert!(page.matches("Lãnh đạo, Sở KH&amp;CN").count() == 1, "{page}");
}

#[tokio::test]
async fn who_asked_or_raised_is_not_offered_the_answer() {
    let house = House::demo().await;
    let (leader, officer) = (house.as_("giamdoc").await, house.as_("vidu").await);
    let asked = leader.form("/questions", &[("text", "Đến đâu rồi?"), ("units", "Sở Khoa học và Công nghệ")]).await;
    let path = format!("/questions/{}", id_of(&asked.location));
    let own = leader.get(&path).await.body;
    assert!(!own.contains(&format!("{path}/answer")), "{own}");
    assert!(words(&own).contains("chính bạn gửi"), "it says why");
    assert!(officer.get(&path).await.body.contains(&format!("{path}/answer")));
}

#[tokio::test]
async fn the_history_of_a_report_bears_names_of_each_step() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit(COMMUNE)).await;
    take(&house, &clerk, &id, "submit", &[]).await;
    take(&house, &chair, &id, "check", &[]).await;
    let page = words(&clerk.get(&format!("/reports/{id}")).await.body);
    assert!(page.contains("Trần Văn Thử, Chuyên viên, Xã Sông Mẫu"), "{page}");
    assert!(page.contains("Lãnh đạo, Xã Sông Mẫu"), "{page}");
}

#[tokio::test]
async fn who_reported_is_neither_offered_the_acceptance_nor_finds_it_in_their_list() {
    let house = House::demo().await;
    let (officer, director) = (house.as_("vidu").await, house.as_("giamdoc").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Đã xong"), ("on_behalf", "true")];
    let path = format!("/parts/{part}/done");
    let said = officer.form(&path, &done).await;
    assert_eq!(said.status, OPEN);
    let page = words(&officer.get(&said.location).await.body);
    assert!(page.contains("Đã ghi là Sở KH&amp;CN thay mặt Xã Sông Mẫu"), "the message says for whom: {page}");
    assert!(
        !page.contains(&format!("/parts/{part}/check")) && page.contains("người khác của cơ quan theo dõi"),
        "{page}"
    );
    let waits = format!("/parts/{part}");
    assert!(!officer.get("/work").await.body.contains(&waits));
    assert!(words(&director.get("/work").await.body).contains(&waits));
    let other = words(&director.get(&director.get(&waits).await.location).await.body);
    assert!(other.contains(&format!("/parts/{part}/check")), "{other}");
}
