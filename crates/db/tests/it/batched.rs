//! Many rows in one statement are kept, sealed and told as each by itself.

use std::fmt::Debug;

use db::{Change, Entry, FromQueryResult, Migration, ModuleMigrations, Value, marks, vals};
use kernel::{Column, ColumnType, FactKind, FactTable};
use uuid::Uuid;

use crate::setup::House;

/// A table whose rows are written.
struct Table {
    name: &'static str,
    steps: [ModuleMigrations; 1],
    /// The columns of its key, and the key of each row.
    key: &'static [&'static str],
    of: fn(u128) -> Vec<Value>,
    /// More rows than are read at once.
    many: u128,
    /// Rows of one statement.
    at_once: usize,
}

static THING: FactTable = FactTable {
    name: "thing_row",
    version: 1,
    kind: FactKind::State,
    key: &["thing"],
    columns: &[
        Column::new("thing", ColumnType::Id("thing"), "Vật", "Thing").from("id"),
        Column::new("name", ColumnType::Text, "Tên", "Name"),
    ],
};

fn things(change: &mut Change) {
    change.table("thing_row", |t| {
        t.id();
        t.text("name");
        t.opt_integer("size");
        t.rev();
    });
    change.mirrors(&THING);
    change.undoes("thing_row");
    change.seals("thing_row", &["id"], &["name", "size"]);
}

const THINGS: Table = Table {
    name: "thing_row",
    steps: [ModuleMigrations { module: "thing", steps: &[Migration { name: "0001_first", up: things }] }],
    key: &["id"],
    of: |n| vals![Uuid::from_u128(n)],
    many: 1203,
    at_once: 700,
};

static PAIR: FactTable = FactTable {
    name: "thing_pair",
    version: 1,
    kind: FactKind::State,
    key: &["a", "b"],
    columns: &[
        Column::new("a", ColumnType::Text, "Vế một", "First part"),
        Column::new("b", ColumnType::Text, "Vế hai", "Second part"),
        Column::new("name", ColumnType::Text, "Tên", "Name"),
    ],
};

fn pairs(change: &mut Change) {
    change.table("thing_pair", |t| {
        t.text("a");
        t.text("b");
        t.text("name");
        t.opt_integer("size");
        t.rev();
        t.primary(&["a", "b"]);
    });
    change.mirrors(&PAIR);
    change.undoes("thing_pair");
    change.seals("thing_pair", &["a", "b"], &["name", "size"]);
}

/// Keys of two texts, with all that may end a text too early.
fn pair(n: u128) -> Vec<Value> {
    let sign = |n: u128| ["\"", "'", "\",\"", "", "\\"][usize::try_from(n % 5).unwrap()];
    vals![format!("{}{}", sign(n), n / 10), format!("{n}{}", sign(n / 5))]
}

const PAIRS: Table = Table {
    name: "thing_pair",
    steps: [ModuleMigrations { module: "thing", steps: &[Migration { name: "0001_first", up: pairs }] }],
    key: &["a", "b"],
    of: pair,
    many: 450,
    at_once: 300,
};

type Statement = (String, Vec<Value>);

impl Table {
    fn adding(&self, ids: impl Iterator<Item = u128>, at_once: usize) -> Vec<Statement> {
        let ids: Vec<u128> = ids.collect();
        let some = |ids: &[u128]| {
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            for n in ids {
                rows.push(format!("({})", marks(values.len() + 1, self.key.len() + 3)));
                values.extend((self.of)(*n));
                let size = n.is_multiple_of(2).then_some(7_i64);
                values.extend(vals![format!("Vật \"{n}\""), size, 1_i64]);
            }
            let (name, key) = (self.name, self.key.join(", "));
            (format!("INSERT INTO {name} ({key}, name, size, rev) VALUES {}", rows.join(", ")), values)
        };
        ids.chunks(at_once).map(some).collect()
    }

    fn on(&self, verb: &str, ids: impl Iterator<Item = u128>, at_once: usize) -> Vec<Statement> {
        let keys: Vec<Vec<Value>> = ids.map(self.of).collect();
        let some = |keys: &[Vec<Value>]| {
            let values = keys.concat();
            let which = match self.key {
                [only] => format!("{only} IN ({})", marks(1, values.len())),
                several => {
                    let firsts = (1..=values.len()).step_by(several.len());
                    let one = |first: usize| {
                        let parts = several.iter().zip(first..).map(|(name, n)| format!("{name} = ${n}"));
                        parts.collect::<Vec<_>>().join(" AND ")
                    };
                    firsts.map(one).collect::<Vec<_>>().join(" OR ")
                }
            };
            (format!("{verb} WHERE {which}"), values)
        };
        keys.chunks(at_once).map(some).collect()
    }

