//! What somebody is writing is a row of theirs, until an act takes it in.

use std::sync::Arc;

use db::{DraftRow, Entry};
use jiff::SignedDuration;
use kernel::{Actor, Ctx, Once, PersonId, Problem};

use crate::Bench;

fn person(ctx: &Ctx) -> (Ctx, PersonId) {
    let person = ctx.new_id();
    (ctx.with_actor(Actor::Person { account: ctx.new_id(), person, posts: vec![] }), person)
}

fn fields(text: &str) -> Vec<(String, String)> {
    vec![("rev".into(), "3".into()), ("text".into(), text.into())]
}

/// The form of this draft is sent.
fn sent(ctx: &Ctx, key: &str) -> Ctx {
    let once = Once::new(&ctx.actor, format!("form:{key}"), "POST", "/x", "b".into());
    ctx.takes_in(key.into());
    ctx.with_once(Some(Arc::new(once)))
}

async fn act(bench: &Bench, ctx: &Ctx, outcome: Result<(), Problem>) -> Result<(), Problem> {
    bench
        .test
        .db
        .write(ctx, |tx| {
            let outcome = outcome.clone();
            async move {
                tx.exec("INSERT INTO db_daily (kind, day) VALUES ('act', '1')", vec![]).await?;
                tx.ledger(Entry::new("test.act", "x"));
                outcome
            }
        })
        .await
}

#[tokio::test]
async fn a_draft_is_its_writers_alone_and_masked_and_no_act() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let ((one, own), (two, other)) = (person(&bench.ctx), person(&bench.ctx));
    db::draft_put(db, &one, own, ("a", None), &fields("Gọi 0905123456\n  thụt vào")).await.unwrap();
    db::draft_put(db, &two, other, ("a", None), &fields("của người khác")).await.unwrap();
    let found = db::draft(&db.read(), own, "a").await.unwrap().unwrap();
    let at = bench.ctx.now().as_microsecond();
    assert_eq!(found, DraftRow { at, fields: fields("Gọi 090*******\n  thụt vào") });
    assert!(db::draft(&db.read(), own, "b").await.unwrap().is_none());
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_ledger").await, 0);
    // Written on, it is the same row.
    bench.clock.move_by(SignedDuration::from_secs(5));
    db::draft_put(db, &one, own, ("a", None), &fields("viết tiếp")).await.unwrap();
    let again = DraftRow { at: at + 5_000_000, fields: fields("viết tiếp") };
    assert_eq!(db::draft(&db.read(), own, "a").await.unwrap().unwrap(), again);
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap(), ["a"]);
    db::draft_drop(db, &one, own, "a").await.unwrap();
    assert!(db::draft_keys(&db.read(), own).await.unwrap().is_empty());
    assert_eq!(db::draft_keys(&db.read(), other).await.unwrap(), ["a"]);
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_ledger").await, 0, "neither is letting go of one");
}

#[tokio::test]
async fn the_act_that_takes_it_in_lets_go_of_it_and_one_that_fails_does_not() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let ((one, own), (two, other)) = (person(&bench.ctx), person(&bench.ctx));
    for (ctx, who) in [(&one, own), (&two, other)] {
        for key in ["a", "b"] {
            db::draft_put(db, ctx, who, (key, None), &fields("x")).await.unwrap();
        }
    }
    let failed = act(&bench, &sent(&one, "a"), Err(Problem::bad_input("no"))).await;
    assert_eq!(failed.unwrap_err().code, "no");
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap().len(), 2, "what was refused is still there");
    act(&bench, &sent(&one, "a"), Ok(())).await.unwrap();
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap(), ["b"]);
    assert_eq!(db::draft_keys(&db.read(), other).await.unwrap().len(), 2, "of the same form, but somebody else's");
}

