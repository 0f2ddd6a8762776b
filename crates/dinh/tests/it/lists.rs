//! What a list shows is what its reader may open one by one, and nothing less: on real rows, for everybody.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::UnitId;
use testkit::Client;

use crate::{house::House, round::Round, talk};

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

/// Bodies that were merged away, each with its successor.
async fn merge(house: &House, gone: &[(UnitId, UnitId)]) {
    for (gone, heir) in gone {
        let merge = "UPDATE directory_unit SET valid_to = '2026-11-15', successor_id = $2 WHERE id = $1";
        house.exec(merge, db::vals![gone.uuid(), heir.uuid()]).await;
    }
    house.app.get::<directory::Directory>().unwrap().reload().await.unwrap();
}

#[tokio::test]
async fn each_list_shows_what_its_reader_may_open() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
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
    let (leader, director) = (house.signed_in("lanhdao").await, house.signed_in("giamdoc").await);
    let units = ["UBND xã Sông Mẫu", "UBND xã Đồi Mẫu", "UBND xã Núi Mẫu"].map(|name| house.unit(name, None));
    talk::about_work(&house, &round.officer, &leader, &director, units).await;
    // A letter of another department.
    let of = house.unit("Sở Tài chính", None);
    let other =
        "UPDATE programme_letter SET from_id = $1 WHERE id = (SELECT id FROM programme_letter ORDER BY id LIMIT 1)";
    house.exec(other, db::vals![of.uuid()]).await;
    let (song, doi) = (house.unit("UBND xã Sông Mẫu", None), house.unit("UBND xã Đồi Mẫu", None));
    merge(&house, &[(doi, song)]).await;
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

#[tokio::test]
async fn reports_and_duties_cut_down_to_a_body_show_what_was_merged_into_it() {
    let house = House::demo().await;
    let round = Round::open(&house, house.signed_in("vidu").await).await;
    let [song, doi] = ["UBND xã Sông Mẫu", "UBND xã Đồi Mẫu"].map(|name| house.unit(name, None));
    let [science, finance] = ["Sở Khoa học và Công nghệ", "Sở Tài chính"].map(|name| house.unit(name, None));
    let rule = [("period", "quarter"), ("cutoff", "decree"), ("due_kind", "by"), ("due", "30/11")];
    let fields = [[("name", "Báo cáo quý"), ("reports", "UBND xã Đồi Mẫu")].as_slice(), &rule].concat();
    assert!(round.officer.form("/duties/new", &fields).await.status.is_redirection());
    let of = async |list: &str, unit: UnitId| listed(&round.officer, &format!("/api/v1/{list}={unit}")).await;
    let by_those_who_write = ["reports?unit", "duties?reports"];
    let mut before = Vec::new();
    for list in by_those_who_write {
        before.push((list, of(list, song).await, of(list, doi).await));
    }
    // What the department receives lies under the name of one that is no more.
    let mut received = Vec::new();
    for (list, table) in [("reports?receiver", "programme_report"), ("duties?owner", "programme_duty")] {
        received.push((list, of(list, science).await));
        let lies = format!("UPDATE {table} SET owner_id = $1 WHERE owner_id = $2");
        house.exec(&lies, db::vals![finance.uuid(), science.uuid()]).await;
    }
    merge(&house, &[(doi, song), (finance, science)]).await;
    for (list, own, left) in before {
        assert!(!own.is_empty() && !left.is_subset(&own), "{list}: {own:?} {left:?}");
        assert_eq!(of(list, song).await, &own | &left, "{list}");
        // An address from before the merger goes on showing what lies under the old name.
        assert_eq!(of(list, doi).await, left, "{list}");
    }
    for (list, rows) in received {
        assert!(!rows.is_empty(), "{list}");
        assert!(of(list, science).await.is_superset(&rows), "{list}");
        assert!(of(list, finance).await.is_superset(&rows), "{list}");
    }
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
