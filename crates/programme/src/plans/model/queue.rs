//! What a review goes through, one thing after another: the head, rows, duties, targets and doubts, as the document has them.

use std::{fmt, str::FromStr};

use kernel::PlanId;

use crate::ids::FindingId;

/// One thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Head,
    /// By its number on the page, from 1.
    Row(usize),
    /// By its position in the reading, from 0.
    Duty(usize),
    /// By its position, from 1.
    Target(i64),
    Finding(FindingId),
}

impl Spot {
    /// The field of an address that asks for it.
    pub fn query(self) -> String {
        match self {
            Self::Row(number) => format!("row={number}"),
            other => format!("on={other}"),
        }
    }

    /// The id of its element.
    pub fn anchor(self) -> String {
        self.to_string()
    }

    /// Of things that begin at the same byte the row comes first, and doubts about it after it.
    fn rank(self) -> u8 {
        match self {
            Self::Head => 0,
            Self::Row(_) => 1,
            Self::Target(_) => 2,
            Self::Duty(_) => 3,
            Self::Finding(_) => 4,
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("head"),
            Self::Row(number) => write!(f, "row-{number}"),
            Self::Duty(position) => write!(f, "duty-{position}"),
            Self::Target(position) => write!(f, "target-{position}"),
            Self::Finding(id) => write!(f, "{id}"),
        }
    }
}

impl FromStr for Spot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "head" {
            return Ok(Self::Head);
        }
        let number = |end: &str| end.parse::<usize>().ok();
        let found = text.split_once('-').and_then(|(kind, end)| match kind {
            "row" => number(end).map(Self::Row),
            "duty" => number(end).map(Self::Duty),
            "target" => end.parse().ok().map(Self::Target),
            _ => None,
        });
        found.or_else(|| text.parse().ok().map(Self::Finding)).ok_or(())
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Item {
    pub spot: Spot,
    /// The byte of the document's text where it begins.
    pub at: usize,
    /// Nobody has decided it.
    pub is_open: bool,
    /// It is open, and something of it was not read for certain.
    pub is_doubt: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Queue(Vec<Item>);

impl Queue {
    /// In the order of the document; with `doubts_first` what is doubted comes before all else.
    pub fn of(mut items: Vec<Item>, doubts_first: bool) -> Self {
        items.sort_by_key(|item| (doubts_first && !item.is_doubt, item.at, item.spot.rank()));
        Self(items)
    }

    pub fn all(&self) -> &[Item] {
        &self.0
    }

    /// Its number in the queue from 1, of how many.
    pub fn place(&self, spot: Spot) -> Option<(usize, usize)> {
        self.index(spot).map(|at| (at + 1, self.0.len()))
    }

    pub fn item(&self, spot: Spot) -> Option<&Item> {
        self.0.iter().find(|item| item.spot == spot)
    }

    pub fn before(&self, spot: Spot) -> Option<Spot> {
        let at = self.index(spot)?.checked_sub(1)?;
        self.0.get(at).map(|item| item.spot)
    }

    pub fn after(&self, spot: Spot) -> Option<Spot> {
        self.0.get(self.index(spot)? + 1).map(|item| item.spot)
    }

    /// The next one that is doubted; from the beginning again where none follows.
    pub fn doubt_after(&self, spot: Spot) -> Option<Spot> {
        self.around(spot, |item| item.is_doubt)
    }

    /// The next one that is open; from the beginning again where none follows.
    pub fn open_after(&self, spot: Spot) -> Option<Spot> {
        self.around(spot, |item| item.is_open)
    }

    /// The first row that is open, else whatever is.
    pub fn first_open(&self) -> Option<Spot> {
        let mut open = self.0.iter().filter(|item| item.is_open);
        let row = open.clone().find(|item| matches!(item.spot, Spot::Row(_)));
        row.or_else(|| open.next()).map(|item| item.spot)
    }

    pub fn open(&self) -> usize {
        self.0.iter().filter(|item| item.is_open).count()
    }

    pub fn doubts(&self) -> usize {
        self.0.iter().filter(|item| item.is_doubt).count()
    }

    fn index(&self, spot: Spot) -> Option<usize> {
        self.0.iter().position(|item| item.spot == spot)
    }

    fn around(&self, spot: Spot, is_it: impl Fn(&Item) -> bool) -> Option<Spot> {
        let after = self.index(spot).map_or(0, |at| at + 1);
        let (before, after) = self.0.split_at(after.min(self.0.len()));
        let mut all = after.iter().chain(before).filter(|item| item.spot != spot);
        all.find(|item| is_it(item)).map(|item| item.spot)
    }
}

/// Where the review goes on: at `next`, a query with its fragment as the page gave it to its form, and there says what became
/// of `was`; without one at `otherwise`.
pub fn onward(plan: PlanId, was: Spot, next: &str, otherwise: &str) -> String {
    if next.is_empty() { otherwise.to_owned() } else { format!("/plans/{plan}/review?said=saved&was={was}&{next}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(spot: Spot, at: usize, is_open: bool, is_doubt: bool) -> Item {
        Item { spot, at, is_open, is_doubt }
    }

    fn queue(doubts_first: bool) -> Queue {
        let items = vec![
            item(Spot::Target(1), 40, true, false),
            item(Spot::Row(2), 90, true, true),
            item(Spot::Duty(0), 120, false, false),
            item(Spot::Row(1), 60, true, false),
            item(Spot::Head, 0, false, false),
        ];
        Queue::of(items, doubts_first)
    }

    #[test]
    fn it_goes_as_the_document_does() {
        let queue = queue(false);
        assert_eq!(queue.after(Spot::Head), Some(Spot::Target(1)));
        assert_eq!(queue.before(Spot::Row(2)), Some(Spot::Row(1)));
        assert_eq!((queue.before(Spot::Head), queue.after(Spot::Duty(0))), (None, None));
        assert_eq!(queue.place(Spot::Row(2)), Some((4, 5)));
        assert_eq!((queue.open(), queue.doubts()), (3, 1));
        assert_eq!(queue.first_open(), Some(Spot::Row(1)), "rows before targets");
    }

    #[test]
    fn what_is_decided_is_passed_over_and_the_end_leads_to_the_beginning() {
        let queue = queue(false);
        assert_eq!(queue.open_after(Spot::Row(2)), Some(Spot::Target(1)));
        assert_eq!(queue.doubt_after(Spot::Row(1)), Some(Spot::Row(2)));
        assert_eq!(queue.doubt_after(Spot::Row(2)), None, "no other");
        assert_eq!(Queue::default().open_after(Spot::Head), None);
    }

    #[test]
    fn doubts_come_first_on_demand() {
        let queue = queue(true);
        assert_eq!(queue.place(Spot::Row(2)), Some((1, 5)));
        assert_eq!(queue.after(Spot::Row(2)), Some(Spot::Head));
    }

    #[test]
    fn a_spot_is_read_as_it_is_written() {
        let finding = FindingId::from_uuid(uuid::Uuid::nil());
        for spot in [Spot::Head, Spot::Row(3), Spot::Duty(0), Spot::Target(7), Spot::Finding(finding)] {
            assert_eq!(spot.to_string().parse(), Ok(spot));
        }
        for other in ["", "row", "row-x", "head-1", "plan_1", "row--1"] {
            assert_eq!(other.parse::<Spot>(), Err(()), "{other}");
        }
    }
}
