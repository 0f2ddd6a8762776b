//! One key, one act.

use std::sync::Arc;

use db::{Earlier, Entry, Replay};
use kernel::{Ctx, Once, Problem};

use crate::Bench;

fn keyed(ctx: &Ctx, key: &str, body: &str) -> (Ctx, Arc<Once>) {
    let once = Arc::new(Once::new(&ctx.actor, key.into(), "POST", "/api/v1/things?x=1", body.into()));
    (ctx.with_once(Some(Arc::clone(&once))), once)
}

/// An act of one row.
async fn act(db: &db::Db, ctx: &Ctx, day: &str) -> Result<(), Problem> {
    db.write(ctx, |tx| async move {
        tx.exec("INSERT INTO db_daily (kind, day) VALUES ('act', $1)", db::vals![day]).await?;
        tx.ledger(Entry::new("test.act", day));
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_requests_with_one_key_one_acts() {
    let bench = Bench::new().await;
    let requests = (0..20).map(|n| {
        let (db, (ctx, once)) = (bench.test.db.clone(), keyed(&bench.ctx, "k", "b"));
        tokio::spawn(async move {
            let done = act(&db, &ctx, &n.to_string()).await;
            assert_eq!(done.is_ok(), once.has_acted());
            done
        })
    });
    let mut acted = 0;
    for request in requests.collect::<Vec<_>>() {
        match request.await.unwrap() {
            Ok(()) => acted += 1,
            Err(problem) => assert_eq!(problem.code, "in-progress"),
        }
    }
    assert_eq!((acted, bench.count("SELECT COUNT(*) FROM db_daily").await), (1, 1));
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_ledger").await, 1);
}

#[tokio::test]
async fn an_act_that_fails_or_does_nothing_frees_its_key() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let (ctx, once) = keyed(&bench.ctx, "k", "b");
    let failed = db.write(&ctx, |tx| async move {
        tx.exec("INSERT INTO db_daily (kind, day) VALUES ('act', '1')", vec![]).await?;
        Err::<(), _>(Problem::bad_input("no"))
    });
    assert_eq!(failed.await.unwrap_err().code, "no");
    // Bookkeeping on the way, and an act that finds nothing to do.
    db.write(&ctx, |tx| async move {
        tx.bookkeeping();
        tx.exec("INSERT INTO db_daily (kind, day) VALUES ('book', '1')", vec![]).await?;
        Ok(())
    })
    .await
    .unwrap();
    db.write(&ctx, |_| async { Ok(()) }).await.unwrap();
    assert!(!once.has_acted() && bench.count("SELECT COUNT(*) FROM db_idempotency").await == 0);
    act(db, &ctx, "2").await.unwrap();
    // What the same request does after that is a part of it.
    act(db, &ctx, "3").await.unwrap();
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_idempotency").await, 1);
}

#[tokio::test]
async fn a_key_belongs_to_its_request_and_its_sender() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let (ctx, once) = keyed(&bench.ctx, "k", "b");
    act(db, &ctx, "1").await.unwrap();
    assert!(matches!(db::earlier(&db.read(), &ctx, &once).await.unwrap(), Earlier::Unanswered));
    let answer = Replay { status: 201, body: "{}".into(), headers: vec![("etag".into(), "\"1\"".into())] };
    db::store_answer(db, &ctx, &once, &answer).await.unwrap();
    let (_, again) = keyed(&bench.ctx, "k", "b");
    let Earlier::Answered(replay) = db::earlier(&db.read(), &ctx, &again).await.unwrap() else { unreachable!() };
    assert_eq!((replay.status, replay.body.as_str(), replay.headers[0].1.as_str()), (201, "{}", "\"1\""));
    // Property: whatever differs, the key is refused and nothing is done.
    for (method, path, body) in
        [("PATCH", "/api/v1/things?x=1", "b"), ("POST", "/api/v1/things?x=2", "b"), ("POST", "/api/v1/things?x=1", "c")]
    {
        let other = Arc::new(Once::new(&ctx.actor, "k".into(), method, path, body.into()));
        assert_eq!(db::earlier(&db.read(), &ctx, &other).await.unwrap_err().code, "idempotency-key-reused");
        let ctx = bench.ctx.with_once(Some(other));
        assert_eq!(act(db, &ctx, "2").await.unwrap_err().code, "idempotency-key-reused");
    }
    let stranger = bench.of("other");
    let (ctx, _) = keyed(&stranger, "k", "c");
    act(db, &ctx, "3").await.unwrap();
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_daily").await, 2);
}

#[tokio::test]
async fn an_answer_that_never_came_is_said_to_be_lost() {
    let bench = Bench::new().await;
    let (ctx, once) = keyed(&bench.ctx, "k", "b");
    act(&bench.test.db, &ctx, "1").await.unwrap();
    bench.clock.move_by(jiff::SignedDuration::from_mins(2));
    let problem = db::earlier(&bench.test.db.read(), &ctx, &once).await.unwrap_err();
    assert_eq!(problem.code, "already-done-answer-lost");
}

#[tokio::test]
async fn of_an_answer_in_which_something_is_forgotten_stays_that_it_was_given() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let answer = |body: &str| Replay { status: 200, body: body.into(), headers: vec![] };
    let answered = async |key: &str, body: &str| {
        let (ctx, once) = keyed(&bench.ctx, key, "b");
        act(db, &ctx, key).await.unwrap();
        db::store_answer(db, &ctx, &once, &answer(body)).await.unwrap();
        once
    };
    let (bearing, named) = (answered("1", r#"{"id":"x_1"}"#).await, answered("2", r#"{"name":"Kho \"50%\""}"#).await);
    let other = answered("3", r#"{"id":"x_2","name":"Kho \"500\""}"#).await;
    // One whose answer is still on its way, and the one that forgets.
    let (late_ctx, late) = keyed(&bench.ctx, "4", "b");
    act(db, &late_ctx, "4").await.unwrap();
    let (ctx, own) = keyed(&bench.ctx, "5", "b");
    let forgets = db.write(&ctx, |tx| async move {
        db::forget_of(&tx, &["x_1".to_owned()]).await?;
        db::forget_named(&tx, "Kho \"50%\"").await?;
        tx.ledger(Entry::new("test.act", "x"));
        Ok(())
    });
    forgets.await.unwrap();
    db::store_answer(db, &late_ctx, &late, &answer("x_1")).await.unwrap();
    db::store_answer(db, &ctx, &own, &answer("done")).await.unwrap();
    let told = async |once: &Once| match db::earlier(&db.read(), &ctx, once).await.unwrap() {
        Earlier::Answered(replay) => replay.body,
        other => format!("{other:?}"),
    };
    assert_eq!([told(bearing.as_ref()).await, told(named.as_ref()).await, told(late.as_ref()).await], ["", "", ""]);
    assert!(told(other.as_ref()).await.contains("500"));
    assert_eq!(told(own.as_ref()).await, "done");
}
