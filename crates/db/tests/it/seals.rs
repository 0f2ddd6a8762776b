//! Rows outside the chain are covered by it.

use db::{Entry, Fault, vals};
use uuid::Uuid;

use crate::setup::{House, LATER, NEW, OLD, add};

fn id(n: u128) -> String {
    Uuid::from_u128(n).to_string()
}

/// `id = …` as both databases write it.
fn is(house: &House, n: u128) -> String {
    let hex = Uuid::from_u128(n).simple().to_string();
    if house.test.is_postgres() { format!("id = '{hex}'") } else { format!("id = x'{hex}'") }
}

#[tokio::test]
async fn what_acts_do_to_sealed_rows_is_no_fault() {
    let house = House::new().await;
    for n in 0..5 {
        house.add(n).await.unwrap();
    }
    house.act("UPDATE thing_row SET note = 'ghi chú' WHERE rev = 1").await;
    house.act("UPDATE thing_row SET rev = rev + 1").await;
    house.act("INSERT INTO thing_pair (a, b, count) VALUES ('x/y', 'z', 1), ('x', 'y/z', NULL)").await;
    house.act("INSERT INTO thing_pair (a, b, count) VALUES ('x', 'y/z', 5) ON CONFLICT (a, b) DO NOTHING").await;
    house.act("UPDATE thing_pair SET count = 7 WHERE a = 'x'").await;
    house.act("DELETE FROM thing_pair WHERE a = 'x/y'").await;
    house.act(&format!("DELETE FROM thing_row WHERE {}", is(&house, 3))).await;
    let report = db::verify(house.db()).await.unwrap();
    assert_eq!((report.faults, report.rows), (vec![], 5));
    house.add(3).await.unwrap();
    assert_eq!(house.faults().await, [], "what was deleted may come again");
}

#[tokio::test]
async fn what_is_done_behind_the_programs_back_is_named_with_table_and_id() {
    let house = House::new().await;
    for n in 0..5 {
        house.add(n).await.unwrap();
    }
    house.act("INSERT INTO thing_pair (a, b, count) VALUES ('x', 'y', 1)").await;
    house.act(&format!("DELETE FROM thing_row WHERE {}", is(&house, 0))).await;
    house.sql(&format!("UPDATE thing_row SET done = (1 = 1) WHERE {}", is(&house, 1))).await;
    house.sql(&format!("UPDATE thing_row SET rev = 99 WHERE {}", is(&house, 2))).await;
    house.sql(&format!("DELETE FROM thing_row WHERE {}", is(&house, 4))).await;
    house.sql("UPDATE thing_pair SET count = 2").await;
    for n in [0, 8] {
        let sql = "INSERT INTO thing_row (id, name, done, rev) VALUES ($1, 'x', $2, 1)";
        house.db().unguarded().exec(sql, vals![Uuid::from_u128(n), false]).await.unwrap();
    }
    let table = || "thing_row".to_owned();
    assert_eq!(
        house.faults().await,
        [
            Fault::RowChanged { table: "thing_pair".into(), id: r#"["x","y"]"#.into() },
            Fault::RowUnsealed { table: table(), id: id(0) },
            Fault::RowChanged { table: table(), id: id(1) },
            Fault::RowUnsealed { table: table(), id: id(8) },
            Fault::RowGone { table: table(), id: id(4) },
        ]
    );
}

#[tokio::test]
async fn rows_of_an_older_version_are_sealed_once() {
    let house = House::of(&OLD).await;
    for n in 0..1203 {
        let id = Uuid::from_u128(n);
        add(house.db(), &house.ctx, id).await.unwrap();
    }
    db::migrate(house.db(), &NEW).await.unwrap();
    assert_eq!(house.faults().await, [], "not begun yet");
    db::seal_rows(house.db(), &house.ctx).await.unwrap();
    let report = db::verify(house.db()).await.unwrap();
    assert_eq!((report.faults, report.rows), (vec![], 1203));
    let sql = "INSERT INTO thing_row (id, name, done, rev) VALUES ($1, 'x', $2, 1)";
    house.db().unguarded().exec(sql, vals![Uuid::from_u128(5000), false]).await.unwrap();
    let entries = db::ledger_number(&house.db().read()).await.unwrap();
    db::seal_rows(house.db(), &house.ctx).await.unwrap();
    assert_eq!(db::ledger_number(&house.db().read()).await.unwrap(), entries, "the next start seals nothing");
    assert_eq!(house.faults().await, [Fault::RowUnsealed { table: "thing_row".into(), id: id(5000) }]);
}

#[tokio::test]
async fn a_later_version_seals_more_of_a_row() {
    let house = House::new().await;
    for n in 0..4 {
        house.add(n).await.unwrap();
    }
    house.sql(&format!("UPDATE thing_row SET rev = 90 WHERE {}", is(&house, 0))).await;
    assert_eq!(house.faults().await, [], "not sealed by this version");
    db::migrate(house.db(), &LATER).await.unwrap();
    assert_eq!(house.faults().await, [], "not begun yet");
    house.add(1).await.unwrap();
    house.sql(&format!("UPDATE thing_row SET rev = 91 WHERE {}", is(&house, 1))).await;
    let changed = |n| Fault::RowChanged { table: "thing_row".into(), id: id(n) };
    assert_eq!(house.faults().await, [changed(1)], "what was touched since is sealed whole");
    house.add(1).await.unwrap();
    db::seal_rows(house.db(), &house.ctx).await.unwrap();
    let entries = db::ledger_number(&house.db().read()).await.unwrap();
    db::seal_rows(house.db(), &house.ctx).await.unwrap();
    assert_eq!(db::ledger_number(&house.db().read()).await.unwrap(), entries, "the next start seals nothing");
    for (n, set) in [(2, "rev = 92"), (3, "name = 'x'")] {
        house.sql(&format!("UPDATE thing_row SET {set} WHERE {}", is(&house, n))).await;
    }
    assert_eq!(house.faults().await, [changed(2), changed(3)]);
}

#[tokio::test]
async fn a_sealed_row_is_not_changed_without_an_entry() {
    let house = House::new().await;
    house.add(1).await.unwrap();
    for (sql, is_refused) in [
        ("UPDATE thing_row SET name = 'x'", true),
        ("DELETE FROM thing_row", true),
        ("UPDATE thing_row SET rev = 5", false),
    ] {
        let done = house.db().write(&house.ctx, |tx| async move {
            tx.bookkeeping();
            tx.exec(sql, vec![]).await?;
            Ok(())
        });
        assert_eq!(done.await.is_err(), is_refused, "{sql}");
    }
    assert_eq!(house.faults().await, []);
    // A statement that would return rows by itself would go past the seals: it is refused.
    let past = house.db().write(&house.ctx, |tx| async move {
        let sql = "UPDATE thing_row SET name = 'x' RETURNING rev";
        tx.count(sql, vec![]).await?;
        tx.ledger(Entry::new("thing.edit", "x"));
        Ok(())
    });
    assert!(past.await.is_err());
}
