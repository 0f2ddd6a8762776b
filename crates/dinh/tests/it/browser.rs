//! The journeys, walked and timed in a real browser.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::{
    driver::{Rules, open, sign_in, violations},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_read_reviewed_and_found_again() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plans/dam-may.txt");
    browser.goto(format!("{base}/plans/new")).await.unwrap();
    browser
        .find(By::Css("input[type=file]"))
        .await
        .unwrap()
        .send_keys(std::fs::canonicalize(plan).unwrap().to_str().unwrap())
        .await
        .unwrap();
    browser.find(By::Css("main button.govuk-button")).await.unwrap().click().await.unwrap();
    let review = browser
        .query(By::Css("a.govuk-button[href$='/review']"))
        .wait(Duration::from_secs(20), Duration::from_millis(300))
        .first()
        .await
        .unwrap();
    review.click().await.unwrap();
    assert_eq!(violations(&browser, Rules::All).await, Vec::<String>::new(), "review");
    house.confirm_reviewed().await;
    browser.refresh().await.unwrap();
    approve(&browser).await;
    browser.query(By::Css("a.govuk-button[href^='/tasks?plan=']")).first().await.unwrap();

    let start = Instant::now();
    browser.goto(format!("{base}/tasks")).await.unwrap();
    browser.find(By::Id("q")).await.unwrap().send_keys("dinh muc chi").await.unwrap();
    // The results are replaced while typing: ask the page, not an element of it.
    let only = "return document.querySelectorAll('#results tbody tr').length === 1 && document.getElementById('results').textContent.includes('Rà soát định mức chi')";
    while !browser.execute(only, vec![]).await.unwrap().convert::<bool>().unwrap() {
        assert!(start.elapsed() < Duration::from_secs(10), "the task is not found");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("journey: a task found by three words without diacritics, {} ms, 1 field", start.elapsed().as_millis());
    browser.quit().await.unwrap();
}

