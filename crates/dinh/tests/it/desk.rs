//! Somebody at a browser. What they do is counted, and timed by the keystroke-level model of Card, Moran and Newell.

use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

/// Seconds to find out what to do next.
const DECIDE: f64 = 1.35;
/// To point at a thing and press.
const POINT: f64 = 1.1 + 0.2;
/// A hand from the mouse to the keys or back.
const HAND: f64 = 0.4;
/// One key of a common typist.
const KEY: f64 = 0.28;

pub struct Desk {
    pub browser: WebDriver,
    pub clicks: u32,
    pub fields: u32,
    shortcuts: u32,
    characters: u32,
    waited: Duration,
}

impl Desk {
    pub fn new(browser: &WebDriver) -> Self {
        Self { browser: browser.clone(), clicks: 0, fields: 0, shortcuts: 0, characters: 0, waited: Duration::ZERO }
    }

    pub async fn found(&self, css: &str) -> WebElement {
        let query = self.browser.query(By::Css(css)).wait(Duration::from_secs(30), Duration::from_millis(50));
        match query.first().await {
            Ok(found) => found,
            Err(error) => panic!("{css}: {error} {}", self.browser.source().await.unwrap_or_default()),
        }
    }

    /// Waits for the page that the click brings, as the person does.
    pub async fn click(&mut self, css: &str) {
        let target = self.found(css).await;
        target.scroll_into_view().await.unwrap();
        let start = Instant::now();
        target.click().await.unwrap();
        self.waited += start.elapsed();
        self.clicks += 1;
    }

    /// Instead of what stands there.
    pub async fn fill(&mut self, css: &str, text: &str) {
        let field = self.found(css).await;
        field.scroll_into_view().await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
        self.fields += 1;
        self.characters += u32::try_from(text.chars().count()).unwrap();
    }

    /// Goes on typing where the cursor stands.
    pub async fn keys(&mut self, css: &str, keys: &str) {
        self.found(css).await.send_keys(keys).await.unwrap();
        self.characters += u32::try_from(keys.chars().count()).unwrap();
    }

    /// Keys that lead to a field from wherever one is, by who knows them.
    pub async fn shortcut(&mut self, keys: &str) {
        self.keys("body", keys).await;
        self.shortcuts += 1;
    }

    /// The key that sends the form off.
    pub async fn enter(&mut self, css: &str) {
        let field = self.found(css).await;
        let start = Instant::now();
        field.send_keys(Key::Enter + "").await.unwrap();
        self.waited += start.elapsed();
        self.characters += 1;
    }

    /// One of a list, by its words.
    pub async fn choose(&mut self, css: &str, words: &str) {
        let list = thirtyfour::components::SelectElement::new(&self.found(css).await).await.unwrap();
        list.select_by_visible_text(words).await.unwrap();
        self.clicks += 2;
    }

    pub async fn value(&self, css: &str) -> String {
        self.found(css).await.value().await.unwrap().unwrap_or_default()
    }

    pub async fn waits_for(&self, css: &str, words: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.found(css).await.text().await.unwrap_or_default().contains(words) {
            assert!(Instant::now() < until, "{css} does not say “{words}”");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What a practised person needs for what was done so far; the server's part of it, which is the machine's, apart.
    pub fn seconds(&self) -> f64 {
        let clicks = f64::from(self.clicks) * (DECIDE + POINT);
        let fields = f64::from(self.fields) * (DECIDE + POINT + 2.0 * HAND);
        let shortcuts = f64::from(self.shortcuts) * (DECIDE + 2.0 * HAND);
        clicks + fields + shortcuts + f64::from(self.characters) * KEY
    }

    /// Prints the journey for docs/benchmarks.md.
    pub fn say(&self, what: &str) {
        let (clicks, fields, characters) = (self.clicks, self.fields + self.shortcuts, self.characters);
        let (seconds, waited) = (self.seconds() + self.waited.as_secs_f64(), self.waited.as_millis());
        println!(
            "journey: {what}: {seconds:.0} s ({clicks} clicks, {fields} fields, {characters} characters; pages {waited} ms)"
        );
    }
}
