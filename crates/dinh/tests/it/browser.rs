//! In a real browser: every page has nothing that axe complains about, and the journeys can be walked.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use thirtyfour::prelude::*;

use crate::house::{House, PASSWORD};

struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn browser(port: u16) -> WebDriver {
    let mut options = DesiredCapabilities::chrome();
    for flag in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1366,768",
    ] {
        options.add_arg(flag).unwrap();
    }
    for _ in 0..50 {
        if let Ok(driver) = WebDriver::new(format!("http://127.0.0.1:{port}"), options.clone()).await {
            return driver;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("chromedriver does not answer on {port}");
}

/// A served house and a browser at its door; none where the browser is not installed.
async fn open(house: &House) -> Option<(Driver, WebDriver, String)> {
    let port = free_port();
    let process =
        Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(process) = process else {
        assert!(std::env::var_os("CI").is_none(), "chromedriver is missing: cargo xtask test installs it");
        println!("SKIPPED: chromedriver is not installed");
        return None;
    };
    let driver = Driver { process, port };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = webkit::router(&house.app);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let jobs = db::run_forever(house.app.db().clone(), house.system(), house.app.job_handlers());
    tokio::spawn(jobs);
    let browser = browser(driver.port).await;
    Some((driver, browser, base))
}

async fn sign_in(browser: &WebDriver, base: &str, login: &str) {
    browser.goto(format!("{base}/sign-in")).await.unwrap();
    browser.find(By::Id("login")).await.unwrap().send_keys(login).await.unwrap();
    browser.find(By::Id("password")).await.unwrap().send_keys(format!("{PASSWORD}\u{e007}")).await.unwrap();
    browser.query(By::Css("nav a.on")).first().await.unwrap();
}

async fn violations(browser: &WebDriver) -> Vec<String> {
    let script = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/axe.min.js"))
        .expect("cargo xtask test builds web/axe.min.js");
    browser.execute(&script, vec![]).await.unwrap();
    let run = "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.target).join(' '))))";
    browser.execute_async(run, vec![]).await.unwrap().convert().unwrap()
}

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
    browser.find(By::Css("main button.btn")).await.unwrap().click().await.unwrap();
    let review = browser
        .query(By::Css("a.btn[href$='/review']"))
        .wait(Duration::from_secs(20), Duration::from_millis(300))
        .first()
        .await
        .unwrap();
    review.click().await.unwrap();
    assert_eq!(violations(&browser).await, Vec::<String>::new(), "review");
    browser.query(By::Css(".prob.good button")).first().await.unwrap().click().await.unwrap();
    browser.query(By::Css("a.btn[href^='/tasks?plan=']")).first().await.unwrap();

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
