//! Every page in every state, in a real browser: at 1366 px, on a phone, at 400 % zoom, dark, and printed.
//! axe finds nothing, nothing scrolls sideways. With `TESTKIT_SHOTS` naming a folder each is kept as a picture.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::{
    driver::{Rules, open, sign_in, violations},
    house::House,
    places::{Place, before_signing_in, of_rights, of_the_programme, of_whole_plans, path, taken, without_plans},
    places_year::of_a_year,
};

const SUBMIT: &str = "document.querySelector('main form[method=post]').submit()";

pub struct Looker {
    pub browser: WebDriver,
    shots: Option<std::path::PathBuf>,
}

impl Looker {
    async fn window(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.browser.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
    }

    async fn media(&self, media: &str, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        let params = json!({"media": media, "features": features});
        self.browser.cdp().send_raw("Emulation.setEmulatedMedia", params).await.unwrap();
    }

    async fn keep(&self, name: &str, mode: &str) {
        if let Some(folder) = &self.shots {
            self.browser.screenshot(&folder.join(format!("{name}-{mode}.png"))).await.unwrap();
        }
    }

    async fn fits(&self, name: &str, mode: &str) {
        let wide = "const end = window.innerWidth + 1;
            if (document.documentElement.scrollWidth <= end) return [];
            const rolls = one => one && (getComputedStyle(one).overflowX !== 'visible' || rolls(one.parentElement));
            const out = [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > end && !rolls(one.parentElement));
            const inner = out.filter(one => ![...one.children].some(child => out.includes(child)));
            return ['', ...inner.slice(0, 12).map(one => `${one.scrollWidth}: ${one.outerHTML.slice(0, 160)}`)];";
        let wide: Vec<String> = self.browser.execute(wide, vec![]).await.unwrap().convert().unwrap();
        assert!(wide.is_empty(), "{name} scrolls sideways: {mode}: {wide:#?}");
    }

    /// Looks at what the browser shows now.
    pub async fn look(&self, name: &str) {
        for (mode, width, height, scheme, rules) in [
            ("wide", 1366, 768, "light", Some(Rules::All)),
            ("phone", 400, 850, "light", Some(Rules::All)),
            ("zoom", 320, 256, "light", None),
            ("dark", 1366, 768, "dark", Some(Rules::Colours)),
        ] {
            self.window(width, height).await;
            self.media("screen", scheme).await;
            self.fits(name, mode).await;
            if let Some(rules) = rules {
                assert_eq!(violations(&self.browser, rules).await, Vec::<String>::new(), "{name}: {mode}");
            }
            self.keep(name, mode).await;
        }
        self.window(794, 1123).await;
        self.media("print", "light").await;
        self.fits(name, "print").await;
        let shown =
            "return [...document.querySelectorAll('.areas, .moj-side-navigation')].some(nav => nav.offsetParent)";
        let nav: bool = self.browser.execute(shown, vec![]).await.unwrap().convert().unwrap();
        assert!(!nav, "{name}: the navigation is printed");
        self.keep(name, "print").await;
        self.window(1366, 768).await;
        self.media("screen", "light").await;
    }

    pub async fn at(&self, base: &str, name: &str, path: &str) {
        self.browser.goto(format!("{base}{path}")).await.unwrap();
        self.look(name).await;
    }

    /// Signs in as somebody else, or as the first.
    pub async fn sign_in(&self, base: &str, login: &str) {
        self.browser.goto(format!("{base}/sign-in")).await.unwrap();
        self.browser.delete_all_cookies().await.unwrap();
        sign_in(&self.browser, base, login).await;
    }

    /// Every place, each opened by who has it; before that nobody is signed in, or somebody else.
    pub async fn all(&self, base: &str, places: &[Place]) {
        let mut by = "";
        for place in places {
            if place.by != by {
                by = place.by;
                if by.is_empty() {
                    self.browser.delete_all_cookies().await.unwrap();
                } else {
                    self.sign_in(base, by).await;
                }
            }
            self.at(base, place.name, &place.path).await;
        }
    }

    /// The page that answers the form of `path`, with `file` in its file field if there is one.
    pub async fn answer(&self, base: &str, name: &str, path: &str, file: Option<&std::path::Path>) {
        self.browser.goto(format!("{base}{path}")).await.unwrap();
        if let Some(file) = file {
            let field = self.browser.find(By::Css("input[type=file]")).await.unwrap();
            field.send_keys(file.to_str().unwrap()).await.unwrap();
        }
        self.browser.execute("window.before = true", vec![]).await.unwrap();
        self.browser.execute(SUBMIT, vec![]).await.unwrap();
        let gone = "return document.readyState === 'complete' && !window.before";
        while !self.browser.execute(gone, vec![]).await.unwrap().convert::<bool>().unwrap() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        self.look(name).await;
    }
}

pub fn looker(browser: WebDriver) -> Looker {
    let shots = std::env::var_os("TESTKIT_SHOTS").map(std::path::PathBuf::from);
    Looker { browser, shots }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_before_signing_in() {
    let house = House::empty().await;
    let places = before_signing_in(&house).await;
    let first = path(&places, "first-link");
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    looker.answer(&base, "sign-in-refused", "/sign-in", None).await;
    looker.answer(&base, "first-link-refused", first, None).await;
    house.fill("directory").await;
    crate::second_step::newcomer(&house, "sep", kernel::Role::LEADER, "Sở Tài chính").await;
    let sentence = crate::second_step::SENTENCE;
    looker.browser.goto(format!("{base}/sign-in")).await.unwrap();
    looker.browser.find(By::Id("login")).await.unwrap().send_keys("sep").await.unwrap();
    looker.browser.find(By::Id("password")).await.unwrap().send_keys(format!("{sentence}\u{e007}")).await.unwrap();
    looker.browser.query(By::Id("code")).first().await.unwrap();
    looker.look("second-factor-set-up").await;
    let key = crate::second_step::key(&looker.browser.source().await.unwrap());
    let code = crate::second_step::code(&house, &key, 0);
    looker.answer(&base, "second-factor-refused", "/sign-in/second-factor", None).await;
    looker.browser.find(By::Id("code")).await.unwrap().send_keys(format!("{code}\u{e007}")).await.unwrap();
    looker.browser.query(By::Css("ol.slip")).first().await.unwrap();
    looker.look("recovery-codes").await;
    looker.at(&base, "account-leader", "/account").await;
    looker.all(&base, &without_plans()).await;
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_programme() {
    let house = House::demo().await;
    let places = of_the_programme(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    looker.answer(&base, "plan-new-refused", "/plans/new", None).await;
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_year() {
    let house = House::year().await;
    let places = of_a_year(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    looker.answer(&base, "assign-refused", "/assign", None).await;
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_whole_plans() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let scan = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");
    let scan = taken(&officer, "quet.pdf", scan).await;
    let word = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
    let word = taken(&officer, "lai.pdf", word).await;
    let places = of_whole_plans(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    looker.at(&base, "review-scan", &format!("{scan}/review")).await;
    looker.at(&base, "review-word", &format!("{word}/review?row=6")).await;
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_rights() {
    let house = House::people().await;
    let places = of_rights(&house).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.all(&base, &places).await;
    let plan = path(&places, "plan-to-confirm");
    house.confirm(plan).await;
    looker.at(&base, "plan-confirmed", plan).await;
    looker.browser.quit().await.unwrap();
}
