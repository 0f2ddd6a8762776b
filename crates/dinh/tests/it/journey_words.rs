//! A month of a commune in a real browser, with two mistakes and a session that ends in between: nothing is typed twice.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::{
    desk::Desk,
    driver::{open, sign_in},
    house::{House, PASSWORD},
    journeys::half_year,
};

const SAVE: &str = "form[action$='/edit'] button.govuk-button";

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_writes_its_report_with_two_mistakes_and_an_ended_session_and_types_nothing_twice() {
    let house = House::year().await;
    half_year(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "thu").await;
    browser.goto(format!("{base}/work")).await.unwrap();
    let mut desk = Desk::new(&browser);
    desk.click("main a[href^='/reports/report_']").await;
    desk.click("main a[href$='/edit']").await;
    let first = desk.value("#words-1").await;
    let words = "Đã tổ chức ba lớp tập huấn cho tổ công nghệ số, 85 người tham dự";
    desk.fill("#words-1", words).await;
    desk.fill("#plans_ahead", "Hoàn thành các nhiệm vụ còn lại trong quý I").await;
    // The first mistake: a figure in words. What was written is kept meanwhile.
    let figure = if desk.browser.find(By::Id("numerator-1")).await.is_ok() { "#numerator-1" } else { "#value-1" };
    desk.fill(figure, "bốn mươi lăm").await;
    desk.waits_for(".draft-said", "Đã lưu nháp lúc").await;
    desk.click(SAVE).await;
    desk.found("#errors").await;
    assert_eq!(desk.value("#words-1").await, words);
    // The way from the summary leads to the field.
    desk.click("#errors a").await;
    let focused = desk.browser.active_element().await.unwrap().id().await.unwrap();
    assert_eq!(focused.map(|id| format!("#{id}")).as_deref(), Some(figure));
    // The session ends, and the browser has lost its cookie.
    desk.browser.delete_all_cookies().await.unwrap();
    desk.fill(figure, "45").await;
    if figure == "#numerator-1" {
        desk.fill("#denominator-1", "60").await;
    }
    desk.click(SAVE).await;
    desk.waits_for("main", "Nội dung vừa viết được giữ").await;
    desk.fill("#login", "thu").await;
    desk.fill("#password", PASSWORD).await;
    desk.click("form[action='/sign-in'] button.govuk-button:not(.govuk-password-input__toggle)").await;
    desk.waits_for("main", "đã được điền lại").await;
    for (css, text) in [("#words-1", words), (figure, "45")] {
        assert_eq!(desk.value(css).await, text, "{css}");
    }
    // The second mistake: a figure without its evidence, said at the field.
    desk.click(SAVE).await;
    desk.found("#evidence-1-error").await;
    desk.fill("#evidence-1", "Sổ theo dõi của xã").await;
    desk.click(SAVE).await;
    desk.found(".steps").await;
    desk.say("a commune's report with two mistakes and an ended session between them");
    let kept = format!("SELECT COUNT(*) FROM programme_report_line WHERE words = '{words}'");
    assert_eq!(house.count(&kept).await, 1, "it was “{first}”");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0, "the act took the draft in");
    browser.quit().await.unwrap();
}

/// Without the server the words stay in the page, and the page says so.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_stays_in_the_page_and_is_offered_on_coming_back() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let desk = &mut Desk::new(&browser);
    browser.goto(format!("{base}/assign")).await.unwrap();
    // The line is cut: whatever the page asks for fails.
    browser
        .execute("window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'));", vec![])
        .await
        .unwrap();
    desk.fill("#text", "Rà soát phần mềm dùng chung").await;
    desk.waits_for(".draft-said", "Chưa lưu được, còn ở trên máy này").await;
    browser.execute("window.fetch = window.real; window.dispatchEvent(new Event('online'));", vec![]).await.unwrap();
    desk.waits_for(".draft-said", "Đã lưu nháp lúc").await;
    browser.goto(format!("{base}/assign")).await.unwrap();
    desk.waits_for(".draft-offer", "Bản đang viết dở lúc").await;
    // A page that only offers it keeps nothing in its place, neither after a while nor on leaving.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let there = "SELECT COUNT(*) FROM db_draft WHERE fields LIKE '%Rà soát phần mềm dùng chung%'";
    assert_eq!(house.count(there).await, 1, "the offer took the words away");
    desk.click(".draft-offer a.govuk-button").await;
    desk.waits_for("#resumed", "đã được điền lại").await;
    assert_eq!(desk.value("#text").await, "Rà soát phần mềm dùng chung");
    browser.goto(format!("{base}/assign")).await.unwrap();
    desk.click(".draft-offer form button").await;
    let gone = browser.query(By::Css(".draft-offer")).wait(Duration::from_secs(30), Duration::from_millis(50));
    assert!(gone.not_exists().await.unwrap(), "it is offered still");
    assert_eq!(house.count("SELECT COUNT(*) FROM db_draft").await, 0);
    browser.quit().await.unwrap();
}
