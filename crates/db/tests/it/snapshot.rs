//! Verifying a ledger that is being written.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use db::vals;
use uuid::Uuid;

use crate::setup::{House, add};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn verify_raises_no_false_alarm_while_people_write() {
    let house = House::new().await;
    let stop = std::sync::Arc::new(AtomicBool::new(false));
    let mut running = Vec::new();
    for writer in 0..4u128 {
        let (db, ctx, stop) = (house.db().clone(), house.ctx.clone(), stop.clone());
        running.push(tokio::spawn(async move {
            for n in 0.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                // Some rows are of all writers.
                let id = if n % 3 == 0 { n % 30 } else { writer << 64 | n };
                add(&db, &ctx, Uuid::from_u128(id)).await.unwrap();
            }
        }));
    }
    let (db, ended) = (house.db().clone(), stop.clone());
    running.push(tokio::spawn(async move {
        while !ended.load(Ordering::Relaxed) {
            db.checkpoint().await.unwrap();
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    }));
    let mut entries = 0;
    for _ in 0..40 {
        let report = db::verify(house.db()).await.unwrap();
        assert_eq!(report.faults, []);
        assert!(report.entries >= entries);
        entries = report.entries;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.store(true, Ordering::Relaxed);
    for task in running {
        task.await.unwrap();
    }
    assert!(entries > 20, "{entries} entries: nobody wrote meanwhile");
    assert_eq!(house.db().standing(), None);
    assert_eq!(house.faults().await, []);
}

#[tokio::test]
async fn a_snapshot_sees_one_moment() {
    let house = House::new().await;
    house.add(1).await.unwrap();
    let moment = house.db().snapshot().await.unwrap();
    let count = "SELECT COUNT(*) FROM thing_row";
    assert_eq!(moment.count(count, vec![]).await.unwrap(), 1);
    house.add(2).await.unwrap();
    assert_eq!(moment.count(count, vec![]).await.unwrap(), 1);
    assert_eq!(house.db().read().count(count, vec![]).await.unwrap(), 2);
}

/// What is read from cannot be written to, in whatever words.
#[tokio::test]
async fn a_reader_changes_nothing() {
    #[derive(Debug, db::FromQueryResult)]
    #[expect(dead_code, reason = "nothing comes of it")]
    struct Row {
        id: Uuid,
    }
    let house = House::new().await;
    house.add(1).await.unwrap();
    // Said as a reading: the database itself refuses it.
    let insert =
        "WITH one AS (SELECT 1) INSERT INTO thing_row (id, name, done, rev) VALUES ($1, 'x', $2, 1) RETURNING id";
    for conn in [house.db().read(), house.db().snapshot().await.unwrap()] {
        conn.all::<Row>(insert, vals![Uuid::from_u128(2), false]).await.unwrap_err();
    }
    // In an act too what changes rows goes one way only.
    let act = house.db().write(&house.ctx, |tx| async move {
        tx.ledger(db::Entry::new("thing.edit", "x"));
        Ok(tx.count("DELETE FROM thing_row RETURNING 1", vals![]).await?)
    });
    act.await.unwrap_err();
    assert_eq!(house.db().read().count("SELECT COUNT(*) FROM thing_row", vals![]).await.unwrap(), 1);
}

/// The watch sees which table a statement is on, because an act changes rows in statements of one form only.
#[tokio::test]
async fn an_act_changes_rows_in_plain_statements_only() {
    #[derive(Debug, db::FromQueryResult)]
    struct Row {
        #[expect(dead_code, reason = "only asked for")]
        id: Uuid,
    }
    let house = House::new().await;
    house.add(1).await.unwrap();
    for sql in [
        "WITH gone AS (SELECT id FROM thing_row) DELETE FROM thing_row WHERE id IN (SELECT id FROM gone)",
        "UPDATE \"thing_row\" SET name = 'x'",
        "update thing_row SET name = 'x'",
        "UPDATE thing_row SET name = 'x'; DELETE FROM thing_row",
        "INSERT OR REPLACE INTO thing_row (id, name) VALUES (NULL, 'x')",
        "TRUNCATE thing_row",
    ] {
        let done = house.db().write(&house.ctx, |tx| async move {
            tx.ledger(db::Entry::new("test.rows", "x"));
            tx.exec(sql, vals![]).await.map_err(Into::into)
        });
        let refused = done.await.unwrap_err();
        assert!(
            refused.cause.as_deref().unwrap_or_default().contains("an act does not change rows by"),
            "{sql}: {refused}"
        );
    }
    let hidden = "WITH gone AS (DELETE FROM thing_row RETURNING id) SELECT id FROM gone";
    let done = house.db().write(&house.ctx, |tx| async move {
        tx.ledger(db::Entry::new("test.rows", "x"));
        tx.all::<Row>(hidden, vals![]).await.map_err(Into::into)
    });
    assert!(done.await.unwrap_err().cause.unwrap_or_default().contains("is no reading"));
    assert_eq!(house.db().read().count("SELECT COUNT(*) FROM thing_row WHERE name <> 'x'", vec![]).await.unwrap(), 1);
}
