//! What is done to a plan as a whole: withdrawn, taken away, made public; its tasks without a body; official acts.

use axum::http::StatusCode;
use db::vals;
use kernel::PlanId;
use programme::{
    ids::{ChangeId, PartId, TaskId},
    work::store::unled,
};
use testkit::Client;

use crate::{
    amending::BUDGET,
    documents::{PLAN, approved, read_in, rev_of},
    house::{House, SCIENCE, plan_without_doubts},
    round::{Round, words},
    status::{LATE, NO, OPEN, WRONG},
};

/// One part that ended with its plan.
const STOPPED: &str =
    "SELECT id FROM programme_part WHERE plan_id = $1 AND stop_kind = 'withdrawn' ORDER BY id LIMIT 1";

#[tokio::test]
async fn a_task_without_a_body_stands_in_a_list_and_in_the_inbox_until_it_has_one() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = PLAN.replace("- Đơn vị chủ trì: Sở Tài chính;", "- Đơn vị chủ trì: Quỹ Không Có Thật;");
    let plan = house.taken_in(&officer, "a.txt", text.as_bytes()).await;
    let early = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(early.contains("điểm cần xử lý trước khi duyệt") && early.contains(&format!("href=\"{plan}/review\"")));
    assert!(early.contains("quá hạn ngay khi duyệt"), "what is late at once is said: {early}");
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let ask = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(ask.contains("1 nhiệm vụ chưa có cơ quan nhận") || ask.contains("nhiệm vụ chưa có cơ quan nhận"), "{ask}");
    assert!(ask.contains("dòng nhiệm vụ chưa ai xem"), "{ask}");
    // Rows that nobody looked at are approved by who says that they know.
    let refused = officer.form(&format!("{plan}/approve"), &[]).await;
    assert!(refused.status == WRONG && refused.body.contains("dòng chưa ai xem. Hãy xem"), "{}", refused.body);
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, OPEN);
    let id: PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let rows = unled::of_plan(&house.app.db().read(), id).await.unwrap();
    let row = rows.iter().find(|row| row.text.as_str() == BUDGET).unwrap();
    assert!(words(&officer.get("/unled").await.body).contains(BUDGET));
    assert!(officer.get("/unled.csv").await.body.contains("Rà soát định mức"));
    let json = officer.get("/api/v1/unled?plan=22/KH-UBND").await.json();
    assert!(json["items"].as_array().unwrap().iter().any(|item| item["text"] == BUDGET), "{json}");
    assert!(words(&officer.get("/work").await.body).contains("chưa có cơ quan nhận"));
    assert!(words(&officer.get(&plan).await.body).contains("nhiệm vụ chưa có cơ quan nhận"));
    let stranger = house.as_("thu").await;
    assert!(!words(&stranger.get("/unled").await.body).contains(BUDGET), "the list is of who follows");
    let named =
        [("rev", "0"), ("text", BUDGET), ("leads", SCIENCE), ("time", "Quý III/2026"), ("reason", "Đã thống nhất")];
    let given = officer.form(&format!("/tasks/{}/amend", row.id), &named).await;
    assert_eq!(given.status, OPEN, "{}", given.body);
    let left = unled::of_plan(&house.app.db().read(), id).await.unwrap();
    assert!(!left.iter().any(|left| left.id == row.id));
    let part = "SELECT id FROM programme_part WHERE task_id = $1";
    house.one(part, vals![row.id.uuid()]).await;
    house.registers_agree().await;
}

