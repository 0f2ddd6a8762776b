//! Which part of the plan of waves one page shows: some waves with the head of each, or one list whole, page by page.

use kernel::Problem;
use portfolio::waves::Wave;
use webkit::Req;

use crate::api::paged::after;

/// Waves of a page.
const WAVES: usize = 20;
/// Systems of each wave there.
const HEAD: usize = 10;
/// Systems of a page of one list.
const ROWS: usize = 100;
/// Faults and rings that are told at once; the workbook has all.
pub const TOLD: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Wave(u32),
    Without,
    ByHand,
    /// Of waves that are over.
    Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    list: Option<List>,
    /// Waves, or systems of the list, on the pages before.
    after: usize,
}

impl Cut {
    pub fn asked(req: &Req) -> Result<Self, Problem> {
        Self::of(req.query("wave").as_deref(), after(req)?).ok_or_else(Problem::not_found)
    }

    fn of(list: Option<&str>, after: usize) -> Option<Self> {
        let list = match list {
            None => None,
            Some("none") => Some(List::Without),
            Some("hand") => Some(List::ByHand),
            Some("left") => Some(List::Left),
            Some(number) => Some(List::Wave(number.parse().ok()?)),
        };
        Some(Self { list, after })
    }

    pub fn is_list(self) -> bool {
        self.list.is_some()
    }

    pub fn shows_without(self) -> bool {
        matches!(self.list, None | Some(List::Without))
    }

    pub fn shows_hands(self) -> bool {
        self.list == Some(List::ByHand)
    }

    pub fn shows_left(self) -> bool {
        matches!(self.list, None | Some(List::Left))
    }

    /// None where the one that is asked for holds nothing.
    pub fn waves(self, all: &[Wave]) -> Option<Vec<&Wave>> {
        match self.list {
            None => Some(all.iter().skip(self.after).take(WAVES).collect()),
            Some(List::Wave(number)) => Some(vec![all.iter().find(|wave| wave.number == number)?]),
            Some(List::Without | List::ByHand | List::Left) => Some(Vec::new()),
        }
    }

    pub fn part<T>(self, all: &[T]) -> &[T] {
        let (from, most) = if self.is_list() { (self.after.min(all.len()), ROWS) } else { (0, HEAD) };
        &all[from..all.len().min(from + most)]
    }

    /// How many are left for the list that has all of them.
    pub fn more(self, count: usize) -> usize {
        if self.is_list() { 0 } else { count.saturating_sub(HEAD) }
    }

    /// Where the next page is; `held` is how many the wave that is shown whole lists, the counts are of those without a wave, of
    /// those that were placed by hand, and of those that are left over.
    pub fn next(
        self,
        (waves, held): (usize, usize),
        (without, by_hand, left): (usize, usize, usize),
    ) -> Option<String> {
        let (list, count, step) = match self.list {
            None => (String::new(), waves, WAVES),
            Some(List::Wave(number)) => (format!("wave={number}&"), held, ROWS),
            Some(List::Without) => ("wave=none&".to_owned(), without, ROWS),
            Some(List::ByHand) => ("wave=hand&".to_owned(), by_hand, ROWS),
            Some(List::Left) => ("wave=left&".to_owned(), left, ROWS),
        };
        let after = self.after.saturating_add(step);
        (after < count).then(|| format!("/systems/waves?{list}after={after}"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn wave(number: u32, count: u32) -> Wave {
        let (from, to) = (date(2027, 1, 1), date(2027, 1, 30));
        Wave { number, from, to, systems: (0..count).collect(), effort: 0, is_over: false }
    }

    /// What the address of a next page says behind this.
    fn read(next: &str, before: &str) -> usize {
        next.strip_prefix(before).unwrap().parse().unwrap()
    }

    fn numbers(cut: Cut, all: &[Wave]) -> Option<Vec<u32>> {
        Some(cut.waves(all)?.iter().map(|wave| wave.number).collect())
    }

    #[test]
    fn every_wave_and_every_system_is_on_some_page() {
        let all: Vec<Wave> = (1..=45).map(|number| wave(number, 230)).collect();
        let systems: Vec<u32> = (0..230).collect();
        let (mut seen, mut cut) = (Vec::new(), Cut::of(None, 0).unwrap());
        loop {
            seen.extend(numbers(cut, &all).unwrap());
            assert_eq!((cut.part(&systems).len(), cut.more(230)), (HEAD, 220));
            let Some(next) = cut.next((45, 0), (0, 0, 0)) else { break };
            cut = Cut::of(None, read(&next, "/systems/waves?after=")).unwrap();
        }
        assert_eq!(seen, (1..=45).collect::<Vec<_>>());
        let (mut seen, mut cut) = (Vec::new(), Cut::of(Some("7"), 0).unwrap());
        loop {
            seen.extend(cut.part(&systems).iter().copied());
            assert_eq!((numbers(cut, &all), cut.more(230)), (Some(vec![7]), 0));
            let Some(next) = cut.next((45, 230), (0, 0, 0)) else { break };
            cut = Cut::of(Some("7"), read(&next, "/systems/waves?wave=7&after=")).unwrap();
        }
        assert_eq!(seen, systems);
    }

    #[test]
    fn what_is_no_list_is_not_found_and_behind_the_last_there_is_nothing() {
        assert_eq!(Cut::of(Some("x"), 0), None);
        assert_eq!(numbers(Cut::of(Some("9"), 0).unwrap(), &[wave(1, 1)]), None);
        let far = Cut::of(Some("hand"), 999).unwrap();
        assert!(far.part(&[1, 2]).is_empty() && far.next((0, 0), (0, 2, 0)).is_none());
        for (list, counts) in [("none", (101, 0, 0)), ("hand", (0, 101, 0)), ("left", (0, 0, 101))] {
            let next = Cut::of(Some(list), 0).unwrap().next((0, 0), counts);
            assert_eq!(next.unwrap(), format!("/systems/waves?wave={list}&after=100"));
        }
    }
}
