//! What stands before the accounts: how many may knock, how often, and how long the next one waits.
//!
//! Everything here is of bounded size, whatever is sent. Wrong guesses make unknown devices wait; a device that an
//! account has come in by before does not wait for what others guess.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::Problem;
use moka::future::Cache;
use tokio::sync::Semaphore;
use webkit::ClientAddr;

use crate::Error;

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3600 * SECOND;
/// Keys that are remembered at once, and for how long without use.
const REMEMBERED: u64 = 20_000;
const FORGOTTEN: Duration = Duration::from_hours(1);
/// Attempts before the first pause, and the longest pause.
const FREE: u32 = 5;
const LONGEST: i64 = 60;
/// Names that one address may get wrong in an hour before it is slowed down and noticed.
const NAMES: usize = 10;
/// Wrong attempts of one address, and of all, before the same.
const OF_ONE: u32 = 60;
const OF_ALL: u32 = 600;
/// The slowest that an address becomes, and how many may be made to wait at once.
const SLOWEST: Duration = Duration::from_secs(4);
const SLOWED: usize = 64;

/// Whether leaders and administrators need a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    #[default]
    Required,
    Optional,
}

/// What is worth telling an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    /// One address tries many names.
    Spraying,
    /// Far more goes wrong everywhere than people mistype.
    Flood,
}

