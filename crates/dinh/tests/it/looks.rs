//! Every page in every state, in a real browser: at 1366 px, on a phone, at 400 % zoom, dark, and printed.
//! axe finds nothing, nothing scrolls sideways. With `TESTKIT_SHOTS` naming a folder each is kept as a picture.

use serde_json::json;
use testkit::Part;
use thirtyfour::prelude::*;

use crate::{
    driver::{open, sign_in, violations},
    house::House,
};

const QUESTIONS: &str = "KẾ HOẠCH\nThử nghiệm\nI. NHIỆM VỤ\n1. Việc một cần làm.\n- Đơn vị chủ trì: Sở Không Có Thật;\n- Đơn vị phối hợp: Các cơ quan có liên quan;\n- Thời gian thực hiện: Năm 2027 - 2025.\n";
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
        let wide = "return document.documentElement.scrollWidth > window.innerWidth + 1";
        let wide: bool = self.browser.execute(wide, vec![]).await.unwrap().convert().unwrap();
        assert!(!wide, "{name} scrolls sideways: {mode}");
    }

    /// Looks at what the browser shows now.
    pub async fn look(&self, name: &str) {
        for (mode, width, height, scheme) in [
            ("wide", 1366, 768, "light"),
            ("phone", 400, 850, "light"),
            ("zoom", 320, 256, "light"),
            ("dark", 1366, 768, "dark"),
        ] {
            self.window(width, height).await;
            self.media("screen", scheme).await;
            self.fits(name, mode).await;
            if mode != "zoom" {
                assert_eq!(violations(&self.browser).await, Vec::<String>::new(), "{name}: {mode}");
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
    let link = dinh::server::first_link(&house.app).await.unwrap().unwrap();
    let first = link.trim_start_matches("http://dinh.test").to_owned();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.at(&base, "sign-in", "/sign-in").await;
    looker.answer(&base, "sign-in-refused", "/sign-in", None).await;
    looker.at(&base, "first-link", &first).await;
    looker.answer(&base, "first-link-refused", &first, None).await;
    looker.at(&base, "link-ended", "/link/none").await;
    house.fill("directory").await;
    crate::second_step::newcomer(&house, "sep", kernel::Role::Leader, "Sở Tài chính").await;
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
    looker.browser.delete_all_cookies().await.unwrap();
    sign_in(&looker.browser, &base, "vidu").await;
    for (name, path) in
        [("tasks-empty", "/tasks"), ("work-empty", "/work"), ("plans-empty", "/plans"), ("board-empty", "/board")]
    {
        looker.at(&base, name, path).await;
    }
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_programme() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let taken = officer.upload("/plans/new", &[Part::File("hỏi.txt", QUESTIONS.as_bytes())]).await;
    let asked = taken.location.split('?').next().unwrap().to_owned();
    let refused = officer.upload("/plans/new", &[Part::File("trống.txt", b"kh\xc3\xb4ng c\xc3\xb3 g\xc3\xac")]).await;
    let refused = refused.location.split('?').next().unwrap().to_owned();
    house.drain().await;
    let reading =
        officer.upload("/plans/new", &[Part::File("chờ.txt", QUESTIONS.replace("một", "hai").as_bytes())]).await;
    let reading = reading.location.split('?').next().unwrap().to_owned();
    let tasks = officer.get("/api/v1/tasks?state=late").await.json();
    let late = &tasks["items"][0];
    let (task, part) = (late["task"].as_str().unwrap(), late["id"].as_str().unwrap());
    let plan = format!("/plans/{}", late["plan"].as_str().unwrap());
    let unit = late["unit"].as_str().unwrap();
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    sign_in(&looker.browser, &base, "vidu").await;
    let pages = [
        ("plan-in-review", reading),
        ("work", "/work".into()),
        ("tasks", "/tasks".into()),
        ("tasks-drawer", format!("/tasks?open={part}")),
        ("tasks-columns", "/tasks?col=task&col=lead&col=plan&year=2026&state=late&sort=plan".into()),
        ("tasks-none", "/tasks?q=khong-co-viec-nay".into()),
        ("tasks-unknown-lead", "/tasks?lead_name=khong+co+co+quan".into()),
        ("task", format!("/tasks/{task}")),
        ("task-part", format!("/tasks/{task}?part={part}")),
        ("agency", format!("/agencies/{unit}")),
        ("board", "/board".into()),
        ("plans", "/plans".into()),
        ("plan", plan),
        ("plan-refused", refused),
        ("plan-new", "/plans/new".into()),
        ("review", format!("{asked}/review")),
        ("review-row", format!("{asked}/review?row=1")),
        ("not-found", "/no-such-page".into()),
        ("account", "/account".into()),
        ("style", "/style".into()),
    ];
    for (name, path) in pages {
        looker.at(&base, name, &path).await;
    }
    looker.answer(&base, "plan-new-refused", "/plans/new", None).await;
    looker.browser.quit().await.unwrap();
}

/// The id of the demo's plan with this number.
async fn numbered(officer: &testkit::Client, number: &str) -> String {
    let plans = officer.get("/api/v1/plans").await.json();
    let plan = plans["items"].as_array().unwrap().iter().find(|plan| plan["number"] == number).unwrap();
    format!("/plans/{}", plan["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_year() {
    let house = House::year().await;
    let one = async |table: &str, more: &str| {
        #[derive(db::FromQueryResult)]
        struct Row {
            id: uuid::Uuid,
        }
        let id = if table.contains(' ') { "r.id" } else { "id" };
        let sql = format!("SELECT {id} FROM programme_{table} {more} LIMIT 1");
        let row: Row = house.app.db().read().one(&sql, vec![]).await.unwrap().unwrap_or_else(|| panic!("{sql}"));
        kernel::PlanId::from_uuid(row.id).to_string().trim_start_matches("plan_").to_owned()
    };
    let duty = one("duty", "WHERE state = 'active'").await;
    let period = one("period", "ORDER BY label DESC").await;
    let whole = one("report", "WHERE consolidated ORDER BY label DESC").await;
    let (difficulty, letter) = (one("difficulty", "").await, one("letter", "").await);
    let target = one("target", "WHERE counted AND unit = '%'").await;
    let plan = one("plan", "WHERE state = 'live' AND number LIKE '45/%'").await;
    let part = one("part", "WHERE percent > 0 AND done_on IS NULL ORDER BY id").await;
    let officer = house.signed_in("vidu").await;
    let opened = officer.form(&format!("/duties/duty_{duty}/periods"), &[("label", "2026-H2")]).await;
    assert!(opened.location.starts_with("/periods/"), "{}", opened.body);
    house.drain().await;
    let asked = officer.form(&format!("/parts/part_{part}/explain"), &[("text", "Vì sao chậm?")]).await;
    let question = asked.location.split('?').next().unwrap().to_owned();
    let draft = "JOIN directory_unit u ON u.id = unit_id WHERE u.name = 'UBND xã Sông Mẫu' AND state = 'draft'";
    let draft = one("report r", draft).await;
    // Work whose plan another one took the place of.
    let replaced = one("part", "WHERE done_on IS NULL AND stopped_on IS NULL ORDER BY id DESC").await;
    let stop = "UPDATE programme_part SET stopped_on = '2026-11-18', stop_kind = 'replaced' WHERE id = $1";
    house.exec(stop, db::vals![format!("part_{replaced}").parse::<kernel::PartId>().unwrap().uuid()]).await;
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    sign_in(&looker.browser, &base, "vidu").await;
    for (name, path) in [
        ("part", format!("/parts/part_{part}")),
        ("part-replaced", format!("/parts/part_{replaced}")),
        ("assign", "/assign".into()),
        ("difficulties", "/difficulties".into()),
        ("difficulty", format!("/difficulties/difficulty_{difficulty}")),
        ("questions", "/questions".into()),
        ("question-new", "/questions/new".into()),
        ("question", question),
        ("letters", "/letters".into()),
        ("letter", format!("/letters/letter_{letter}")),
        ("target-page", format!("/targets/target_{target}")),
        ("duties", "/duties".into()),
        ("duty", format!("/duties/duty_{duty}")),
        ("duty-new", "/duties/new".into()),
        ("period", format!("/periods/period_{period}")),
        ("reports", "/reports".into()),
        ("reports-next", "/reports?page=2".into()),
        ("report-whole", format!("/reports/report_{whole}")),
        ("calendar", "/calendar?from=2026-04-28T16:00&days=3".into()),
        ("tracking", "/tracking".into()),
        ("work-year", "/work".into()),
        ("board-leaders", "/board?by=leader".into()),
        ("board-paper", "/board/paper".into()),
        ("board-ranking", "/board/ranking".into()),
        ("board-charge", "/board/leaders".into()),
        ("plan-map", format!("/plans/plan_{plan}/map")),
        ("notices", "/notices".into()),
    ] {
        looker.at(&base, name, &path).await;
    }
    looker.answer(&base, "assign-refused", "/assign", None).await;
    looker.browser.goto(format!("{base}/account")).await.unwrap();
    looker.browser.delete_all_cookies().await.unwrap();
    sign_in(&looker.browser, &base, "thu").await;
    looker.at(&base, "report-draft", &format!("/reports/report_{draft}")).await;
    looker.at(&base, "report-edit", &format!("/reports/report_{draft}/edit")).await;
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_whole_plans() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    let (above, below) = (numbered(&officer, "45/KH-UBND").await, numbered(&officer, "17/KH-UBND").await);
    let scan = include_bytes!("../../../../examples/plans/an-ninh-mang-quet.pdf");
    let scan = officer.upload("/plans/new", &[Part::File("quet.pdf", scan)]).await;
    let scan = scan.location.split('?').next().unwrap().to_owned();
    let next =
        include_str!("../../../../examples/plans/dam-may.txt").replace("22/KH", "99/KH").replace("Quý III", "Quý IV");
    let next = officer.upload("/plans/new", &[Part::File("moi.txt", next.as_bytes())]).await;
    let next = next.location.split('?').next().unwrap().to_owned();
    let word = include_bytes!("../../../../examples/plans/chinh-quyen-so.pdf");
    let word = officer.upload("/plans/new", &[Part::File("lai.pdf", word)]).await;
    let word = word.location.split('?').next().unwrap().to_owned();
    house.drain().await;
    let old = numbered(&officer, "22/KH-UBND").await;
    let old = old.trim_start_matches("/plans/");
    officer.form(&format!("{above}/publish"), &[]).await;
    let public = above.replace("/plans/", "/public/plans/");
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    looker.at(&base, "public-plan", &public).await;
    sign_in(&looker.browser, &base, "vidu").await;
    let pages = [
        ("review-scan", format!("{scan}/review")),
        ("review-word", format!("{word}/review?row=6")),
        ("plan-live", above.clone()),
        ("plan-timeline", format!("{above}?view=time")),
        ("plan-may-replace", next.clone()),
        ("changes", format!("{next}/changes?with={old}")),
        ("cascade", format!("{below}/cascade")),
        ("cascade-all", format!("{below}/cascade?all=1")),
        ("cascade-below", format!("{above}/cascade?below=1")),
        ("cascade-below-none", format!("{below}/cascade?below=1")),
        ("targets", "/targets".into()),
        ("targets-series", "/targets?indicator=data.maturity".into()),
        ("targets-none", "/targets?q=khong-co".into()),
        ("search", "/search?q=du+lieu+mo".into()),
        ("search-empty", "/search".into()),
        ("search-none", "/search?q=khong-co-chu-nay".into()),
        ("indicators", "/indicators".into()),
    ];
    for (name, path) in pages {
        looker.at(&base, name, &path).await;
    }
    looker.browser.quit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_rights() {
    let house = House::people().await;
    let officer = house.signed_in("vidu").await;
    let text = include_str!("../../../../examples/plans/dam-may.txt").replacen("Sở Tư pháp", "Sở Số hóa", 1);
    let plan = officer.upload("/plans/new", &[Part::File("a.txt", text.as_bytes())]).await;
    let plan = plan.location.split('?').next().unwrap().to_owned();
    let other = officer.upload("/plans/new", &[Part::File("b.txt", text.replace("22/KH", "23/KH").as_bytes())]).await;
    let other = other.location.split('?').next().unwrap().to_owned();
    house.drain().await;
    let named = [("words", "Sở Số hóa"), ("unit", "Sở Tư pháp"), ("number", "1")];
    let named = officer.form(&format!("{plan}/name-body"), &named).await.location;
    let task = [
        ("number", "35/TB-UBND"),
        ("giver", "UBND tỉnh"),
        ("text", "Rà soát hạ tầng"),
        ("leads", "Sở Tài chính; Sở Khoa học và Công nghệ"),
        ("due", "30/12/2026"),
    ];
    let task = officer.form("/assign", &task).await.location;
    let leader = house.signed_in("lanhdao").await;
    let refuse = [("rev", "2"), ("act", "refuse"), ("reason", "Tỉnh không ban hành văn bản này")];
    assert!(leader.form(&format!("{other}/confirm"), &refuse).await.status.is_redirection());
    let Some((_driver, browser, base)) = open(&house).await else { return };
    let looker = looker(browser);
    sign_in(&looker.browser, &base, "vidu").await;
    for (name, path) in [
        ("plan-unconfirmed", plan.clone()),
        ("plan-withdrawn", other),
        ("plans-unconfirmed", "/plans".into()),
        ("tasks-unconfirmed", "/tasks?col=task&col=lead&col=plan".into()),
        ("task-waiting", task),
        ("review-named", named),
        ("aliases", "/aliases".into()),
    ] {
        looker.at(&base, name, &path).await;
    }
    looker.browser.delete_all_cookies().await.unwrap();
    sign_in(&looker.browser, &base, "lanhdao").await;
    looker.at(&base, "inbox-confirm", "/work").await;
    looker.at(&base, "plan-to-confirm", &plan).await;
    house.confirm(&plan).await;
    looker.at(&base, "plan-confirmed", &plan).await;
    looker.browser.quit().await.unwrap();
}
