//! A clock that was wrong once.

use db::{Fault, Standing};
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
