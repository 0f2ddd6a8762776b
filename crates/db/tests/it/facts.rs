//! What the lake is told: the rows that acts leave, under the numbers of the ledger.

use db::{Change, Entry, FromQueryResult, Migration, ModuleMigrations, vals};
use kernel::{Column, ColumnType, FactKind, FactTable};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::setup::House;

static THING: FactTable = FactTable {
    name: "thing_row",
    version: 1,
    kind: FactKind::State,
    key: &["thing"],
    columns: &[
        Column::new("thing", ColumnType::Id("thing"), "Vật", "Thing").from("id"),
        Column::new("name", ColumnType::Text, "Tên", "Name"),
        Column::new("size", ColumnType::Scaled(3), "Cỡ", "Size").from("size_milli"),
        Column::new("code", ColumnType::Identifier, "Mã", "Code"),
    ],
};

static SEEN: FactTable = FactTable {
    name: "thing_seen",
    version: 1,
    kind: FactKind::Event,
    key: &["thing"],
    columns: &[Column::new("thing", ColumnType::Text, "Vật", "Thing")],
};

static BROKEN: FactTable =
    FactTable { columns: &[Column::new("thing", ColumnType::Text, "Vật", "Thing").from("nowhere")], ..THING };

fn things(change: &mut Change) {
    change.table("thing_row", |t| {
        t.id();
        t.text("name");
        t.opt_integer("size_milli");
        t.opt_text("code");
        t.integer("rev");
    });
    change.mirrors(&THING);
}

fn broken(change: &mut Change) {
    things(change);
    change.mirrors(&BROKEN);
}

const fn of(up: fn(&mut Change)) -> [Migration; 1] {
    [Migration { name: "0001_first", up }]
}

const STEPS: &[Migration] = &of(things);
const BROKEN_STEPS: &[Migration] = &of(broken);

async fn house() -> House {
    House::of(&[ModuleMigrations { module: "thing", steps: STEPS }]).await
}

#[derive(FromQueryResult)]
struct Fact {
    seq: i64,
    body: String,
}

async fn told(house: &House) -> Vec<(i64, Value)> {
    let sql = "SELECT seq, body FROM db_fact WHERE fact_table = 'thing_row' ORDER BY seq";
    let facts: Vec<Fact> = house.db().read().all(sql, vec![]).await.unwrap();
    facts.into_iter().map(|fact| (fact.seq, serde_json::from_str(&fact.body).unwrap())).collect()
}

#[tokio::test]
async fn an_act_tells_what_it_leaves_of_each_row_whatever_statement_it_was() {
    let house = house().await;
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    house
        .db()
        .write(&house.ctx, |tx| async move {
            let insert = "INSERT INTO thing_row (id, name, size_milli, rev) VALUES ($1, 'a', NULL, 1), ($2, 'b', 2, 1)";
            tx.exec(insert, vals![one, two]).await?;
            tx.exec("UPDATE thing_row SET size_milli = 1500 WHERE id = $1", vals![one]).await?;
            tx.ledger(Entry::new("thing.add", "x"));
            tx.ledger(Entry::new("thing.weigh", "x"));
            Ok(())
        })
        .await
        .unwrap();
    house.act("UPDATE thing_row SET rev = rev + 1").await;
    house.act("DELETE FROM thing_row WHERE name = 'b'").await;
    let id = |id| kernel::id_text("thing", id).unwrap();
    let first = json!([
        { "thing": id(one), "name": "a", "size": 1500, "code": null },
        { "thing": id(two), "name": "b", "size": 2, "code": null },
    ]);
    let last = json!([{ "thing": id(two), "removed": true }]);
    assert_eq!(told(&house).await, [(2, first), (4, last)], "of a revision alone nothing is told");
    let (rows, last) = db::fact_snapshot(house.db(), &house.db().read(), "thing_row", None, 10).await.unwrap();
    assert_eq!(rows, [json!({ "thing": id(one), "name": "a", "size": 1500, "code": null })]);
    let (rest, end) = db::fact_snapshot(house.db(), &house.db().read(), "thing_row", last.as_ref(), 10).await.unwrap();
    assert!(rest.is_empty() && end.is_none());
    assert_eq!(db::verify(house.db()).await.unwrap().faults, [], "what is mirrored and not sealed has no seal");
}

