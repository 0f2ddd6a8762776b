//! "Việc của tôi": what waits, counted once, and accepted many at a time.

use axum::http::{Method, StatusCode};
use kernel::Role;
use serde_json::json;

use crate::{
    documents::part_of,
    house::{COMMUNE, House, OTHER_COMMUNE},
    round::words,
    talk,
};

/// The follower says it for another body.
const DONE: [(&str, &str); 4] = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Đã xong"), ("on_behalf", "true")];

const DONE_PARTS: &str = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NOT NULL";

/// Two communes have reported a part done, the follower one more; their values in the form of the inbox.
async fn reported(house: &House) -> Vec<String> {
    let follower = house.as_("vidu").await;
    let clerks = [house.as_("thu").await, house.person("xadoi", OTHER_COMMUNE, Role::OFFICER).await, follower];
    let mut parts = Vec::new();
    for (clerk, unit) in clerks.iter().zip([COMMUNE, OTHER_COMMUNE, "Sở Nội vụ"]) {
        let part = part_of(house, house.unit(unit)).await;
        let answer = clerk.form(&format!("/parts/{part}/done"), &DONE).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        parts.push(format!("{part}:2"));
    }
    parts
}

const ACCEPTED: &str = "SELECT COUNT(*) FROM programme_part WHERE accepted_on IS NOT NULL";

