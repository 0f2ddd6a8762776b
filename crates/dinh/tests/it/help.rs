//! Help for each page and each role, the list of what a new province needs, and what somebody sees who has never been here.

use axum::http::{Method, StatusCode};
use dinh::help::topics;
use kernel::{Lang, Role};
use regex::Regex;
use thirtyfour::common::print::{PrintPage, PrintParameters};

use crate::{driver, house::House};

const LANGS: [Lang; 2] = [Lang::Vi, Lang::En];

fn get_routes(house: &House) -> Vec<&'static str> {
    let routes = house.app.modules().iter().flat_map(|module| (module.routes)());
    routes.filter(|route| route.method == Method::GET && !route.is_api()).map(|route| route.path).collect()
}

#[tokio::test]
async fn every_entry_of_the_navigation_and_every_page_has_its_topic() {
    let house = House::empty().await;
    let entries = house.app.modules().iter().flat_map(|module| module.nav).map(|item| item.href);
    // What no person looks at as a page.
    const NO_PAGES: [&str; 1] = ["/live"];
    let is_page = |path: &&str| !NO_PAGES.contains(path) && !["csv", "xlsx"].iter().any(|form| path.ends_with(form));
    let pages = get_routes(&house).into_iter().filter(is_page);
    let lacking: Vec<&str> = entries.chain(pages).filter(|path| topics::of_page(path).is_none()).collect();
    assert_eq!(lacking, Vec::<&str>::new(), "write docs/guides/{{vi,en}}/NAME.md and name it in help/topics.rs");
}

