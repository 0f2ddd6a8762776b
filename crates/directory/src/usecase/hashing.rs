//! Passwords are hashed a few at a time: each takes 19 MiB and a core, and strangers may ask for it.
//!
//! By threads of their own, because each keeps the memory in which it hashes.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use kernel::{Problem, ProblemKind};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::model::password;

/// For the whole process, since memory and cores are.
const AT_ONCE: usize = 3;
const WAITING: usize = 100;

static QUEUED: AtomicUsize = AtomicUsize::new(0);
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// How many ran at the same time at most, for the proof that it is few.
pub fn peak() -> usize {
    PEAK.load(Ordering::Relaxed)
}

fn threads() -> Result<&'static ThreadPool, Problem> {
    static THREADS: OnceLock<ThreadPool> = OnceLock::new();
    if let Some(threads) = THREADS.get() {
        return Ok(threads);
    }
    let name = |at| format!("password-{at}");
    let made = ThreadPoolBuilder::new().num_threads(AT_ONCE).thread_name(name).build().map_err(Problem::internal)?;
    Ok(THREADS.get_or_init(|| made))
}

struct Counted(&'static AtomicUsize);

impl Counted {
    fn begin(counter: &'static AtomicUsize) -> (Self, usize) {
        (Self(counter), counter.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let (queued, place) = Counted::begin(&QUEUED);
    if place > WAITING {
        return Err(Problem::new(ProblemKind::Unavailable, "sign-in-busy"));
    }
    let (done, result) = tokio::sync::oneshot::channel();
    threads()?.spawn(move || {
        // Whoever hangs up frees their place in the queue no sooner than their turn comes.
        drop(queued);
        let (_running, count) = Counted::begin(&RUNNING);
        PEAK.fetch_max(count, Ordering::Relaxed);
        let _ = done.send(work());
    });
    result.await.map_err(Problem::internal)
}

pub async fn hash(given: &str) -> Result<String, Problem> {
    let given = given.to_owned();
    in_turn(move || password::hash(&given)).await?
}

/// Whether a password fits; without a stored one the same work is done.
pub async fn fits(given: &str, stored: Option<String>) -> Result<bool, Problem> {
    let given = given.to_owned();
    in_turn(move || password::verify(&given, stored.as_deref())).await
}
