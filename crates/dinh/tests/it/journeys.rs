//! What people do every week, in a played year, walked and timed in a real browser.

use std::time::{Duration, Instant};

use testkit::Client;
use thirtyfour::prelude::*;

use crate::{
    desk::Desk,
    driver::{open, sign_in},
    house::House,
};

async fn sign_out(browser: &WebDriver) {
    browser.delete_all_cookies().await.unwrap();
}

/// Opens the reports of the half-year; by the hand of who follows.
pub async fn half_year(house: &House) -> Client {
    let following = house.signed_in("vidu").await;
    let duties = following.get("/api/v1/duties?q=bao+cao+6+thang&state=active").await.json();
    let duty = duties["items"][0]["id"].as_str().unwrap().to_owned();
    let opened = following.form(&format!("/duties/{duty}/periods"), &[("label", "2026-H2")]).await;
    assert!(opened.location.starts_with("/periods/"), "{}", opened.body);
    house.drain().await;
    following
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_of_a_commune_and_its_leaders() {
    let house = House::year().await;
    let following = half_year(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };

    // A commune officer enters progress on one task: open it, say how far, save.
    sign_in(&browser, &base, "thu").await;
    browser.goto(format!("{base}/work")).await.unwrap();
    let mut acts = Desk::new(&browser);
    acts.click(".register.parts a[href^='/tasks/task_']").await;
    acts.fill("#progress-text", "Đã họp dân, thành lập tổ").await;
    acts.click("#progress button").await;
    let said = "//main//*[not(self::input)][contains(text(), 'Đã họp dân, thành lập tổ')]";
    browser.query(By::XPath(said)).first().await.unwrap();
    acts.say("progress on one task");
    assert!(acts.clicks + acts.fields <= 3);

    // The commune's report of the period: words where there is something, the rest as suggested, values, send.
    browser.goto(format!("{base}/work")).await.unwrap();
    let mut acts = Desk::new(&browser);
    acts.click("#waiting ~ .todo a[href^='/reports/']").await;
    acts.click("main a[href$='/edit']").await;
    let lines = browser.query(By::Css("textarea[name=words]")).all_from_selector().await.unwrap().len();
    for line in 1..=lines {
        let words = browser.find(By::Id(format!("words-{line}"))).await.unwrap();
        if words.value().await.unwrap().unwrap_or_default().is_empty() {
            acts.click(&format!(".card:nth-of-type({line}) input[name=none], #words-{line} ~ p input[name=none]"))
                .await;
        }
    }
    let values = browser.query(By::Css("input[name=target]")).all_from_selector().await.unwrap().len();
    for value in 1..=values {
        if browser.find(By::Id(format!("numerator-{value}"))).await.is_ok() {
            acts.fill(&format!("#numerator-{value}"), "45").await;
            acts.fill(&format!("#denominator-{value}"), "60").await;
        } else {
            acts.fill(&format!("#value-{value}"), "75").await;
        }
        acts.fill(&format!("#evidence-{value}"), "Sổ theo dõi của xã").await;
    }
    acts.fill("#plans_ahead", "Hoàn thành các nhiệm vụ còn lại trong quý I").await;
    acts.click("form[action$='/edit'] button.govuk-button").await;
    acts.click("form:has(input[value=submit]) button").await;
    browser.query(By::Css(".steps .past")).first().await.unwrap();
    acts.say(&format!("a commune's report of {lines} tasks and {values} targets, written and sent to be checked"));
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_report WHERE state = 'checking'").await, 1);
    sign_out(&browser).await;

    // A leader finds the worst red line and asks for an explanation.
    sign_in(&browser, &base, "lanhdao").await;
    let asked = house.count("SELECT COUNT(*) FROM programme_question").await;
    let mut acts = Desk::new(&browser);
    acts.click("a[href='/board']").await;
    acts.click(".red-lines li:first-child summary").await;
    acts.click(".red-lines li:first-child form button").await;
    browser.query(By::Css(".moj-side-navigation__item--active a[href='/questions']")).first().await.unwrap();
    acts.say("a leader asks why the worst line is late");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_question").await, asked + 1);

    // What others do shows on the open board without a reload.
    browser.goto(format!("{base}/board")).await.unwrap();
    // Found and read in one go: the board may put itself anew in between.
    let figure = async || {
        let read = "return document.querySelector('.board tfoot td:nth-of-type(6)').textContent";
        browser.execute(read, vec![]).await.unwrap().convert::<String>().unwrap()
    };
    let before = figure().await;
    let late = following.get("/api/v1/tasks?state=late").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let rev = following.get(&format!("/api/v1/parts/{late}")).await.json()["rev"].as_i64().unwrap().to_string();
    let done = [("rev", rev.as_str()), ("done_on", "2026-11-20"), ("note", "Báo cáo số 9"), ("on_behalf", "true")];
    assert_eq!(following.form(&format!("/parts/{late}/done"), &done).await.status.as_u16(), 303);
    let start = Instant::now();
    while figure().await == before {
        assert!(start.elapsed() < Duration::from_secs(15), "the board does not follow");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("the open board followed after {} ms", start.elapsed().as_millis());

    // The paper for the morning meeting is one page of A4.
    browser.goto(format!("{base}/board/paper")).await.unwrap();
    let parameters = thirtyfour::common::print::PrintParameters::default();
    let pdf = browser.print_page(parameters).await.unwrap();
    let pages = regex::bytes::Regex::new(r"/Type\s*/Page[^s]").unwrap().find_iter(&pdf).count();
    assert_eq!(pages, 1, "the A4 has {pages} pages");
    let foot = browser.find(By::Css(".one-page .trace")).await.unwrap().text().await.unwrap();
    assert!(foot.starts_with("Nhật ký: #"), "{foot}");
    browser.quit().await.unwrap();
}
