//! A clock that was wrong once.

use db::{Fault, LedgerFind, LedgerFound, Standing};
use jiff::SignedDuration;

use crate::{setup::House, signing::forge_last};

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_once_locks_nobody_out_for_good() {
    let house = House::new().await;
    house.add(1).await.unwrap();
    let early = db::accept_clock(house.db(), &house.ctx, "đã chỉnh giờ").await.unwrap_err();
    assert_eq!(early.code, "clock-not-behind");
    house.clock.move_by(SignedDuration::from_hours(24 * 365));
    house.add(2).await.unwrap();
    house.clock.move_by(SignedDuration::from_hours(-24 * 365));
    // Known before an act is refused.
    let now = house.ctx.now().as_microsecond();
    assert!(db::clock_is_behind(&house.db().read(), now).await.unwrap());
    assert_eq!(house.add(3).await.unwrap_err().code, "clock-backwards");
    assert_eq!(house.db().standing(), Some(Standing::ClockBehind));
    // The same after a restart, by the command of the server's administrator.
    let db = house.reopened().await;
    assert_eq!(db::accept_clock(&db, &house.ctx, "").await.unwrap_err().code, "reason-needed");
    db::accept_clock(&db, &house.ctx, "đồng hồ chạy nhanh một năm, đã chỉnh").await.unwrap();
    house.add(3).await.unwrap();
    assert_eq!(house.db().standing(), None);
    assert!(!db::clock_is_behind(&house.db().read(), now).await.unwrap());
    db.checkpoint().await.unwrap();
    assert_eq!(house.faults().await, []);
    let rows = db::ledger_page(&db.read(), None, None, 3).await.unwrap();
    assert_eq!(rows[1].action, "ledger.accept_clock");
    assert!(rows[1].at < rows[2].at && rows[0].at >= rows[1].at, "the true time from then on");
    assert!(rows[1].body.contains("đã chỉnh"), "with its reason");
}

#[tokio::test]
async fn an_edited_time_of_the_head_stops_nobody_for_good_either() {
    let house = House::new().await;
    house.add(1).await.unwrap();
    house.sql("UPDATE db_ledger_head SET at = at + 31536000000000").await;
    assert_eq!(house.faults().await, [Fault::HeadDiffers { seq: 1 }]);
    assert_eq!(house.add(2).await.unwrap_err().code, "clock-backwards");
    db::accept_clock(house.db(), &house.ctx, "thời gian đầu chuỗi bị sửa").await.unwrap();
    house.add(2).await.unwrap();
    assert_eq!(house.faults().await, []);
}

#[tokio::test]
async fn a_time_that_goes_back_without_that_act_is_found() {
    let house = House::new().await;
    for n in 0..3 {
        house.clock.move_by(SignedDuration::from_hours(1));
        house.add(n).await.unwrap();
    }
    forge_last(house.db(), |body| body["at"] = (body["at"].as_i64().unwrap() - 7_200_000_000).into()).await;
    assert_eq!(house.faults().await, [Fault::ClockBack { seq: 3 }]);
}

fn numbers(found: &LedgerFound) -> Vec<i64> {
    found.rows.iter().map(|row| row.seq).collect()
}

/// Days are looked for by number: where time ran back, on both sides of that.
#[tokio::test]
async fn the_entries_of_a_day_are_found_though_a_clock_was_ahead_once() {
    const HOUR: i64 = 3_600_000_000;
    let house = House::new().await;
    let start = house.ctx.now().as_microsecond();
    // At the hours 0, 1, 2; 8760, 8761 by the wrong clock; accepted and going on at 3, 4.
    for n in 0..3 {
        house.add(n).await.unwrap();
        house.clock.move_by(SignedDuration::from_hours(1));
    }
    house.clock.move_by(SignedDuration::from_hours(8757));
    for n in 3..5 {
        house.add(n).await.unwrap();
        house.clock.move_by(SignedDuration::from_hours(1));
    }
    house.clock.move_by(SignedDuration::from_hours(3 - 8762));
    db::accept_clock(house.db(), &house.ctx, "đã chỉnh giờ").await.unwrap();
    house.clock.move_by(SignedDuration::from_hours(1));
    house.add(5).await.unwrap();
    let conn = house.db().read();
    for (from, until, expected) in [
        (Some(2), Some(5), vec![7, 6, 3]),
        (Some(4), None, vec![7, 5, 4]),
        (None, Some(1), vec![1]),
        (Some(8000), None, vec![5, 4]),
        (Some(5), Some(8000), vec![]),
        (None, None, vec![7, 6, 5, 4, 3, 2, 1]),
    ] {
        let at = |hour: Option<i64>| hour.map(|hour| start + hour * HOUR);
        let wanted = LedgerFind { from: at(from), until: at(until), ..LedgerFind::default() };
        let found = db::ledger_find(&conn, &wanted, 50).await.unwrap();
        assert_eq!((numbers(&found), found.looked_to), (expected.clone(), None), "{from:?} {until:?}");
        // Page by page it is the same.
        let (mut before, mut all) = (None, vec![]);
        while let [seq] =
            numbers(&db::ledger_find(&conn, &LedgerFind { before, ..wanted.clone() }, 1).await.unwrap())[..]
        {
            all.push(seq);
            before = Some(seq);
        }
        assert_eq!(all, expected, "{from:?} {until:?}");
    }
}

/// A name among a million entries is looked for some way back, and it is said how far.
#[tokio::test]
async fn who_did_something_long_ago_is_looked_for_step_by_step() {
    let house = House::new().await;
    house.add(1).await.unwrap();
    // As if a hundred thousand others had followed.
    house.sql("UPDATE db_ledger_head SET seq = 100001").await;
    let conn = house.db().read();
    let by = |actor: &str| LedgerFind { actors: Some(vec![actor.to_owned()]), ..LedgerFind::default() };
    let mut wanted = by("system:");
    for looked_to in [50_002, 2] {
        let found = db::ledger_find(&conn, &wanted, 50).await.unwrap();
        assert_eq!((numbers(&found), found.looked_to), (Vec::<i64>::new(), Some(looked_to)));
        wanted.before = found.looked_to;
    }
    let found = db::ledger_find(&conn, &wanted, 50).await.unwrap();
    assert_eq!((numbers(&found), found.looked_to), (vec![1], None));
    // What begins a name is no pattern.
    for none in ["%:", "system_:", "sys%:"] {
        let wanted = LedgerFind { before: Some(10), ..by(none) };
        assert_eq!(numbers(&db::ledger_find(&conn, &wanted, 50).await.unwrap()), Vec::<i64>::new(), "{none}");
    }
    // What nobody bears, and nothing is called, is not looked for.
    let none = LedgerFind { actors: Some(vec![]), ..LedgerFind::default() };
    let never = LedgerFind { actions: Some(vec![]), ..LedgerFind::default() };
    for wanted in [none, never] {
        let found = db::ledger_find(&conn, &wanted, 50).await.unwrap();
        assert_eq!((numbers(&found), found.looked_to), (vec![], None));
    }
    // Without names it is found at once: the newest are simply the last.
    let all = db::ledger_find(&conn, &LedgerFind::default(), 50).await.unwrap();
    assert_eq!((numbers(&all), all.looked_to), (vec![1], None));
}
