//! One door for all children: as many at once as the machine has processors, the others wait in order, not too many of
//! them and not for ever.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may wait: more are told to come back.
const QUEUE: usize = 64;

/// How long somebody waits for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A person waits for the page.
    Page,
    /// A job waits.
    Job,
}

impl Patience {
    fn limit(self) -> Duration {
        match self {
            Self::Page => Duration::from_secs(30),
            Self::Job => Duration::from_mins(10),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Gate {
    seats: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 3);
        Self::new(cores, QUEUE)
    }
}

impl Gate {
    pub fn new(seats: usize, queue: usize) -> Self {
        Self { seats: Arc::new(Semaphore::new(seats)), queue: Arc::new(Semaphore::new(queue)) }
    }

    /// A seat, in the order of coming; none when too many wait or the wait was too long.
    pub async fn enter(&self, patience: Patience) -> Option<OwnedSemaphorePermit> {
        if let Ok(seat) = Arc::clone(&self.seats).try_acquire_owned() {
            return Some(seat);
        }
        let _place = self.queue.try_acquire().ok()?;
        tokio::time::timeout(patience.limit(), Arc::clone(&self.seats).acquire_owned()).await.ok()?.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_told_so_and_the_others_come_in_turn() {
        let gate = Gate::new(1, 1);
        let seat = gate.enter(Patience::Page).await.unwrap();
        let waiting = tokio::spawn({
            let gate = gate.clone();
            async move { gate.enter(Patience::Page).await.is_some() }
        });
        tokio::task::yield_now().await;
        assert!(gate.enter(Patience::Page).await.is_none(), "the queue was full");
        drop(seat);
        assert!(waiting.await.unwrap());
        assert!(gate.enter(Patience::Page).await.is_some());
    }
}
