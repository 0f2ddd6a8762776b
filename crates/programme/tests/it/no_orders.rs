//! Documents that give no orders: read, reviewed, filed where nothing of them was missed, and opened again.

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::{Client, Part};

use crate::{
    documents::{REPORT, approved, read_in, rev_of},
    house::{House, SCIENCE, plan_without_doubts},
    round::words,
    status::{LATE, NO, OPEN, STALE, WRONG},
};

/// A sentence of the report that somebody takes for an order.
const MISSED: &str = "Sở Nội vụ rà soát lại kho lưu trữ của các xã.";

async fn page(client: &Client, plan: &str, query: &str) -> String {
    let answer = client.get(&format!("{plan}/review{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    words(&answer.body).replace("&#x3d;", "=")
}

async fn say(house: &House, client: &Client, plan: &str, act: &str) -> testkit::Answer {
    let rev = rev_of(house, plan).await;
    client.form(&format!("{plan}/filing"), &[("rev", rev.as_str()), ("act", act)]).await
}

async fn entries(house: &House, action: &str) -> i64 {
    house.count(&format!("SELECT COUNT(*) FROM db_ledger WHERE action = '{action}'")).await
}

#[tokio::test]
async fn a_report_is_read_and_its_review_says_that_it_gives_no_orders() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "bc.txt", REPORT.as_bytes()).await;
    let shown = page(&officer, &plan, "").await;
    assert!(shown.contains("văn bản này không giao việc"), "{shown}");
    assert!(shown.contains("10 thuộc các phần của văn bản, 4 không giao việc, 0 chưa xếp chỗ"), "{shown}");
    assert!(shown.contains("pl-narrative") && shown.contains("Thanh tra tỉnh đã tổ chức"), "{shown}");
    assert!(shown.contains("id=\"head\"") && shown.contains(&format!("{plan}/filing")), "{shown}");
    assert!(!shown.contains(&format!("{plan}/approve")), "there is nothing to approve: {shown}");
    let english = page(&officer.with_cookie("dinh_lang=en"), &plan, "").await;
    assert!(english.contains("this document gives no orders") && english.contains("4 that order nothing"), "{english}");
    // An empty plan is approved by nobody.
    let refused = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(refused.status, WRONG);
    let asked = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(asked.contains("lưu hồ sơ ở trang rà soát") && asked.contains("aria-disabled"), "{asked}");
}

