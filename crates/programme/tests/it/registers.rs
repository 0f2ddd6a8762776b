//! Registers of reports and duties, as their readers cut them down.

use axum::http::StatusCode;

use crate::{
    house::{COMMUNE, House, OTHER_COMMUNE, SCIENCE},
    round::Round,
    talk::raised,
};

#[tokio::test]
async fn what_is_no_view_of_a_register_is_refused_and_not_left_out() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    for view in ["after=2", "state=late", "period=2026-M13", "unit=2", "late=yes", "sort=no"] {
        assert_eq!(officer.get(&format!("/reports?{view}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{view}");
    }
    for view in ["state=issued", "period=2026-M11", "owner=2"] {
        assert_eq!(officer.get(&format!("/duties?{view}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{view}");
    }
}

#[tokio::test]
async fn reports_are_cut_down_as_their_reader_asks_and_late_ones_are_said_in_red() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let (song, doi) = (house.unit(COMMUNE), house.unit(OTHER_COMMUNE));
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    assert!(whole.status.is_redirection(), "{}", whole.body);
    house.exec("UPDATE programme_report SET due_on = '2026-12-31'", vec![]).await;
    let late = "UPDATE programme_report SET due_on = '2025-12-01' WHERE unit_id = $1";
    house.exec(late, db::vals![doi.uuid()]).await;
    let sent = "UPDATE programme_report SET state = 'issued', number = '15/BC-HĐND', fold = fold || ' 15/bc-hdnd', due_on = '2025-11-01' WHERE unit_id = $1";
    house.exec(sent, db::vals![song.uuid()]).await;
    let receiver = house.unit(SCIENCE);
    for (view, count) in [
        (String::new(), 4),
        ("state=draft".into(), 3),
        ("state=issued".into(), 1),
        ("to_do=1".into(), 3),
        ("late=1".into(), 1),
        ("period=2026-M11".into(), 4),
        ("period=2026-Q4".into(), 0),
        (format!("unit={song}"), 1),
        (format!("receiver={receiver}"), 3),
        ("consolidated=1".into(), 1),
        ("q=th%C3%A1ng+11+n%C4%83m+2026".into(), 4),
        ("q=quy+iv".into(), 0),
        ("q=15/bc-hdnd".into(), 1),
    ] {
        for sort in ["to_do", "due", "period"] {
            let list = round.officer.get(&format!("/api/v1/reports?{view}&sort={sort}")).await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), count, "{view} {sort}");
        }
    }
    // What is sent comes last, whatever its day.
    let list = round.officer.get("/api/v1/reports").await.json();
    let units: Vec<&str> = list["items"].as_array().unwrap().iter().filter_map(|one| one["unit"].as_str()).collect();
    assert_eq!((units[2], units[3]), (doi.to_string().as_str(), song.to_string().as_str()));
    let page = round.officer.get("/reports").await.body;
    assert_eq!(page.matches("st late\">Quá hạn báo cáo").count(), 1, "{page}");
    assert!(page.contains("tháng 11 năm 2026") && page.contains("Báo cáo tổng hợp"), "{page}");
    let file = round.officer.get("/reports.csv").await.body;
    assert!(file.contains("Quá hạn báo cáo") && file.contains("15/BC-HĐND") && file.contains("01/12/2025"), "{file}");
    // A duty is found by its words, and by whom it obliges.
    for (view, count) in [("q=duoc+giao".into(), 1), (format!("reports={doi}"), 1), (format!("owner={song}"), 0)] {
        let list = round.officer.get(&format!("/api/v1/duties?state=active&{view}")).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), count, "{view}");
    }
    let file = round.officer.get("/duties.csv?state=active").await.body;
    assert!(file.contains("3 ngày làm việc sau ngày chốt"), "{file}");
}

