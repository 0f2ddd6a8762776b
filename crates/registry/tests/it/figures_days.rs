//! Values of days that are over: kept once, and told by what was kept.

use kernel::{Actor, Ctx, Figures as _, Lang};
use registry::{OwnFigures, usecase::figures::keep::figures_keep};

use crate::{figures::inventory, house, inventories::put};

#[tokio::test]
async fn a_day_is_kept_once_and_stays_as_it_was() {
    let house = house().await;
    let (all_systems, _) = inventory(3);
    put(&house, &all_systems, &[true; 4]).await;
    let (db, bodies) = (house.app.db(), house.app.bodies().clone());
    let system = house.app.ctx(Actor::System("test"), Lang::Vi);
    let first = figures_keep(db, &system, &bodies).await.unwrap();
    assert!(first > 0);
    let rows = "SELECT COUNT(*) FROM registry_figure";
    let (count, length) = (house.count(rows).await, house.ledger_length().await);
    assert_eq!(figures_keep(db, &system, &bodies).await.unwrap(), 0, "nothing changed");
    assert_eq!((house.count(rows).await, house.ledger_length().await), (count, length));
    // By the job of the day too.
    db::daily(db, &system, &["registry.figures"]).await.unwrap();
    house.drain().await;
    assert_eq!(house.count(rows).await, count);
    // On a later day what changed is kept beside it, and the day before keeps its value.
    let port = OwnFigures::new(db.clone(), bodies.clone());
    let (root, before) = (house.unit("Tỉnh Mẫu"), system.today());
    let was = port.value(&system, "level.approved", root, before).await.unwrap().unwrap();
    assert!(was.denominator > 0);
    house.clock.move_by(jiff::SignedDuration::from_hours(24));
    house.exec("UPDATE registry_system SET state = 'retired' WHERE state <> 'mistaken'", vec![]).await;
    let later = house.app.ctx(Actor::System("test"), Lang::Vi);
    assert!(figures_keep(db, &later, &bodies).await.unwrap() > 0);
    let now = port.value(&later, "level.approved", root, later.today()).await.unwrap().unwrap();
    assert_eq!((now.numerator, now.denominator), (0, 0));
    let then = port.value(&later, "level.approved", root, before).await.unwrap().unwrap();
    assert_eq!((then.numerator, then.denominator), (was.numerator, was.denominator));
    assert!(then.href.starts_with("/systems/figures/level.approved?unit=unit_"), "{}", then.href);
    let long_ago = before.yesterday().unwrap();
    assert_eq!(port.value(&later, "level.approved", root, long_ago).await.unwrap(), None, "nothing was kept then");
    for unknown in ["exchange.connected", "proc.reuse"] {
        assert_eq!(port.value(&later, unknown, root, before).await.unwrap(), None, "{unknown}");
    }
    house.lake_is_as_the_rows().await;
}

#[tokio::test]
async fn of_a_day_that_is_over_nothing_is_said_by_the_rows_of_today() {
    let house = house().await;
    let (all_systems, _) = inventory(3);
    put(&house, &all_systems, &[true; 4]).await;
    let (db, bodies, root) = (house.app.db(), house.app.bodies().clone(), house.unit("Tỉnh Mẫu"));
    let port = OwnFigures::new(db.clone(), bodies.clone());
    let first = house.app.ctx(Actor::System("test"), Lang::Vi);
    let (yesterday, today) = (first.today().yesterday().unwrap(), first.today());
    let level = async |ctx: &Ctx, day| port.value(ctx, "level.approved", root, day).await.unwrap();
    // Nothing was ever kept.
    assert!(level(&first, today).await.is_some_and(|found| found.denominator > 0));
    assert_eq!(level(&first, yesterday).await, None);
    assert_eq!(level(&first, today.tomorrow().unwrap()).await, None, "nor of one that is still ahead");
    house.clock.move_by(jiff::SignedDuration::from_hours(48));
    let later = house.app.ctx(Actor::System("test"), Lang::Vi);
    assert_eq!(level(&later, today).await, None, "that day was not kept either");
    // What was kept holds until it is another, whatever the rows have become since and whether or not it was kept again.
    figures_keep(db, &later, &bodies).await.unwrap();
    // Asked now: a context tells the day that it is.
    let kept_on = later.today();
    let kept = level(&later, kept_on).await.unwrap();
    // The program keeps them by itself too, on the day that it is.
    house.clock.move_by(jiff::SignedDuration::from_hours(48));
    house.exec("UPDATE registry_system SET state = 'retired' WHERE state <> 'mistaken'", vec![]).await;
    let last = house.app.ctx(Actor::System("test"), Lang::Vi);
    for day in [kept_on, kept_on.tomorrow().unwrap()] {
        let then = level(&last, day).await.unwrap();
        assert_eq!((then.numerator, then.denominator, then.on), (kept.numerator, kept.denominator, day));
    }
    assert_eq!(level(&last, last.today()).await.unwrap().denominator, 0);
    assert_eq!(level(&last, today).await, None);
}