    /// Some are changed, some of these go, and new ones come.
    fn changing(&self, at_once: usize) -> Vec<Statement> {
        let rename = format!("UPDATE {} SET name = 'khác', rev = rev + 1", self.name);
        let mut all = self.on(&rename, (0..self.many).filter(|n| n.is_multiple_of(3)), at_once);
        let remove = format!("DELETE FROM {}", self.name);
        all.extend(self.on(&remove, (0..self.many).filter(|n| n.is_multiple_of(5)), at_once));
        all.extend(self.adding(self.many..self.many + 50, at_once));
        all
    }

    async fn rows<R: FromQueryResult>(&self, house: &House) -> Vec<R> {
        let key = self.key.join(", ");
        let sql = format!("SELECT {key}, name, size FROM {} ORDER BY {key}", self.name);
        house.db().read().all(&sql, vec![]).await.unwrap()
    }
}

async fn act(house: &House, statements: &[Statement]) -> i64 {
    let written = house.db().write(&house.ctx, |tx| async move {
        for (sql, values) in statements {
            tx.exec(sql, values.clone()).await?;
        }
        tx.ledger(Entry::new("thing.edit", "x"));
        Ok(())
    });
    written.await.unwrap();
    house.db().read().count("SELECT MAX(seq) FROM db_ledger", vec![]).await.unwrap()
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Thing {
    id: Uuid,
    name: String,
    size: Option<i64>,
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Pair {
    a: String,
    b: String,
    name: String,
    size: Option<i64>,
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Text {
    place: String,
    body: String,
}

/// What the ledger says of the acts, what their rows were before, and what the lake is told.
async fn texts(house: &House) -> Vec<Text> {
    let sql = "SELECT 'ledger ' || seq AS place, body FROM db_ledger UNION ALL SELECT 'before ' || seq, body FROM db_before \
        UNION ALL SELECT 'fact ' || seq, body FROM db_fact ORDER BY place";
    house.db().read().all(sql, vec![]).await.unwrap()
}

#[tokio::test]
async fn rows_that_are_written_together_leave_what_single_ones_leave() {
    leave_alike::<Thing>(&THINGS).await;
}

#[tokio::test]
async fn rows_whose_key_has_several_parts_do_so_whatever_signs_are_in_it() {
    leave_alike::<Pair>(&PAIRS).await;
}

async fn leave_alike<R: FromQueryResult + Debug + PartialEq>(table: &Table) {
    let (together, single) = (House::of(&table.steps).await, House::of(&table.steps).await);
    let (many, ways) = (table.many, [(&together, table.at_once), (&single, 1)]);
    for (house, at_once) in ways {
        assert_eq!(act(house, &table.adding(0..many, at_once)).await, 1);
    }
    let before: Vec<R> = table.rows(&together).await;
    assert_eq!(u128::try_from(before.len()).unwrap(), many);
    for (house, at_once) in ways {
        assert_eq!(act(house, &table.changing(at_once)).await, 2);
        assert_eq!(db::verify(house.db()).await.unwrap().faults, []);
        assert!(db::can_undo(house.db(), 2).await.unwrap());
    }
    assert_eq!(table.rows::<R>(&together).await, table.rows::<R>(&single).await);
    let (one, other) = (texts(&together).await, texts(&single).await);
    let places: Vec<&str> = one.iter().map(|text| text.place.as_str()).collect();
    assert_eq!(places, ["before 1", "before 2", "fact 1", "fact 2", "ledger 1", "ledger 2"]);
    assert!(one == other, "the ledger, the images and the facts are the same to the letter");
    for house in [&together, &single] {
        undone(house, 2).await;
        assert!(table.rows::<R>(house).await == before, "all are what they were, and what came is gone");
        let more = act(house, &table.adding(2 * many..3 * many, table.at_once)).await;
        undone(house, more).await;
        assert!(table.rows::<R>(house).await == before);
    }
}

async fn undone(house: &House, seq: i64) {
    let entry = &db::ledger_entry(&house.db().read(), seq).await.unwrap().unwrap();
    house.db().write(&house.ctx, |tx| async move { db::undo(&tx, entry).await }).await.unwrap();
    assert_eq!(db::verify(house.db()).await.unwrap().faults, []);
}
