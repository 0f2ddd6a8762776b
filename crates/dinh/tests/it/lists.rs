//! What a list shows is what its reader may open one by one, and nothing less: on real rows, for everybody.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use testkit::Client;

use crate::{house::House, reporting::Round, work_lists::words_about_work};

/// Who is who: the department that follows, a commune's clerk and chair, leaders, administrators, another department.
const PEOPLE: [&str; 7] = ["vidu", "thu", "chutichxa", "lanhdao", "quantri", "donvi", "taichinh"];

async fn all(house: &House, sql: &str, kind: &'static str) -> BTreeSet<String> {
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let rows: Vec<Row> = house.app.db().read().all(sql, vec![]).await.unwrap();
    rows.into_iter().map(|row| kernel::id_text(kind, row.id).unwrap()).collect()
}

/// The ids of all pages of a list.
async fn listed(client: &Client, path: &str) -> BTreeSet<String> {
    let (mut ids, mut next) = (BTreeSet::new(), Some(path.to_owned()));
    while let Some(there) = next.take() {
        let answer = client.get(&there).await;
        if answer.status != StatusCode::OK {
            break;
        }
        let json = answer.json();
        ids.extend(json["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let mark = if path.contains('?') { '&' } else { '?' };
        next = json["next"].as_str().map(|cursor| format!("{path}{mark}after={cursor}"));
    }
    ids
}

#[tokio::test]
async fn what_is_no_view_of_a_register_is_refused_and_not_left_out() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
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
    let round = Round::open(&house).await;
    let (song, doi) = (house.unit("UBND xã Sông Mẫu", None), house.unit("UBND xã Đồi Mẫu", None));
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    assert!(whole.status.is_redirection(), "{}", whole.body);
    house.exec("UPDATE programme_report SET due_on = '2026-12-31'", vec![]).await;
    let late = "UPDATE programme_report SET due_on = '2025-12-01' WHERE unit_id = $1";
    house.exec(late, db::vals![doi.uuid()]).await;
    let sent = "UPDATE programme_report SET state = 'issued', number = '15/BC-HĐND', fold = fold || ' 15/bc-hdnd', due_on = '2025-11-01' WHERE unit_id = $1";
    house.exec(sent, db::vals![song.uuid()]).await;
    let receiver = house.unit("Sở Khoa học và Công nghệ", None);
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

#[tokio::test]
async fn each_list_shows_what_its_reader_may_open() {
    let house = House::demo().await;
    let round = Round::open(&house).await;
    // Duties that name one body each, a consolidated report, and one of the bodies is merged away.
    for body in ["UBND xã Đồi Mẫu", "Sở Khoa học và Công nghệ"] {
        let name = format!("Báo cáo của {body}");
        let rule = [("period", "quarter"), ("cutoff", "decree"), ("due_kind", "by"), ("due", "30/11")];
        let fields = [[("name", name.as_str()), ("reports", body)].as_slice(), &rule].concat();
        assert!(round.officer.form("/duties/new", &fields).await.status.is_redirection());
    }
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    assert!(whole.status.is_redirection(), "{}", whole.body);
    house.drain().await;
    words_about_work(&house).await;
    // A letter of another department.
    let of = house.unit("Sở Tài chính", None);
    let other =
        "UPDATE programme_letter SET from_id = $1 WHERE id = (SELECT id FROM programme_letter ORDER BY id LIMIT 1)";
    house.exec(other, db::vals![of.uuid()]).await;
    let (song, doi) = (house.unit("UBND xã Sông Mẫu", None), house.unit("UBND xã Đồi Mẫu", None));
    let merge = "UPDATE directory_unit SET valid_to = '2026-11-15', successor_id = $2 WHERE id = $1";
    house.exec(merge, db::vals![doi.uuid(), song.uuid()]).await;
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();
    let lists = [
        ("/api/v1/reports", "/api/v1/reports/", "SELECT id FROM programme_report", "report"),
        ("/api/v1/duties", "/api/v1/duties/", "SELECT id FROM programme_duty", "duty"),
        ("/api/v1/tasks", "/api/v1/parts/", "SELECT p.id FROM programme_part p", "part"),
        ("/api/v1/plans", "/api/v1/plans/", "SELECT id FROM programme_plan", "plan"),
        ("/api/v1/difficulties", "/difficulties/", "SELECT id FROM programme_difficulty", "difficulty"),
        ("/api/v1/questions", "/api/v1/questions/", "SELECT id FROM programme_question", "question"),
        ("/api/v1/questions", "/questions/", "SELECT id FROM programme_question", "question"),
        ("/api/v1/letters", "/letters/", "SELECT id FROM programme_letter", "letter"),
    ];
    for (list, one, sql, kind) in lists {
        let ids = all(&house, sql, kind).await;
        assert!(ids.len() > 2, "{list}: {ids:?}");
        let mut seen_by_some = 0;
        for login in PEOPLE {
            let client = house.signed_in(login).await;
            let listed = listed(&client, list).await;
            let mut open = BTreeSet::new();
            for id in &ids {
                if client.get(&format!("{one}{id}")).await.status == StatusCode::OK {
                    open.insert(id.clone());
                }
            }
            assert_eq!(listed, open, "{login} {list}");
            seen_by_some += usize::from(!open.is_empty() && open.len() < ids.len());
        }
        assert!(seen_by_some > 0 || kind == "plan", "{list}: everybody sees all or nothing, so this proves little");
    }
    house.registers_agree().await;
}

/// Lists that show less than their reader may open (what waits, what is one's own) show nothing beyond it.
#[tokio::test]
async fn no_list_shows_what_its_reader_may_not_open() {
    const LOOKED_AT: usize = 15;
    let house = House::year().await;
    let asked = [("text", "Đã có bao nhiêu?"), ("units", "UBND xã Sông Mẫu; Sở Tài chính")];
    let asked = house.signed_in("vidu").await.form("/questions", &asked).await;
    assert!(asked.status.is_redirection(), "{}", asked.body);
    for name in ["difficulties", "questions", "letters", "duties"] {
        let mut seen = 0;
        for login in PEOPLE {
            let client = house.signed_in(login).await;
            for id in listed(&client, &format!("/api/v1/{name}")).await.into_iter().take(LOOKED_AT) {
                let answer = client.get(&format!("/{name}/{id}")).await;
                assert_eq!(answer.status, StatusCode::OK, "{login} is shown {name} {id}");
                seen += 1;
            }
        }
        assert!(seen > 0, "{name}: nobody is shown anything, so this proves little");
    }
}
