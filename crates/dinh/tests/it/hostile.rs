//! Documents made to hurt are refused or read within limits, and nobody's memory goes beyond its cap.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use dinh::{child_process::Readers, sandbox::Sandbox, scratch::Scratch};
use programme::PlanReading;
use testkit::hostile;
use webkit::SheetReading;

use crate::confine::descendants;

/// The largest that a child may take: 1.5 GiB.
const CHILD_KB: u64 = 3 * 512 * 1024;
/// What the server's own memory may grow by.
const GROWTH_KB: u64 = 300 * 1024;

fn kilobytes(pid: u32, field: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}

/// Looks at the memory of all children until it is dropped.
struct Watch {
    most: Arc<AtomicU64>,
    end: Arc<AtomicBool>,
}

impl Watch {
    fn start() -> Self {
        let watch = Self { most: Arc::default(), end: Arc::default() };
        let (most, end) = (Arc::clone(&watch.most), Arc::clone(&watch.end));
        std::thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                let largest = descendants(std::process::id()).into_iter().map(|pid| kilobytes(pid, "VmHWM")).max();
                most.fetch_max(largest.unwrap_or(0), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
    }
}

fn readers(data: &std::path::Path) -> Readers {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dinh"));
    Readers::new(program, Scratch::open(data).unwrap(), Sandbox::Require)
}

fn within(watch: &Watch, name: &str, start: Instant, before: u64) {
    let (child, own) = (watch.most.load(Ordering::Relaxed), kilobytes(std::process::id(), "VmRSS"));
    println!("{name}: {:?}, largest child {} MB", start.elapsed(), child / 1024);
    assert!(child <= CHILD_KB, "{name}: a child took {child} kB");
    assert!(own <= before + GROWTH_KB, "{name}: the server grew from {before} to {own} kB");
    assert!(start.elapsed() < Duration::from_secs(130), "{name} took {:?}", start.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_documents_are_refused_or_read_within_limits() {
    let data = tempfile::tempdir().unwrap();
    let readers = readers(data.path());
    for (name, _, bytes) in hostile::documents() {
        let (watch, before, start) = (Watch::start(), kilobytes(std::process::id(), "VmRSS"), Instant::now());
        let read = readers.read(bytes, &|_, _| {}).await;
        within(&watch, name, start, before);
        println!("  {:?}", read.map(|reading| reading.plan.tasks.len()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_sheets_are_refused_or_read_within_limits() {
    let data = tempfile::tempdir().unwrap();
    let readers = readers(data.path());
    for (name, _, bytes) in hostile::sheets() {
        let (watch, before, start) = (Watch::start(), kilobytes(std::process::id(), "VmRSS"), Instant::now());
        let rows = readers.grid(bytes.into()).await.map(|grid| grid.height()).map_err(|problem| problem.code);
        within(&watch, name, start, before);
        println!("  {rows:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_larger_than_paper_and_too_many_pages_are_refused_at_once() {
    let data = tempfile::tempdir().unwrap();
    let readers = readers(data.path());
    let code = async |bytes: Vec<u8>| match readers.read(bytes, &|_, _| {}).await.unwrap_err() {
        programme::Error::FileRefused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let document = |name: &str| hostile::documents().into_iter().find(|(_, file, _)| *file == name).unwrap().2;
    let start = Instant::now();
    assert_eq!(code(document("trang.pdf")).await, "plan-page-too-large");
    assert_eq!(code(document("nhieu-trang.pdf")).await, "plan-too-many-pages");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
