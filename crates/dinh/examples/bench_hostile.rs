//! `cargo xtask bench hostile`: how pages answer while strangers flood the listener, and while documents made to hurt are
//! taken in and read. Prints figures for docs/benchmarks.md; judges nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench program")]

use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use dinh::{config::Config, wiring};
use kernel::{Actor, Lang};
use measure::{load, rss_mb};
use testkit::{Client, Part, TestDb, hostile};
use webkit::App;

mod flood;
mod measure;

const RATE: u64 = 20;

/// Made before anything is measured: making them is work of the bench.
struct Given {
    documents: Vec<hostile::Hostile>,
    sheets: Vec<hostile::Hostile>,
}

/// Gives hostile documents and sheets in, again and again, as two busy people would.
async fn harass(client: Client, given: Arc<Given>) {
    for round in 0_u32.. {
        for (_, name, bytes) in &given.documents {
            // A few more bytes make another document of it.
            let bytes = [bytes.as_slice(), format!("\n{round}").as_bytes()].concat();
            client.upload("/plans/new", &[Part::File(name, &bytes)]).await;
        }
        for (_, name, bytes) in &given.sheets {
            client.upload("/tracking", &[Part::File(name, bytes)]).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::main]
async fn main() {
    let program = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("dinh");
    flood::flood(&program).await;
    let test = TestDb::open().await;
    // The allowance of a day is not what is measured.
    let base_url = Some("http://dinh.test".into());
    let config = Config { base_url, upload_mb_a_day: 1 << 20, ..Config::default() };
    let (clock, ids) = (Arc::new(wiring::SystemClock), Arc::new(wiring::SystemIds));
    let app = wiring::wired(test.db.clone(), &config, clock, ids, program).await.unwrap();
    let ctx = app.ctx(Actor::System("bench"), Lang::Vi);
    for fill in app.modules().iter().filter_map(|module| module.demo) {
        fill(&app, &ctx).await.unwrap();
    }
    let client = Client::new(webkit::router(&app));
    let officer = client.sign_in("vidu", directory::usecase::demo::PASSWORD).await;
    let (sign_in, tasks) = (["/sign-in".to_owned()], ["/tasks".to_owned()]);
    println!("memory {:.0} MB", rss_mb());
    load("sign-in, at rest", &client, &sign_in, RATE).await;
    load("tasks, at rest", &officer, &tasks, RATE).await;
    let jobs = tokio::spawn(db::run_forever(app.db().clone(), ctx, app.job_handlers().unwrap()));
    let given = Arc::new(Given { documents: hostile::documents(), sheets: hostile::sheets() });
    let harassing = [officer.clone(), officer.clone()].map(|client| tokio::spawn(harass(client, Arc::clone(&given))));
    load("sign-in, hostile documents", &client, &sign_in, RATE).await;
    load("tasks, hostile documents", &officer, &tasks, RATE).await;
    println!("memory {:.0} MB", rss_mb());
    harassing.iter().for_each(tokio::task::JoinHandle::abort);
    large_plan(&app, &officer).await;
    jobs.abort();
}

/// The longest that a small act waited while `work` went on.
async fn longest_wait(app: &App, name: &str, work: impl Future<Output = ()>) {
    let ctx = app.ctx(Actor::System("bench"), Lang::Vi);
    let writing = async {
        let mut longest = Duration::ZERO;
        loop {
            let start = Instant::now();
            let act = app.db().write(&ctx, |tx| async move {
                tx.ledger(db::Entry::new("bench.act", "bench"));
                Ok(())
            });
            act.await.unwrap();
            if start.elapsed() > longest {
                longest = start.elapsed();
                println!("{name}: a small act waited {longest:?}");
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    let start = Instant::now();
    tokio::select! {
        () = work => println!("{name}: {:?}", start.elapsed()),
        () = writing => {}
    }
}

/// A plan of twelve thousand tasks is read and approved while others write.
async fn large_plan(app: &App, officer: &Client) {
    let mut text = "Số: 1/KH-SKHCN\nKẾ HOẠCH\nLớn\nI. MỤC TIÊU\nII. NHIỆM VỤ\n".to_owned();
    for at in 0..12_000 {
        let task = "- Đơn vị chủ trì: Sở Khoa học và Công nghệ;\n- Thời gian: Năm 2026";
        writeln!(text, "{}. Việc số {at}.\n{task}", at % 90 + 1).unwrap();
    }
    let taken = officer.upload("/plans/new", &[Part::File("lon.txt", text.as_bytes())]).await;
    let plan = taken.location.split('?').next().unwrap().to_owned();
    let read = async {
        while !officer.get(&format!("{plan}/review")).await.status.is_success() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    longest_wait(app, "12,000 tasks are read", read).await;
    officer.form(&format!("{plan}/set-aside"), &[("reason", "bench")]).await;
    let approved = async {
        let answer = officer.form(&format!("{plan}/approve"), &[("unseen", "true")]).await;
        println!("approved: {}", answer.status);
    };
    longest_wait(app, "12,000 tasks are approved", approved).await;
}
