//! Of what there is one in the directory, many requests at once make one.

use axum::http::{Method, StatusCode};
use kernel::PostId;
use serde_json::json;
use testkit::TestDb;

use crate::house::House;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_requests_for_one_unit_make_one() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    for (name, last) in [("Tổ Một", None), ("Tổ Hai", Some("2027-12-31"))] {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let (admin, body) = (admin.clone(), json!({"kind": "team", "name": name, "valid_to": last}));
            tasks.spawn(async move { admin.json(Method::POST, "/api/v1/units", &body).await });
        }
        let answers = tasks.join_all().await;
        let made = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
        let told = answers.iter().filter(|answer| answer.status == StatusCode::CONFLICT).count();
        assert_eq!((made, told), (1, 15), "{answers:?}");
        let sql = format!("SELECT COUNT(*) FROM directory_unit WHERE name = '{name}'");
        assert_eq!(house.count(&sql).await, 1);
    }
    let again = admin.form("/units/new", &[("name", "tổ  một"), ("kind", "team")]).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("cùng tên: Tổ Một"), "{}", again.body);
    let twice = "INSERT INTO directory_unit (id, parent_id, kind, name, short_name, name_fold, name_sort, valid_from, rev) \
        SELECT $1, parent_id, kind, name, short_name, name_fold, name_sort, valid_from, rev FROM directory_unit WHERE name = 'Tổ Một'";
    let done = house.app.db().unguarded().exec(twice, db::vals![uuid::Uuid::from_u128(1)]).await;
    assert!(done.is_err(), "the database knows it too");
    // What has ended makes room, in one list too.
    let list = "code,name,kind,valid_from,valid_to\n90008,UBND xã Đồi Mẫu,commune,,2026-11-20\nX1,UBND xã Đồi Mẫu,commune,2026-11-21,\n";
    let file = [testkit::Part::Field("confirm", "1"), testkit::Part::File("u.csv", list.as_bytes())];
    let taken = admin.upload("/units/import", &file).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    // Names go round in one list, too.
    let list = "code,name,kind\n90007,UBND xã Suối Mẫu,commune\n90011,UBND xã Sông Mẫu,commune\n";
    let codes = "SELECT COUNT(*) FROM directory_unit WHERE name = 'UBND xã Sông Mẫu' AND area_code = '90007'";
    assert_eq!(house.count(codes).await, 1);
    let file = [testkit::Part::Field("confirm", "1"), testkit::Part::File("u.csv", list.as_bytes())];
    let taken = admin.upload("/units/import", &file).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE name_twin_of IS NOT NULL").await, 0);
    assert_eq!(house.count(codes).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_requests_for_one_stand_in_make_one() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    let sql = "SELECT o.id FROM directory_post o JOIN directory_account a ON a.person_id = o.person_id WHERE a.login = 'vidu'";
    let post = PostId::from_uuid(house.one(sql, vec![]).await);
    let stand_in = |until: String| {
        let (admin, path) = (admin.clone(), format!("/posts/{post}/stand-in"));
        async move { admin.form(&path, &[("login", "taichinh"), ("until", until.as_str())]).await.status }
    };
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..16 {
        tasks.spawn(stand_in(format!("2026-12-{}", 10 + n)));
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "{answers:?}");
    let held = "SELECT COUNT(*) FROM directory_post WHERE stands_in_for IS NOT NULL AND valid_to >= valid_from";
    assert_eq!(house.count(held).await, 1);
    let twice = "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from, valid_to, stands_in_for) \
        SELECT $1, person_id, unit_id, role, title, valid_from, '2026-12-09', stands_in_for FROM directory_post WHERE stands_in_for IS NOT NULL";
    let done = house.app.db().unguarded().exec(twice, db::vals![uuid::Uuid::from_u128(1)]).await;
    assert!(done.is_err(), "the database knows it too");
    // Ended, it is given again for longer, on the same day.
    for _ in 0..2 {
        let sql = "SELECT id FROM directory_post WHERE stands_in_for IS NOT NULL AND valid_to >= valid_from";
        let own = PostId::from_uuid(house.one(sql, vec![]).await);
        assert_eq!(admin.form(&format!("/posts/{own}/end"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(stand_in("2026-12-31".into()).await, StatusCode::SEE_OTHER);
    }
}

/// Rows of earlier versions that came twice are marked and stay as they are: the ledger has sealed them.
#[tokio::test]
async fn twins_of_earlier_versions_do_not_stop_the_step() {
    let test = TestDb::open().await;
    let all = [webkit::MIGRATIONS, directory::module().migrations];
    db::migrate(&test.db, &testkit::steps_before(&all, "directory", "0030_units")).await.unwrap();
    let id = |n: u32| format!("'00000000-0000-0000-0000-0000000000{n:02}'");
    let unit = |n: u32, parent: &str, code: &str| {
        format!(
            "INSERT INTO directory_unit (id, parent_id, kind, code, name, short_name, name_fold, name_sort, valid_from, rev) \
             VALUES ({}, {parent}, 'team', {code}, 'Tổ', 'Tổ', 'to', 'to', '2025-07-01', 1)",
            id(n)
        )
    };
    let post = |n: u32| {
        format!(
            "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from, valid_to, stands_in_for) \
             VALUES ({}, {}, {}, 'officer', '', '2026-01-01', '2026-0{}-01', {})",
            id(n),
            id(20),
            id(1),
            n - 28,
            id(30)
        )
    };
    let rows = [
        unit(1, "NULL", "NULL"),
        unit(2, &id(1), "'H1'"),
        unit(3, &id(1), "'H1'"),
        unit(4, &id(2), "'H1'"),
        format!(
            "INSERT INTO directory_person (id, name, name_sort, name_fold, rev) VALUES ({}, 'A', 'a', 'a', 1)",
            id(20)
        ),
        post(31),
        post(32),
    ];
    for sql in &rows {
        test.db.unguarded().exec(sql, vec![]).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    db::migrate(&test.db, &all).await.unwrap();
    let count = async |sql: &str| test.db.read().count(sql, vec![]).await.unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM directory_unit WHERE code = 'H1'").await, 3, "as they were");
    assert_eq!(count("SELECT COUNT(*) FROM directory_unit WHERE code_twin_of IS NOT NULL").await, 2);
    assert_eq!(count("SELECT COUNT(*) FROM directory_unit WHERE name_twin_of IS NOT NULL").await, 1);
    assert_eq!(count("SELECT COUNT(*) FROM directory_post WHERE twin_of IS NOT NULL").await, 1);
    for sql in [unit(5, &id(4), "'H1'"), unit(6, &id(1), "NULL"), post(33)] {
        assert!(test.db.unguarded().exec(&sql, vec![]).await.is_err(), "{sql}");
    }
}