#[tokio::test]
async fn a_withdrawn_plan_says_who_when_and_why_and_comes_back_as_it_was() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let id = PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '22/KH-UBND'", vec![]).await);
    let plan = format!("/plans/{id}");
    let counts = "SELECT COUNT(*) FROM programme_part WHERE plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND') AND ";
    let open = house.count(&format!("{counts} done_on IS NULL AND stopped_on IS NULL")).await;
    let done = house.count(&format!("{counts} done_on IS NOT NULL")).await;
    house.exec("UPDATE programme_duty SET state = 'active' WHERE plan_id = $1", vals![id.uuid()]).await;
    assert!(open > 0 && done > 0);
    let ask = words(&officer.get(&format!("{plan}/withdraw")).await.body);
    assert!(ask.contains(&format!("{open} phần việc chưa xong")), "{ask}");
    let rev = rev_of(&house, &plan).await;
    let form = [
        ("rev", rev.as_str()),
        ("reason", "Thay bằng chương trình khác"),
        ("number", "30/QĐ-UBND"),
        ("day", "2026-11-20"),
    ];
    for login in ["thu", "taichinh", "giamdoc"] {
        assert_eq!(house.as_(login).await.form(&format!("{plan}/withdraw"), &form).await.status, NO, "{login}");
    }
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &[("rev", rev.as_str()), ("reason", "")]).await.status, WRONG);
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &form).await.status, OPEN);
    assert_eq!(house.count(&format!("{counts} stop_kind = 'withdrawn'")).await, open);
    assert_eq!(house.count(&format!("{counts} done_on IS NOT NULL")).await, done, "what is done stays");
    let page = words(&officer.get(&plan).await.body);
    assert!(
        page.contains("Kế hoạch đã thu hồi") && page.contains("30/QĐ-UBND") && page.contains("Thay bằng chương trình"),
        "{page}"
    );
    // Withdrawn is not disowned: the list, the head, the API and its parts say so.
    let list = words(&officer.get("/plans").await.body);
    assert!(list.contains("Đã thu hồi") && !list.contains("Không phải văn bản của cơ quan đứng tên"), "{list}");
    assert!(page.contains("Đã thu hồi") && !page.contains("Không phải văn bản của cơ quan đứng tên"), "{page}");
    let json = officer.get(&format!("/api/v1{plan}")).await.json();
    assert_eq!((&json["state"], &json["is_disowned"]), (&"withdrawn".into(), &false.into()));
    let part = house.one(STOPPED, vals![id.uuid()]).await;
    let task = house.one("SELECT task_id AS id FROM programme_part WHERE id = $1", vals![part]).await;
    let task = format!("/tasks/{}?part={}", TaskId::from_uuid(task), PartId::from_uuid(part));
    assert!(words(&officer.get(&task).await.body).contains("dừng vì kế hoạch đã thu hồi"));
    // A word on it that is taken back does not bring it to life.
    let leader = house.as_("lanhdao").await;
    let rev = rev_of(&house, &plan).await;
    let back = [("rev", rev.as_str()), ("act", "take_back")];
    assert_eq!(leader.form(&format!("{plan}/confirm"), &back).await.status, LATE);
    assert_eq!(officer.form(&format!("{plan}/withdraw"), &form).await.status, LATE, "once");
    let change = house.one("SELECT id FROM programme_change WHERE kind = 'withdraw'", vec![]).await;
    let undo = format!("/changes/{}/undo", ChangeId::from_uuid(change));
    assert_eq!(house.as_("thu").await.form(&undo, &[]).await.status, NO);
    assert_eq!(officer.form(&undo, &[]).await.status, OPEN);
    assert_eq!(house.count(&format!("{counts} done_on IS NULL AND stopped_on IS NULL")).await, open);
    let duties = "SELECT COUNT(*) FROM programme_duty WHERE state = 'active' AND plan_id = (SELECT id FROM programme_plan WHERE number = '22/KH-UBND')";
    assert!(house.count(duties).await > 0);
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn an_upload_that_nothing_came_of_can_be_taken_away() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let refused = read_in(&house, &officer, "trong.txt", b" \n").await;
    let review = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    let list = words(&officer.get("/plans").await.body);
    assert!(list.contains(&format!("{refused}/remove")) && list.contains(&format!("{review}/remove")), "{list}");
    // What was said of its duties goes with it.
    let drop = [("position", "0"), ("rev", "0"), ("act", "drop")];
    let dropped = officer.form(&format!("{review}/read-duties"), &drop).await;
    assert_eq!(dropped.status, OPEN, "{}", dropped.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_duty").await, 1);
    let other = house.as_("thu").await;
    let rev_now = rev_of(&house, &review).await;
    for (plan, rev) in [(&refused, "2"), (&review, rev_now.as_str())] {
        let form = [("rev", rev), ("reason", "Tải nhầm")];
        assert_ne!(other.form(&format!("{plan}/remove"), &form).await.status, OPEN);
        assert_eq!(officer.form(&format!("{plan}/remove"), &[("rev", rev)]).await.status, WRONG, "with a reason");
        assert_eq!(officer.get(&format!("{plan}/remove")).await.status, StatusCode::OK);
        assert_eq!(officer.form(&format!("{plan}/remove"), &form).await.status, OPEN, "{plan}");
        assert_eq!(officer.get(plan).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_row").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_read_duty").await, 0);
    // The same document can be taken in again; what is live is withdrawn and not removed.
    let again = house.taken_in(&officer, "a.txt", PLAN.as_bytes()).await;
    approved(&officer, &again).await;
    let rev = rev_of(&house, &again).await;
    let live = officer.form(&format!("{again}/remove"), &[("rev", rev.as_str()), ("reason", "Tải nhầm")]).await;
    assert_eq!(live.status, LATE);
}

#[tokio::test]
async fn everybody_sees_who_leads_what_was_reached_and_which_plans_there_are() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let id = PlanId::from_uuid(house.one("SELECT id FROM programme_plan WHERE number = '45/KH-UBND'", vec![]).await);
    let ask = words(&officer.get(&format!("/plans/{id}/publish")).await.body);
    assert!(ask.contains("Công khai tóm tắt 45/KH-UBND"), "{ask}");
    let everybody = house.client();
    assert!(words(&everybody.get("/public").await.body).contains("Chưa có kế hoạch nào được công khai"));
    assert_eq!(officer.form(&format!("/plans/{id}/publish"), &[]).await.status, OPEN);
    assert!(words(&everybody.get("/public").await.body).contains(&format!("/public/plans/{id}")));
    let page = words(&everybody.get(&format!("/public/plans/{id}")).await.body);
    assert!(page.contains("Cơ quan chủ trì") && !page.contains("đọc được"), "{page}");
}