#[tokio::test]
async fn many_parts_are_accepted_in_one_act_and_the_page_says_of_the_others_why_not() {
    let house = House::demo().await;
    let parts = reported(&house).await;
    let follower = house.as_("vidu").await;
    let page = follower.get("/work?kind=accept").await.body;
    let is_there = |page: &str, part: &str| page.contains(&format!("value=\"{part}\""));
    assert!(parts[..2].iter().all(|part| is_there(&page, part)), "{page}");
    assert!(!is_there(&page, &parts[2]), "what the reader reported waits for another: {page}");
    let (entries, accepted) = (house.count("SELECT COUNT(*) FROM db_ledger").await, house.count(ACCEPTED).await);
    let mut form: Vec<(&str, &str)> = parts.iter().map(|part| ("part", part.as_str())).collect();
    form.extend([("act", "accept"), ("words", "Đã xem bản giấy")]);
    let answer = follower.form("/work/check", &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    let said = words(&answer.body);
    assert!(said.contains("Đã ghi nhận 2 phần việc. Còn 1 phần việc chưa làm được"), "{said}");
    assert!(said.contains("Sở Nội vụ") && said.contains("người khác của cơ quan theo dõi phải nghiệm thu"), "{said}");
    assert_eq!(house.count(ACCEPTED).await, accepted + 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger").await, entries + 2, "an entry for each");
    let page = follower.get("/work?kind=accept").await.body;
    assert!(!is_there(&page, &parts[0]));
    let page = house.as_("giamdoc").await.get("/work?kind=accept").await.body;
    assert!(!is_there(&page, &parts[0]) && is_there(&page, &parts[2]));
}

#[tokio::test]
async fn nothing_ticked_a_part_of_yesterday_and_a_strangers_tick_are_refused() {
    let house = House::demo().await;
    let accepted = house.count(ACCEPTED).await;
    let parts = reported(&house).await;
    let follower = house.as_("vidu").await;
    let empty = follower.form("/work/check", &[("act", "accept"), ("words", "Ghi chú")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(words(&empty.body).contains("Chưa chọn phần việc nào"), "{}", empty.body);
    let old = parts[0].replace(":2", ":1");
    let stale = follower.form("/work/check", &[("part", old.as_str()), ("act", "accept"), ("words", "x")]).await;
    assert!(stale.status.is_client_error(), "{}", stale.status);
    let clerk = house.as_("thu").await;
    let theft = clerk.form("/work/check", &[("part", parts[1].as_str()), ("act", "accept"), ("words", "x")]).await;
    assert_eq!(theft.status, StatusCode::FORBIDDEN);
    assert_eq!(house.count(ACCEPTED).await, accepted);
}

#[tokio::test]
async fn programs_check_many_parts_and_read_what_was_refused() {
    let house = House::demo().await;
    let parts = reported(&house).await;
    let before = house.count(DONE_PARTS).await;
    let chosen: Vec<_> = parts.iter().map(|part| json!({ "id": part.split(':').next(), "rev": 2 })).collect();
    let body = json!({ "parts": chosen, "act": "send_back", "words": "Thiếu minh chứng" });
    let answer = house.as_("giamdoc").await.json(Method::POST, "/api/v1/parts/check", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let came = answer.json();
    assert_eq!((came["done"].as_array().unwrap().len(), came["refused"].as_array().unwrap().len()), (3, 0));
    assert_eq!(house.count(DONE_PARTS).await, before - 3);
}

#[tokio::test]
async fn the_count_beside_an_entry_is_the_length_of_its_list_and_goes_down_at_once() {
    let house = House::demo().await;
    let parts = reported(&house).await;
    let follower = house.as_("vidu").await;
    let listed = async || {
        let page = words(&follower.get("/work").await.body);
        let groups =
            page.split("<section class=\"todo\">").skip(1).map(|group| group.split("</section>").next().unwrap());
        let rows: usize = groups.map(|group| group.matches("<tr><td><a href=").count()).sum();
        let rows = rows + page.matches("name=\"part\" value=").count();
        let beside = format!("Việc của tôi <span class=\"count\">{rows}<");
        assert!(page.contains(&beside), "{rows} rows: {page}");
        rows
    };
    let before = listed().await;
    assert!(before > 1, "{before}");
    let tick = [("part", parts[0].as_str()), ("act", "accept"), ("words", "Đã xem bản giấy")];
    assert_eq!(follower.form("/work/check", &tick).await.status, StatusCode::SEE_OTHER);
    assert_eq!(listed().await, before - 1);
}

/// What somebody asked, raised or requested themselves waits for another: it stands in that one's list and not in theirs.
#[tokio::test]
async fn nothing_waits_for_who_may_not_answer_it_because_they_asked() {
    let house = House::demo().await;
    let (follower, director) = (house.as_("vidu").await, house.as_("giamdoc").await);
    let part = part_of(&house, house.unit(COMMUNE)).await;
    let raised = [("text", "Chưa có đường truyền"), ("on_behalf", "true")];
    let more = [("due_on", "2031-12-31"), ("reason", "Chờ kinh phí của xã"), ("on_behalf", "true")];
    let asked = [("text", "Đã có bao nhiêu máy?"), ("units", crate::house::SCIENCE)];
    for (path, form) in [
        (format!("/parts/{part}/difficulties"), raised.as_slice()),
        (format!("/parts/{part}/extensions"), more.as_slice()),
        ("/questions".to_owned(), asked.as_slice()),
    ] {
        let done = follower.form(&path, form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{path}: {}", done.body);
    }
    let (own, other) = (words(&follower.get("/work").await.body), words(&director.get("/work").await.body));
    for text in ["Chưa có đường truyền", "Chờ kinh phí của xã", "Đã có bao nhiêu máy?"] {
        assert!(!own.contains(text), "{text}: {own}");
        assert!(other.contains(text), "{text}: {other}");
    }
}

#[tokio::test]
async fn a_long_group_is_folded_with_its_number_and_opens_for_who_asks_for_it() {
    let house = House::demo().await;
    let (leader, clerk) = (house.as_("lanhdao").await, house.as_("thu").await);
    let group = async |path: &str| {
        let page = words(&clerk.get(path).await.body);
        let section = page.split("<section class=\"todo\">").skip(1).find(|part| part.contains("Giải trình, trả lời"));
        section.unwrap_or_else(|| panic!("{page}")).split("</section>").next().unwrap().to_owned()
    };
    let rows = |section: &str| section.matches("<tr><td><a href=").count();
    let first = talk::asked(&leader, "Đến đâu rồi?", COMMUNE).await;
    let there = rows(&group("/work").await);
    assert!(there > 0 && there < 15, "{first} {there}");
    for nth in there..15 {
        talk::asked(&leader, &format!("Câu hỏi {nth}?"), COMMUNE).await;
    }
    let short = group("/work").await;
    assert!(rows(&short) == 15 && !short.contains("<details"), "{short}");
    talk::asked(&leader, "Câu hỏi nữa?", COMMUNE).await;
    let long = group("/work").await;
    assert_eq!(rows(&long), 16);
    assert!(long.contains("<details class=\"govuk-details\"") && long.contains("Xem cả 16 việc"), "{long}");
    assert!(!long.contains(" open>"), "{long}");
    let asked = group("/work?kind=question").await;
    assert!(asked.contains(" open>"), "who asks for this kind came for its rows: {asked}");
}

#[tokio::test]
async fn a_tick_for_the_whole_task_reaches_rows_that_are_folded() {
    let house = House::demo().await;
    let parts = reported(&house).await;
    let part = parts[0].split(':').next().unwrap().parse::<programme::ids::PartId>().unwrap();
    // Fifteen more bodies of the same task.
    let more = "INSERT INTO programme_part (id, task_id, plan_id, unit_id, unit_sort, sort_plan, sort_due, time_kind, due_on, \
        done_on, rev) SELECT $1, task_id, plan_id, $2, unit_sort, sort_plan, sort_due, time_kind, due_on, done_on, rev \
        FROM programme_part WHERE id = $3";
    for nth in 1..=15 {
        let (id, unit) = (uuid::Uuid::from_u128(nth), uuid::Uuid::from_u128(100 + nth));
        house.app.db().unguarded().exec(more, db::vals![id, unit, part.uuid()]).await.unwrap();
    }
    let follower = house.as_("vidu").await;
    let page = words(&follower.get("/work?kind=accept").await.body);
    let task = page.split("<tbody><tr class=\"group\">").find(|task| task.contains(&parts[0])).unwrap();
    let (head, folded) = task.split_once("<details").unwrap_or_else(|| panic!("{task}"));
    assert!(head.contains("data-tick-group") && !head.contains("name=\"part\""), "{head}");
    assert!(folded.contains(&format!("Xem cả {} cơ quan", 15 + parts.len())), "{folded}");
    assert!(folded.matches("name=\"part\"").count() >= 16, "{folded}");
    let all = words(&follower.get("/work?kind=accept&all=1").await.body);
    let ticked = all.split("name=\"part\"").skip(1).filter(|row| row.split('>').next().unwrap().contains("checked"));
    assert_eq!(ticked.count(), all.matches("name=\"part\"").count(), "without script all are ticked, folded or not");
}
