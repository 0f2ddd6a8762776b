//! Passwords are hashed a few at a time: each takes 19 MiB and a core, and strangers may ask for it.

use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::{Problem, ProblemKind};
use tokio::sync::Semaphore;

use crate::model::password;

/// For the whole process, since memory and cores are.
const AT_ONCE: usize = 3;
const WAITING: usize = 100;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUED: AtomicUsize = AtomicUsize::new(0);
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// How many ran at the same time at most, for the proof that it is few.
pub fn peak() -> usize {
    PEAK.load(Ordering::Relaxed)
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
    let turn = TURNS.acquire().await.map_err(Problem::internal)?;
    drop(queued);
    // The turn goes with the work: whoever hangs up does not free it while the work still runs.
    let work = move || {
        let _turn = turn;
        let (_running, count) = Counted::begin(&RUNNING);
        PEAK.fetch_max(count, Ordering::Relaxed);
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
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
