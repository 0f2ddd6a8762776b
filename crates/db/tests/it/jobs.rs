//! Lanes, turns, leases, and jobs that kill their process.

use db::JobId;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use db::{Db, Job, JobHandler, Lane};
use jiff::SignedDuration;
use kernel::{Ctx, Problem, ProblemKind};
use serde_json::{Value as Json, json};

use crate::Bench;

type Log = Arc<Mutex<Vec<String>>>;

/// Writes down what it did.
#[derive(Debug)]
struct Probe {
    kind: &'static str,
    lane: Lane,
    log: Log,
    /// How long it works, and how it ends.
    takes: Duration,
    problem: Option<ProblemKind>,
}

impl Probe {
    fn new(kind: &'static str, lane: Lane, log: &Log) -> Self {
        Self { kind, lane, log: Arc::clone(log), takes: Duration::ZERO, problem: None }
    }
}

#[async_trait]
impl JobHandler for Probe {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn lane(&self) -> Lane {
        self.lane
    }

    async fn run(&self, _db: &Db, _ctx: &Ctx, job: &Job) -> Result<(), Problem> {
        tokio::time::sleep(self.takes).await;
        self.log.lock().unwrap().push(job.payload.as_str().unwrap_or("?").to_owned());
        self.problem.map_or(Ok(()), |kind| Err(Problem::new(kind, "no-luck")))
    }

    fn is_uncounted(&self, _problem: &Problem) -> bool {
        self.kind == "queueing"
    }

    async fn failed(&self, _db: &Db, _ctx: &Ctx, job: &Job, problem: &Problem) -> Result<(), Problem> {
        self.log.lock().unwrap().push(format!("{} failed: {}", job.payload.as_str().unwrap_or("?"), problem.code));
        Ok(())
    }
}

async fn queue(db: &Db, ctx: &Ctx, kind: &str, name: &str) -> JobId {
    let payload: &Json = &json!(name);
    let queued = db.write(ctx, |tx| async move {
        tx.bookkeeping();
        Ok(tx.enqueue(kind, payload).await?)
    });
    queued.await.unwrap()
}

async fn state(bench: &Bench, id: JobId) -> (String, i64) {
    let job = db::job(&bench.test.db.read(), id).await.unwrap().unwrap();
    (serde_json::to_value(job.state).unwrap().as_str().unwrap().to_owned(), job.attempts)
}

#[tokio::test]
async fn a_long_job_holds_no_short_one() {
    let (bench, log) = (Bench::new().await, Log::default());
    let long = Probe { takes: Duration::from_hours(1), ..Probe::new("scan", Lane::Long, &log) };
    let short = Probe::new("mail", Lane::Short, &log);
    queue(&bench.test.db, &bench.ctx, "scan", "scan").await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(long), Arc::new(short)];
    let jobs = tokio::spawn(db::run_forever(bench.test.db.clone(), bench.ctx.clone(), handlers));
    tokio::time::sleep(Duration::from_millis(300)).await;
    for n in 0..5 {
        queue(&bench.test.db, &bench.ctx, "mail", &n.to_string()).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(*log.lock().unwrap(), ["0", "1", "2", "3", "4"]);
    jobs.abort();
    let _ = jobs.await;
    // An orderly end is no attempt, and the next process begins at once.
    assert_eq!(db::release_jobs(&bench.test.db, &bench.ctx).await.unwrap(), 1);
    assert_eq!(bench.count("SELECT COUNT(*) FROM db_job WHERE state = 'waiting' AND attempts = 0").await, 1);
}

#[tokio::test]
async fn people_take_turns_in_the_long_lane() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    for n in 0..6 {
        queue(db, &bench.of("busy"), "scan", &format!("busy {n}")).await;
    }
    let late = queue(db, &bench.of("other"), "scan", "other").await;
    assert_eq!(db::jobs_before(&db.read(), late).await.unwrap(), 1, "only the first of the other person's");
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("scan", Lane::Long, &log))];
    // A clock that goes on between jobs, as clocks do.
    let clock = Arc::clone(&bench.clock);
    let ticking = tokio::spawn(async move {
        loop {
            clock.move_by(SignedDuration::from_micros(500));
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
    });
    db::drain(db, &bench.ctx, &handlers).await.unwrap();
    ticking.abort();
    let order = log.lock().unwrap().clone();
    assert_eq!(order.len(), 7);
    assert_eq!(order.iter().position(|name| name == "other"), Some(1), "{order:?}");
}

#[tokio::test]
async fn a_job_whose_process_dies_each_time_ends_as_failed_once() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    let id = queue(db, &bench.ctx, "scan", "poison").await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("scan", Lane::Long, &log))];
    // Five times it was leased, and nobody came back.
    bench.exec("UPDATE db_job SET state = 'running', attempts = 5, leased_until = 0, holder = 'gone'").await;
    db::drain(db, &bench.ctx, &handlers).await.unwrap();
    assert_eq!(*log.lock().unwrap(), ["poison failed: job-given-up"], "it is not run a sixth time");
    assert_eq!(state(&bench, id).await.0, "failed");
    bench.clock.move_by(SignedDuration::from_hours(24));
    assert_eq!(db::drain(db, &bench.ctx, &handlers).await.unwrap(), 0);
}

