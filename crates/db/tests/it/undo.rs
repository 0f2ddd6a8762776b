//! An act of before a step of the schema is taken back after it.

use db::{Change, Db, Entry, FromQueryResult, Migration, ModuleMigrations, Row, Value, vals};
use kernel::text::fold;
use uuid::Uuid;

use crate::setup::House;

#[derive(Debug, FromQueryResult)]
struct Thing {
    id: Uuid,
    name: String,
    rev: i64,
}

impl Row for Thing {
    type Id = Uuid;
    const TABLE: &'static str = "thing_row";
    const READ: &'static str = "id, name, rev";
    const WRITTEN: &'static [&'static str] = &["id", "name", "rev", "fold"];

    fn values(&self) -> Vec<Value> {
        vals![self.id, self.name.clone(), self.rev, fold(&self.name)]
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> Option<i64> {
        Some(self.rev)
    }
}

fn first(change: &mut Change) {
    change.table("thing_row", |t| {
        t.id();
        t.text("name");
        t.rev();
    });
    change.undoes("thing_row");
}

fn noted(change: &mut Change) {
    change.extend("thing_row", |t| t.opt_text("note"));
    change.mend("UPDATE thing_row SET note = 'cũ'");
}

fn folded(change: &mut Change) {
    change.folds("thing_row", "name");
}

fn followed(change: &mut Change) {
    folded(change);
    change.follows::<Thing>();
}

fn echoing(change: &mut Change) {
    change.echoes("thing_row", &["name"]);
}

fn misspelt(change: &mut Change) {
    change.echoes("thing_row", &["name", "nmae"]);
}

const FIRST: Migration = Migration { name: "0001_first", up: first };
const NOTED: Migration = Migration { name: "0002_noted", up: noted };

const OLD: [ModuleMigrations; 1] = [ModuleMigrations { module: "thing", steps: &[FIRST] }];
const NEW: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[FIRST, NOTED, Migration { name: "0003_folded", up: followed }] }];
/// Nobody says what the folded text follows from.
const UNSAID: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[FIRST, NOTED, Migration { name: "0003_folded", up: folded }] }];

/// What is forgotten is looked for in a column that is there, and in one that is not.
const ECHOING: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[FIRST, Migration { name: "0002_echoing", up: echoing }] }];
const MISSPELT: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[FIRST, Migration { name: "0002_echoing", up: misspelt }] }];

const ONE: Uuid = Uuid::from_u128(1);

#[derive(Debug, PartialEq, FromQueryResult)]
struct Stands {
    name: String,
    note: Option<String>,
    fold: Option<String>,
}

async fn stands(db: &Db) -> Option<Stands> {
    db.read().one("SELECT name, note, fold FROM thing_row WHERE id = $1", vals![ONE]).await.unwrap()
}

/// A statement on the one row as an act; returns the number of its entry.
async fn act(house: &House, db: &Db, sql: &str, values: Vec<Value>) -> i64 {
    let written = db.write(&house.ctx, |tx| {
        let values = values.clone();
        async move {
            tx.exec(sql, values).await?;
            tx.ledger(Entry::new("thing.edit", "x"));
            Ok(())
        }
    });
    written.await.unwrap();
    db.read().count("SELECT MAX(seq) FROM db_ledger", vals![]).await.unwrap()
}

async fn undone(house: &House, db: &Db, seq: i64) -> Result<(), &'static str> {
    let entry = &db::ledger_entry(&db.read(), seq).await.unwrap().unwrap();
    db.write(&house.ctx, |tx| async move { db::undo(&tx, entry).await }).await.map_err(|problem| problem.code)
}

async fn migrated(house: &House) -> Db {
    let db = Db::open(&house.test.location).await.unwrap();
    db::migrate(&db, &NEW).await.unwrap();
    db
}

/// A house of before the steps, with one row.
async fn old() -> House {
    let house = House::of(&OLD).await;
    let insert = "INSERT INTO thing_row (id, name, rev) VALUES ($1, 'Đình', 1)";
    act(&house, house.db(), insert, vals![ONE]).await;
    house
}

const RENAME: &str = "UPDATE thing_row SET name = 'Chùa', rev = rev + 1 WHERE id = $1";
const DELETE: &str = "DELETE FROM thing_row WHERE id = $1";

