//! Chromium at the door of a served house, over WebDriver.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use thirtyfour::prelude::*;

pub use testkit::free_port;

use crate::house::{House, PASSWORD};

/// How long a browser may take to open on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Driver {
    process: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
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
    let until = Instant::now() + PATIENCE;
    loop {
        match WebDriver::new(format!("http://127.0.0.1:{port}"), options.clone()).await {
            Ok(driver) => return driver,
            Err(error) => assert!(Instant::now() < until, "no browser on {port}: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// A served house and a browser at its door; none where the browser is not installed.
pub async fn open(house: &House) -> Option<(Driver, WebDriver, String)> {
    open_at(house, 0).await
}

/// The same on a port that was chosen before.
pub async fn open_at(house: &House, at: u16) -> Option<(Driver, WebDriver, String)> {
    let port = free_port();
    let process =
        Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(process) = process else {
        assert!(std::env::var_os("CI").is_none(), "chromedriver is missing: cargo xtask test installs it");
        println!("SKIPPED: chromedriver is not installed");
        return None;
    };
    let driver = Driver { process, port };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", at)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = webkit::router(&house.app);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let jobs = db::run_forever(house.app.db().clone(), house.system(), house.app.job_handlers().unwrap());
    tokio::spawn(jobs);
    let browser = browser(driver.port).await;
    Some((driver, browser, base))
}

pub async fn sign_in(browser: &WebDriver, base: &str, login: &str) {
    browser.goto(format!("{base}/sign-in")).await.unwrap();
    browser.find(By::Id("login")).await.unwrap().send_keys(login).await.unwrap();
    browser.find(By::Id("password")).await.unwrap().send_keys(format!("{PASSWORD}\u{e007}")).await.unwrap();
    browser.query(By::Css(".moj-side-navigation__item--active")).first().await.unwrap();
}

/// Which of axe's rules are asked: dark differs from light by its colours alone.
#[derive(Debug, Clone, Copy)]
pub enum Rules {
    All,
    Colours,
}

pub async fn violations(browser: &WebDriver, rules: Rules) -> Vec<String> {
    let known = browser.execute("return !!window.axe", vec![]).await.unwrap();
    if !known.convert::<bool>().unwrap() {
        let script = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/axe.min.js"))
            .expect("cargo xtask test builds web/axe.min.js");
        browser.execute(&script, vec![]).await.unwrap();
    }
    let only = match rules {
        Rules::All => "",
        Rules::Colours => "runOnly: ['color-contrast', 'link-in-text-block'], ",
    };
    let run = format!(
        "const done = arguments[arguments.length - 1];
        axe.run({{{only}resultTypes: ['violations']}})
            .then(r => done(r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.target).join(' '))))"
    );
    browser.execute_async(&run, vec![]).await.unwrap().convert().unwrap()
}

/// Where all that the tests need was installed, a browser that is not there is a failure, not silence.
#[test]
fn without_a_browser_the_tests_of_pages_fail_where_it_was_installed() {
    let nowhere = tempfile::tempdir().unwrap();
    let looked = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "looks::pages_before_signing_in"])
        .env("PATH", nowhere.path())
        .env("CI", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&looked.stdout);
    assert!(!looked.status.success() && said.contains("chromedriver is missing"), "{said}");
}
