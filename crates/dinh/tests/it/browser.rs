//! In a real browser: every page has nothing that axe complains about, and the journeys can be walked.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::{
    driver::{open, sign_in, violations},
    house::House,
};

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_page() {
    let house = House::demo().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    browser.goto(format!("{base}/sign-in")).await.unwrap();
    assert_eq!(violations(&browser).await, Vec::<String>::new(), "sign-in");
    sign_in(&browser, &base, "quantri").await;
    let tasks = house.signed_in("quantri").await.get("/api/v1/tasks").await.json();
    let units = house.signed_in("quantri").await.get("/api/v1/units?q=so+khoa+hoc").await.json();
    let task = format!("/tasks/{}", tasks["items"][0]["task"].as_str().unwrap());
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let plan = format!("/plans/{}", tasks["items"][0]["plan"].as_str().unwrap());
    let (unit_page, unit_edit, agency) =
        (format!("/units/{unit}"), format!("/units/{unit}/edit"), format!("/agencies/{unit}"));
    let pages = [
        "/work",
        "/tasks",
        "/tasks?q=khong-co-viec-nay",
        "/board",
        "/plans",
        "/units",
        "/units/new",
        "/units/import",
        "/people",
        "/people/new",
        "/people/import",
        "/ledger",
        "/account",
        "/no-such-page",
        &task,
        &plan,
        &unit_page,
        &unit_edit,
        &agency,
    ];
    for width in [1366, 400] {
        browser.set_window_rect(0, 0, width, 900).await.unwrap();
        for page in pages {
            browser.goto(format!("{base}{page}")).await.unwrap();
            assert_eq!(violations(&browser).await, Vec::<String>::new(), "{page} at {width}");
            let wide: bool = browser
                .execute("return document.documentElement.scrollWidth > window.innerWidth + 1", vec![])
                .await
                .unwrap()
                .convert()
                .unwrap();
            assert!(!wide, "{page} scrolls sideways at {width}");
        }
    }
    browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_read_reviewed_and_found_again() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "vidu").await;
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plans/dam-may.txt");
    browser.goto(format!("{base}/plans/new")).await.unwrap();
    browser
        .find(By::Id("file"))
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
    assert_eq!(violations(&browser).await, Vec::<String>::new(), "review");
    browser.query(By::Css(".prob.good button")).first().await.unwrap().click().await.unwrap();
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

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_administrator_adds_a_colleague() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    sign_in(&browser, &base, "donvi").await;
    let start = Instant::now();
    browser.find(By::Css("nav a[href='/people']")).await.unwrap().click().await.unwrap();
    browser.find(By::Css("a[href='/people/new']")).await.unwrap().click().await.unwrap();
    browser.find(By::Id("name")).await.unwrap().send_keys("Đặng Thị Minh Họa").await.unwrap();
    browser.find(By::Id("login")).await.unwrap().send_keys("minhhoa\u{e007}").await.unwrap();
    let slip = browser.query(By::Css(".slip")).first().await.unwrap().text().await.unwrap();
    println!("journey: a colleague added, {} ms, 2 clicks and 2 fields", start.elapsed().as_millis());
    assert!(slip.contains("minhhoa") && slip.contains("/link/in_"));
    browser.quit().await.unwrap();
}
