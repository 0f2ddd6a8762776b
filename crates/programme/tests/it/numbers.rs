//! A figure on a page is the number of rows that it opens: on every day, for everybody, whatever state the work is in.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use programme::{
    ids::TaskId,
    work::{
        model::order::Order,
        store::{
            register::{self, Filter},
            task,
        },
    },
};
use testkit::Client;

use crate::house::{COMMUNE, House, SCIENCE};

/// Around this day everything falls due, is done and is accepted.
const BASE: Date = date(2026, 11, 30);

/// Gives every part days of its own around [`BASE`]: due, begun later, reported, accepted, stopped, gone elsewhere, or
/// without a day.
async fn spread(house: &House) {
    let rows = house.app.db().read();
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let filter = programme::work::store::register::Filter::default();
    let parts = programme::work::store::register::page(&rows, &filter, &scope, BASE, None, 1000).await.unwrap();
    assert!(parts.len() > 30, "{}", parts.len());
    for (at, part) in (0_i64..).zip(&parts) {
        let day = |days: i64| Some(BASE.saturating_add(days.days()).to_string());
        let is_ahead = at % 7 == 5;
        let due = if at % 9 == 8 { None } else { day(if is_ahead { 60 } else { (at * 7) % 61 - 30 }) };
        let start = if is_ahead { day((at * 5) % 40 - 10) } else { None };
        let done = if at % 3 == 0 && !is_ahead { day((at * 13) % 50 - 45) } else { None };
        let accepted = done.clone().filter(|_| at % 2 == 0).and(day((at * 13) % 50 - 40));
        let stopped = if done.is_none() && !is_ahead && at % 10 == 1 { day(-5) } else { None };
        let sort = format!("{} {}", due.as_deref().unwrap_or("9999-12-31"), part.sort_plan);
        let kind = stopped.clone().map(|_| if at % 20 == 1 { "moved" } else { "paused" }.to_owned());
        let sql = "UPDATE programme_part SET start_on = $2, due_on = $3, done_on = $4, accepted_on = $5, stopped_on = $6, \
            stop_kind = $7, sort_due = $8, rev = rev + 1 WHERE id = $1";
        house.exec(sql, db::vals![part.id, start, due, done, accepted, stopped, kind, sort]).await;
    }
}

fn plain(html: &str) -> String {
    html.replace("&#x2f;", "/").replace("&amp;", "&")
}

fn text(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            let shown = !inside && *c != '<';
            inside = if *c == '<' { true } else { inside && *c != '>' };
            shown
        })
        .collect()
}

fn number(text: &str) -> Option<usize> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit() && c != '.').next()?.replace('.', "").parse().ok()
}

/// Links to rows that show a figure, with it. A tile that shows a share says how many rows it opens.
fn figures(page: &str) -> Vec<(String, usize)> {
    let links = plain(page);
    let links = links.split("<a ").skip(1).filter_map(|link| link.split_once("</a>").map(|(link, _)| link));
    let figure = |link: &str| {
        let href = link.split_once("href=\"")?.1.split_once('"')?.0;
        let (_, shown) = link.split_once('>')?;
        let said = match (shown.split_once("mở ra "), shown.split_once("class=\"big\">")) {
            (Some((_, said)), _) => number(said),
            (None, Some((_, big))) => number(big.split_once('<').map_or(big, |(figure, _)| figure)),
            (None, None) => number(&text(shown)),
        };
        href.starts_with("/tasks?").then(|| Some((href.to_owned(), said?))).flatten()
    };
    links.filter_map(figure).collect()
}

/// How many rows the register says that this address has.
async fn rows(client: &Client, href: &str) -> usize {
    let answer = client.get(href).await;
    assert_eq!(answer.status, StatusCode::OK, "{href}");
    let count = answer.body.split_once("id=\"count\">").unwrap().1;
    number(count.split_once('<').unwrap().0).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_figure_is_the_number_of_rows_that_it_opens() {
    let house = House::demo().await;
    spread(&house).await;
    let commune = format!("/agencies/{}", house.unit(COMMUNE));
    let mut seen = BTreeSet::new();
    for ahead in [-30_i64, -15, -2, -1, 0, 1, 2, 14, 30, 31, 32] {
        let today = BASE.saturating_add(ahead.days());
        house.clock.set(today);
        for login in ["lanhdao", "vidu", "giamdoc", "taichinh", "thu", "chutichxa"] {
            let client = house.as_(login).await;
            let whole = [-1, 0, 1].contains(&ahead);
            let pages = ["/board", "/work", &commune, "/board?by=leader", "/board?year=2026", "/board/paper"];
            for path in pages.iter().take(if whole { pages.len() } else { 3 }) {
                let page = client.get(path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let figures = figures(&page.body);
                // The table of a board has a figure for each state of each body: on three days all are opened.
                let few = figures.len().min(if whole { usize::MAX } else { 8 });
                for (href, figure) in &figures[..few] {
                    assert_eq!(rows(&client, href).await, *figure, "{today} {login} {path} {href}");
                    seen.insert(href.split("state=").nth(1).unwrap_or_default().to_owned());
                }
            }
        }
    }
    let states = ["", "done", "done_late", "finished", "late", "not_yet", "reported", "running", "soon", "stopped"];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), states);
}