#[tokio::test]
async fn what_is_forgotten_waits_for_no_lake_and_stands_there_as_it_is_now() {
    let house = house().await;
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let id = |id| kernel::id_text("thing", id).unwrap();
    let ids = &[id(one)];
    house
        .db()
        .write(&house.ctx, |tx| async move {
            let insert = "INSERT INTO thing_row (id, name, rev) VALUES ($1, 'a', 1), ($2, 'b', 1)";
            tx.exec(insert, vals![one, two]).await?;
            tx.ledger(Entry::new("thing.add", "x"));
            Ok(())
        })
        .await
        .unwrap();
    house
        .db()
        .write(&house.ctx, |tx| async move {
            tx.exec("UPDATE thing_row SET name = 'c' WHERE id = $1", vals![one]).await?;
            db::forget_of(&tx, ids).await?;
            tx.ledger(Entry::new("thing.edit", "x"));
            Ok(())
        })
        .await
        .unwrap();
    let row = |thing, name: &str| json!([{ "thing": id(thing), "name": name, "size": null, "code": null }]);
    assert_eq!(told(&house).await, [(1, row(two, "b")), (2, row(one, "c"))]);
}

/// Words are masked; a code that reads like a telephone is what it is.
#[tokio::test]
async fn of_a_fact_only_words_are_masked() {
    let house = house().await;
    let id = Uuid::from_u128(1);
    house
        .db()
        .write(&house.ctx, |tx| async move {
            let insert = "INSERT INTO thing_row (id, name, code, rev) VALUES ($1, 'gọi 0912345678', '0912345678', 1)";
            tx.exec(insert, vals![id]).await?;
            tx.ledger(Entry::new("thing.add", "x"));
            Ok(())
        })
        .await
        .unwrap();
    let row = &told(&house).await[0].1[0];
    assert_eq!((&row["code"], &row["name"]), (&json!("0912345678"), &json!(db::mask("gọi 0912345678"))));
    assert!(row["name"].as_str().unwrap().contains('*'));
    let (rows, _) = db::fact_snapshot(house.db(), &house.db().read(), "thing_row", None, 10).await.unwrap();
    assert_eq!(rows[0], *row);
}

#[tokio::test]
async fn nothing_is_told_without_an_entry_and_no_state_by_hand() {
    let house = house().await;
    let act = |entry: bool, by_hand: bool, event: bool| {
        house.db().write(&house.ctx, move |tx| async move {
            tx.bookkeeping();
            if entry {
                tx.ledger(Entry::new("thing.act", "x"));
            }
            if by_hand {
                tx.fact(&THING, json!({ "thing": "x" }))?;
            } else if event {
                tx.fact(&SEEN, json!({ "thing": "x" }))?;
            } else {
                let insert = "INSERT INTO thing_row (id, name, rev) VALUES ($1, 'a', 1)";
                tx.exec(insert, vals![Uuid::from_u128(9)]).await?;
            }
            Ok(())
        })
    };
    assert!(act(false, false, false).await.is_err(), "a mirrored row changed in bookkeeping");
    assert!(act(false, false, true).await.is_err(), "an event without an entry");
    assert!(act(true, true, false).await.is_err(), "a state told by hand");
    assert_eq!(house.db().read().count("SELECT COUNT(*) FROM db_fact", vec![]).await.unwrap(), 0);
    act(true, false, true).await.unwrap();
    act(true, false, false).await.unwrap();
    assert_eq!(house.db().read().count("SELECT COUNT(*) FROM db_fact", vec![]).await.unwrap(), 2);
}

#[tokio::test]
async fn a_fact_of_a_column_that_is_not_there_is_refused_at_the_start() {
    let test = testkit::TestDb::open().await;
    let modules = [ModuleMigrations { module: "thing", steps: BROKEN_STEPS }];
    assert!(db::migrate(&test.db, &modules).await.is_err());
}

#[tokio::test]
async fn an_act_moves_the_number_of_the_modules_whose_rows_it_changes() {
    let house = house().await;
    let act = async |sql: &'static str| {
        let write = house.db().write(&house.ctx, |tx| async move {
            tx.exec(sql, vec![]).await?;
            tx.ledger(Entry::new("thing.act", "thing"));
            Ok(())
        });
        write.await.unwrap();
        let conn = house.db().read();
        let of = async |modules: &[&str]| db::change_number(&conn, modules).await.unwrap();
        (
            db::ledger_number(&conn).await.unwrap(),
            of(&["thing"]).await,
            of(&["other"]).await,
            of(&["thing", "other"]).await,
        )
    };
    let id = "'00000000-0000-0000-0000-000000000001'";
    let id = if house.db().read().is_sqlite() { "x'00000000000000000000000000000001'" } else { id };
    let insert: &'static str = format!("INSERT INTO thing_row (id, name, rev) VALUES ({id}, 'a', 1)").leak();
    let (first, own, other, any) = act(insert).await;
    assert_eq!((own, other, any), (first, 0, first));
    // What is the floor's own wakes nobody.
    let (second, own, other, any) = act("DELETE FROM db_daily").await;
    assert_eq!((second, own, other, any), (first + 1, first, 0, first));
    let (third, own, ..) = act("UPDATE thing_row SET name = 'b'").await;
    assert_eq!(own, third);
}