/// The ids of a list, page by page.
async fn walked(client: &testkit::Client, path: &str) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}{after}")).await.json();
        ids.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { return ids };
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn the_register_of_parts_is_ordered_by_each_head_from_both_ends() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let usual = walked(&officer, "/api/v1/tasks?").await;
    for (order, column) in [("due", "sort_due"), ("plan", "sort_plan"), ("lead", "unit_sort")] {
        let up = walked(&officer, &format!("/api/v1/tasks?sort={order}")).await;
        let mut down = walked(&officer, &format!("/api/v1/tasks?sort=-{order}")).await;
        down.reverse();
        assert_eq!(up, down, "{order}");
        let mut places = Vec::new();
        for id in &up {
            let id: programme::ids::PartId = id.parse().unwrap();
            places.push((text(&house, column, id.uuid()).await, id.uuid()));
        }
        assert!(places.is_sorted(), "{order}: {places:?}");
        let (mut all, mut these) = (usual.clone(), up);
        all.sort_unstable();
        these.sort_unstable();
        assert_eq!(all, these, "{order} shows the same rows");
        let page = officer.get(&format!("/tasks?sort=-{order}")).await.body;
        assert_eq!(page.matches("aria-sort=\"descending\"").count(), 1, "{order}: {page}");
    }
    // Section and plan lie in the same order: one head says so.
    let page = officer.get("/tasks?sort=plan&col=plan&col=section").await.body;
    assert_eq!(page.matches("aria-sort=\"ascending\"").count(), 1, "{page}");
}

async fn text(house: &House, column: &str, part: uuid::Uuid) -> String {
    #[derive(db::FromQueryResult)]
    struct Row {
        text: String,
    }
    let sql = format!("SELECT {column} AS text FROM programme_part WHERE id = $1");
    let row: Row = house.app.db().read().one(&sql, db::vals![part]).await.unwrap().unwrap();
    row.text
}

#[tokio::test]
async fn reports_and_difficulties_are_ordered_by_the_names_of_their_bodies() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    let units = [COMMUNE, OTHER_COMMUNE, COMMUNE].map(|name| house.unit(name));
    for unit in units {
        crate::talk::raised(&house, &round.officer, unit, "Thiếu đường truyền").await;
    }
    let bodies = house.app.bodies();
    for (list, count) in [("reports", 3), ("difficulties", units.len())] {
        let names = async |sort: &str| {
            let page = round.officer.get(&format!("/api/v1/{list}?sort={sort}")).await.json();
            let unit = |row: &serde_json::Value| row["unit"].as_str().unwrap().parse().unwrap();
            let rows = page["items"].as_array().unwrap().iter();
            rows.map(|row| bodies.body(unit(row)).unwrap().sort).collect::<Vec<_>>()
        };
        let (up, mut down) = (names("unit").await, names("-unit").await);
        assert!(up.len() == count && up.is_sorted(), "{list}: {up:?}");
        down.reverse();
        assert_eq!(up, down, "{list}");
        let page = round.officer.get(&format!("/{list}?sort=unit")).await.body;
        assert_eq!(page.matches("aria-sort=\"ascending\"").count(), 1, "{list}: {page}");
    }
}