/// The tile, the table, the list and the last point of the way are one count.
#[tokio::test]
async fn late_today_is_late_in_the_tile_the_table_the_list_and_the_trail() {
    let house = House::demo().await;
    spread(&house).await;
    for today in BASE.saturating_sub(8.days()).series(1.day()).take(24) {
        house.clock.set(today);
        let client = house.as_("vidu").await;
        let board = client.get("/api/v1/board").await.json();
        let page = plain(&client.get("/board").await.body);
        let list = rows(&client, "/tasks?of=ours&state=late").await;
        let point = page.split_once("Đến hôm nay</td>").unwrap().1;
        let late_point = number(point.split("<td class=\"num\">").nth(3).unwrap()).unwrap();
        assert_eq!(board["sum"]["late"].as_u64(), u64::try_from(list).ok(), "{today}");
        assert_eq!(late_point, list, "{today}");
    }
}

/// Where a body only helps, it may read; that is not counted as its own, and the page says what is.
#[tokio::test]
async fn every_page_that_counts_says_what_it_counts_and_counts_the_same() {
    let house = House::demo().await;
    let clerk = house.as_("thu").await;
    let all = rows(&clerk, "/tasks").await;
    let ours = rows(&clerk, "/tasks?of=ours").await;
    assert!(ours < all, "{ours} of {all}");
    let commune = format!("/agencies/{}", house.unit(COMMUNE));
    for path in ["/board", "/work", "/board/ranking", "/board/paper", &commune] {
        let page = plain(&clerk.get(path).await.body);
        assert!(page.contains("Phạm vi: việc Xã Sông Mẫu và các đơn vị trực thuộc chủ trì"), "{path}");
    }
    assert_eq!(clerk.get("/api/v1/board").await.json()["sum"]["total"].as_u64(), u64::try_from(ours).ok());
    let leads = rows(&clerk, &format!("/tasks?lead={}", house.unit(COMMUNE))).await;
    assert_eq!(ours, leads);
    let follower = plain(&house.as_("vidu").await.get("/board").await.body);
    assert!(follower.contains("việc của mọi cơ quan trong "), "{follower}");
}

