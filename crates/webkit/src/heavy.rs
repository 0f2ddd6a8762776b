//! Computing whose size others choose: away from the threads that answer requests, and never on all cores at once.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use kernel::{Problem, ProblemKind};
use tokio::sync::Semaphore;

/// More may not wait; whoever comes then is told to try again.
const MOST_WAITING: usize = 64;

static WAITING: AtomicUsize = AtomicUsize::new(0);

/// One core stays free for everything else.
fn turns() -> Arc<Semaphore> {
    static TURNS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    Arc::clone(TURNS.get_or_init(|| Arc::new(Semaphore::new((cores() - 1).max(1)))))
}

struct Waiting;

impl Waiting {
    fn enter() -> Result<Self, Problem> {
        let entered = Self;
        if WAITING.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            return Err(Problem::new(ProblemKind::Unavailable, "too-busy"));
        }
        Ok(entered)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Does `work` on a thread of its own when its turn comes. Work that nobody waits for any more still ends.
pub async fn heavy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let turn = {
        let _waiting = Waiting::enter()?;
        turns().acquire_owned().await.map_err(Problem::internal)?
    };
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn too_many_who_wait_are_sent_away_and_the_others_served() {
        let all = (0..MOST_WAITING + turns().available_permits() + 8)
            .map(|_| tokio::spawn(heavy(|| std::thread::sleep(Duration::from_millis(2)))));
        let mut refused = 0;
        for one in all.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(()) => {}
                Err(problem) => {
                    assert_eq!(problem.code, "too-busy");
                    refused += 1;
                }
            }
        }
        assert!((1..=8 + turns().available_permits()).contains(&refused), "{refused}");
        assert!(heavy(|| ()).await.is_ok());
    }
}