#[tokio::test]
async fn links_in_the_help_lead_somewhere() {
    let house = House::empty().await;
    let link = Regex::new(r"\]\((/[^)\s]*)\)").unwrap();
    let routes = get_routes(&house);
    let mut count = 0;
    for (topic, lang) in topics::all().flat_map(|topic| LANGS.map(|lang| (topic, lang))) {
        for found in link.captures_iter(topic.text(lang)) {
            let path = &found[1];
            let is_there =
                path.strip_prefix("/help/").map_or(routes.contains(&path), |name| topics::named(name).is_some());
            assert!(is_there, "{} ({lang:?}): {path}", topic.name);
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[tokio::test]
async fn every_page_offers_its_own_topic() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let page = officer.get("/tasks?state=late").await.body.replace("&#x2f;", "/");
    let offered = page.split("href=\"/help?at=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(officer.get(&format!("/help?at={offered}")).await.location, "/help/tasks", "{offered}");
    assert_eq!(officer.get("/help?at=/plans/plan_1/review").await.location, "/help/review");
    // A page that nobody knows has the list.
    let list = officer.get("/help?at=/no-such-page").await;
    assert!(list.status.is_success() && list.body.contains("/help/guide-leader"));
    assert_eq!(officer.get("/help/no-such-topic").await.status, StatusCode::NOT_FOUND);
    let english = officer.with_cookie("dinh_lang=en").get("/help/tasks").await.body;
    assert!(english.contains("<h1>Tasks and their parts</h1>"), "{english}");
}

#[tokio::test]
async fn whom_to_call_is_ones_nearest_administrator_and_is_told_to_no_stranger() {
    let house = House::people().await;
    let near = house.signed_in("thu").await.get("/help/guide-commune").await.body;
    assert!(near.contains("Võ Thị Giả Định") && near.contains("UBND xã Sông Mẫu") && !near.contains("Phạm Văn Nháp"));
    let far = house.signed_in("giamdoc").await.get("/help/guide-leader").await.body;
    assert!(far.contains("Phạm Văn Nháp"), "a unit without one has the province's");
    let stranger = house.client().get("/help/guide-commune").await;
    assert_eq!(stranger.status, StatusCode::OK);
    assert!(!stranger.body.contains("Võ Thị Giả Định") && stranger.body.contains("Hỏi quản trị của đơn vị"));
}

fn state_of(page: &str, line: &str) -> bool {
    let from = page.find(line).unwrap_or_else(|| panic!("{line}: {page}"));
    let row = page[from..].split("</tr>").next().unwrap();
    assert!(row.contains("đã có") != row.contains("chưa có</strong>"), "{row}");
    row.contains("đã có")
}

#[tokio::test]
async fn the_list_of_a_new_province_is_computed_from_what_is_there() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let page = admin.get("/setup").await.body;
    assert!(state_of(&page, "Cây đơn vị") && state_of(&page, "Chuyên viên theo dõi"));
    assert!(!state_of(&page, "Ít nhất hai quản trị hệ thống") && !state_of(&page, "Kế hoạch đầu tiên"));
    // One primary act: the first thing that lacks.
    assert_eq!(page.matches("class=\"govuk-button\"").count(), 1, "{page}");
    house.person("quantri2", "Tỉnh Mẫu", Role::SYSTEM_ADMIN).await;
    house.exec("UPDATE directory_account SET disabled = TRUE WHERE login IN ('vidu', 'dieuphoi')", vec![]).await;
    let page = admin.get("/setup").await.body;
    assert!(state_of(&page, "Ít nhất hai quản trị hệ thống"));
    assert!(!state_of(&page, "Chuyên viên theo dõi"), "whose account is closed takes no plan in");
    for login in ["thu", "lanhdao", "donvi"] {
        assert_eq!(house.signed_in(login).await.get("/setup").await.status, StatusCode::FORBIDDEN, "{login}");
    }
    assert_eq!(admin.get("/").await.location, "/setup", "while there is no plan");
    assert_eq!(house.signed_in("thu").await.get("/").await.location, "/work");
    let demo = House::demo().await;
    assert_eq!(demo.signed_in("quantri").await.get("/").await.location, "/work");
    assert!(state_of(&demo.signed_in("quantri").await.get("/setup").await.body, "Kế hoạch đầu tiên"));
}

#[tokio::test]
async fn who_has_never_been_here_is_told_what_this_is_and_whom_to_ask() {
    let house = House::people().await;
    let page = house.client().get("/sign-in").await.body;
    for words in ["từ văn bản kế hoạch đến việc của từng cơ quan", "Hệ thống của Tỉnh Mẫu", "Chưa có tài khoản?"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let icon = house.client().get("/favicon.ico").await;
    assert!(icon.status == StatusCode::OK && icon.body.starts_with("<svg"), "{}", icon.status);
}

const READMES: [&str; 2] = [include_str!("../../../../README.md"), include_str!("../../../../README.vi.md")];

/// Both say the same: a heading, a setting, a command or a kind of bad input that only one of them has is a promise that
/// half of the readers do not know.
#[test]
fn both_readmes_have_the_same_headings_settings_commands_and_kinds_of_bad_input() {
    let of = |pattern: &str| {
        READMES.map(|text| {
            let pattern = Regex::new(pattern).unwrap();
            pattern.captures_iter(text).map(|found| found[1].to_owned()).collect::<Vec<_>>()
        })
    };
    for (what, pattern) in
        [("settings", r"(?m)^\| (`[a-z_]+`)"), ("commands", r"(?m)^    ((?:dinh|cargo|apt|dinhctl) [a-z-]+)")]
    {
        let [english, vietnamese] = of(pattern);
        assert!(english.len() >= 4, "{what}");
        assert_eq!(english, vietnamese, "{what}");
    }
    let [english, vietnamese] = of(r"(?m)^(#+) ");
    assert_eq!(english, vietnamese, "headings");
    let [english, vietnamese] = of(r"!\[[^\]]*\]\(([^)]+)\)").map(|mut pictures| {
        pictures.sort();
        pictures
    });
    assert_eq!(english, vietnamese, "pictures");
    let rows = READMES.map(|text| {
        text.lines().filter(|line| line.starts_with("| ")).map(|line| line.matches('|').count()).collect::<Vec<_>>()
    });
    assert!(rows[0].len() > 120);
    assert_eq!(rows[0], rows[1], "rows of the tables and their cells");
}

/// What the newcomer is told to type is there.
#[test]
fn the_readme_names_the_password_of_the_demo_and_what_a_bare_debian_needs() {
    for text in READMES {
        assert!(text.contains(directory::usecase::demo::PASSWORD));
        assert!(text.contains("apt install git ca-certificates gcc libc6-dev pkg-config"));
        let package = text.find("dinh_….deb").unwrap();
        assert!(package < text.find("cargo xtask run").unwrap(), "the package comes first");
    }
}

/// In print nothing but the guide and whom to call, on one sheet.
#[tokio::test(flavor = "multi_thread")]
async fn a_guide_of_each_role_prints_on_one_sheet() {
    let house = House::people().await;
    let Some((_driver, browser, base)) = driver::open(&house).await else { return };
    driver::sign_in(&browser, &base, "thu").await;
    let count = Regex::new(r"/Type /Pages\s+/Count (\d+)").unwrap();
    for (topic, lang) in topics::GUIDES.iter().flat_map(|topic| LANGS.map(|lang| (topic, lang.code()))) {
        browser.goto(format!("{base}/language/{lang}?back=/help/{}", topic.name)).await.unwrap();
        let a4 = PrintPage { width: 21.0, height: 29.7 };
        let sheet = PrintParameters { page: a4, shrink_to_fit: false, ..PrintParameters::default() };
        let printed = browser.print_page(sheet).await.unwrap();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        assert_eq!(
            count.captures(&printed).map(|found| found[1].to_owned()).as_deref(),
            Some("1"),
            "{} {lang}",
            topic.name
        );
    }
    browser.quit().await.unwrap();
}