#[tokio::test]
async fn a_document_without_orders_is_filed_stays_readable_and_is_opened_again() {
    let house = House::people().await;
    let (officer, leader) = (house.as_("vidu").await, house.as_("lanhdao").await);
    let plan = read_in(&house, &officer, "bc.txt", REPORT.as_bytes()).await;
    assert!(words(&leader.get("/work").await.body).contains("88/BC-UBND"), "it waits for its body's word");
    assert_eq!(say(&house, &house.as_("thu").await, &plan, "file").await.status, NO);
    assert_eq!(say(&house, &officer, &plan, "reopen").await.status, LATE, "it is not filed");
    let old = [("rev", "1"), ("act", "file")];
    assert_eq!(officer.form(&format!("{plan}/filing"), &old).await.status, STALE);
    let filed = say(&house, &officer, &plan, "file").await;
    assert_eq!((filed.status, filed.location.as_str()), (OPEN, format!("{plan}?done=plan-filed").as_str()));
    assert_eq!(entries(&house, "plan.file").await, 1);
    // Where it stands, who said so and when, for everybody who sees plans.
    let other = house.as_("taichinh").await;
    let list = words(&other.get("/plans").await.body);
    let (_, row) = list.split_once("88/BC-UBND").expect(&list);
    let (_, row) = row.split_once("Đã lưu, không giao việc").expect(row);
    let (row, _) = row.split_once("</tr>").expect(row);
    assert!(row.contains("Nguyễn Thị Ví Dụ"), "{row}");
    let shown = words(&officer.get(&plan).await.body);
    assert!(shown.contains("Đã lưu hồ sơ, không giao việc") && shown.contains("Xem văn bản đã đọc"), "{shown}");
    assert!(!words(&leader.get("/work").await.body).contains("88/BC-UBND"), "nobody is asked about it any more");
    // It is read as before, and nothing can be done to it there.
    let text = page(&officer, &plan, "").await;
    assert!(text.contains("pl-narrative") && text.contains("Thanh tra tỉnh đã tổ chức"), "{text}");
    assert!(text.contains("Mở lại rà soát"), "{text}");
    assert!(!text.contains("/read-rows") && !text.contains("/head-review"), "{text}");
    let only = page(&officer, &plan, "?place=narrative").await;
    assert!(only.contains("Thanh tra tỉnh đã tổ chức") && !only.contains("?add="), "{only}");
    let places = officer.get(&format!("/api/v1{plan}/places")).await.json();
    assert_eq!((&places["narrative"], &places["unplaced"]), (&json!(4), &json!(0)));
    let task = [("text", "Việc khác"), ("lead", SCIENCE), ("time", "Năm 2026")];
    assert_eq!(officer.form(&format!("{plan}/read-rows"), &task).await.status, LATE);
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, LATE);
    assert_eq!(say(&house, &officer, &plan, "file").await.status, LATE, "once");
    let rev = rev_of(&house, &plan).await;
    let remove = [("rev", rev.as_str()), ("reason", "Thừa")];
    assert_eq!(officer.form(&format!("{plan}/remove"), &remove).await.status, LATE, "it is kept");
    let again = officer.upload("/plans/new", &[Part::File("bc-2.txt", REPORT.as_bytes())]).await;
    assert!(again.status == LATE && words(&again.body).contains("88/BC-UBND"), "{}", again.body);
    // And back.
    assert_eq!(say(&house, &house.as_("thu").await, &plan, "reopen").await.status, NO);
    let back = say(&house, &officer, &plan, "reopen").await;
    assert_eq!((back.status, entries(&house, "plan.reopen").await), (OPEN, 1), "{}", back.body);
    assert!(back.location.starts_with(&format!("{plan}/review")), "{}", back.location);
    assert!(page(&officer, &plan, "").await.contains("văn bản này không giao việc"));
    assert!(!words(&other.get("/plans").await.body).contains("Đã lưu, không giao việc"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn programs_file_and_open_it_again_too() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "bc.txt", REPORT.as_bytes()).await;
    let path = format!("/api/v1{plan}/filing");
    let act = async |client: &Client, rev: i64, act: &str| {
        client.json(Method::POST, &path, &json!({ "rev": rev, "act": act })).await
    };
    assert_eq!(act(&house.as_("thu").await, 2, "file").await.status, NO);
    assert_eq!(act(&officer, 1, "file").await.status, STALE);
    let filed = act(&officer, 2, "file").await;
    assert_eq!((filed.status, &filed.json()["is_filed"]), (StatusCode::OK, &json!(true)), "{}", filed.body);
    assert_eq!(officer.get(&format!("/api/v1{plan}")).await.json()["state"], "filed");
    let back = act(&officer, 3, "reopen").await;
    assert_eq!((back.status, &back.json()["is_filed"]), (StatusCode::OK, &json!(false)), "{}", back.body);
    assert_eq!(officer.get(&format!("/api/v1{plan}")).await.json()["state"], "review");
}

#[tokio::test]
async fn an_order_that_was_missed_becomes_a_task_from_its_sentence() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "bc.txt", REPORT.as_bytes()).await;
    let only = page(&officer, &plan, "?place=narrative").await;
    let (_, rest) = only.split_once(MISSED).expect(&only);
    let (_, rest) = rest.split_once("?add=").expect(&only);
    let at = rest.split('#').next().unwrap();
    let form = page(&officer, &plan, &format!("?add={at}")).await;
    assert!(form.contains(&format!(">{MISSED}</textarea>")), "{form}");
    let (_, rest) = form.split_once("name=\"source\" value=\"").expect(&form);
    let source = rest.split('"').next().unwrap();
    let task = [("text", MISSED), ("lead", SCIENCE), ("time", "Năm 2026"), ("source", source)];
    assert_eq!(officer.form(&format!("{plan}/read-rows"), &task).await.status, OPEN);
    assert!(!page(&officer, &plan, "").await.contains("văn bản này không giao việc"));
    let refused = say(&house, &officer, &plan, "file").await;
    assert_eq!((refused.status, entries(&house, "plan.file").await), (LATE, 0));
    assert!(words(&refused.body).contains("Văn bản còn nhiệm vụ"), "{}", refused.body);
    // It was none after all.
    let rows = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
    let row = format!("/read-rows/{}", rows["rows"][0]["id"].as_str().unwrap());
    let drop = [("rev", "1"), ("act", "drop"), ("number", "1")];
    assert_eq!(officer.form(&row, &drop).await.status, OPEN);
    assert!(page(&officer, &plan, "").await.contains("Mọi dòng đọc được đã bỏ"));
    assert_eq!(say(&house, &officer, &plan, "file").await.status, OPEN);
    assert!(page(&officer, &plan, "").await.contains(MISSED));
    // And yet it was one.
    assert_eq!(say(&house, &officer, &plan, "reopen").await.status, OPEN);
    let back = [("rev", "2"), ("act", "reopen"), ("number", "1")];
    assert_eq!(officer.form(&row, &back).await.status, OPEN);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task WHERE quote LIKE '%kho lưu trữ%'").await, 1);
}

