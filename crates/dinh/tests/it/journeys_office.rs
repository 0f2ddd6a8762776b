//! What offices do by the dozen, on 21 December: chase the late, accept what was done, ask why, put a wrong lead right.
//! Each is walked in a real browser, and what a practised person would need is within the time that offices have.

use crate::{
    desk::Desk,
    driver::{open, sign_in},
    house::House,
    journeys::half_year,
};

/// A played year at its end, with the period of its last half open since it began.
async fn december() -> House {
    let house = House::year().await;
    half_year(&house).await;
    house.clock.set("2026-12-21".parse().unwrap());
    house
}

const SENT: &str = "SELECT COUNT(*) FROM programme_letter_to";

#[tokio::test(flavor = "multi_thread")]
async fn all_late_reports_are_chased_with_one_letter_within_a_minute() {
    let house = december().await;
    let late =
        house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'draft' AND due_on < '2026-12-21'").await;
    assert!(late >= 61, "{late}");
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let sent = house.count(SENT).await;
    sign_in(&browser, &base, "vidu").await;
    let mut desk = Desk::new(&browser);
    desk.click("#waiting ~ .todo a[href^='/periods/']").await;
    desk.click("form[action$='/chase'] button").await;
    desk.waits_for(".sheet-of-paper", &format!("còn {late} cơ quan, đơn vị chưa gửi báo cáo")).await;
    desk.fill("#number", "901/SKHCN-CNS").await;
    desk.click("button[value=release]").await;
    desk.waits_for("main", &format!("/{late} cơ quan")).await;
    desk.say(&format!("{late} late reports chased with one letter"));
    assert!(desk.seconds() <= 60.0, "{}", desk.seconds());
    assert_eq!(house.count(SENT).await, sent + late);
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_reported_done_is_accepted_with_one_reason() {
    let house = december().await;
    let waiting = "SELECT COUNT(*) FROM programme_part WHERE done_on IS NOT NULL AND accepted_on IS NULL";
    // The last weeks of a year bring most of it in.
    let reported = "UPDATE programme_part SET done_on = '2026-12-18', done_note = 'Báo cáo tháng 12' WHERE id IN \
                    (SELECT p.id FROM programme_part p JOIN programme_plan l ON l.id = p.plan_id \
                     WHERE l.state = 'live' AND p.done_on IS NULL AND p.stopped_on IS NULL ORDER BY p.id LIMIT 146)";
    house.exec(reported, vec![]).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let mut desk = Desk::new(&browser);
    desk.click("a.chip[href='/work?kind=accept#waiting']").await;
    desk.click("a[href='/work?kind=accept&all=1#accept']").await;
    let ticked = desk.browser.execute("return document.querySelectorAll('input[name=part]:checked').length", vec![]);
    let ticked: u64 = ticked.await.unwrap().convert().unwrap();
    let before = house.count(waiting).await;
    desk.fill("#words-all", "Đã đối chiếu sản phẩm trên hệ thống").await;
    desk.click("button[name=act][value=accept]").await;
    desk.waits_for("main", "Đã nghiệm thu").await;
    desk.say(&format!("{ticked} parts accepted with one reason"));
    assert!(ticked >= 146, "{ticked}");
    assert_eq!(house.count(waiting).await, before - i64::try_from(ticked).unwrap());
    assert!(desk.seconds() <= 90.0, "{}", desk.seconds());
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_asks_why_from_the_first_page() {
    let house = december().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let asked = house.count("SELECT COUNT(*) FROM programme_question").await;
    sign_in(&browser, &base, "lanhdao").await;
    let mut desk = Desk::new(&browser);
    desk.click(".red-lines details summary").await;
    desk.click(".red-lines details[open] form button").await;
    desk.found("a[href='/questions'][aria-current]").await;
    desk.say("a leader asks for an explanation from the first page");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_question").await, asked + 1);
    assert!(desk.clicks <= 3 && desk.seconds() <= 20.0, "{} {}", desk.clicks, desk.seconds());
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_lead_is_put_right_after_approval() {
    let house = december().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let mut desk = Desk::new(&browser);
    desk.fill(".jump input", "muc chi").await;
    desk.click(".jump-box a[href^='/parts/']").await;
    desk.click("main a[href$='/amend']").await;
    // With the old lead taken away the cursor stands in the field; what is proposed is chosen by its keys.
    desk.click("form:has(#leads) .picker-chip button").await;
    desk.keys("#leads", "noi vu").await;
    desk.found("form:has(#leads) [role=option]").await;
    desk.keys("#leads", "\u{e015}\u{e007}").await;
    desk.fill("#reason", "Giao nhầm").await;
    desk.click("main form[method=post] button.govuk-button").await;
    desk.waits_for("main", "Đã lưu bản mới của nhiệm vụ").await;
    desk.say("a wrong lead put right after approval");
    // The department is not below who follows the plan: it waits for the word of the province.
    let waits = "SELECT COUNT(*) FROM programme_held h JOIN programme_change c ON c.task_id = h.task_id \
                 WHERE c.reason = 'Giao nhầm'";
    assert_eq!(house.count(waits).await, 1);
    assert!(desk.seconds() <= 30.0, "{}", desk.seconds());
    browser.quit().await.unwrap();
}
