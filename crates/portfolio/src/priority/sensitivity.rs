//! Would another weight change the order, and for whom?

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    score::{Profile, ranked},
    weights::Weights,
};

/// A system that would have another place; places are from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub system: u32,
    pub from: usize,
    pub to: usize,
}

/// One weight changed by so many percent, and who moves; the farthest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shift {
    pub criterion: usize,
    pub percent: i64,
    pub moved: Vec<Moved>,
    /// Systems that would come among the first `first` of the question, and those that would leave them.
    pub enter: Vec<u32>,
    pub leave: Vec<u32>,
}

impl Weights {
    /// Each weight by `percent` up and down, one at a time. `first` is how many of the order matter, such as a wave's.
    pub fn sensitivity(&self, systems: &[(u32, Profile)], percent: i64, first: usize) -> Vec<Shift> {
        let scores: Vec<_> = systems.iter().map(|(system, profile)| (*system, self.score(profile))).collect();
        let now = ranked(scores.iter().map(|(system, score)| (*system, score.total)));
        let places: BTreeMap<u32, usize> = now.iter().enumerate().map(|(at, (system, _))| (*system, at)).collect();
        let mut out = Vec::new();
        for criterion in 0..self.criteria().len() {
            for percent in [percent, -percent] {
                // In hundredths of the score, so that nothing is rounded.
                let total =
                    |gives: i64, total: i64| total.saturating_mul(100).saturating_add(gives.saturating_mul(percent));
                let then = ranked(scores.iter().map(|(system, score)| {
                    (*system, total(score.terms.get(criterion).map_or(0, |term| term.gives), score.total))
                }));
                out.push(shift(criterion, percent, first, &places, &then));
            }
        }
        out
    }
}

fn shift(criterion: usize, percent: i64, first: usize, places: &BTreeMap<u32, usize>, then: &[(u32, i64)]) -> Shift {
    let (mut moved, mut enter, mut leave) = (Vec::new(), Vec::new(), Vec::new());
    for (to, (system, _)) in then.iter().enumerate() {
        let from = places.get(system).copied().unwrap_or(to);
        if from != to {
            moved.push(Moved { system: *system, from: from + 1, to: to + 1 });
        }
        match (from < first, to < first) {
            (false, true) => enter.push(*system),
            (true, false) => leave.push(*system),
            _ => {}
        }
    }
    moved.sort_by_key(|one| (std::cmp::Reverse(one.from.abs_diff(one.to)), one.system));
    Shift { criterion, percent, moved, enter, leave }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn systems(weights: &Weights, many: &[(i64, i64)]) -> Vec<(u32, Profile)> {
        let of = |(relations, effort): &(i64, i64)| {
            weights.profile([("relations", (*relations).into()), ("effort", (*effort).into())]).unwrap()
        };
        (0u32..).zip(many.iter().map(of)).collect()
    }

    #[test]
    fn who_changes_places_is_named_and_who_stands_firm_is_not() {
        let weights = Weights::shipped();
        // 2,500 - 1,000 = 1,500 and 1,625 - 200 = 1,425: the first leads until relations weigh a tenth less.
        let shifts = weights.sensitivity(&systems(&weights, &[(20, 300), (13, 60), (0, 300)]), 10, 1);
        let relations: Vec<&Shift> = shifts.iter().filter(|shift| shift.criterion == 1).collect();
        assert_eq!((relations[0].percent, &relations[0].moved[..]), (10, &[][..]));
        let (down, back) = (Moved { system: 0, from: 1, to: 2 }, Moved { system: 1, from: 2, to: 1 });
        assert_eq!(
            (&relations[1].moved[..], &relations[1].enter[..], &relations[1].leave[..]),
            (&[down, back][..], &[1][..], &[0][..])
        );
        assert!(shifts.iter().filter(|shift| shift.criterion == 0).all(|shift| shift.moved.is_empty()));
    }

    proptest! {
        /// The short way gives the order that weights so changed would give.
        #[test]
        fn a_shift_is_what_the_changed_weight_gives(many in prop::collection::vec((0i64..25, 0i64..400), 1..12)) {
            let weights = Weights::shipped();
            let systems = systems(&weights, &many);
            // Weights of 25 and -10 by 20 percent are whole numbers.
            for (criterion, key, percent, weight) in
                [(1, "relations", 20, 30), (1, "relations", -20, 20), (5, "effort", 20, -12), (5, "effort", -20, -8)]
            {
                let changed = weights.with_weight(key, weight).unwrap();
                let order = |weights: &Weights| {
                    ranked(systems.iter().map(|(system, one)| (*system, weights.score(one).total)))
                };
                let (now, then) = (order(&weights), order(&changed));
                let moved = then.iter().zip(&now).filter(|(one, other)| one.0 != other.0).count();
                let shifts = weights.sensitivity(&systems, 20, 3);
                let shift = shifts.iter().find(|one| one.criterion == criterion && one.percent == percent).unwrap();
                prop_assert_eq!(shift.moved.len(), moved);
                for one in &shift.moved {
                    prop_assert_eq!((now[one.from - 1].0, then[one.to - 1].0), (one.system, one.system));
                }
            }
        }
    }
}
