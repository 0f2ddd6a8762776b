//! `cargo xtask bench web`: a register of 200,000 parts, 100 requests a second in an open loop, and what a committed
//! change costs beside the bare row. Prints figures for docs/benchmarks.md; judges nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench program")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use dinh::{config::Config, wiring};
use directory::usecase::unit_import;
use kernel::{Actor, Ctx, Lang};
use measure::{load, rss_mb};
use testkit::{Client, TestDb};
use webkit::{App, Site};

mod measure;

const TASKS: i64 = 400;
const PARTS_OF_TASK: i64 = 500;
const UNITS: usize = 3250;
const RATE: u64 = 100;

/// Fills the register below the use cases: 400 tasks x 500 bodies.
async fn fill(app: &Site, ctx: &Ctx) {
    for fill in app.modules().iter().filter_map(|module| module.demo) {
        fill(app, ctx).await.unwrap();
    }
    let directory = app.get::<directory::Directory>().unwrap();
    let mut list = String::from("code,name,kind\n");
    for n in 0..UNITS {
        list.push_str(&format!("T{n:04},Tổ công tác số {n},team\n"));
    }
    let units = unit_import::preview(app, ctx, list.into()).await.unwrap();
    unit_import::unit_import(app, ctx, &units).await.unwrap();
    let tree = directory.tree();
    let units = tree.subtree(tree.root().unwrap().id);
    println!("{} units", units.len());
    let plan = programme::plans::store::plan::list(&app.db().read(), None).await.unwrap().remove(0);
    for block in 0..TASKS / 20 {
        let (units, plan) = (&units, &plan);
        app.db()
            .write(ctx, |tx| async move {
                tx.ledger(db::Entry::new("bench.fill", block));
                for n in block * 20..(block + 1) * 20 {
                    let id = ctx.new_id::<programme::ids::Task>().uuid();
                    let task = programme::work::store::task::TaskRow {
                        id,
                        plan_id: plan.id,
                        position: 1000 + n,
                        section: format!("IX.{n}"),
                        text: format!(
                            "Nhiệm vụ số {n} về hạ tầng, dữ liệu và dịch vụ điện toán đám mây dùng chung đợt {}",
                            n % 17
                        ),
                        time_raw: "Năm 2026".into(),
                        time_kind: "year".into(),
                        result: None,
                        quote: String::new(),
                        source_start: 0,
                        source_end: 0,
                        coordinating: "Sở Khoa học và Công nghệ".into(),
                        merged_into: None,
                    };
                    programme::work::store::task::insert(&tx, &task, &[]).await?;
                    for (at, unit) in (0..PARTS_OF_TASK).zip(units.iter().cycle().skip(usize::try_from(n * 8).unwrap()))
                    {
                        let part = programme::work::store::part::NewPart {
                            id: ctx.new_id::<programme::ids::Part>(),
                            task: id,
                            plan: plan.id,
                            unit: *unit,
                            unit_sort: format!("{at:05}"),
                            sort_plan: format!("9-{n:06}-{at:05}"),
                            time_kind: "year".into(),
                            start_on: Some("2026-01-01".into()),
                            due_on: Some(format!("202{}-{:02}-28", 6 + n % 4, 1 + at % 12)),
                            clock: None,
                        };
                        programme::work::store::part::insert(&tx, &part).await?;
                    }
                }
                Ok(())
            })
            .await
            .unwrap();
    }
}

/// As many as go: eight clients, each sending its next request when the last came back.
async fn saturation(client: &Client, paths: &[String]) {
    let start = Instant::now();
    let mut workers = Vec::new();
    for worker in 0..8_usize {
        let (client, paths) = (client.clone(), paths.to_vec());
        workers.push(tokio::spawn(async move {
            let mut count = 0_u32;
            while start.elapsed() < Duration::from_secs(8) {
                client.get(&paths[(worker + usize::try_from(count).unwrap()) % paths.len()]).await;
                count += 1;
            }
            count
        }));
    }
    let mut total = 0;
    for worker in workers {
        total += worker.await.unwrap();
    }
    println!("saturation: {:.0} pages/s with 8 clients", f64::from(total) / start.elapsed().as_secs_f64());
}

