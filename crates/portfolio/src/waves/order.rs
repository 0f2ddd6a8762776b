//! Candidates and what they need, made ready: once for a plan, and for each change by hand.

use std::collections::BTreeMap;

use super::{
    days::{Days, forwards},
    model::{Candidate, Refused, Terms},
};
use crate::graph::groups;

#[derive(Debug, Clone)]
pub struct Order {
    pub(super) terms: Terms,
    pub(super) days: Days,
    /// In the order of their systems.
    pub(super) candidates: Vec<Candidate>,
    pub(super) places: BTreeMap<u32, usize>,
    /// Of each candidate, the candidates that go first.
    pub(super) needs: Vec<Vec<usize>>,
    /// Candidates that go together; each group after those that it needs.
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) group_of: Vec<usize>,
}

impl Order {
    /// `needs` are pairs: the first stands on the second, which goes first. Pairs with systems that are no candidates
    /// do not count: those stay where they are.
    pub fn new(terms: Terms, candidates: Vec<Candidate>, needs: &[(u32, u32)]) -> Result<Self, Refused> {
        if [u32::from(terms.days), u32::from(terms.most_waves), terms.most_systems, terms.most_effort].contains(&0) {
            return Err(Refused::NoRoom);
        }
        let days = Days::new(&terms)?;
        let mut candidates = candidates;
        candidates.sort_by_key(|one| one.system);
        if let Some(pair) = candidates.windows(2).find(|pair| pair[0].system == pair[1].system) {
            return Err(Refused::TwiceNamed { system: pair[0].system });
        }
        candidates.iter().try_for_each(|one| forwards(&one.blackouts))?;
        let places: BTreeMap<u32, usize> = candidates.iter().enumerate().map(|(at, one)| (one.system, at)).collect();
        let mut out = vec![Vec::new(); candidates.len()];
        for (system, first) in needs {
            if let (Some(system), Some(first)) = (places.get(system), places.get(first)) {
                out[*system].push(*first);
            }
        }
        for (at, firsts) in out.iter_mut().enumerate() {
            firsts.sort_unstable();
            firsts.dedup();
            firsts.retain(|first| *first != at);
        }
        let (groups, group_of) = grouped(&out);
        Ok(Self { terms, days, candidates, places, needs: out, groups, group_of })
    }

    /// Systems that stand on each other in a ring, as systems.
    pub fn rings(&self) -> Vec<Vec<u32>> {
        self.groups.iter().filter(|group| group.len() > 1).map(|group| self.systems(group)).collect()
    }

    pub(super) fn systems(&self, group: &[usize]) -> Vec<u32> {
        group.iter().map(|at| self.candidates[*at].system).collect()
    }

    pub(super) fn effort(&self, group: &[usize]) -> u64 {
        group.iter().map(|at| u64::from(self.candidates[*at].effort)).sum()
    }
}

fn grouped(needs: &[Vec<usize>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let arrows = needs.iter().enumerate().flat_map(|(at, firsts)| firsts.iter().map(move |first| (at, *first)));
    let found = groups(small(needs.len()), arrows.map(|(at, first)| (small(at), small(first))));
    let mut group_of = vec![0; needs.len()];
    let mut out = Vec::with_capacity(found.len());
    for (number, group) in found.into_iter().enumerate() {
        let group: Vec<usize> = group.into_iter().map(|at| at as usize).collect();
        for at in &group {
            group_of[*at] = number;
        }
        out.push(group);
    }
    (out, group_of)
}
