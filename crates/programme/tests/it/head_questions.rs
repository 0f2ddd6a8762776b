//! What was not read for certain of a document's head is asked in its review, and can be said at any time.

use axum::http::StatusCode;

use crate::{
    documents::{PLAN, read_in, rev_of},
    house::{House, SCIENCE, plan_without_doubts},
    round::words,
};

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The plan in the name of a committee that is not here, of a month.
fn unclear() -> String {
    PLAN.replacen("TỈNH MẪU", "TỈNH LẠ", 1).replacen("ngày 05 tháng 8", "ngày    tháng 8", 1)
}

#[tokio::test]
async fn an_issuer_that_nobody_is_called_is_asked_for_and_its_answer_changes_whose_plan_it_is() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", unclear().as_bytes()).await;
    let review = words(&officer.get(&format!("{plan}/review")).await.body);
    assert!(
        review.contains("chưa rõ là cơ quan nào") || review.contains("Không đọc được cơ quan ban hành"),
        "{review}"
    );
    assert!(!review.contains(&format!("action=\"{plan}/approve\"")), "a plan of nobody is not approved");
    let leader = house.as_("lanhdao").await;
    assert!(!leader.get("/work").await.body.contains("Chờ tôi xác nhận văn bản"), "nobody's word is asked");
    let head = async |rev: &str, issuer: &str, day: &str| {
        let form = [
            ("rev", rev),
            ("number", "45/KH-UBND"),
            ("title", "Chuyển lên đám mây"),
            ("issued_on", day),
            ("issuer", issuer),
            ("follower", SCIENCE),
        ];
        officer.form(&format!("{plan}/head"), &form).await
    };
    let rev = rev_of(&house, &plan).await;
    assert_eq!(head(&rev, "Sở Không Có Thật", "5/8/2025").await.status, WRONG);
    assert_eq!(head(&rev, "UBND tỉnh", "32/8/2025").await.status, WRONG);
    let said = head(&rev, "UBND tỉnh", "5/8/2025").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(said.location.ends_with("#head"), "{}", said.location);
    let left = house
        .count(
            "SELECT COUNT(*) FROM programme_finding WHERE kind IN ('issuer_unsure', 'day_unsure') AND state = 'open'",
        )
        .await;
    assert_eq!(left, 0);
    assert!(
        leader.get("/work").await.body.contains("Chờ tôi xác nhận văn bản"),
        "now it stands in the committee's name"
    );
    assert_eq!(
        head(&rev, "UBND tỉnh", "5/8/2025").await.status,
        StatusCode::PRECONDITION_FAILED,
        "over what it was before"
    );
}

/// The file that somebody took in is looked for by its name, whatever was corrected of the document since.
#[tokio::test]
async fn a_plan_is_found_by_its_file_after_its_number_was_corrected() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "tep-quet-lan-hai.txt", PLAN.as_bytes()).await;
    let found = async |asked: &str| {
        let conn = house.app.db().read();
        let rows = programme::plans::store::plan::found(&conn, None, asked, 10).await.unwrap();
        rows.iter().any(|row| plan.ends_with(&row.id().to_string()))
    };
    assert!(found("tep quet lan hai").await && found("22/KH-UBND").await, "as it was read");
    let rev = rev_of(&house, &plan).await;
    let form = [("rev", rev.as_str()), ("number", "77/KH-UBND"), ("title", "Lên mây"), ("follower", SCIENCE)];
    let said = officer.form(&format!("{plan}/head"), &form).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(found("77/KH-UBND").await && found("lên mây").await, "as it was corrected");
    assert!(found("tệp quét lần hai").await && !found("22/KH-UBND").await);
}