#[tokio::test]
async fn of_one_person_the_newest_thirty_are_kept_for_a_week() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let (one, own) = person(&bench.ctx);
    for n in 0..35 {
        db::draft_put(db, &one, own, (&format!("k{n:02}"), None), &fields("x")).await.unwrap();
        bench.clock.move_by(SignedDuration::from_secs(1));
    }
    let keys = db::draft_keys(&db.read(), own).await.unwrap();
    assert_eq!((keys.len(), keys[0].as_str(), keys[29].as_str()), (30, "k34", "k05"));
    bench.clock.move_by(SignedDuration::from_hours(24 * 7 - 1));
    db::purge(db, &bench.ctx, db::OWN_RETENTION).await.unwrap();
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap().len(), 30);
    bench.clock.move_by(SignedDuration::from_hours(1));
    db::purge(db, &bench.ctx, db::OWN_RETENTION).await.unwrap();
    assert!(db::draft_keys(&db.read(), own).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_oldest_go_where_the_drafts_of_one_person_are_too_long() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let ((one, own), (two, other)) = (person(&bench.ctx), person(&bench.ctx));
    db::draft_put(db, &two, other, ("a", None), &fields("của người khác")).await.unwrap();
    // Bytes, not letters.
    let long = "ấ ".repeat(1024 * 1024);
    for n in 0..6 {
        db::draft_put(db, &one, own, (&format!("k{n}"), None), &fields(&long)).await.unwrap();
        bench.clock.move_by(SignedDuration::from_secs(1));
    }
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap(), ["k5", "k4", "k3"]);
    // The newest stays, however long it is.
    db::draft_put(db, &one, own, ("all", None), &fields(&long.repeat(5))).await.unwrap();
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap(), ["all"]);
    assert_eq!(db::draft_keys(&db.read(), other).await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_draft_goes_in_whose_field_the_forgotten_name_stands_and_no_other() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let (one, own) = person(&bench.ctx);
    for (key, text) in [("a", "Kho \"50%\""), ("b", "Kho \"500\""), ("c", "Xem Kho \"50%\" kèm theo"), ("d", "yes")] {
        db::draft_put(db, &one, own, (key, None), &fields(text)).await.unwrap();
    }
    let forgets = db.write(&bench.ctx, |tx| async move {
        db::forget_named(&tx, "Kho \"50%\"").await?;
        // An answer that forms have is the name of nothing.
        db::forget_named(&tx, "yes").await?;
        tx.ledger(Entry::new("test.act", "x"));
        Ok(())
    });
    forgets.await.unwrap();
    assert_eq!(db::draft_keys(&db.read(), own).await.unwrap(), ["b", "c", "d"]);
}

#[tokio::test]
async fn what_bears_the_id_of_what_was_forgotten_is_not_kept_any_more() {
    let bench = Bench::new().await;
    let db = &bench.test.db;
    let (one, own) = person(&bench.ctx);
    let [gone, other]: [PersonId; 2] = [bench.ctx.new_id(), bench.ctx.new_id()];
    let put = async |page: String, text: &str| {
        db::draft_put(db, &one, own, ("a", Some(&page)), &fields(text)).await.map_err(|problem| problem.code)
    };
    let page = |id: PersonId| format!("/people/{id}/edit");
    put(page(gone), "x").await.unwrap();
    let ids = &[gone.to_string(), gone.uuid().to_string()];
    let forgets = db.write(&bench.ctx, |tx| async move {
        db::forget_of(&tx, ids).await?;
        tx.ledger(Entry::new("test.act", "x"));
        Ok(())
    });
    forgets.await.unwrap();
    assert!(db::draft_keys(&db.read(), own).await.unwrap().is_empty());
    for text in ["x", &format!("thay cho {gone}."), &format!("[\"{}\"]", gone.uuid())] {
        let about = if text == "x" { page(gone) } else { page(other) };
        assert_eq!(put(about, text).await, Err("not-found"), "{text}");
    }
    assert!(db::draft_keys(&db.read(), own).await.unwrap().is_empty());
    put(page(other), &format!("thay cho {other}.")).await.unwrap();
}