/// Gives the file to the upload page and waits until it was read.
async fn read_in(browser: &WebDriver, base: &str, file: &str) {
    let path = std::fs::canonicalize(format!("{}/../../examples/plans/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    browser.goto(format!("{base}/plans/new")).await.unwrap();
    browser.find(By::Css("input[type=file]")).await.unwrap().send_keys(path.to_str().unwrap()).await.unwrap();
    browser.find(By::Css("main button.govuk-button")).await.unwrap().click().await.unwrap();
    let review = browser
        .query(By::Css("a.govuk-button[href$='/review']"))
        .wait(Duration::from_mins(1), Duration::from_millis(300))
        .first()
        .await
        .unwrap();
    review.click().await.unwrap();
}

/// Presses what the selector names, if anything is there.
async fn press(browser: &WebDriver, selector: &str) -> bool {
    let Some(button) = browser.find_all(By::Css(selector)).await.unwrap().into_iter().next() else { return false };
    browser.execute("arguments[0].click()", vec![button.to_json().unwrap()]).await.unwrap();
    // The page that answers takes its place.
    button.wait_until().stale().await.unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    true
}

/// Presses what the selector names until nothing is left to press; returns how often.
async fn press_all(browser: &WebDriver, selector: &str) -> usize {
    let mut pressed = 0;
    while press(browser, selector).await {
        pressed += 1;
        assert!(pressed < 100, "{selector} never ends");
    }
    pressed
}

/// Says of each sentence without a place that it gives no work, with the first reason where none is proposed.
async fn place_all(browser: &WebDriver) -> usize {
    let choose = "const one = document.querySelector('.finding.open select[name=reason]');
        if (one && !one.value) one.selectedIndex = 1;";
    let mut placed = 0;
    loop {
        browser.execute(choose, vec![]).await.unwrap();
        if !press(browser, ".finding.open button[value=aside]").await {
            return placed;
        }
        placed += 1;
        assert!(placed < 100, "sentences without a place never end");
    }
}

/// Looks at what will be made, says that unseen rows are known of, and approves.
async fn approve(browser: &WebDriver) {
    browser.query(By::Css(".prob a[href$='/approve']")).first().await.unwrap().click().await.unwrap();
    let button = browser.query(By::Css(".confirm form button")).first().await.unwrap();
    for unseen in browser.find_all(By::Css(".confirm input[name=unseen]")).await.unwrap() {
        unseen.click().await.unwrap();
    }
    button.click().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_recognised_compared_and_approved() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let start = Instant::now();
    read_in(&browser, &base, "an-ninh-mang-quet.pdf").await;
    let text = browser.find(By::Css("main")).await.unwrap().text().await.unwrap();
    assert!(text.contains("Đọc từ bản quét"), "{text}");
    // Each press leads to what is open next: the head, three rows and the target; a doubt about what was accepted is settled
    // with it.
    let rows = press_all(&browser, "[data-on] [data-key=a] button:not([disabled])").await;
    let accepted = "SELECT COUNT(*) FROM programme_read_row WHERE state = 'accepted'";
    assert_eq!(house.count(accepted).await, 3);
    let findings = press_all(&browser, ".finding.open button[value=settle]").await + 2 * place_all(&browser).await;
    house.confirm_reviewed().await;
    browser.refresh().await.unwrap();
    approve(&browser).await;
    browser.query(By::Css("a.govuk-button[href^='/tasks?plan=']")).first().await.unwrap();
    println!(
        "journey: a scanned page to a live plan, {} ms, {} clicks",
        start.elapsed().as_millis(),
        rows + findings + 4
    );
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_with_appendices_goes_live_and_a_commune_sees_what_it_misses() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let start = Instant::now();
    read_in(&browser, &base, "chinh-quyen-so.pdf").await;
    let mut clicks = 3;
    // "các sở, ban, ngành có liên quan" and the two figures that differ are set aside with one reason.
    browser.find(By::Css(".prob details summary")).await.unwrap().click().await.unwrap();
    browser
        .find(By::Css(".prob input[name=reason]"))
        .await
        .unwrap()
        .send_keys("Đã hỏi đơn vị soạn thảo")
        .await
        .unwrap();
    browser.find(By::Css(".prob form button")).await.unwrap().click().await.unwrap();
    house.confirm_reviewed().await;
    browser.refresh().await.unwrap();
    approve(&browser).await;
    browser.query(By::Css("a.govuk-button[href^='/tasks?plan=']")).first().await.unwrap();
    clicks += 3;
    println!("journey: a plan of 5 pages live, {} ms, {clicks} clicks, 1 field", start.elapsed().as_millis());
    browser.delete_all_cookies().await.unwrap();
    sign_in(&browser, &base, "thu").await;
    let start = Instant::now();
    // What is not a commune's daily work is folded away.
    browser.find(By::Css(".moj-side-navigation summary")).await.unwrap().click().await.unwrap();
    browser.find(By::Css(".moj-side-navigation a[href='/plans']")).await.unwrap().click().await.unwrap();
    browser.query(By::LinkText("17/KH-UBND")).first().await.unwrap().click().await.unwrap();
    browser.query(By::LinkText("Đối chiếu")).first().await.unwrap().click().await.unwrap();
    let said = browser.query(By::Css(".prob b")).first().await.unwrap().text().await.unwrap();
    assert_eq!(said, "6 nhiệm vụ giao cho đơn vị chưa được tiếp nhận");
    println!("journey: a commune sees what it misses, {} ms, 4 clicks", start.elapsed().as_millis());
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_administrator_adds_a_colleague() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "donvi").await;
    let start = Instant::now();
    browser.find(By::Css("nav a[href='/people']")).await.unwrap().click().await.unwrap();
    browser.find(By::Css("a[href='/people/new']")).await.unwrap().click().await.unwrap();
    browser.find(By::Id("name")).await.unwrap().send_keys("Đặng Thị Minh Họa").await.unwrap();
    browser.find(By::Id("login")).await.unwrap().send_keys("minhhoa").await.unwrap();
    browser.find(By::Id("unit")).await.unwrap().send_keys("UBND xã Sông Mẫu\u{e007}").await.unwrap();
    let slip = browser.query(By::Css(".slip")).first().await.unwrap().text().await.unwrap();
    println!("journey: a colleague added, {} ms, 2 clicks and 3 fields", start.elapsed().as_millis());
    assert!(slip.contains("minhhoa") && slip.contains("/link/in_"));
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn vietnamese_typing_survives_search_as_you_type() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    browser.goto(format!("{base}/tasks")).await.unwrap();
    let search = browser.find(By::Id("q")).await.unwrap();
    // UniKey takes typed letters back and sends the accented ones, with pauses in which a search runs.
    for keys in ["ddinh", "\u{e003}\u{e003}\u{e003}\u{e003}\u{e003}", "định", " muwc", "\u{e003}\u{e003}\u{e003}", "ức"]
    {
        search.send_keys(keys).await.unwrap();
        tokio::time::sleep(Duration::from_millis(350)).await;
    }
    let value: String =
        browser.execute("return document.getElementById('q').value", vec![]).await.unwrap().convert().unwrap();
    assert_eq!(value, "định mức");
    let focused =
        "return document.activeElement.id === 'q' && document.querySelectorAll('#results tbody tr').length === 1";
    let start = Instant::now();
    while !browser.execute(focused, vec![]).await.unwrap().convert::<bool>().unwrap() {
        assert!(start.elapsed() < Duration::from_secs(10), "the one task is not shown");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_finds_opens_and_closes_a_task() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    browser.goto(format!("{base}/tasks")).await.unwrap();
    let press = async |keys: &str| browser.action_chain().send_keys(keys).perform().await.unwrap();
    let is = async |script: &str| browser.execute(script, vec![]).await.unwrap().convert::<bool>().unwrap();
    press("j").await;
    assert!(is("return document.activeElement === document.body").await, "single letters are off by default");
    browser.execute("localStorage.setItem('keys', 'on')", vec![]).await.unwrap();
    press("jj").await;
    assert!(is("return document.activeElement === document.querySelectorAll('.parts .c-task a')[1]").await);
    press("\u{e007}").await;
    browser.query(By::Css(".open > #drawer h2")).first().await.unwrap();
    assert!(is("return location.search.includes('open=')").await, "the drawer has an address");
    press("\u{e00c}").await;
    browser.query(By::Css("#view:not(.open)")).first().await.unwrap();
    press("/").await;
    assert!(is("return document.activeElement.id === 'q'").await);
    browser.quit().await.unwrap();
}

/// What the README promises to a new user: which tasks does this agency lead, and which of them are overdue?
#[tokio::test(flavor = "multi_thread")]
async fn a_new_user_sees_what_an_agency_leads_and_what_is_overdue() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let start = Instant::now();
    sign_in(&browser, &base, "vidu").await;
    browser.find(By::Css(".moj-side-navigation a[href='/tasks']")).await.unwrap().click().await.unwrap();
    browser.query(By::Css("form.bar details.menu > summary.chip")).first().await.unwrap().click().await.unwrap();
    browser.find(By::Id("lead_name")).await.unwrap().send_keys("so khoa hoc\u{e007}").await.unwrap();
    let chip = browser.query(By::Css("a.chip")).first().await.unwrap().text().await.unwrap();
    assert!(chip.contains("Sở KH&CN"), "{chip}");
    // The chip stands above rows that are still to come.
    let count = async || {
        let rows =
            "return document.readyState === 'complete' ? document.querySelectorAll('#results tbody tr').length : -1";
        loop {
            let rows: i64 = browser.execute(rows, vec![]).await.unwrap().convert().unwrap();
            if rows >= 0 {
                return rows;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let led = count().await;
    browser.find(By::Css("form.bar details.menu > summary.chip")).await.unwrap().click().await.unwrap();
    browser.find(By::Css("#state option[value=late]")).await.unwrap().click().await.unwrap();
    browser.find(By::Css("form.bar details.menu[open] button")).await.unwrap().click().await.unwrap();
    browser.query(By::Css("a.chip[href*='lead=']:not([href*='state='])")).first().await.unwrap();
    let late = count().await;
    println!(
        "journey: led {led}, overdue {late}: {} ms, 5 clicks and 3 fields after the page opened",
        start.elapsed().as_millis()
    );
    assert!(led > late);
    browser.quit().await.unwrap();
}
