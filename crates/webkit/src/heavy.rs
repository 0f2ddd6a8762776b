//! Computing whose size others choose: away from the threads that answer requests, and never on all cores at once.

use std::sync::{
    Arc, LazyLock, OnceLock,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use kernel::{AccountId, Ctx, Problem, ProblemKind};
use tokio::sync::Semaphore;

use crate::{Crowd, Place};

/// More may not wait; whoever comes then is told to try again.
const MOST_WAITING: usize = 64;
/// Of one person: a piece that is done and one that waits, so that others have their turns between.
const MOST_EACH: usize = 2;

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
            return Err(too_busy());
        }
        Ok(entered)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

fn too_busy() -> Problem {
    Problem::new(ProblemKind::Unavailable, "too-busy")
}

/// Whether anybody still waits for a piece of work: the work asks at each of its steps.
#[derive(Debug, Clone, Default)]
pub struct Going(Arc<AtomicBool>);

impl Going {
    pub fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// For loops that end by a refusal.
    ///
    /// # Errors
    /// Where nobody waits any more, so that nobody reads it.
    pub fn check(&self) -> Result<(), Problem> {
        if self.is_over() { Err(too_busy()) } else { Ok(()) }
    }
}

/// Goes with who waits.
struct Awaited(Going);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// Does `work` on a thread of its own when its turn comes. What is begun ends, also when nobody waits for it any more.
pub async fn heavy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    in_turn(None, |_| work()).await
}

/// The same of work that grows with what a person sends: it stops where nobody waits for it, and nobody has all turns.
pub async fn heavy_of<T: Send + 'static>(
    ctx: &Ctx,
    work: impl FnOnce(&Going) -> T + Send + 'static,
) -> Result<T, Problem> {
    static EACH: LazyLock<Crowd<AccountId>> = LazyLock::new(|| Crowd::new(usize::MAX, MOST_EACH));
    let place = match ctx.actor.account() {
        Some(who) => Some(EACH.enter(Some(who)).ok_or_else(too_busy)?),
        None => None,
    };
    in_turn(place, work).await
}

async fn in_turn<T: Send + 'static>(
    place: Option<Place<AccountId>>,
    work: impl FnOnce(&Going) -> T + Send + 'static,
) -> Result<T, Problem> {
    let turn = {
        let _waiting = Waiting::enter()?;
        turns().acquire_owned().await.map_err(Problem::internal)?
    };
    let going = Going::default();
    let _awaited = Awaited(going.clone());
    let work = move || {
        let _held = (turn, place);
        // Who went before it began needs none of it.
        going.check().map(|()| work(&going))
    };
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?
}

/// Lets others have their turn, in a long loop on the threads that answer requests.
pub async fn breathe() {
    tokio::task::yield_now().await;
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::{Actor, Lang};
    use testkit::{FrozenClock, SeededIds};

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

    #[tokio::test]
    async fn nobody_has_all_turns() {
        let (clock, ids) = (Arc::new(FrozenClock::default()), Arc::new(SeededIds::default()));
        let person = || {
            let ctx = Ctx::new(Actor::Anonymous, Lang::Vi, clock.clone(), ids.clone());
            let actor = Actor::Person { account: ctx.new_id(), person: ctx.new_id(), posts: vec![] };
            ctx.with_actor(actor)
        };
        let (one, other) = (person(), person());
        let is_let_go = Arc::new(AtomicBool::new(false));
        let long = |who: &Ctx| {
            let (who, is_let_go) = (who.clone(), Arc::clone(&is_let_go));
            let work = move |going: &Going| {
                while !is_let_go.load(Ordering::Relaxed) && !going.is_over() {
                    std::thread::sleep(Duration::from_millis(1));
                }
            };
            tokio::spawn(async move { heavy_of(&who, work).await })
        };
        let (first, second) = (long(&one), long(&one));
        tokio::task::yield_now().await;
        assert_eq!(heavy_of(&one, |_| ()).await.unwrap_err().code, "too-busy");
        let of_another = long(&other);
        tokio::task::yield_now().await;
        // Who goes away gives the place back, whether the work waits or was begun.
        second.abort();
        assert!(second.await.unwrap_err().is_cancelled());
        let short = Duration::from_millis(20);
        let enters = async || !matches!(tokio::time::timeout(short, heavy_of(&one, |_| ())).await, Ok(Err(_)));
        let mut tries = 0..1_000;
        while !enters().await {
            assert!(tries.next().is_some(), "its place is lost");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        is_let_go.store(true, Ordering::Relaxed);
        assert!(first.await.unwrap().is_ok() && of_another.await.unwrap().is_ok());
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_any_more_stops() {
        let (begin, begun) = tokio::sync::oneshot::channel();
        let (end, ended) = tokio::sync::oneshot::channel();
        let work = move |going: &Going| {
            let _ = begin.send(());
            let most = std::time::Instant::now() + Duration::from_secs(20);
            while going.check().is_ok() && std::time::Instant::now() < most {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = end.send(going.is_over());
        };
        let waiting = tokio::spawn(in_turn(None, work));
        begun.await.unwrap();
        waiting.abort();
        assert!(ended.await.unwrap(), "its loop went on");
    }
}
