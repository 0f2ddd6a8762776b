//! Units stay one tree, whoever changes them and however many at once; what was broken from outside is mended.

use ::directory::{Directory, model::unit::Unit, usecase::unit_edit};
use axum::http::{Method, StatusCode};
use kernel::UnitId;
use serde_json::json;
use testkit::{Answer, Client, Part};
use webkit::{Answers, Record as _};

use crate::{
    house::House,
    people::{dinh, directory, root, said, to_the_machines_time, unit},
    query_plans::heard::during,
};

async fn list(admin: &Client, text: &str, confirm: bool) -> Answer {
    let file = Part::File("u.csv", text.as_bytes());
    let parts = if confirm { vec![Part::Field("confirm", "1"), file] } else { vec![file] };
    admin.upload("/units/import", &parts).await
}

#[tokio::test]
async fn units_below_each_other_are_refused_wherever_they_come_from() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let ring =
        "code,name,kind,parent_code\n90007,UBND xã Sông Mẫu,commune,90008\n90008,UBND xã Đồi Mẫu,commune,90007\n";
    let length = house.ledger_length().await;
    for confirm in [false, true] {
        let answer = list(&admin, ring, confirm).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        for words in ["thành vòng", "UBND xã Sông Mẫu (Dòng 2)", "UBND xã Đồi Mẫu (Dòng 3)"] {
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
    }
    let crowned = "code,name,kind,parent_code\n00,Tỉnh Mẫu,province,90008\n";
    assert!(list(&admin, crowned, true).await.body.contains("Tỉnh Mẫu (Dòng 2)"));
    let second = "code,name,kind\nX1,Tỉnh Khác,province\n";
    assert_eq!(list(&admin, second, true).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let twice = "code,name,kind\nX1,Tổ Một,team\nX1,Tổ Hai,team\n";
    assert_eq!(list(&admin, twice, true).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let province = root(&house);
    let changed = [("name", "Tỉnh Mẫu"), ("kind", "team"), ("rev", "1")];
    let answer = admin.form(&format!("/units/{province}/edit"), &changed).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("Đơn vị gốc"), "{}", answer.body);
    let (song, doi) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "UBND xã Đồi Mẫu"));
    let below = json!({"kind": "commune", "name": "UBND xã Sông Mẫu", "parent": song.to_string()});
    let patched = admin.header("if-match", "\"1\"").json(Method::PATCH, &format!("/api/v1/units/{song}"), &below).await;
    assert_eq!(
        (patched.status, patched.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("tree-cycle"))
    );
    let above = json!({"parent": song.to_string()});
    let patched =
        admin.header("if-match", "\"1\"").json(Method::PATCH, &format!("/api/v1/units/{province}"), &above).await;
    assert_eq!(patched.status, StatusCode::UNPROCESSABLE_ENTITY, "a root below another is refused, not left out");
    let heir = |of: &str, to: UnitId| json!({"kind": "commune", "name": of, "successor": to.to_string(), "valid_to": "2026-12-31"});
    let patch = async |id: UnitId, body: serde_json::Value| {
        admin.header("if-match", "\"1\"").json(Method::PATCH, &format!("/api/v1/units/{id}"), &body).await.status
    };
    assert_eq!(patch(song, heir("UBND xã Sông Mẫu", doi)).await, StatusCode::OK);
    assert_eq!(patch(doi, heir("UBND xã Đồi Mẫu", song)).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.ledger_length().await, length + 1, "only the heir was stored");
    assert_eq!(house.signed_in("thu").await.get("/tasks").await.status, StatusCode::OK);
}

/// Each move is harmless by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_moves_that_make_a_circle_one_is_refused() {
    let house = House::people().await;
    let ctx = house.system();
    let sent = |name: &str, parent: UnitId| {
        Answers::default().with("name", name).with("kind", "team").with("parent", parent.to_string())
    };
    let (app, directory) = (&house.app, directory(&house));
    for round in 0..12 {
        let add = async |name: &str| {
            let unit = Unit::from_answers(app, &ctx, &sent(name, root(&house)), None).unwrap();
            unit_edit::unit_add(directory, app.authorizer(), &ctx, unit).await.unwrap()
        };
        let (a, b) = (add(&format!("Tổ A{round}")).await, add(&format!("Tổ B{round}")).await);
        let (down, up) = (sent("A", b.id), sent("B", a.id));
        let one = unit_edit::unit_edit(app, &ctx, a.id, 1, &down);
        let two = unit_edit::unit_edit(app, &ctx, b.id, 1, &up);
        let (one, two) = tokio::join!(one, two);
        assert!(one.is_ok() != two.is_ok(), "round {round}: {one:?} {two:?}");
        assert_eq!(one.err().or(two.err()).unwrap().code, "tree-cycle");
    }
    directory.reload().await.unwrap();
    assert_eq!(directory.fault(), None);
}

