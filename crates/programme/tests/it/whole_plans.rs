//! From any document to a live programme, and what plans are to each other.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::{
    documents::{DOCX, approved, numbered, read_in, row_at},
    house::{COMMUNE, House, plan_without_doubts},
};
const PDF: &[u8] = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
const CONCLUSION: &[u8] = include_bytes!("../../../../examples/plans/ket-luan.txt");

#[tokio::test]
async fn every_format_becomes_the_same_programme() {
    for (name, bytes) in [("a.docx", DOCX), ("a.pdf", PDF)] {
        let house = House::people().await;
        let officer = house.as_("vidu").await;
        let plan = house.taken_in(&officer, name, bytes).await;
        let review = officer.get(&format!("{plan}/review")).await.body;
        assert!(review.contains("Phần thân và phụ lục nêu khác nhau: 80 và 70"), "{name}");
        approved(&officer, &plan).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 10, "{name}");
        assert_eq!(house.count("SELECT COUNT(*) FROM programme_target").await, 12, "{name}");
        let counted = house.count("SELECT COUNT(*) FROM programme_target WHERE counted").await;
        assert_eq!(counted, 6, "a target in body and appendix is counted once");
        let file = officer.get(&format!("{plan}/file")).await;
        assert_eq!(file.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_conclusion_of_a_meeting_gives_out_work() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "ket-luan.txt", CONCLUSION).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 5);
    let register = officer.get("/tasks?q=quy+dinh+dung+chung+ha+tang").await.body.replace("&#x2f;", "/");
    assert!(
        register.contains("Sở Khoa học và Công nghệ") && register.contains("29/06, trước hạn 30/06/2026"),
        "before the 30th: {register}"
    );
}

#[tokio::test]
async fn rows_are_split_merged_and_added_and_nothing_is_lost() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "a.docx", DOCX).await;
    let open = "SELECT COUNT(*) FROM programme_read_row WHERE state <> 'dropped'";
    let row = row_at(&house, 2).await;
    let path = format!("/read-rows/{row}");
    let bad = officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", "Một việc")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("Chưa rõ tách ở đâu"));
    let text = "Rà soát danh mục nền tảng số.\r\n\r\nCông bố danh mục nền tảng số.";
    officer.form(&path, &[("rev", "1"), ("act", "split"), ("number", "2"), ("text", text)]).await;
    assert_eq!(house.count(open).await, 11);
    let stale = officer.form(&path, &[("rev", "1"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "another reviewer was first");
    officer.form(&path, &[("rev", "2"), ("act", "merge"), ("number", "2")]).await;
    assert_eq!(house.count(open).await, 10);
    let add = [("text", "Việc bộ đọc bỏ sót"), ("lead", "Sở Nội vụ"), ("time", "Năm 2026")];
    officer.form(&format!("{plan}/read-rows"), &add).await;
    // The committee had confirmed the plan before these rows were written.
    officer.form(&format!("{plan}/set-aside"), &[("reason", "Đã hỏi")]).await;
    let early = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
    house.confirm(&plan).await;
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 11);
}