#[tokio::test]
async fn official_acts_say_first_what_they_do() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let officer = &round.officer;
    let lock = words(&officer.get(&format!("/periods/{}/lock", round.period)).await.body);
    assert!(lock.contains("Đã có 0/3 báo cáo") && lock.contains("3 cơ quan chưa gửi"), "{lock}");
    let duty = house.one("SELECT duty_id AS id FROM programme_period ORDER BY id DESC LIMIT 1", vec![]).await;
    let duty = format!("/duties/{}", programme::ids::DutyId::from_uuid(duty));
    let open = words(&officer.get(&format!("{duty}/periods?label=2026-M12")).await.body);
    assert!(open.contains("3 cơ quan sẽ có một báo cáo") && open.contains("UBND xã Sông Mẫu"), "{open}");
    let wrong = officer.get(&format!("{duty}/periods?label=x")).await;
    assert!(wrong.status == StatusCode::OK && wrong.body.contains("value=\"x\""), "{}", wrong.body);
    assert!(words(&officer.get(&format!("{duty}/end")).await.body).contains("3 cơ quan thôi phải báo cáo"));
    assert_eq!(house.as_("thu").await.get(&format!("{duty}/end")).await.status, NO);
    // So do the steps of a report, beside their buttons and to nobody who cannot take them.
    let (clerk, chair) = (house.as_("thu").await, house.as_("chutichxa").await);
    let id = round.report_of(house.unit("UBND xã Sông Mẫu")).await;
    let page = async |who: &Client| words(&who.get(&format!("/reports/{id}")).await.body);
    crate::round::take(&house, &clerk, &id, "submit", &[]).await;
    crate::round::take(&house, &chair, &id, "check", &[]).await;
    assert!(page(&chair).await.contains("nội dung được giữ nguyên như đang thấy"));
    assert!(!page(&clerk).await.contains("nội dung được giữ nguyên như đang thấy"));
    crate::round::take(&house, &chair, &id, "approve", &[]).await;
    assert!(page(&clerk).await.contains("gửi tới nơi nhận và không rút lại được"));
}

#[tokio::test]
async fn a_likeness_that_nobody_confirmed_is_given_nothing_though_its_question_was_set_aside() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "a.txt", PLAN.as_bytes()).await;
    let like = "UPDATE programme_read_row SET body = REPLACE(body, '\"certain\":true', '\"certain\":false') \
        WHERE body LIKE '%Rà soát định mức%'";
    house.exec(like, vec![]).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let ask = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(ask.contains("(có thể là Sở Tài chính, chưa ai xác nhận)"), "it is not handed out: {ask}");
    // Its share of what all departments have to do, and not this.
    assert!(ask.contains("Sở Tài chính: 1 phần việc"), "{ask}");
    assert_eq!(officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await.status, OPEN);
    let given = "SELECT COUNT(*) FROM programme_part p JOIN programme_task t ON t.id = p.task_id \
        WHERE t.text LIKE 'Rà soát định mức%'";
    assert_eq!(house.count(given).await, 0);
    let helpers = "SELECT COUNT(*) FROM programme_helper h JOIN programme_task t ON t.id = h.task_id \
        WHERE t.text LIKE 'Rà soát định mức%'";
    assert_eq!(house.count(helpers).await, 0);
    assert!(words(&officer.get("/unled").await.body).contains(BUDGET), "it waits for somebody to name its body");
}

/// Who may not give the work is told so on the page before, with the way to who confirms it.
#[tokio::test]
async fn what_would_be_refused_is_said_before_it_is_tried() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", plan_without_doubts().as_bytes()).await;
    let page = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(page.contains("chưa có thẩm quyền giao việc cho") && page.contains("Xem cơ quan xác nhận"), "{page}");
    assert!(page.contains("aria-disabled"), "its button is not to be pressed: {page}");
    house.confirm(&plan).await;
    let page = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(!page.contains("chưa có thẩm quyền giao việc cho") && !page.contains("aria-disabled"), "{page}");
}

#[tokio::test]
async fn what_could_not_be_read_leads_to_its_own_page() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", b" \n").await;
    for page in ["review", "approve"] {
        let answer = officer.get(&format!("{plan}/{page}")).await;
        assert_eq!((answer.status, answer.location.as_str()), (OPEN, plan.as_str()), "{}", answer.body);
    }
    assert!(words(&officer.get(&plan).await.body).contains("Văn bản chưa đọc được"));
}

#[tokio::test]
async fn who_confirms_a_document_sees_its_tasks_before() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", PLAN.as_bytes()).await;
    let page = words(&house.as_("lanhdao").await.get(&plan).await.body);
    assert!(page.contains("id=\"read-tasks\"") && page.contains(BUDGET) && page.contains("Quý III/2026"), "{page}");
    assert!(!officer.get(&plan).await.body.contains("id=\"read-tasks\""), "who reviews has the review");
}