#[tokio::test]
async fn tasks_are_ordered_by_what_is_counted_of_them_and_no_page_loses_one() {
    use kernel::Code as _;
    use programme::work::{
        model::order::{Order, TaskBy},
        store::register::{self, Filter, TaskGroup},
    };
    let house = House::demo().await;
    let (conn, today) = (house.app.db().read(), house.system().today());
    let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
    let filter = Filter::default();
    let mut all = None;
    for by in TaskBy::ALL.iter().copied() {
        for is_falling in [false, true] {
            let (mut seen, mut after): (Vec<TaskGroup>, _) = (Vec::new(), None);
            loop {
                let asked = (&filter, Order { by, is_falling });
                let mut page = register::groups(&conn, asked, &scope, today, after, 2).await.unwrap();
                let is_last = page.len() < 3;
                page.truncate(2);
                after = page.last().map(|one| (one.sort.clone(), one.task_id));
                seen.extend(page);
                if is_last {
                    break;
                }
            }
            let share = |one: &TaskGroup| one.done * 1000 / one.total;
            let is_before = |pair: &[TaskGroup]| match by {
                TaskBy::Plan => pair[0].sort <= pair[1].sort,
                // Where nothing open falls due any more comes last.
                TaskBy::Due => {
                    pair[0].due_on.as_deref().unwrap_or("9999") <= pair[1].due_on.as_deref().unwrap_or("9999")
                }
                TaskBy::Progress => share(&pair[0]) <= share(&pair[1]),
                TaskBy::Late => pair[0].late >= pair[1].late,
            };
            let ids: Vec<_> = seen.iter().map(|one| one.task_id).collect();
            if is_falling {
                seen.reverse();
            }
            assert!(seen.windows(2).all(is_before), "{by:?} {is_falling}");
            let mut sorted = ids.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), ids.len(), "none comes twice");
            assert_eq!(*all.get_or_insert(sorted.clone()), sorted, "and none is lost: {by:?} {is_falling}");
        }
    }
    assert!(all.unwrap().len() > 4);
}

#[tokio::test]
async fn plans_are_ordered_by_their_heads_and_the_usual_order_is_the_newest_first() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let links = async |sort: &str| {
        let page = officer.get(&format!("/plans?sort={sort}")).await.body;
        let rows = page.split("<tr><td><a href=\"/plans/").skip(1);
        rows.map(|row| row.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let usual = links("").await;
    assert!(usual.len() > 2, "{usual:?}");
    assert_eq!(usual, links("taken").await);
    for sort in ["taken", "number", "issuer", "state"] {
        let (up, mut down) = (links(sort).await, links(&format!("-{sort}")).await);
        down.reverse();
        assert_eq!(up, down, "{sort}");
    }
    let page = officer.get("/plans").await.body;
    assert!(page.contains("aria-sort=\"descending\"") && page.contains("plans?sort=-taken"), "{page}");
    let page = officer.get("/plans?sort=number").await.body;
    assert!(page.contains("aria-sort=\"ascending\"") && page.contains("plans?sort=-number"), "{page}");
}

/// After an upgrade reports and difficulties are there that were written before their place was kept.
#[tokio::test]
async fn what_has_no_place_by_the_name_of_its_body_gets_it_at_the_first_start() {
    let house = House::demo().await;
    let round = Round::open(&house, house.as_("vidu").await).await;
    raised(&house, &round.officer, house.unit(COMMUNE), "Thiếu đường truyền").await;
    let tables = ["programme_report", "programme_difficulty"];
    let unit = house.unit(COMMUNE);
    let sort = house.app.bodies().body(unit).unwrap().sort;
    let placed = async |table: &str| {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE unit_id = $1 AND unit_sort = $2");
        house.app.db().read().count(&sql, db::vals![unit.uuid(), sort.as_str()]).await.unwrap()
    };
    for table in tables {
        assert!(placed(table).await > 0, "{table}");
        house.exec(&format!("UPDATE {table} SET unit_sort = NULL"), vec![]).await;
    }
    for _ in 0..2 {
        house.exec("DELETE FROM db_daily", vec![]).await;
        db::daily(house.app.db(), &house.system(), &["programme.place"]).await.unwrap();
        house.drain().await;
    }
    for table in tables {
        assert!(placed(table).await > 0, "{table}");
        assert_eq!(house.count(&format!("SELECT COUNT(*) FROM {table} WHERE unit_sort IS NULL")).await, 0, "{table}");
    }
    let twice = "SELECT COUNT(*) FROM (SELECT subject FROM db_ledger WHERE action = 'report.place' \
        GROUP BY subject HAVING COUNT(*) > 1) AS again";
    assert_eq!(house.count(twice).await, 0, "it is done once");
    assert!(house.app.daily().contains(&"programme.place"));
    assert_eq!(db::verify(house.app.db()).await.unwrap().faults, []);
}