#[tokio::test]
async fn the_text_of_all_plans_is_searched_without_marks() {
    let house = House::demo().await;
    let officer = house.as_("thu").await;
    let page = officer.get("/search?q=danh+muc+du+lieu+mo").await.body;
    assert!(page.contains("<mark>") && page.contains("45&#x2f;KH-UBND"), "{page}");
    assert!(officer.get("/search?q=khongcochunay").await.body.contains("Không đoạn nào có đủ các chữ này"));
    assert_eq!(officer.get("/search?q=%22+OR+%28").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_summary_is_public_only_after_it_was_made_so() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let plan = numbered(&officer, "45/KH-UBND").await;
    let path = format!("/public/plans/{plan}");
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
    officer.form(&format!("/plans/{plan}/publish"), &[]).await;
    let page = house.client().get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Phát triển Chính quyền số") && !page.body.contains("Nguyễn Thị Ví Dụ"));
    officer.form(&format!("/plans/{plan}/publish"), &[("end", "true")]).await;
    assert_eq!(house.client().get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn twelve_thousand_tasks_are_reviewed_window_by_window() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let mut text = "Số: 1/KH-UBND\nKẾ HOẠCH\nLớn\nI. MỤC TIÊU\nII. NHIỆM VỤ\n".to_owned();
    for at in 0..12_000 {
        text.push_str(&format!(
            "{}. Việc số {at}.\n- Đơn vị chủ trì: Sở Nội vụ;\n- Thời gian: Năm 2026\n",
            at % 90 + 1
        ));
    }
    let plan = house.taken_in(&officer, "lon.txt", text.as_bytes()).await;
    let page = officer.get(&format!("{plan}/review?row=6000")).await.body;
    assert!(page.contains("trên 12000") && page.len() < 600_000, "{} bytes", page.len());
    approved(&officer, &plan).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_part").await, 12_000);
    let page = officer.get(&plan).await.body;
    assert!(page.contains("300 nhiệm vụ đầu") && page.len() < 400_000, "{} bytes", page.len());
}

#[tokio::test]
async fn the_page_of_a_plan_reads_its_document_once_for_all_views() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let path = format!("/plans/{}", numbered(&officer, "45/KH-UBND").await);
    let heading = "chỉ tiêu đọc được";
    let first = officer.get(&path).await.body;
    assert!(first.contains(heading), "{first}");
    // The same revision: nothing is read again.
    house.exec("UPDATE programme_plan SET reading = 'gone' WHERE number = '45/KH-UBND'", vec![]).await;
    assert_eq!(officer.get(&path).await.body.matches(heading).count(), first.matches(heading).count());
    house.exec("UPDATE programme_plan SET rev = rev + 1 WHERE number = '45/KH-UBND'", vec![]).await;
    assert!(officer.get(&path).await.body.matches(heading).count() < first.matches(heading).count());
}

/// Two shares in one sentence are two targets, and each is told with the sentence that says of what and who does it.
#[tokio::test]
async fn the_page_of_a_plan_tells_the_whole_sentence_of_a_target() {
    const SHORT: &str = "55% hộ kinh doanh và 70% doanh nghiệp tư nhân sử dụng sổ điện tử";
    const LONG: &str = " theo mẫu chung của tỉnh, nộp qua cổng dịch vụ trước ngày cuối tháng, kể cả cơ sở ở vùng cao, vùng \
        nước và cơ sở nghỉ theo mùa, để người mua tra lại được món hàng của mình bất cứ lúc nào trong năm";
    for (rest, is_folded) in [("", false), (LONG, true)] {
        let house = House::people().await;
        let officer = house.as_("vidu").await;
        let whole = format!("{SHORT}{rest}");
        let stated = "Tối thiểu 70% hệ thống thông tin hiện có được chuyển đổi.";
        let text = plan_without_doubts().replacen(stated, &format!("{whole}."), 1);
        let plan = read_in(&house, &officer, "a.txt", text.as_bytes()).await;
        let told = |page: &str| (page.contains(&format!("“{whole}")), page.contains("Cả câu trong văn bản"));
        assert_eq!(told(&officer.get(&plan).await.body), (true, is_folded), "as it was read: {whole}");
        let read = officer.get(&format!("/api/v1{plan}/read-rows")).await.json();
        let targets = read["targets"].as_array().unwrap();
        assert!(targets.len() > 2, "{read}");
        for target in targets.iter().skip(1) {
            let path = format!("/api/v1/read-targets/{}", target["id"].as_str().unwrap());
            let short = json!({ "rev": 1, "act": "correct", "text": "Sổ điện tử", "value": "70", "unit": "%", "comparator": "≥", "to": "2030" });
            assert_eq!(officer.json(Method::POST, &path, &short).await.status, StatusCode::OK);
        }
        house.confirm(&plan).await;
        approved(&officer, &plan).await;
        let page = officer.get(&plan).await.body;
        let (_, targets) = page.split_once("id=\"targets\"").expect(&page);
        let (targets, _) = targets.split_once("</table>").unwrap();
        assert!(targets.contains("Sổ điện tử"), "{targets}");
        assert_eq!(told(targets), (true, is_folded), "as it holds now: {targets}");
    }
}

#[tokio::test]
async fn a_review_left_for_a_month_is_there_as_it_was_left() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    let plan = house.taken_in(&officer, "a.docx", DOCX).await;
    let row = row_at(&house, 1).await;
    officer.form(&format!("/read-rows/{row}"), &[("rev", "1"), ("act", "accept"), ("number", "1")]).await;
    house.clock.move_by(jiff::SignedDuration::from_hours(24 * 32));
    assert!(officer.get(&plan).await.location.starts_with("/sign-in"), "the session has ended");
    let officer = house.as_("vidu").await;
    let review = officer.get(&format!("{plan}/review")).await.body;
    assert!(review.contains("đã rà soát 1"), "{review}");
    approved(&officer, &plan).await;
}

#[tokio::test]
async fn nobody_ends_a_plan_that_others_steer() {
    let house = House::demo().await;
    let province = house.as_("vidu").await;
    let old = numbered(&province, "45/KH-UBND").await;
    let officer = house.person("xavd", COMMUNE, kernel::Role::PROGRAMME).await;
    let text = include_str!("../../../../examples/plans/xa-chinh-quyen-so.txt").replace("17/KH-UBND", "18/KH-UBND");
    let plan = house.taken_in(&officer, "cua-xa.txt", text.as_bytes()).await;
    for kind in ["replaces", "follows_draft"] {
        let refused = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", kind)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{kind}");
    }
    // Carrying it out is theirs to say.
    let own = officer.form(&format!("{plan}/links"), &[("other", old.as_str()), ("kind", "implements")]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    approved(&officer, &plan).await;
    assert!(province.get(&format!("/plans/{old}")).await.body.contains("Đang thực hiện"));
}
