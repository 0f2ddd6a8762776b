//! How often an account does something that costs little each time: so many times a minute.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use kernel::AccountId;

/// A minute of somebody who writes and pauses again and again.
const MOST: u32 = 60;

/// How often in which minute, by account; those of other minutes are forgotten.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<(i64, HashMap<AccountId, u32>)>);

impl Pace {
    /// Counts once more; false beyond what is usual.
    pub fn step(&self, account: AccountId, now: Timestamp) -> bool {
        let minute = now.as_second() / 60;
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != minute {
            *seen = (minute, HashMap::new());
        }
        let count = seen.1.entry(account).or_default();
        *count += 1;
        *count <= MOST
    }
}

#[cfg(test)]
mod tests {
    use kernel::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_who_goes_too_fast_waits_for_the_next_minute_and_nobody_else_does() {
        let pace = Pace::default();
        let (one, other) = (Id::from_uuid(Uuid::from_u128(1)), Id::from_uuid(Uuid::from_u128(2)));
        let at = |second| Timestamp::from_second(second).unwrap();
        for _ in 0..MOST {
            assert!(pace.step(one, at(0)));
        }
        assert!(!pace.step(one, at(59)) && pace.step(other, at(59)) && pace.step(one, at(60)));
    }
}
