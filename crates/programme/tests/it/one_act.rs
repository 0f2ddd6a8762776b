//! One act per request, and one row of what there is one.

use axum::http::{Method, StatusCode};
use programme::ids::PartId;
use serde_json::json;
use testkit::{Answer, Client, Part, TestDb, together};

use crate::{
    documents::{part_of, task},
    house::{House, SCIENCE},
};

fn count(answers: &[Answer], rule: impl Fn(StatusCode) -> bool) -> usize {
    answers.iter().filter(|answer| rule(answer.status)).count()
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let house = House::people().await;
    let officer = house.as_("vidu").await;
    for key in ["a".repeat(129), "a b".into(), "a\"b".into(), String::new()] {
        let refused = officer.header("idempotency-key", &key).json(Method::POST, "/api/v1/tasks", &task("x")).await;
        assert_eq!(
            (refused.status, refused.json()["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some("idempotency-key-bad"))
        );
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_task").await, 0);
}

/// A part's page, where its address leads.
async fn page_of(officer: &Client, part: PartId) -> String {
    let answer = officer.get(&format!("/parts/{part}")).await;
    if answer.location.is_empty() { answer.body } else { officer.get(&answer.location).await.body }
}

/// The key that a page put into its forms.
fn once_of(page: &str) -> String {
    page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_is_one_act() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let part = part_of(&house, house.unit(SCIENCE)).await;
    let page = page_of(&officer, part).await;
    assert_eq!(page.matches("<form method=\"post\"").count(), page.matches("name=\"once\"").count());
    let (once, path) = (once_of(&page), format!("/parts/{part}/steps"));
    let click = |_| {
        let (officer, once, path) = (officer.clone(), once.clone(), path.clone());
        async move { officer.form(&path, &[("once", &once), ("text", "Khảo sát")]).await }
    };
    let answers = together(6, click).await;
    assert_eq!(count(&answers, |status| status == StatusCode::SEE_OTHER), 6, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.location == answers[0].location));
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_step").await, 1);
    // The same form with other words is another act; the next page has another key.
    officer.form(&path, &[("once", &once), ("text", "Lấy ý kiến")]).await;
    let next = once_of(&page_of(&officer, part).await);
    assert_ne!(next, once);
    officer.form(&path, &[("once", &next), ("text", "Khảo sát")]).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_step").await, 3);
}

#[tokio::test]
async fn a_file_sent_by_a_double_click_is_kept_once() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let part = part_of(&house, house.unit(SCIENCE)).await;
    let once = once_of(&page_of(&officer, part).await);
    let form = [Part::Field("once", &once), Part::Field("number", "15/BC"), Part::File("a.pdf", b"%PDF-1.7")];
    let one = officer.upload(&format!("/parts/{part}/evidence"), &form).await;
    let two = officer.upload(&format!("/parts/{part}/evidence"), &form).await;
    assert_eq!((one.status, &one.location), (StatusCode::SEE_OTHER, &two.location));
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_evidence").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_what_there_is_one_sixteen_equal_requests_make_one() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let part = part_of(&house, house.unit(SCIENCE)).await;
    type Fields = Vec<(&'static str, &'static str)>;
    let forms: [(String, Fields, &str); 3] = [
        (
            format!("/parts/{part}/extensions"),
            vec![("due_on", "2031-12-31"), ("reason", "Chờ hướng dẫn")],
            "SELECT COUNT(*) FROM programme_extension WHERE state = 'asked'",
        ),
        (
            format!("/parts/{part}/explain"),
            vec![("text", "Vì sao chậm?")],
            "SELECT COUNT(*) FROM programme_question WHERE closed_at IS NULL",
        ),
        (
            "/assign".into(),
            vec![
                ("number", "35/TB-UBND"),
                ("issued_on", "2026-11-16"),
                ("text", "Rà soát"),
                ("leads", "Sở Khoa học và Công nghệ"),
            ],
            "SELECT COUNT(*) FROM programme_plan WHERE number = '35/TB-UBND'",
        ),
    ];
    for (path, form, rows) in forms {
        let answers = together(16, |_| {
            let (officer, path, form) = (officer.clone(), path.clone(), form.clone());
            async move { officer.form(&path, &form).await }
        })
        .await;
        assert_eq!(house.count(rows).await, 1, "{path}");
        let (done, refused) = (
            count(&answers, |status| status == StatusCode::SEE_OTHER),
            count(&answers, |status| matches!(status.as_u16(), 409 | 422)),
        );
        assert!(
            done >= 1 && done + refused == 16,
            "{path}: {:?}",
            answers.iter().map(|a| a.status).collect::<Vec<_>>()
        );
        for answer in answers.iter().filter(|answer| answer.status != StatusCode::SEE_OTHER) {
            assert!(!answer.body.contains("problem-"), "refused without words");
        }
    }
    // Tasks of one document have places of their own.
    let twins = "SELECT COUNT(*) FROM (SELECT plan_id FROM programme_task GROUP BY plan_id, position HAVING COUNT(*) > 1) AS twins";
    assert_eq!(house.count(twins).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_unit_has_one_value_of_a_period_however_many_send_it() {
    let house = House::demo().await;
    let officer = house.as_("vidu").await;
    let unit = house.unit(SCIENCE).to_string();
    #[derive(db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let free = "SELECT id FROM programme_target WHERE NOT EXISTS (SELECT 1 FROM programme_target_body b WHERE b.target_id = programme_target.id) ORDER BY id LIMIT 1";
    let row: Row = house.app.db().read().one(free, vec![]).await.unwrap().unwrap();
    let target = programme::ids::TargetId::from_uuid(row.id);
    let answers = together(16, |n| {
        let (officer, path) = (officer.clone(), format!("/api/v1/targets/{target}/values"));
        let value = json!({"unit": unit, "period": "2026-Q4", "value_milli": 5000 + n, "status": "official", "evidence": "BC 9"});
        async move { officer.json(Method::POST, &path, &value).await }
    })
    .await;
    let clean = count(&answers, |status| status.is_success() || matches!(status.as_u16(), 409 | 422));
    assert_eq!(clean, 16, "{answers:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM programme_value WHERE replaced_at IS NULL").await, 1);
}

/// Rows as an earlier version left them.
async fn put(test: &TestDb, sql: &[String]) {
    if test.is_postgres() {
        let server = sea_orm::Database::connect(test.location.database_url.as_deref().unwrap()).await.unwrap();
        for sql in sql {
            sea_orm::ConnectionTrait::execute_unprepared(&server, sql).await.unwrap();
        }
    } else {
        // SQLite keeps ids as bytes.
        let bytes = regex::Regex::new("'(0{8})-(0{4})-(0{4})-(0{4})-([0-9]{12})'").unwrap();
        for sql in sql {
            let sql = bytes.replace_all(sql, "x'$1$2$3$4$5'").into_owned();
            test.db.unguarded().exec(&sql, vec![]).await.unwrap();
        }
    }
}

/// Rows of earlier versions that came twice are marked, and the schema is put on top of them.
#[tokio::test]
async fn duplicates_of_earlier_versions_are_mended_by_the_step() {
    let test = TestDb::open().await;
    let all = [webkit::MIGRATIONS, programme::module().migrations];
    db::migrate(&test.db, &testkit::steps_before(&all, "programme", "0010_one_of_each")).await.unwrap();
    let id = |n: u32| format!("'00000000-0000-0000-0000-0000000000{n:02}'");
    let mut sql = vec![format!(
        "INSERT INTO programme_plan (id, state, file_name, blob_hash, draft, follower_id, created_at, rev, number, issued_on, kind) VALUES \
         ({}, 'live', 'a', 'h1', FALSE, {u}, 1, 1, '1/TB', '2026-01-01', 'assigned'), ({}, 'live', 'b', 'h2', FALSE, {u}, 2, 1, '1/TB', '2026-01-01', 'assigned')",
        id(1),
        id(2),
        u = id(9)
    )];
    for n in [11, 12, 13] {
        sql.push(format!(
            "INSERT INTO programme_task (id, plan_id, position, section, text, time_raw, time_kind, quote, source_start, source_end, coordinating) VALUES ({}, {}, 1, '', '', '', '', '', 0, 0, '')",
            id(n), id(1)
        ));
    }
    sql.push(format!(
        "INSERT INTO programme_part (id, task_id, plan_id, unit_id, unit_sort, sort_plan, sort_due, time_kind, rev) VALUES ({}, {}, {}, {}, '', '', '', '', 1)",
        id(20), id(11), id(1), id(9)
    ));
    for n in [31, 32] {
        sql.push(format!(
            "INSERT INTO programme_extension (id, part_id, asked_due, reason, asked_at, state, rev) VALUES ({}, {}, '2027-01-01', '', {n}, 'asked', 1)",
            id(n), id(20)
        ));
        sql.push(format!(
            "INSERT INTO programme_question (id, part_id, asked_by, actor, text, asked_at, rev) VALUES ({}, {}, {}, '', '', {n}, 1)",
            id(n + 10), id(20), id(9)
        ));
    }
    put(&test, &sql).await;
    db::migrate(&test.db, &all).await.unwrap();
    let count = async |sql: &str| test.db.read().count(sql, vec![]).await.unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM programme_plan WHERE twin_of IS NULL").await, 1);
    assert_eq!(count("SELECT COUNT(DISTINCT position) FROM programme_task").await, 3);
    assert_eq!(count("SELECT asked_at FROM programme_extension WHERE state = 'asked'").await, 31, "the first stands");
    assert_eq!(count("SELECT asked_at FROM programme_question WHERE closed_at IS NULL").await, 31);
}

/// Letters of earlier versions had the period alone as their subject: drafts about other bodies of it are no duplicates.
#[tokio::test]
async fn drafts_of_earlier_versions_about_other_bodies_of_a_period_are_kept_by_the_step() {
    let test = TestDb::open().await;
    let all = [webkit::MIGRATIONS, programme::module().migrations];
    db::migrate(&test.db, &testkit::steps_before(&all, "programme", "0170_urged_once")).await.unwrap();
    let id = |n: u32| format!("'00000000-0000-0000-0000-0000000000{n:02}'");
    let draft = |n: u32| {
        format!(
            "INSERT INTO programme_letter (id, kind, subject, from_id, to_ids, about, body, lines, state, drafted_at, rev, fold) VALUES \
             ({}, 'urge', 'prd_1', {}, 'unt_{n}', '', 'Lời đã sửa', '[]', 'draft', {n}, 2, '')",
            id(n),
            id(9)
        )
    };
    put(&test, &[draft(11), draft(12)]).await;
    db::migrate(&test.db, &all).await.unwrap();
    let count = async |sql: &str| test.db.read().count(sql, vec![]).await.unwrap();
    assert_eq!(
        count("SELECT COUNT(DISTINCT subject) FROM programme_letter WHERE state = 'draft' AND rev = 2").await,
        2
    );
}