#[tokio::test]
async fn attempts_are_counted_when_a_job_is_taken_and_end() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    let id = queue(db, &bench.ctx, "mail", "x").await;
    let down = Probe { problem: Some(ProblemKind::Unavailable), ..Probe::new("mail", Lane::Short, &log) };
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(down)];
    for _ in 0..8 {
        db::drain(db, &bench.ctx, &handlers).await.unwrap();
        bench.clock.move_by(SignedDuration::from_mins(5));
    }
    assert_eq!(*log.lock().unwrap(), ["x", "x", "x", "x", "x", "x failed: no-luck"]);
    assert_eq!(state(&bench, id).await, ("failed".into(), 5));
}

#[tokio::test]
async fn a_kind_that_nobody_knows_is_left_alone_and_holds_nobody() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    let unknown = queue(db, &bench.ctx, "of.a.later.version", "?").await;
    queue(db, &bench.ctx, "mail", "x").await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("mail", Lane::Short, &log))];
    assert_eq!(db::drain(db, &bench.ctx, &handlers).await.unwrap(), 1);
    assert_eq!(state(&bench, unknown).await, ("waiting".into(), 0));
}

#[tokio::test]
async fn jobs_of_a_dead_process_are_given_back_and_those_of_others_are_not() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    let slow = Probe { takes: Duration::from_hours(1), ..Probe::new("scan", Lane::Long, &log) };
    let id = queue(db, &bench.ctx, "scan", "x").await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(slow)];
    let jobs = tokio::spawn(db::run_forever(db.clone(), bench.ctx.clone(), handlers));
    while state(&bench, id).await.0 != "running" {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    jobs.abort();
    // This process lives: its lease is its own.
    assert_eq!(db::give_back_jobs(db, &bench.ctx).await.unwrap(), 0);
    // The same number of process, started at another time: it died.
    bench.exec("UPDATE db_job SET holder = holder || '1'").await;
    assert_eq!(db::give_back_jobs(db, &bench.ctx).await.unwrap(), 1);
    assert_eq!(state(&bench, id).await, ("waiting".into(), 1));
    bench.exec("UPDATE db_job SET state = 'running', holder = 'khác:1 b n 1 1', leased_until = 1").await;
    assert_eq!(db::give_back_jobs(db, &bench.ctx).await.unwrap(), 0, "a process of another machine may live");
}

#[tokio::test]
async fn a_lease_of_ninety_seconds_is_enough_for_who_died_elsewhere() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    queue(db, &bench.ctx, "mail", "x").await;
    let now = bench.ctx.now().as_microsecond();
    bench
        .exec(&format!(
            "UPDATE db_job SET state = 'running', attempts = 1, holder = 'khác:1 b n 1 1', leased_until = {now} + 90000000"
        ))
        .await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("mail", Lane::Short, &log))];
    assert_eq!(db::drain(db, &bench.ctx, &handlers).await.unwrap(), 0);
    bench.clock.move_by(SignedDuration::from_secs(91));
    assert_eq!(db::drain(db, &bench.ctx, &handlers).await.unwrap(), 1);
}

#[tokio::test]
async fn waiting_for_what_is_busy_uses_up_no_attempt() {
    let (bench, log) = (Bench::new().await, Log::default());
    let id = queue(&bench.test.db, &bench.ctx, "queueing", "scan").await;
    let busy = Probe { problem: Some(ProblemKind::Unavailable), ..Probe::new("queueing", Lane::Long, &log) };
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(busy)];
    for _ in 0..12 {
        db::drain(&bench.test.db, &bench.ctx, &handlers).await.unwrap();
        assert_eq!(state(&bench, id).await, ("waiting".to_owned(), 0));
        bench.clock.move_by(SignedDuration::from_secs(31));
    }
    assert_eq!(log.lock().unwrap().len(), 12, "each time it was tried, and nobody was told that it failed");
    let free: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("queueing", Lane::Long, &log))];
    db::drain(&bench.test.db, &bench.ctx, &free).await.unwrap();
    assert_eq!(state(&bench, id).await, ("done".to_owned(), 1));
}

#[tokio::test]
async fn lanes_have_a_pulse_and_what_waits_for_too_long_is_counted() {
    let (bench, log) = (Bench::new().await, Log::default());
    let db = &bench.test.db;
    assert!(Lane::ALL.iter().all(|lane| db.pulse(*lane).is_none()));
    queue(db, &bench.ctx, "mail", "x").await;
    queue(db, &bench.ctx, "unknown", "y").await;
    let handlers: Vec<Arc<dyn JobHandler>> = vec![Arc::new(Probe::new("mail", Lane::Short, &log))];
    db::drain(db, &bench.ctx, &handlers).await.unwrap();
    assert!(db.pulse(Lane::Short).is_some_and(|ago| ago < Duration::from_secs(10)));
    let counts = db::job_counts(&db.read()).await.unwrap().into_iter().map(|job| (job.kind, job.state, job.count));
    let (mail, unknown) = (("mail".to_owned(), "done".to_owned(), 1), ("unknown".to_owned(), "waiting".to_owned(), 1));
    assert_eq!(counts.collect::<Vec<_>>(), [mail, unknown]);
    let late = async || {
        let hour_ago = bench.ctx.now().as_microsecond() - 3_600_000_000;
        let late = db::late_jobs(&db.read(), hour_ago).await.unwrap();
        late.into_iter().map(|late| (late.kind, late.count)).collect::<Vec<_>>()
    };
    assert!(late().await.is_empty());
    bench.clock.move_by(SignedDuration::from_hours(2));
    assert_eq!(late().await, [("unknown".to_owned(), 1)]);
    assert!(db.pools().iter().all(|pool| pool.open >= pool.idle && pool.open > 0), "{:?}", db.pools());
}