/// A lead that is corrected is one part before and one part after, on every page.
#[tokio::test]
async fn work_that_went_to_another_body_is_counted_once() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let total = async || officer.get("/api/v1/board").await.json()["sum"]["total"].as_u64().unwrap();
    let before = total().await;
    let task =
        "SELECT id FROM programme_task WHERE text = 'Rà soát định mức chi cho thuê dịch vụ số.' ORDER BY id LIMIT 1";
    let task = TaskId::from_uuid(house.one(task, vec![]).await);
    let form = [("rev", "0"), ("leads", SCIENCE), ("reason", "Văn bản ghi nhầm")];
    assert_eq!(officer.form(&format!("/tasks/{task}/amend"), &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(total().await, before);
    assert_eq!(rows(&officer, &format!("/tasks?lead={}&task={task}", house.unit("Sở Tài chính"))).await, 0);
    // Grouped by task and on the page of the plan it is the same.
    let (conn, scope) = (house.app.db().read(), kernel::Scope { everything: true, ..kernel::Scope::default() });
    let plan = task::get(&conn, task).await.unwrap().unwrap().plan_id;
    let filter = Filter { plan: Some(plan), ..Filter::default() };
    let groups = register::groups(&conn, (&filter, Order::default()), &scope, BASE, None, 1000).await.unwrap();
    let by_task = register::by_task(&conn, kernel::PlanId::from_uuid(plan), BASE).await.unwrap();
    let mut grouped: Vec<_> = groups.iter().map(|one| (one.task_id, one.total, one.done, one.late)).collect();
    let mut of_plan: Vec<_> = by_task.iter().map(|one| (one.task_id, one.total, one.done, one.late)).collect();
    grouped.sort_unstable();
    of_plan.sort_unstable();
    assert_eq!(grouped, of_plan);
}

/// What its body reported done waits for somebody who accepts it.
#[tokio::test]
async fn what_is_reported_is_done_only_once_it_is_accepted() {
    let house = House::demo().await;
    let (clerk, follower) = (house.as_("thu").await, house.as_("vidu").await);
    let sum = async || follower.get("/api/v1/board").await.json()["sum"].clone();
    let before = sum().await;
    let unit = house.unit(COMMUNE);
    let part = clerk.get(&format!("/api/v1/tasks?state=running&lead={unit}")).await.json()["items"][0].clone();
    let path = format!("/parts/{}", part["id"].as_str().unwrap());
    let done = [("rev", "1"), ("done_on", "2026-11-20"), ("note", "Báo cáo số 9")];
    assert_eq!(clerk.form(&format!("{path}/done"), &done).await.status, StatusCode::SEE_OTHER);
    let reported = sum().await;
    let of = |counts: &serde_json::Value, key: &str| counts[key].as_i64().unwrap();
    assert_eq!(of(&reported, "reported"), of(&before, "reported") + 1);
    assert_eq!(of(&reported, "done"), of(&before, "done"));
    let page = clerk.get(&path).await.location;
    assert!(clerk.get(&page).await.body.contains("Chờ nghiệm thu"));
    let waiting = clerk.get(&format!("/api/v1/tasks?state=reported&lead={unit}")).await.json();
    assert!(waiting["items"].as_array().unwrap().iter().any(|item| item["id"] == part["id"]), "{waiting}");
    let accept = [("rev", "2"), ("act", "accept"), ("words", "Đã xem bản giấy")];
    assert_eq!(follower.form(&format!("{path}/check"), &accept).await.status, StatusCode::SEE_OTHER);
    let accepted = sum().await;
    assert_eq!(of(&accepted, "reported"), of(&before, "reported"));
    assert_eq!(of(&accepted, "done"), of(&before, "done") + 1);
    assert!(clerk.get(&page).await.body.contains("Hoàn thành đúng hạn"));
}

/// Who decides begins with how things stand, who works with what waits.
#[tokio::test]
async fn leaders_begin_at_the_board() {
    let house = House::people().await;
    for (login, first) in
        [("lanhdao", "/board"), ("giamdoc", "/board"), ("chutichxa", "/board"), ("thu", "/work"), ("vidu", "/work")]
    {
        assert_eq!(house.as_(login).await.get("/").await.location, first, "{login}");
    }
}

/// "Trước ngày 30/11/2026", a Monday: the Friday before it stands first, and the days that are left lead there.
#[tokio::test]
async fn what_is_due_before_a_day_says_the_safe_day_first() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let task = [
        ("number", "77/TB-SKHCN"),
        ("issued_on", "2026-11-16"),
        ("giver", ""),
        ("text", "Nộp danh mục cơ sở dữ liệu"),
        ("leads", SCIENCE),
        ("due", "trước ngày 30/11/2026"),
        ("result", ""),
    ];
    assert_eq!(officer.form("/assign", &task).await.status, StatusCode::SEE_OTHER);
    let part = officer.get("/api/v1/tasks?q=nop+danh+muc+co+so").await.json()["items"][0].clone();
    // Saturday 21/11: six days to Friday 27/11, eight to Sunday 29/11, the last day on which it is in time.
    assert_eq!((part["due_on"].as_str(), part["days"].as_i64()), (Some("2026-11-29"), Some(6)), "{part}");
    let page = format!("/tasks/{}?part={}", part["task"].as_str().unwrap(), part["id"].as_str().unwrap());
    for path in ["/tasks?q=nop+danh+muc+co+so", "/tasks.csv?q=nop+danh+muc+co+so", &page] {
        let body = plain(&officer.get(path).await.body);
        assert!(body.contains("thứ Sáu 27/11, trước hạn 30/11/2026"), "{path} {body}");
        assert!(path.contains("csv") || body.contains("Đến hạn trong 6 ngày"), "{path} {body}");
    }
    house.clock.set(date(2026, 11, 30));
    let late = house.as_("vidu").await.get("/api/v1/tasks?q=nop+danh+muc+co+so&state=late").await.json();
    assert_eq!(late["items"][0]["days"], 1, "{late}");
}
