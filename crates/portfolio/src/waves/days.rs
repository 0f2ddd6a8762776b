//! Which waves are open.

use jiff::{ToSpan, civil::Date};

use super::model::{Closed, Refused, Span, Terms};

pub const MOST_WAVES: u16 = 2_000;

/// The days of all waves that there may be.
#[derive(Debug, Clone)]
pub struct Days {
    waves: Vec<Span>,
    /// Whether the blackouts of all close it.
    shut: Vec<bool>,
    blackouts: Vec<Span>,
    free_days: i32,
}

impl Days {
    pub fn new(terms: &Terms) -> Result<Self, Refused> {
        if terms.most_waves > MOST_WAVES {
            return Err(Refused::TooLong);
        }
        if terms.free_days == 0 || terms.free_days > terms.days {
            return Err(Refused::NoRoom);
        }
        let day = |count: i64| terms.start.checked_add(count.days()).map_err(|_| Refused::TooLong);
        let length = i64::from(terms.days);
        let mut waves = Vec::new();
        for at in 0..i64::from(terms.most_waves) {
            waves.push(Span { from: day(at * length)?, to: day((at + 1) * length - 1)? });
        }
        forwards(&terms.blackouts)?;
        let free_days = i32::from(terms.free_days);
        let shut = waves.iter().map(|wave| longest(*wave, &terms.blackouts) < free_days).collect();
        Ok(Self { waves, shut, blackouts: terms.blackouts.clone(), free_days })
    }

    pub fn count(&self) -> usize {
        self.waves.len()
    }

    /// By its place, from 0.
    pub fn wave(&self, at: usize) -> Option<Span> {
        self.waves.get(at).copied()
    }

    /// How many ended before this day: the first.
    pub fn over(&self, today: Option<Date>) -> usize {
        today.map_or(0, |today| self.waves.partition_point(|wave| wave.to < today))
    }

    pub fn closed(&self, at: usize, earliest: Option<Date>, own: &[Span]) -> Option<Closed> {
        let wave = self.waves[at];
        let from = earliest.map_or(wave.from, |earliest| earliest.max(wave.from));
        if let Some(earliest) = earliest.filter(|_| between(from, wave.to) < self.free_days) {
            return Some(Closed::NotYet { earliest });
        }
        if self.shut[at] {
            return Some(Closed::Blackout);
        }
        if own.is_empty() && from == wave.from {
            return None;
        }
        let all: Vec<Span> = self.blackouts.iter().chain(own).copied().collect();
        (longest(Span { from, to: wave.to }, &all) < self.free_days).then_some(Closed::Blackout)
    }
}

pub fn forwards(spans: &[Span]) -> Result<(), Refused> {
    let bad = spans.iter().find(|span| span.from > span.to);
    bad.map_or(Ok(()), |span| Err(Refused::BackwardSpan { from: span.from, to: span.to }))
}

/// Days from one to the other, both counted; none where the second is before the first.
fn between(from: Date, to: Date) -> i32 {
    (to - from).get_days().saturating_add(1).max(0)
}

/// The longest run of days in `within` that no span closes.
fn longest(within: Span, closed: &[Span]) -> i32 {
    let mut inside: Vec<Span> =
        closed.iter().filter(|span| span.to >= within.from && span.from <= within.to).copied().collect();
    inside.sort_unstable();
    let (mut free_from, mut longest) = (Some(within.from), 0);
    for span in inside {
        let Some(from) = free_from else { break };
        if let Ok(before) = span.from.yesterday() {
            longest = longest.max(between(from, before));
        }
        free_from = span.to.max(from.yesterday().unwrap_or(from)).tomorrow().ok();
    }
    free_from.map_or(longest, |from| longest.max(between(from, within.to)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(count: i64) -> Date {
        date(2027, 1, 1).checked_add(count.days()).unwrap()
    }

    proptest! {
        #[test]
        fn the_longest_run_is_what_counting_finds(
            from in 0i64..20, long in 0i64..20, spans in prop::collection::vec((0i64..45, 0i64..8), 0..5),
        ) {
            let spans: Vec<(i64, i64)> = spans.into_iter().map(|(at, more)| (at, at + more)).collect();
            let mut run = 0;
            let mut most = 0;
            for at in from..=from + long {
                run = if spans.iter().any(|(from, to)| (*from..=*to).contains(&at)) { 0 } else { run + 1 };
                most = most.max(run);
            }
            let spans: Vec<Span> = spans.iter().map(|(from, to)| Span { from: day(*from), to: day(*to) }).collect();
            prop_assert_eq!(longest(Span { from: day(from), to: day(from + long) }, &spans), most);
        }
    }
}
