//! What is old goes, what is kept for ever stays.

use jiff::SignedDuration;

use crate::Bench;

#[tokio::test]
async fn old_rows_go_on_their_day_and_the_ledger_stays() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let now = bench.ctx.now().as_microsecond();
    bench.exec(&format!("INSERT INTO db_idempotency (actor, key, at) VALUES ('a', 'k', {now})")).await;
    bench.exec("INSERT INTO db_daily (kind, day) VALUES ('x', '2026-11-21')").await;
    for (at, state) in ["done", "failed", "waiting"].iter().enumerate() {
        let id = uuid::Uuid::from_u128(at as u128 + 1);
        let values = db::vals![id, *state, now];
        db.write(&bench.ctx, |tx| {
            let values = values.clone();
            async move {
                tx.bookkeeping();
                let sql = "INSERT INTO db_job (id, kind, payload, state, run_at, attempts, done, total, lang, created_at) VALUES ($1, 'k', '', $2, $3, 0, 0, 0, 'vi', $3)";
                tx.exec(sql, values).await?;
                tx.ledger(db::Entry::new("test.act", "x"));
                Ok(())
            }
        })
        .await
        .unwrap();
    }
    let gone = async |days: i64| {
        bench.clock.move_by(SignedDuration::from_hours(24 * days));
        let gone = db::purge(db, &bench.ctx, db::OWN_RETENTION).await.unwrap();
        gone.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert!(gone(2).await.is_empty());
    assert_eq!(gone(2).await, ["idempotency"]);
    assert_eq!(gone(27).await, ["jobs-done"]);
    assert_eq!(gone(150).await, ["jobs-failed"]);
    assert_eq!(gone(230).await, ["daily"]);
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_job WHERE state = 'waiting'").await, 1);
    // Three acts, and four rounds that say what they deleted.
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_ledger").await, 7);
}

#[tokio::test]
async fn more_rows_than_go_at_once_all_go() {
    let bench = Bench::new().await;
    let rows = (0..4500).map(|n| format!("('a', '{n}', 1)")).collect::<Vec<_>>().join(", ");
    bench.exec(&format!("INSERT INTO db_idempotency (actor, key, at) VALUES {rows}")).await;
    let gone = db::purge(&bench.test.db, &bench.ctx, db::OWN_RETENTION).await.unwrap();
    assert!(gone.contains(&("idempotency", 4500)), "{gone:?}");
}

#[tokio::test]
async fn no_rule_may_touch_the_ledger_or_the_facts() {
    let bench = Bench::new().await;
    for table in ["db_ledger", "db_ledger_head", "db_fact"] {
        let rule = db::Retention { name: "x", table, key: "seq", old: "seq < $1", age: db::Age::Instant, days: 1 };
        assert!(db::purge(&bench.test.db, &bench.ctx, &[rule]).await.is_err(), "{table}");
    }
}
