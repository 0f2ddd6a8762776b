//! `cargo xtask bench week`: what a province opens all day (board, "Việc của tôi", grouped and late work) after a played
//! year, alone and while ten acts a second are written through the pages. Prints figures for docs/benchmarks.md; judges
//! nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench program")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use dinh::{config::Config, wiring};
use directory::usecase::demo::PASSWORD;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::{Actor, Clock, Lang};
use measure::{load, rss_mb};
use programme::demo::demo_year;
use testkit::{Client, TestDb};
use webkit::Site;

mod measure;

const RATE: u64 = 100;
const ACTS: u64 = 10;

/// Stands where the player puts it, and goes when the play is over.
#[derive(Debug, Default)]
struct PlayClock(Mutex<Option<Timestamp>>);

impl PlayClock {
    fn set(&self, at: Option<Timestamp>) {
        *self.0.lock().unwrap() = at;
    }
}

impl Clock for PlayClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().unwrap_or_else(|| wiring::SystemClock.now())
    }
}

fn morning(day: Date) -> Option<Timestamp> {
    day.at(8, 0, 0, 0).to_zoned(TimeZone::fixed(jiff::tz::offset(7))).map(|at| at.timestamp()).ok()
}

async fn played(db: &db::Db) -> Site {
    // What one account may do in a day is not what is measured.
    let config = Config { base_url: Some("http://dinh.test".into()), upload_mb_a_day: 1 << 20, ..Config::default() };
    let clock = Arc::new(PlayClock::default());
    let last = kernel::ctx::vietnam(wiring::SystemClock.now());
    clock.set(morning(demo_year::first_day(last)));
    // Documents are read by the program itself, beside this one.
    let program = std::env::current_exe().unwrap();
    let program = program.parent().and_then(|folder| folder.parent()).map(|folder| folder.join("dinh")).unwrap();
    let app = wiring::wired(db.clone(), &config, clock.clone(), Arc::new(wiring::SystemIds), program).await.unwrap();
    let ctx = app.ctx(Actor::System("bench"), Lang::Vi);
    for fill in app.modules().iter().filter_map(|module| module.demo) {
        fill(&app, &ctx).await.unwrap();
    }
    let go = {
        let clock = clock.clone();
        move |day: Date| clock.set(morning(day))
    };
    demo_year::play(&app, &ctx, last, &go).await.unwrap();
    clock.set(None);
    db::drain(app.db(), &ctx, &app.job_handlers().unwrap()).await.unwrap();
    app
}

/// The parts in work that this officer may write to: the first note of each was taken.
async fn own_parts(officer: &Client) -> Vec<String> {
    let listed = officer.get("/api/v1/tasks?state=in_progress").await.json();
    let mut own = Vec::new();
    for part in listed["items"].as_array().unwrap() {
        let id = part["id"].as_str().unwrap();
        if note(officer, id, "Đã bắt đầu").await {
            own.push(id.to_owned());
        }
    }
    own
}

async fn note(officer: &Client, part: &str, text: &str) -> bool {
    officer.form(&format!("/parts/{part}/progress"), &[("text", text)]).await.status.as_u16() == 303
}

/// Notes of progress by one officer, as their page sends them, until told to stop; how many were kept.
fn writing(officer: &Client, parts: &[String], stop: &Arc<AtomicBool>) -> tokio::task::JoinHandle<u32> {
    let (officer, parts, stop) = (officer.clone(), parts.to_vec(), Arc::clone(stop));
    tokio::spawn(async move {
        let (start, kept) = (Instant::now(), Arc::new(AtomicU32::new(0)));
        for n in 0_u64.. {
            tokio::time::sleep_until((start + Duration::from_millis(1000 * n / ACTS)).into()).await;
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let part = &parts[usize::try_from(n).unwrap() % parts.len()];
            let taken = note(&officer, part, &format!("Đã họp lần {n}")).await;
            kept.fetch_add(u32::from(taken), Ordering::Relaxed);
        }
        kept.load(Ordering::Relaxed)
    })
}

#[tokio::main]
async fn main() {
    let test = TestDb::open().await;
    let start = Instant::now();
    let app = played(&test.db).await;
    println!("a year played in {:.0} s, server {:.0} MB", start.elapsed().as_secs_f64(), rss_mb());
    if test.is_postgres() {
        app.db().unguarded().exec("ANALYZE", vec![]).await.unwrap();
    }
    let router = webkit::router(&app);
    let as_ = async |login: &str| Client::new(router.clone()).sign_in(login, PASSWORD).await;
    let (leader, following, commune) = (as_("lanhdao").await, as_("vidu").await, as_("thu").await);
    let mine = own_parts(&commune).await;
    println!("{} parts are written to", mine.len());
    for (who, client, path) in [
        ("leader", &leader, "/board"),
        ("who follows", &following, "/work"),
        ("leader", &leader, "/work"),
        ("who follows", &following, "/tasks?group=task"),
        ("who follows", &following, "/tasks?state=late"),
        ("who follows", &following, "/reports"),
        ("commune", &commune, "/work"),
    ] {
        let paths = [path.to_owned()];
        load(&format!("{path} ({who})"), client, &paths, RATE).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writer = writing(&commune, &mine, &stop);
        load(&format!("{path} ({who}), {ACTS} acts/s beside"), client, &paths, RATE).await;
        stop.store(true, Ordering::Relaxed);
        println!("  {} acts kept", writer.await.unwrap());
    }
    println!("server after the load: {:.0} MB", rss_mb());
}
