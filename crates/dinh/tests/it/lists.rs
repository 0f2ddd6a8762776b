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
        next = match &json["next"] {
            serde_json::Value::Number(page) => Some(format!("{path}{mark}page={page}")),
            serde_json::Value::String(cursor) => Some(format!("{path}{mark}after={cursor}")),
            _ => None,
        };
    }
    ids
}

#[tokio::test]
async fn a_page_beyond_the_last_leads_back_to_the_first() {
    let house = House::demo().await;
    let officer = house.signed_in("vidu").await;
    for page in ["2", "1000000", "999999999999999999", "18446744073709551615"] {
        let answer = officer.get(&format!("/reports?page={page}")).await;
        assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/reports"), "{page}");
    }
    assert_eq!(officer.get("/reports?page=99999999999999999999999").await.status, 200, "no number is the first page");
}

#[tokio::test]
async fn each_list_shows_what_its_reader_may_open() {
    let house = House::demo().await;
    let round = Round::open(&house).await;
    // A consolidated report, and a body that is merged away.
    let whole = round.officer.form(&format!("/periods/{}", round.period), &[("act", "consolidate")]).await;
    assert!(whole.status.is_redirection(), "{}", whole.body);
    house.drain().await;
    words_about_work(&house).await;
    let (song, doi) = (house.unit("UBND xã Sông Mẫu", None), house.unit("UBND xã Đồi Mẫu", None));
    let merge = "UPDATE directory_unit SET valid_to = '2026-11-15', successor_id = $2 WHERE id = $1";
    house.exec(merge, db::vals![doi.uuid(), song.uuid()]).await;
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();
    let lists = [
        ("/api/v1/reports", "/api/v1/reports/", "SELECT id FROM programme_report", "report"),
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
}
