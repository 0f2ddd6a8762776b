//! How long a whole verification takes: `bench_ledger ENTRIES` makes a ledger with a checkpoint per entry, one each
//! second, thins it out and verifies it. Run it by `cargo xtask bench ledger`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench program")]

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use db::{Change, Entry, Migration, ModuleMigrations, vals};
use kernel::{Actor, Ctx, Lang};
use testkit::{FrozenClock, SeededIds, TestDb};
use uuid::Uuid;

const AT_ONCE: u64 = 500;
const ROWS: u128 = 50_000;

fn first(change: &mut Change) {
    change.table("thing_row", |t| {
        t.id();
        t.text("name");
    });
    change.seals("thing_row", &["id"], &["name"]);
}

const MODULES: [ModuleMigrations; 1] =
    [ModuleMigrations { module: "thing", steps: &[Migration { name: "0001_first", up: first }] }];

#[tokio::main]
async fn main() {
    let entries: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let test = TestDb::open().await;
    db::migrate(&test.db, &MODULES).await.unwrap();
    let clock = Arc::new(FrozenClock::default());
    let ctx = Ctx::new(Actor::System("bench"), Lang::Vi, clock.clone(), Arc::new(SeededIds::default()));
    let start = Instant::now();
    for act in 0..entries / AT_ONCE {
        clock.move_by(jiff::SignedDuration::from_secs(i64::try_from(AT_ONCE).unwrap()));
        let write = test.db.write(&ctx, |tx| async move {
            for n in 0..AT_ONCE {
                let id = Uuid::from_u128(u128::from(act * AT_ONCE + n) % ROWS);
                if n % 10 == 0 {
                    let sql = "INSERT INTO thing_row (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
                    tx.exec(sql, vals![id, format!("tên {act}")]).await?;
                }
                tx.ledger(Entry::new("thing.edit", id));
            }
            Ok(())
        });
        write.await.unwrap();
        test.db.checkpoint().await.unwrap();
    }
    let made = start.elapsed();
    lengthen(&test, entries);
    let start = Instant::now();
    let fewer = test.db.thin_checkpoints().await.unwrap();
    let thinned = start.elapsed();
    let start = Instant::now();
    let report = db::verify(&test.db).await.unwrap();
    let database = if test.is_postgres() { "PostgreSQL" } else { "SQLite" };
    let seconds = |time: Duration| time.as_secs_f64();
    println!(
        "{database}: {} entries made in {:.1} s; {fewer} of {entries} checkpoints thinned out in {:.1} s; verified with {} checkpoints and {} rows in {:.1} s, {} faults",
        report.entries,
        seconds(made),
        seconds(thinned),
        report.checkpoints,
        report.rows,
        seconds(start.elapsed()),
        report.faults.len(),
    );
}

/// A line for every entry, as if each had been signed: the times that are thinned by are theirs.
fn lengthen(test: &TestDb, entries: u64) {
    let path = test.location.data_dir.join("ledger-checkpoints.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut out = String::new();
    for line in text.lines() {
        let point: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = point["at"].as_i64().unwrap();
        for before in (1..i64::try_from(entries / text.lines().count() as u64).unwrap()).rev() {
            let mut earlier = point.clone();
            earlier["at"] = (at - before * 1_000_000).into();
            writeln!(out, "{earlier}").unwrap();
        }
        writeln!(out, "{line}").unwrap();
    }
    std::fs::write(&path, out).unwrap();
}
