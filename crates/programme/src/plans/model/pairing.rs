//! Which items of two lists belong together: as people said, else as the program finds. What people say wins.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// For places above the place below that the program finds, and how alike the two are in percent.
pub type Found = BTreeMap<usize, (usize, u32)>;

/// What people say of an item above and one below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Says {
    /// It is this one.
    Same,
    /// These two do not belong together.
    Apart,
}

impl Says {
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Apart => "apart",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Same, Self::Apart].into_iter().find(|says| says.code() == code)
    }
}

/// What was said of two items, by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Saying {
    pub above: String,
    pub below: String,
    pub says: Says,
}

/// What was said, by places in the two lists. What is about items that are not there any more is left out.
#[derive(Debug, Default)]
pub struct Said {
    same: BTreeSet<(usize, usize)>,
    apart: BTreeSet<(usize, usize)>,
}

impl Said {
    pub fn of<'a>(
        sayings: &[Saying],
        above: impl Iterator<Item = &'a str>,
        below: impl Iterator<Item = &'a str>,
    ) -> Self {
        let above: HashMap<&str, usize> = above.zip(0..).collect();
        let below: HashMap<&str, usize> = below.zip(0..).collect();
        let mut said = Self::default();
        for saying in sayings {
            let place = above.get(saying.above.as_str()).zip(below.get(saying.below.as_str()));
            let Some((a, b)) = place.map(|(a, b)| (*a, *b)) else { continue };
            match saying.says {
                Says::Same => said.same.insert((a, b)),
                Says::Apart => said.apart.insert((a, b)),
            };
        }
        said
    }
}

/// An item below that belongs to one above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    pub below: usize,
    /// None where people said so.
    pub alike: Option<u32>,
}

/// The matches of each place above. `find` proposes pairs, one item in one pair at most, of those that it is told may be.
/// A row above of which people said what it is has what they said and nothing else; what the program finds for other rows
/// stays, and only what such a row gives up is proposed anew.
pub fn settled(said: &Said, find: impl Fn(&dyn Fn(usize, usize) -> bool) -> Found) -> BTreeMap<usize, Vec<Match>> {
    let mut found = find(&|a, b| !said.apart.contains(&(a, b)));
    if !said.same.is_empty() {
        let placed: BTreeSet<usize> = said.same.iter().map(|(a, _)| *a).collect();
        found.retain(|a, _| !placed.contains(a));
        let mut taken: BTreeSet<usize> = said.same.iter().map(|(_, b)| *b).collect();
        taken.extend(found.values().map(|(b, _)| *b));
        let is_free = |a: usize, b: usize| {
            !placed.contains(&a) && !found.contains_key(&a) && !taken.contains(&b) && !said.apart.contains(&(a, b))
        };
        let more = find(&is_free);
        found.extend(more);
    }
    let mut out: BTreeMap<usize, Vec<Match>> = BTreeMap::new();
    for (a, b) in &said.same {
        out.entry(*a).or_default().push(Match { below: *b, alike: None });
    }
    for (a, (b, alike)) in found {
        out.entry(a).or_default().push(Match { below: b, alike: Some(alike) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saying(above: &str, below: &str, says: Says) -> Saying {
        Saying { above: above.into(), below: below.into(), says }
    }

    /// Of three rows on each side the program would pair those of one place, else any two that may be.
    fn find(may: &dyn Fn(usize, usize) -> bool) -> Found {
        let mut found = Found::new();
        let mut taken = BTreeSet::new();
        for step in 0..3 {
            for a in 0..3 {
                let b = (a + step) % 3;
                if may(a, b) && !found.contains_key(&a) && taken.insert(b) {
                    found.insert(a, (b, 90));
                }
            }
        }
        found
    }

    fn with(sayings: &[Saying]) -> Vec<(usize, usize, bool)> {
        let said = Said::of(sayings, ["a0", "a1", "a2"].into_iter(), ["b0", "b1", "b2"].into_iter());
        let all = settled(&said, find);
        all.iter().flat_map(|(a, all)| all.iter().map(|one| (*a, one.below, one.alike.is_none()))).collect()
    }

    #[test]
    fn what_is_said_wins_and_takes_nothing_from_other_rows() {
        assert_eq!(with(&[]), [(0, 0, false), (1, 1, false), (2, 2, false)]);
        // The second row below is now of two rows above; what the first gave up suits nobody.
        let same = saying("a0", "b1", Says::Same);
        assert_eq!(with(std::slice::from_ref(&same)), [(0, 1, true), (1, 1, false), (2, 2, false)]);
        let two = [same, saying("a0", "b2", Says::Same)];
        assert_eq!(with(&two), [(0, 1, true), (0, 2, true), (1, 1, false), (2, 2, false)]);
    }

    #[test]
    fn what_does_not_belong_together_is_not_proposed_and_may_go_elsewhere() {
        let apart = [saying("a0", "b0", Says::Apart)];
        assert!(with(&apart).iter().all(|pair| (pair.0, pair.1) != (0, 0)));
        // What a row gives up is free for one that has nothing.
        let apart = [
            saying("a1", "b1", Says::Apart),
            saying("a1", "b2", Says::Apart),
            saying("a0", "b1", Says::Same),
            saying("a2", "b0", Says::Apart),
        ];
        assert_eq!(with(&apart), [(0, 1, true), (1, 0, false), (2, 2, false)]);
    }

    #[test]
    fn what_is_about_rows_that_are_gone_says_nothing() {
        assert_eq!(with(&[saying("a9", "b0", Says::Same), saying("a0", "b9", Says::Apart)]), with(&[]));
    }
}
