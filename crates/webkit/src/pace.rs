//! How often somebody does something that costs little each time: so many times a minute.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

/// A minute of somebody who writes and pauses again and again.
pub(crate) const OF_WRITING: u32 = 60;
/// Who is told apart in one minute; nobody fills the memory by being many.
const MOST_KEYS: usize = 20_000;

/// How often in which minute, by who; those of other minutes are forgotten.
#[derive(Debug)]
pub struct Pace<K> {
    most: u32,
    seen: Mutex<(i64, HashMap<K, u32>)>,
}

impl<K: Eq + Hash> Pace<K> {
    /// So often in a minute.
    pub fn new(most: u32) -> Self {
        Self { most, seen: Mutex::new((0, HashMap::new())) }
    }

    /// Counts once more; false beyond what is usual, and for newcomers in a minute that has too many.
    pub fn step(&self, key: K, now: Timestamp) -> bool {
        let minute = now.as_second() / 60;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != minute {
            *seen = (minute, HashMap::new());
        }
        if seen.1.len() >= MOST_KEYS && !seen.1.contains_key(&key) {
            return false;
        }
        let count = seen.1.entry(key).or_default();
        *count = count.saturating_add(1);
        *count <= self.most
    }

    /// Whether it was too often in this minute, without counting once more.
    pub fn is_over(&self, key: &K, now: Timestamp) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.0 == now.as_second() / 60 && seen.1.get(key).is_some_and(|count| *count > self.most)
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AccountId, Id};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_who_goes_too_fast_waits_for_the_next_minute_and_nobody_else_does() {
        let pace = Pace::new(OF_WRITING);
        let (one, other): (AccountId, AccountId) =
            (Id::from_uuid(Uuid::from_u128(1)), Id::from_uuid(Uuid::from_u128(2)));
        let at = |second| Timestamp::from_second(second).unwrap();
        for _ in 0..OF_WRITING {
            assert!(pace.step(one, at(0)));
        }
        assert!(!pace.is_over(&one, at(59)), "that was as often as one may");
        assert!(!pace.step(one, at(59)) && pace.step(other, at(59)));
        assert!(pace.is_over(&one, at(59)) && !pace.is_over(&other, at(59)) && !pace.is_over(&one, at(60)));
        assert!(pace.step(one, at(60)));
    }

    #[test]
    fn many_at_once_do_not_fill_the_memory() {
        let (pace, now) = (Pace::new(2), Timestamp::UNIX_EPOCH);
        for key in 0..MOST_KEYS {
            assert!(pace.step(key, now));
        }
        assert!(!pace.step(MOST_KEYS, now) && pace.step(0, now), "who is known goes on");
    }
}
