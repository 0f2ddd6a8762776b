//! Whatever is done to the ledger behind the program's back is found.

use crate::house::House;

async fn fault(house: &House, sql: &str) -> String {
    house.app.db().unguarded().exec(sql, vec![]).await.unwrap();
    let report = db::verify(house.app.db()).await.unwrap();
    serde_json::to_value(report.fault).unwrap()["kind"].as_str().unwrap_or("whole").to_owned()
}

async fn signed_house() -> House {
    let house = House::demo().await;
    house.app.db().checkpoint().await.unwrap();
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
    house
}

#[tokio::test]
async fn an_edited_entry_is_found() {
    let house = signed_house().await;
    assert_eq!(
        fault(
            &house,
            "UPDATE db_ledger SET body = replace(body, 'plan.approve', 'plan.import') WHERE action = 'plan.approve'"
        )
        .await,
        "edited"
    );
}

#[tokio::test]
async fn an_edited_column_is_found() {
    let house = signed_house().await;
    assert_eq!(fault(&house, "UPDATE db_ledger SET actor = 'person_x' WHERE seq = 3").await, "column_differs");
}

#[tokio::test]
async fn a_deleted_entry_is_found() {
    let house = signed_house().await;
    assert_eq!(fault(&house, "DELETE FROM db_ledger WHERE seq = 4").await, "missing");
}

#[tokio::test]
async fn swapped_entries_are_found() {
    let house = signed_house().await;
    house.app.db().unguarded().exec("UPDATE db_ledger SET seq = -1 WHERE seq = 2", vec![]).await.unwrap();
    house.app.db().unguarded().exec("UPDATE db_ledger SET seq = 2 WHERE seq = 3", vec![]).await.unwrap();
    assert_eq!(fault(&house, "UPDATE db_ledger SET seq = 3 WHERE seq = -1").await, "edited");
}

#[tokio::test]
async fn a_truncated_chain_is_found_even_with_its_head_rewritten() {
    let house = signed_house().await;
    house.app.db().unguarded().exec("DELETE FROM db_ledger WHERE seq > 5", vec![]).await.unwrap();
    let sql = "UPDATE db_ledger_head SET seq = 5, hash = (SELECT hash FROM db_ledger WHERE seq = 5)";
    assert_eq!(fault(&house, sql).await, "truncated");
}

#[tokio::test]
async fn a_change_without_an_entry_is_refused() {
    let house = House::people().await;
    let ctx = house.system();
    let done = house.app.db().write(&ctx, |tx| async move {
        tx.exec("UPDATE directory_unit SET name = 'x'", vec![]).await?;
        Ok(())
    });
    assert_eq!(done.await.unwrap_err().code, "internal");
    assert_eq!(house.count("SELECT COUNT(*) FROM directory_unit WHERE name = 'x'").await, 0);
}

#[tokio::test]
async fn a_clock_that_runs_backwards_stops_writing() {
    let house = House::people().await;
    house.clock.move_by(jiff::SignedDuration::from_hours(-2));
    let answer = house.client().form("/sign-in", &[("login", "thu"), ("password", crate::house::PASSWORD)]).await;
    assert_eq!(answer.status.as_u16(), 503);
    assert!(answer.body.contains("Đồng hồ máy chủ chạy lùi"));
}

#[tokio::test]
async fn reading_personal_data_is_noted_beside_the_ledger() {
    let house = House::people().await;
    let admin = house.signed_in("quantri").await;
    admin.get("/people?q=vi+du").await;
    admin.get("/tasks").await;
    house.app.db().flush_access(&house.system()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM db_access").await, 1, "pages without people leave no trace");
    let page = admin.get("/ledger/access").await.body;
    assert!(page.contains("Danh sách cán bộ"), "{page}");
    assert_eq!(
        house.count("SELECT COUNT(*) FROM db_access WHERE subject LIKE '%vi%'").await,
        0,
        "what was typed is not kept"
    );
    // The box at the head is asked at each pause: noted for itself, and only where it shows somebody.
    for (words, found) in [("khong+co+ai", 0), ("vi+du", 1)] {
        admin.get(&format!("/jump?q={words}")).await;
        house.app.db().flush_access(&house.system()).await.unwrap();
        let noted = "SELECT COUNT(*) FROM db_access WHERE action = 'people.found'";
        assert_eq!(house.count(noted).await, found, "{words}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM db_access WHERE action = 'people.list'").await, 1);
    assert!(admin.get("/ledger/access").await.body.contains("ô tìm đầu trang"));
    assert_eq!(house.signed_in("thu").await.get("/ledger/access").await.status, 403);
}

/// Writers that come together are put into one chain, whatever the order.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_make_one_chain() {
    let house = House::empty().await;
    let before = house.ledger_length().await;
    let mut writers = Vec::new();
    for writer in 0..8 {
        let (db, ctx) = (house.app.db().clone(), house.system());
        writers.push(tokio::spawn(async move {
            for n in 0..25 {
                db.write(&ctx, |tx| async move {
                    for part in 0..2 {
                        tx.ledger(db::Entry::new("unit.add", format!("w{writer}-{n}-{part}")));
                    }
                    Ok(())
                })
                .await
                .unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(house.ledger_length().await, before + 8 * 25 * 2);
    assert_eq!(db::verify(house.app.db()).await.unwrap().fault, None);
}