impl Noticed {
    pub fn code(self) -> &'static str {
        match self {
            Self::Spraying => "sign-in-spraying",
            Self::Flood => "sign-in-flood",
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Pace {
    tries: u32,
    next_at: i64,
}

#[derive(Debug, Default)]
struct Wrong {
    hour: i64,
    count: u32,
    names: HashSet<String>,
}

impl Wrong {
    fn of(&mut self, hour: i64) -> &mut Self {
        if self.hour != hour {
            *self = Self { hour, ..Self::default() };
        }
        self
    }
}

/// The counters of this process. Attempts per account and hour are also counted in the database, for all processes.
#[derive(Debug)]
pub struct Entrance {
    pub second_factor: SecondFactor,
    paces: Cache<String, Pace>,
    wrong: Cache<String, Arc<Mutex<Wrong>>>,
    all: Mutex<Wrong>,
    slowed: Semaphore,
}

fn pause(tries: u32) -> i64 {
    let over = tries.saturating_sub(FREE);
    if over == 0 { 0 } else { 2_i64.saturating_pow(over).min(LONGEST) }
}

impl Entrance {
    pub fn new(second_factor: SecondFactor) -> Self {
        let paces = Cache::builder().max_capacity(REMEMBERED).time_to_idle(FORGOTTEN).build();
        let wrong = Cache::builder().max_capacity(REMEMBERED).time_to_idle(FORGOTTEN).build();
        Self { second_factor, paces, wrong, all: Mutex::default(), slowed: Semaphore::new(SLOWED) }
    }

    /// One more attempt under this key, counted before it is looked at, so that many at once are many.
    pub async fn admit(&self, now: i64, key: &str) -> Result<(), Problem> {
        let mut wait = 0;
        let next = |entry: Option<moka::Entry<String, Pace>>| {
            let pace = entry.map(moka::Entry::into_value).unwrap_or_default();
            // A longer pause than there is was given under a clock that was ahead.
            let pace = if pace.next_at > now + LONGEST * SECOND { Pace::default() } else { pace };
            let pace = if now < pace.next_at { pace } else { Pace { tries: pace.tries + 1, ..pace } };
            wait = (pace.next_at - now).max(0);
            let next_at = if wait > 0 { pace.next_at } else { now + pause(pace.tries) * SECOND };
            std::future::ready(Pace { next_at, ..pace })
        };
        self.paces.entry(key.to_owned()).and_upsert_with(next).await;
        if wait == 0 { Ok(()) } else { Err(Error::TooManyAttempts { seconds: wait / SECOND + 1 }.into()) }
    }

    /// The right answer was given: the next mistake is a first one again.
    pub async fn forget(&self, key: &str) {
        self.paces.invalidate(key).await;
    }

    async fn wrong_from(&self, address: ClientAddr) -> Arc<Mutex<Wrong>> {
        self.wrong.get_with(address.text(), std::future::ready(Arc::default())).await
    }

    /// Counts a wrong attempt; says so once an hour when it is more than people mistype.
    pub async fn failed(&self, now: i64, address: ClientAddr, name: &str) -> Option<Noticed> {
        let hour = now / HOUR;
        let of_one = self.wrong_from(address).await;
        let sprayed = {
            let mut wrong = of_one.lock().unwrap_or_else(PoisonError::into_inner);
            let wrong = wrong.of(hour);
            wrong.count = wrong.count.saturating_add(1);
            let new = wrong.names.len() < 4 * NAMES && wrong.names.insert(name.to_owned());
            new && wrong.names.len() == NAMES
        };
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let all = all.of(hour);
        all.count = all.count.saturating_add(1);
        match (sprayed, all.count == OF_ALL) {
            (true, _) => Some(Noticed::Spraying),
            (false, true) => Some(Noticed::Flood),
            (false, false) => None,
        }
    }

    fn slow_by(&self, hour: i64, of_one: &Mutex<Wrong>) -> Duration {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let flood = u32::from(all.of(hour).count >= OF_ALL);
        Self::slow_one(hour, of_one).max(Duration::from_secs(1) * flood)
    }

    fn slow_one(hour: i64, of_one: &Mutex<Wrong>) -> Duration {
        let mut one = of_one.lock().unwrap_or_else(PoisonError::into_inner);
        let one = one.of(hour);
        let names = u32::try_from((one.names.len() + 1).saturating_sub(NAMES)).unwrap_or(u32::MAX);
        let often = one.count.saturating_sub(OF_ONE) / 10;
        (Duration::from_millis(250) * names.max(often).min(1000)).min(SLOWEST)
    }

    /// Lets an address wait for what it got wrong itself: on the way back from the single sign-on nobody waits for others.
    pub async fn slow_own(&self, now: i64, address: ClientAddr) {
        let of_one = self.wrong_from(address).await;
        tokio::time::sleep(Self::slow_one(now / HOUR, &of_one)).await;
    }

    /// Lets an unknown device of an address that gets much wrong wait its turn. Few wait at once; the others are told.
    pub async fn slow(&self, now: i64, address: ClientAddr) -> Result<(), Problem> {
        let of_one = self.wrong_from(address).await;
        let pause = self.slow_by(now / HOUR, &of_one);
        if pause.is_zero() {
            return Ok(());
        }
        let seconds = i64::try_from(SLOWEST.as_secs()).unwrap_or(1);
        let _turn = self.slowed.try_acquire().map_err(|_| Error::TooManyAttempts { seconds })?;
        tokio::time::sleep(pause).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(problem: &Problem) -> i64 {
        problem.args.iter().find(|(name, _)| *name == "seconds").unwrap().1.parse().unwrap()
    }

    #[tokio::test]
    async fn a_pause_of_a_clock_that_was_ahead_is_none() {
        let (entrance, year) = (Entrance::new(SecondFactor::Required), 365 * 24 * HOUR);
        for _ in 0..6 {
            assert!(entrance.admit(year, "a").await.is_ok());
        }
        assert!(entrance.admit(year, "a").await.is_err());
        assert!(entrance.admit(0, "a").await.is_ok());
    }

    #[tokio::test]
    async fn pauses_grow_and_end() {
        let entrance = Entrance::new(SecondFactor::Required);
        for _ in 0..5 {
            assert!(entrance.admit(0, "a").await.is_ok());
        }
        assert!(entrance.admit(0, "a").await.is_ok(), "the sixth is looked at and starts a pause");
        let told = seconds(&entrance.admit(0, "a").await.unwrap_err());
        assert!((2..=3).contains(&told), "{told}");
        // Knocking during the pause does not make it longer.
        for _ in 0..100 {
            assert!(entrance.admit(SECOND, "a").await.is_err());
        }
        assert!(entrance.admit(2 * SECOND, "a").await.is_ok());
        assert!(entrance.admit(0, "b").await.is_ok(), "others do not wait");
        entrance.forget("a").await;
        assert!(entrance.admit(2 * SECOND, "a").await.is_ok());
        assert_eq!(pause(1000), LONGEST);
    }

    #[tokio::test]
    async fn many_at_once_are_many() {
        let entrance = Entrance::new(SecondFactor::Required);
        let mut passed = 0;
        for _ in 0..60 {
            passed += usize::from(entrance.admit(7, "a").await.is_ok());
        }
        assert_eq!(passed, 6);
    }

    #[tokio::test]
    async fn what_is_remembered_is_bounded() {
        let entrance = Entrance::new(SecondFactor::Required);
        for n in 0..2 * REMEMBERED {
            let _ = entrance.admit(0, &n.to_string()).await;
        }
        entrance.paces.run_pending_tasks().await;
        assert!(entrance.paces.entry_count() <= REMEMBERED, "{}", entrance.paces.entry_count());
    }

    #[tokio::test]
    async fn one_password_against_many_names_is_noticed_once_and_slows_down() {
        let entrance = Entrance::new(SecondFactor::Required);
        let (here, elsewhere) = (ClientAddr("192.0.2.1".parse().ok()), ClientAddr("192.0.2.2".parse().ok()));
        let mut noticed = Vec::new();
        for n in 0..30 {
            noticed.extend(entrance.failed(0, here, &n.to_string()).await);
        }
        assert_eq!(noticed, [Noticed::Spraying]);
        let slow = async |address| entrance.slow_by(0, &*entrance.wrong_from(address).await);
        assert_eq!(slow(here).await, SLOWEST);
        assert_eq!(slow(elsewhere).await, Duration::ZERO);
        let of_one = entrance.wrong_from(here).await;
        assert_eq!(entrance.slow_by(1, &of_one), Duration::ZERO, "the next hour begins anew");
    }
}