/// One row of a module, alone and with its ledger entry and fact.
async fn change(app: &App, ctx: &Ctx) {
    const ROUNDS: u32 = 300;
    let bare = |n: u32| async move {
        app.db()
            .write(ctx, |tx| async move {
                tx.bookkeeping();
                let sql =
                    "INSERT INTO web_refusal (hour, who, what, place, address, count) VALUES (0, $1, 'x', 'x', 'x', 1)";
                tx.exec(sql, vec![format!("bare-{n}-{}", ctx.new_id::<programme::ids::Task>()).into()]).await?;
                Ok(())
            })
            .await
            .unwrap();
    };
    let full = |n: u32| async move {
        app.db()
            .write(ctx, |tx| async move {
                let sql =
                    "INSERT INTO web_refusal (hour, who, what, place, address, count) VALUES (0, $1, 'x', 'x', 'x', 1)";
                tx.exec(sql, vec![format!("full-{n}-{}", ctx.new_id::<programme::ids::Task>()).into()]).await?;
                tx.fact(&FACT, serde_json::json!({ "key": n }))?;
                tx.ledger(db::Entry::new("bench.change", n));
                Ok(())
            })
            .await
            .unwrap();
    };
    let (mut alone, mut logged) = (Duration::ZERO, Duration::ZERO);
    for n in 0..ROUNDS {
        let start = Instant::now();
        bare(n).await;
        alone += start.elapsed();
        let start = Instant::now();
        full(n).await;
        logged += start.elapsed();
    }
    println!(
        "a committed change: bare row {:.2} ms, with ledger and facts {:.2} ms, ratio {:.2}",
        alone.as_secs_f64() * 1000.0 / f64::from(ROUNDS),
        logged.as_secs_f64() * 1000.0 / f64::from(ROUNDS),
        logged.as_secs_f64() / alone.as_secs_f64()
    );
}

static FACT: kernel::FactTable = kernel::FactTable {
    name: "bench",
    version: 1,
    kind: kernel::FactKind::Event,
    key: &["key"],
    columns: &[kernel::Column::new("key", kernel::ColumnType::Integer, "Khóa", "Key")],
};

#[tokio::main]
async fn main() {
    let test = TestDb::open().await;
    let config = Config { base_url: Some("http://dinh.test".into()), ..Config::default() };
    let program =
        std::env::current_exe().unwrap().parent().and_then(|folder| folder.parent()).map(|folder| folder.join("dinh"));
    let program: PathBuf = program.unwrap();
    let app =
        wiring::wired(test.db.clone(), &config, Arc::new(wiring::SystemClock), Arc::new(wiring::SystemIds), program)
            .await
            .unwrap();
    let ctx = app.ctx(Actor::System("bench"), Lang::Vi);
    println!("server after start, empty: {:.0} MB", rss_mb());
    if std::env::args().nth(1).as_deref() == Some("change") {
        for _ in 0..5 {
            change(&app, &ctx).await;
        }
        return;
    }
    let start = Instant::now();
    fill(&app, &ctx).await;
    println!("register filled in {:.0} s, {:.0} MB", start.elapsed().as_secs_f64(), rss_mb());
    if test.is_postgres() {
        app.db().unguarded().exec("ANALYZE", vec![]).await.unwrap();
    }
    let client = Client::new(webkit::router(&app)).sign_in("lanhdao", directory::usecase::demo::PASSWORD).await;
    let quantri = Client::new(webkit::router(&app)).sign_in("quantri", directory::usecase::demo::PASSWORD).await;
    let units = quantri.get("/api/v1/units?q=so").await.json();
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let paths = [
        "/tasks".to_owned(),
        "/tasks?q=dien+toan+dam+may".into(),
        format!("/tasks?lead={unit}"),
        "/tasks?state=late&year=2026".into(),
        "/tasks?sort=plan".into(),
    ];
    for path in &paths {
        let start = Instant::now();
        quantri.get(path).await;
        println!("  {path}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    }
    drop(client);
    load("register", &quantri, &paths, RATE).await;
    let officer = Client::new(webkit::router(&app)).sign_in("vidu", directory::usecase::demo::PASSWORD).await;
    load("register of one department", &officer, &paths, RATE).await;
    let board = ["/board".to_owned()];
    load("board", &quantri, &board, 2).await;
    saturation(&quantri, &paths).await;
    change(&app, &ctx).await;
    println!("server after the load: {:.0} MB", rss_mb());
}