#[tokio::test]
async fn doubts_are_answered_before_a_document_is_filed() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = REPORT.replacen("Số: 88/BC", "Số:     /BC", 1);
    let plan = read_in(&house, &officer, "bc.txt", text.as_bytes()).await;
    let shown = page(&officer, &plan, "").await;
    assert!(shown.contains("để sau các điểm cần xử lý trước"), "{shown}");
    assert!(!shown.contains(&format!("{plan}/filing")), "{shown}");
    let refused = say(&house, &officer, &plan, "file").await;
    assert_eq!((refused.status, entries(&house, "plan.file").await), (LATE, 0));
    assert!(words(&refused.body).contains("Còn 1 điểm cần xử lý"), "{}", refused.body);
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Bản gửi chưa ghi số")]).await;
    assert_eq!(say(&house, &officer, &plan, "file").await.status, OPEN);
}

#[tokio::test]
async fn a_word_on_a_filed_document_is_not_taken_back_behind_its_review() {
    let house = House::people().await;
    let (officer, leader) = (house.as_("vidu").await, house.as_("lanhdao").await);
    let plan = read_in(&house, &officer, "bc.txt", REPORT.as_bytes()).await;
    house.confirm(&plan).await;
    assert_eq!(say(&house, &officer, &plan, "file").await.status, OPEN);
    let rev = rev_of(&house, &plan).await;
    let back = leader.form(&format!("{plan}/confirm"), &[("rev", rev.as_str()), ("act", "take_back")]).await;
    assert_eq!(back.status, LATE, "{}", back.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE state = 'filed'").await, 1);
}

/// What sets targets and orders nothing else is no empty plan.
#[tokio::test]
async fn targets_alone_are_approved_and_a_plan_of_nothing_is_not() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let rows = "UPDATE programme_read_row SET state = 'dropped'";
    let plan = read_in(&house, &officer, "a.txt", plan_without_doubts().as_bytes()).await;
    house.exec(rows, vec![]).await;
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    let targets = house.count("SELECT COUNT(*) FROM programme_target").await;
    assert!(targets > 0 && house.count("SELECT COUNT(*) FROM programme_task").await == 0, "{targets}");
    assert_eq!(officer.get(&plan).await.status, StatusCode::OK);
    let empty = plan_without_doubts().replace("22/KH-UBND", "24/KH-UBND");
    let empty = read_in(&house, &officer, "b.txt", empty.as_bytes()).await;
    house.exec(rows, vec![]).await;
    house.exec("UPDATE programme_read_target SET state = 'dropped'", vec![]).await;
    for position in ["3", "4"] {
        let drop = [("position", position), ("rev", "0"), ("act", "drop")];
        assert_eq!(officer.form(&format!("{empty}/read-duties"), &drop).await.status, OPEN);
    }
    house.confirm(&empty).await;
    officer.form(&format!("{empty}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let refused = officer.form(&format!("{empty}/approve"), &[("unseen", "true")]).await;
    assert_eq!(refused.status, WRONG);
    assert!(words(&refused.body).contains("chế độ báo cáo nào để duyệt"), "{}", refused.body);
    assert_eq!(say(&house, &officer, &empty, "file").await.status, OPEN);
}