#[tokio::test]
async fn a_tree_broken_from_outside_is_not_served_and_can_be_mended() {
    let house = House::people().await;
    to_the_machines_time(&house);
    let (admin, officer) = (house.signed_in("quantri").await, house.signed_in("thu").await);
    let (song, doi) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "UBND xã Đồi Mẫu"));
    let conn = house.app.db().unguarded();
    let below = "UPDATE directory_unit SET parent_id = $2 WHERE id = $1";
    let break_it = async || {
        house.exec(below, db::vals![song.uuid(), doi.uuid()]).await;
        house.exec(below, db::vals![doi.uuid(), song.uuid()]).await;
        conn.exec("UPDATE directory_stamp SET value = value + 1 WHERE name = 'tree'", vec![]).await.unwrap();
    };
    break_it().await;
    directory(&house).refresh().await.unwrap();
    let tree = directory(&house).tree();
    assert_eq!(tree.unit(song).unwrap().parent, Some(root(&house)), "the last good tree is served");
    let page = admin.get("/work").await.body;
    assert!(page.contains("Cây đơn vị trong cơ sở dữ liệu bị hỏng") && page.contains("UBND xã Sông Mẫu"), "{page}");
    let plain = officer.get("/tasks").await;
    assert!(plain.status == StatusCode::OK && !plain.body.contains("bị hỏng"));
    let fresh = Directory::open(house.app.db().clone(), kernel::Roles::default()).await.unwrap();
    assert_eq!(fresh.whole().unwrap_err().code, "tree-broken");
    assert!(fresh.tree().subtree(song).len() < 20, "computing on it ends all the same");
    for refused in [vec!["serve", "--listen", "127.0.0.1:0"], vec!["plan", "search", "x"]] {
        let run = dinh(&house, &[refused, vec!["--lang", "en"]].concat());
        assert_eq!(run.status.code(), Some(1), "{}", said(&run));
        assert!(said(&run).contains("dinh unit mend --set") && said(&run).contains("UBND xã"), "{}", said(&run));
    }
    let seen = dinh(&house, &["unit", "mend", "--format", "json"]);
    assert!(said(&seen).contains("tree-cycle") && said(&seen).contains(&song.to_string()), "{}", said(&seen));
    let half = dinh(&house, &["unit", "mend", "--set", &format!("{song}=root")]);
    assert_eq!(half.status.code(), Some(1), "two roots are no tree either: {}", said(&half));
    let done = dinh(&house, &["unit", "mend", "--set", &format!("{song}={}", root(&house)), "--format", "json"]);
    assert!(done.status.success() && said(&done).contains("\"fault\":null"), "{}", said(&done));
    directory(&house).refresh().await.unwrap();
    assert!(!admin.get("/work").await.body.contains("bị hỏng"));
    // A corrected list mends as well: it finds units by their code, wherever they hang.
    break_it().await;
    directory(&house).refresh().await.unwrap();
    let good = "code,name,kind,parent_code\n90007,UBND xã Sông Mẫu,commune,00\n";
    let taken = list(&admin, good, true).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert_eq!(
        (
            directory(&house).fault(),
            house.count("SELECT COUNT(*) FROM directory_unit WHERE area_code = '90007' OR code = '90007'").await
        ),
        (None, 1)
    );
    // The province itself below one of its communes.
    house.exec(below, db::vals![root(&house).uuid(), song.uuid()]).await;
    conn.exec("UPDATE directory_stamp SET value = value + 1 WHERE name = 'tree'", vec![]).await.unwrap();
    directory(&house).refresh().await.unwrap();
    let crown = list(&admin, "code,name,kind\n00,Tỉnh Mẫu,province\n", true).await;
    assert_eq!((crown.status, directory(&house).fault()), (StatusCode::SEE_OTHER, None), "{}", crown.body);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_backup_of_broken_units_restores_nothing_unless_it_is_to_be_mended() {
    let house = House::people().await;
    let (song, doi) = (unit(&house, "UBND xã Sông Mẫu"), unit(&house, "UBND xã Đồi Mẫu"));
    for (below, above) in [(song, doi), (doi, song)] {
        let sql = "UPDATE directory_unit SET parent_id = $2 WHERE id = $1";
        house.exec(sql, db::vals![below.uuid(), above.uuid()]).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.backup");
    let steps = dinh::wiring::migrations(&dinh::wiring::modules());
    db::backup(house.app.db(), &steps, &file, None).await.unwrap();
    let fresh = testkit::TestDb::open().await;
    let whole = async |conn: &db::Writer| ::directory::units_whole(conn).await;
    let refused = db::restore_if(&fresh.db, &steps, &file, None, whole).await.unwrap_err();
    assert_eq!(refused.code, "restore-tree-broken");
    assert!(db::pending(&fresh.db, &steps).await.unwrap().fresh, "nothing is left of it");
    db::restore_if(&fresh.db, &steps, &file, None, async |_| Ok(())).await.unwrap();
    let back = Directory::open(fresh.db.clone(), kernel::Roles::default()).await.unwrap();
    assert_eq!(back.whole().unwrap_err().code, "tree-broken", "to be mended");
}

/// What is looked up about the units of a list is looked up once, not for each of its lines.
#[tokio::test]
async fn a_list_of_3000_units_is_taken_in_with_one_statement_a_line() {
    const LINES: usize = 3000;
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let taken = async |name: &str| {
        let lines: Vec<String> = (0..LINES).map(|n| format!("T{n},{name} {n},team\n")).collect();
        let text = format!("code,name,kind\n{}", lines.concat());
        let (answer, heard) = during(list(&admin, &text, true)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let named = format!("SELECT COUNT(*) FROM directory_unit WHERE name LIKE '{name} %' AND name_twin_of IS NULL");
        assert_eq!(house.count(&named).await, i64::try_from(LINES).unwrap());
        let reads = heard.iter().filter(|one| one.sql.starts_with("SELECT") && one.sql.contains("directory_unit"));
        (heard.len(), reads.count())
    };
    let (all, reads) = taken("Tổ Thử").await;
    assert!(all < LINES / 2 && reads < 30, "added by {all} statements, {reads} of them read units");
    let (all, reads) = taken("Tổ Mới").await;
    assert!(all < LINES + 300 && reads < 60, "renamed by {all} statements, {reads} of them read units");
    // What is wrong is still found among so many.
    let refused = list(&admin, "code,name,kind\nT1,Tổ Mới 2,team\n", true).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("Tổ Mới 2"), "{}", refused.body);
}