#[tokio::test]
async fn a_likeness_is_confirmed_by_its_own_button_and_duties_are_dropped_and_taken_back() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let text = PLAN.replacen("Sở Tài chính", "Tổ Số hóa tỉnh", 1);
    let plan = read_in(&house, &officer, "a.txt", text.as_bytes()).await;
    let empty = [("words", "Tổ Số hóa tỉnh"), ("unit", ""), ("number", "1")];
    let refused = officer.form(&format!("{plan}/name-body"), &empty).await;
    assert_eq!(refused.status, WRONG);
    assert!(!refused.body.contains("tên “”"), "{}", refused.body);
    let several = [("words", "Tổ Số hóa tỉnh"), ("unit", "Sở Y tế; Sở Nội vụ"), ("number", "1")];
    let named = officer.form(&format!("{plan}/name-body"), &several).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.body);
    assert!(named.location.ends_with("#row-1"), "it is said where it was asked: {}", named.location);
    let page = words(&officer.get(&named.location).await.body);
    assert!(page.contains("nay được hiểu là Sở Y tế; Sở Nội vụ"), "{page}");
    let rows = officer.get(&format!("/api/v1{plan}/read-rows")).await.body;
    assert!(rows.contains("Tổ Số hóa tỉnh"), "{rows}");
    // These units learn no names: what was done stays done, and it is said that it was not remembered.
    let one = [("words", "Tổ Số hóa tỉnh"), ("unit", "Sở Y tế"), ("number", "1")];
    let named = officer.form(&format!("{plan}/name-body"), &one).await;
    assert_eq!(named.status, StatusCode::SERVICE_UNAVAILABLE, "{}", named.body);
    assert!(words(&named.body).contains("chưa ghi nhớ được"), "{}", named.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM db_ledger WHERE action = 'plan.name_body'").await, 2);
    let duty = async |rev: &str, act: &str| {
        officer.form(&format!("{plan}/read-duties"), &[("position", "0"), ("rev", rev), ("act", act)]).await
    };
    assert_eq!(duty("0", "drop").await.status, StatusCode::SEE_OTHER);
    assert_eq!(duty("0", "keep").await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(duty("1", "keep").await.status, StatusCode::SEE_OTHER);
    let far = [("position", "999"), ("rev", "0"), ("act", "drop")];
    let far = officer.form(&format!("{plan}/read-duties"), &far).await;
    assert_eq!(far.status, StatusCode::NOT_FOUND);
}

/// What was asked later stands at a position that another has.
#[tokio::test]
async fn doubts_at_one_position_stand_in_one_order() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", unclear().as_bytes()).await;
    let id: kernel::PlanId = plan.trim_start_matches("/plans/").parse().unwrap();
    let sql = "INSERT INTO programme_finding (id, plan_id, position, kind, message_vi, message_en, state, rev) \
        VALUES ($1, $2, 1, 'unplaced', 'a', 'a', 'open', 1)";
    for number in [2, 1] {
        house.exec(sql, db::vals![uuid::Uuid::from_u128(number), id.uuid()]).await;
    }
    let found = programme::plans::store::finding::list(&house.app.db().read(), id).await.unwrap();
    let first: Vec<u128> = found.iter().take(2).map(|one| one.id.as_u128()).collect();
    assert_eq!(first, [1, 2]);
}

/// A number or a day that is taken away is asked for, and who says why there is none is told so before approving.
#[tokio::test]
async fn a_number_and_a_day_that_were_emptied_are_gone_and_asked_about() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "a.txt", plan_without_doubts().as_bytes()).await;
    let asked =
        "SELECT COUNT(*) FROM programme_finding WHERE kind IN ('number_blank', 'day_unsure') AND state = 'open'";
    assert_eq!(house.count(asked).await, 0);
    let rev = rev_of(&house, &plan).await;
    let empty = [("rev", rev.as_str()), ("number", ""), ("title", "Lên mây"), ("issued_on", ""), ("follower", SCIENCE)];
    let said = officer.form(&format!("{plan}/head"), &empty).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE issued_on IS NULL").await, 1);
    assert_eq!(house.count(asked).await, 2);
    house.confirm(&plan).await;
    let known = [("unseen", "true")];
    let refused = officer.form(&format!("{plan}/approve"), &known).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Bản dự thảo, chưa có số")]).await;
    let page = words(&officer.get(&format!("{plan}/approve")).await.body);
    assert!(page.contains("chưa có số") && page.contains("chưa có ngày ban hành"), "{page}");
}

/// Of a month alone the field of the day is empty, and who leaves it so takes nothing away.
#[tokio::test]
async fn a_month_is_shown_as_what_was_read_and_not_in_the_field_of_the_day() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = read_in(&house, &officer, "a.txt", unclear().as_bytes()).await;
    let page = words(&officer.get(&format!("{plan}/review")).await.body);
    assert!(page.contains("Mới đọc được: 8/2025") && !page.contains("value=\"2025-08\""), "{page}");
    let rev = rev_of(&house, &plan).await;
    let form =
        [("rev", rev.as_str()), ("number", "1/KH"), ("title", "Lên mây"), ("issued_on", ""), ("follower", SCIENCE)];
    assert_eq!(officer.form(&format!("{plan}/head"), &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_plan WHERE issued_on = '2025-08'").await, 1);
    let asked = "SELECT COUNT(*) FROM programme_finding WHERE kind = 'day_unsure' AND state = 'open'";
    assert_eq!(house.count(asked).await, 1, "it is still asked for");
    // Whoever is above the follower says no word in the name of an issuer that nobody here is called.
    let page = words(&house.as_("lanhdao").await.get(&plan).await.body);
    assert!(page.contains("UBND tỉnh nhận triển khai") && !page.contains("Đúng là văn bản của chúng tôi"), "{page}");
}