#[tokio::test]
async fn a_row_that_was_changed_before_a_step_goes_back_after_it() {
    let house = old().await;
    let renamed = act(&house, house.db(), RENAME, vals![ONE]).await;
    let db = migrated(&house).await;
    assert_eq!(stands(&db).await.unwrap().fold.as_deref(), Some("chua"));
    assert!(db::can_undo(&db, renamed).await.unwrap(), "nobody was at it but the step");
    undone(&house, &db, renamed).await.unwrap();
    let back = Stands { name: "Đình".into(), note: Some("cũ".into()), fold: Some("dinh".into()) };
    assert_eq!(stands(&db).await.unwrap(), back, "what follows from the others is written anew");
    // The undo knows all columns, and is taken back as any act.
    let undo = db.read().count("SELECT MAX(seq) FROM db_ledger", vals![]).await.unwrap();
    undone(&house, &db, undo).await.unwrap();
    let again = Stands { name: "Chùa".into(), note: Some("cũ".into()), fold: Some("chua".into()) };
    assert_eq!(stands(&db).await.unwrap(), again);
}

#[tokio::test]
async fn a_row_that_was_taken_away_before_a_step_comes_back_after_it() {
    let house = old().await;
    let deleted = act(&house, house.db(), DELETE, vals![ONE]).await;
    let db = migrated(&house).await;
    undone(&house, &db, deleted).await.unwrap();
    let back = Stands { name: "Đình".into(), note: None, fold: Some("dinh".into()) };
    assert_eq!(stands(&db).await.unwrap(), back);
}

#[tokio::test]
async fn what_was_added_before_a_step_goes_after_it_and_what_was_changed_since_stays() {
    let house = old().await;
    let renamed = act(&house, house.db(), RENAME, vals![ONE]).await;
    let db = migrated(&house).await;
    let since = "UPDATE thing_row SET note = 'mới' WHERE id = $1";
    let since = act(&house, &db, since, vals![ONE]).await;
    assert!(!db::can_undo(&db, renamed).await.unwrap());
    assert_eq!(undone(&house, &db, renamed).await, Err("changed-since"));
    undone(&house, &db, since).await.unwrap();
    assert_eq!(undone(&house, &db, renamed).await, Err("changed-since"), "a revision never comes again");
    let house = old().await;
    let added = house.db().read().count("SELECT MAX(seq) FROM db_ledger", vals![]).await.unwrap();
    let db = migrated(&house).await;
    undone(&house, &db, added).await.unwrap();
    assert_eq!(stands(&db).await, None);
}

#[tokio::test]
async fn folded_text_of_which_nobody_says_what_it_follows_from_stops_the_start() {
    let house = old().await;
    let db = Db::open(&house.test.location).await.unwrap();
    assert!(db::migrate(&db, &UNSAID).await.is_err());
}

#[tokio::test]
async fn what_repeats_something_in_a_column_that_is_not_there_stops_the_start() {
    let house = old().await;
    let db = Db::open(&house.test.location).await.unwrap();
    assert!(db::migrate(&db, &MISSPELT).await.is_err(), "or the first secret would find it out");
    assert!(db::migrate(&db, &ECHOING).await.is_ok());
}

#[tokio::test]
async fn no_act_that_was_at_what_is_forgotten_comes_back_with_what_else_it_did() {
    let (house, two) = (old().await, Uuid::from_u128(2));
    let db = house.db();
    let insert = "INSERT INTO thing_row (id, name, rev) VALUES ($1, 'Miếu', 1)";
    let beside = act(&house, db, insert, vals![two]).await;
    let both = act(&house, db, "UPDATE thing_row SET name = 'Đền' WHERE rev = $1", vals![1_i64]).await;
    let ids = &[ONE.to_string()];
    db.write(&house.ctx, |tx| async move {
        tx.exec(RENAME, vals![ONE]).await?;
        db::forget_of(&tx, ids).await?;
        tx.ledger(Entry::new("thing.edit", "x"));
        Ok(())
    })
    .await
    .unwrap();
    for seq in [both, both + 1] {
        assert_eq!(undone(&house, db, seq).await, Err("undo-over"), "{seq}");
    }
    let kept = "SELECT COUNT(*) FROM db_before WHERE seq = $1";
    assert_eq!(db.read().count(kept, vals![beside]).await.unwrap(), 1, "of what was only at others it stays");
    assert_eq!(db::verify(db).await.unwrap().faults, []);
}
