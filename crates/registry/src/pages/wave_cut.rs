//! Which part of the plan of waves one page shows: some waves with the head of each, or one list whole, page by page.

use kernel::Problem;
use portfolio::waves::Wave;
use webkit::Req;

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    list: Option<List>,
    /// Waves, or systems of the list, on the pages before.
    after: usize,
}

impl Cut {
    pub fn asked(req: &Req) -> Result<Self, Problem> {
        Self::of(req.query("wave").as_deref(), req.query("after").as_deref()).ok_or_else(Problem::not_found)
    }

    fn of(list: Option<&str>, after: Option<&str>) -> Option<Self> {
        let list = match list {
            None => None,
            Some("none") => Some(List::Without),
            Some("hand") => Some(List::ByHand),
            Some(number) => Some(List::Wave(number.parse().ok()?)),
        };
        Some(Self { list, after: after.map_or(Some(0), |after| after.parse().ok())? })
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

    /// None where the one that is asked for holds nothing.
    pub fn waves(self, all: &[Wave]) -> Option<Vec<&Wave>> {
        match self.list {
            None => Some(all.iter().skip(self.after).take(WAVES).collect()),
            Some(List::Wave(number)) => Some(vec![all.iter().find(|wave| wave.number == number)?]),
            Some(List::Without | List::ByHand) => Some(Vec::new()),
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

    /// Where the next page is; the counts are of those without a wave, and of those that were placed by hand.
    pub fn next(self, waves: &[Wave], (without, by_hand): (usize, usize)) -> Option<String> {
        let (list, count, step) = match self.list {
            None => (String::new(), waves.len(), WAVES),
            Some(List::Wave(number)) => {
                let held = waves.iter().find(|wave| wave.number == number).map_or(0, |wave| wave.systems.len());
                (format!("wave={number}&"), held, ROWS)
            }
            Some(List::Without) => ("wave=none&".to_owned(), without, ROWS),
            Some(List::ByHand) => ("wave=hand&".to_owned(), by_hand, ROWS),
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

    fn numbers(cut: Cut, all: &[Wave]) -> Option<Vec<u32>> {
        Some(cut.waves(all)?.iter().map(|wave| wave.number).collect())
    }

    #[test]
    fn every_wave_and_every_system_is_on_some_page() {
        let all: Vec<Wave> = (1..=45).map(|number| wave(number, 230)).collect();
        let systems: Vec<u32> = (0..230).collect();
        let (mut seen, mut cut) = (Vec::new(), Cut::of(None, None).unwrap());
        loop {
            seen.extend(numbers(cut, &all).unwrap());
            assert_eq!((cut.part(&systems).len(), cut.more(230)), (HEAD, 220));
            let Some(next) = cut.next(&all, (0, 0)) else { break };
            cut = Cut::of(None, next.strip_prefix("/systems/waves?after=")).unwrap();
        }
        assert_eq!(seen, (1..=45).collect::<Vec<_>>());
        let (mut seen, mut cut) = (Vec::new(), Cut::of(Some("7"), None).unwrap());
        loop {
            seen.extend(cut.part(&systems).iter().copied());
            assert_eq!((numbers(cut, &all), cut.more(230)), (Some(vec![7]), 0));
            let Some(next) = cut.next(&all, (0, 0)) else { break };
            cut = Cut::of(Some("7"), next.strip_prefix("/systems/waves?wave=7&after=")).unwrap();
        }
        assert_eq!(seen, systems);
    }

    #[test]
    fn what_is_no_list_and_no_place_is_not_found() {
        assert_eq!(Cut::of(Some("x"), None), None);
        assert_eq!(Cut::of(None, Some("-1")), None);
        assert_eq!(numbers(Cut::of(Some("9"), None).unwrap(), &[wave(1, 1)]), None);
        let far = Cut::of(Some("hand"), Some("999")).unwrap();
        assert!(far.part(&[1, 2]).is_empty() && far.next(&[], (0, 2)).is_none());
        assert_eq!(
            Cut::of(Some("none"), None).unwrap().next(&[], (101, 0)).unwrap(),
            "/systems/waves?wave=none&after=100"
        );
    }
}
