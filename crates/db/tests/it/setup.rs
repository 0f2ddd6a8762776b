//! A database with one sealed table.

use std::sync::Arc;

use db::{Change, Db, Entry, Fault, Migration, ModuleMigrations, vals};
use kernel::{Actor, Ctx, Lang, Problem};
use testkit::{FrozenClock, SeededIds, TestDb};
use uuid::Uuid;

fn first(change: &mut Change) {
    change.table("thing_row", |t| {
        t.id();
        t.text("name");
        t.opt_text("note");
        t.boolean("done");
        t.integer("rev");
    });
    change.table("thing_pair", |t| {
        t.text("a");
        t.text("b");
        t.opt_integer("count");
        t.primary(&["a", "b"]);
    });
}

fn seals(change: &mut Change) {
    change.seals("thing_row", &["id"], &["name", "done", "note"]);
    change.seals("thing_pair", &["a", "b"], &["count"]);
}

/// As an older version had it, without seals.
pub const OLD: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[Migration { name: "0001_first", up: first }] }];

pub const NEW: [ModuleMigrations; 1] = [ModuleMigrations {
    module: "thing",
    steps: &[Migration { name: "0001_first", up: first }, Migration { name: "0002_seals", up: seals }],
}];

fn more(change: &mut Change) {
    change.seals_more("thing_row", &["rev"]);
}

/// As a later version seals more of a table.
pub const LATER: [ModuleMigrations; 1] = [ModuleMigrations {
    module: "thing",
    steps: &[
        Migration { name: "0001_first", up: first },
        Migration { name: "0002_seals", up: seals },
        Migration { name: "0003_more", up: more },
    ],
}];

pub struct House {
    pub test: TestDb,
    pub clock: Arc<FrozenClock>,
    pub ctx: Ctx,
}

impl House {
    pub async fn of(modules: &[ModuleMigrations]) -> Self {
        let test = TestDb::open().await;
        db::migrate(&test.db, modules).await.unwrap();
        let clock = Arc::new(FrozenClock::default());
        let ctx = Ctx::new(Actor::System("test"), Lang::Vi, clock.clone(), Arc::new(SeededIds::default()));
        Self { test, clock, ctx }
    }

    pub async fn new() -> Self {
        Self::of(&NEW).await
    }

    pub fn db(&self) -> &Db {
        &self.test.db
    }

    /// As after a restart.
    pub async fn reopened(&self) -> Db {
        let db = Db::open(&self.test.location).await.unwrap();
        db::migrate(&db, &NEW).await.unwrap();
        db
    }

    pub async fn add(&self, n: u128) -> Result<(), Problem> {
        add(self.db(), &self.ctx, Uuid::from_u128(n)).await
    }

    pub async fn act(&self, sql: &str) {
        self.db()
            .write(&self.ctx, |tx| async move {
                tx.exec(sql, vec![]).await?;
                tx.ledger(Entry::new("thing.edit", "x"));
                Ok(())
            })
            .await
            .unwrap();
    }

    /// Behind the program's back.
    pub async fn sql(&self, sql: &str) {
        self.db().unguarded().exec(sql, vec![]).await.unwrap();
    }

    pub async fn faults(&self) -> Vec<Fault> {
        db::verify(self.db()).await.unwrap().faults
    }

    pub fn checkpoints(&self) -> std::path::PathBuf {
        self.test.location.data_dir.join("ledger-checkpoints.jsonl")
    }
}

pub async fn add(db: &Db, ctx: &Ctx, id: Uuid) -> Result<(), Problem> {
    db.write(ctx, |tx| async move {
        let sql = "INSERT INTO thing_row (id, name, done, rev) VALUES ($1, 'tên', $2, 1) ON CONFLICT (id) DO UPDATE SET rev = thing_row.rev + 1, name = 'khác'";
        tx.exec(sql, vals![id, false]).await?;
        tx.ledger(Entry::new("thing.add", id));
        Ok(())
    })
    .await
}
