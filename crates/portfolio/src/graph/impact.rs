//! What happens when one system is switched off.

use std::collections::VecDeque;

use serde::Serialize;

use super::model::{Graph, Relation};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Stops,
    /// It works on without the data that it shares with one that stops.
    Degraded,
}

/// A system that is struck: by which relation, and how far away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Struck {
    pub system: u32,
    pub effect: Effect,
    /// Steps from what is switched off, over the shortest chain.
    pub depth: u32,
    /// The last step of the chain: its place in `Graph::relations`.
    pub by: u32,
    /// The system before it in the chain.
    pub through: u32,
}

/// Who is struck, nearest first and those that stop before those that are degraded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Impact {
    pub off: u32,
    pub struck: Vec<Struck>,
    /// Of each system, its place in `struck` plus one.
    #[serde(skip)]
    places: Vec<u32>,
}

impl Graph {
    /// What stands on a stopped system stops too; what shares data with one is degraded, and hands that on to nobody:
    /// it still answers.
    pub fn impact(&self, off: u32) -> Impact {
        let mut impact = Impact { off, struck: Vec::new(), places: vec![0; self.systems() as usize] };
        if off >= self.systems() {
            return impact;
        }
        let mut open = VecDeque::from([(off, 0u32)]);
        while let Some((through, depth)) = open.pop_front() {
            for (system, by) in self.carries.of(through) {
                if impact.note(*system, Effect::Stops, depth + 1, *by, through) {
                    open.push_back((*system, depth + 1));
                }
            }
        }
        let stopped: Vec<(u32, u32)> = impact.struck.iter().map(|one| (one.system, one.depth)).collect();
        for (through, depth) in [(off, 0)].into_iter().chain(stopped) {
            for (system, by) in self.shares.of(through) {
                impact.note(*system, Effect::Degraded, depth + 1, *by, through);
            }
        }
        impact
    }

    /// The relations from what is switched off to this system, in their order; empty where it is not struck.
    pub fn chain(&self, impact: &Impact, system: u32) -> Vec<Relation> {
        let mut out = Vec::new();
        let mut at = system;
        while let Some(struck) = impact.of(at) {
            out.extend(self.relations().get(struck.by as usize));
            at = struck.through;
        }
        out.reverse();
        out
    }
}

impl Impact {
    pub fn of(&self, system: u32) -> Option<&Struck> {
        self.struck.get((*self.places.get(system as usize)?).checked_sub(1)? as usize)
    }

    pub fn count(&self, effect: Effect) -> usize {
        self.struck.iter().filter(|one| one.effect == effect).count()
    }

    fn note(&mut self, system: u32, effect: Effect, depth: u32, by: u32, through: u32) -> bool {
        let Some(place) = self.places.get_mut(system as usize).filter(|place| **place == 0 && system != self.off)
        else {
            return false;
        };
        *place = u32::try_from(self.struck.len() + 1).unwrap_or(u32::MAX);
        self.struck.push(Struck { system, effect, depth, by, through });
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::model::Kind, *};

    fn graph(systems: u32, arrows: &[(u32, u32, Kind)]) -> Graph {
        let relations = arrows.iter().map(|(from, to, kind)| Relation { from: *from, to: *to, kind: *kind }).collect();
        Graph::new(systems, relations).unwrap()
    }

    #[test]
    fn what_stands_on_it_stops_and_who_shares_is_degraded() {
        use Kind::*;
        // 0 a server, 1 a database on it, 2 an application, 3 shares with the application, 4 stands on 3, 5 replaces 2.
        let graph =
            graph(6, &[(1, 0, RunsOn), (2, 1, Stores), (2, 3, SharesData), (4, 3, DependsOn), (5, 2, Replaces)]);
        let impact = graph.impact(0);
        let seen: Vec<_> = impact.struck.iter().map(|one| (one.system, one.effect, one.depth)).collect();
        assert_eq!(seen, [(1, Effect::Stops, 1), (2, Effect::Stops, 2), (3, Effect::Degraded, 3)]);
        let chain = graph.chain(&impact, 3);
        assert_eq!(chain.iter().map(|one| one.kind).collect::<Vec<_>>(), [RunsOn, Stores, SharesData]);
        assert_eq!((graph.chain(&impact, 4), graph.chain(&impact, 5)), (vec![], vec![]));
    }

    #[test]
    fn sharing_strikes_whoever_said_it() {
        let graph = graph(3, &[(0, 1, Kind::SharesData), (2, 0, Kind::SharesData)]);
        assert_eq!(graph.impact(0).count(Effect::Degraded), 2);
        assert_eq!(graph.impact(1).of(0).map(|one| one.effect), Some(Effect::Degraded));
    }

    #[test]
    fn what_stops_is_not_also_degraded_and_a_ring_ends() {
        use Kind::*;
        let graph = graph(3, &[(1, 0, DependsOn), (1, 0, SharesData), (2, 1, DependsOn), (0, 2, DependsOn)]);
        let impact = graph.impact(0);
        assert_eq!((impact.count(Effect::Stops), impact.count(Effect::Degraded)), (2, 0));
        assert!(graph.impact(9).struck.is_empty());
    }

    fn kinds() -> impl Strategy<Value = Kind> {
        prop::sample::select(vec![Kind::RunsOn, Kind::DependsOn, Kind::SharesData, Kind::Stores, Kind::Replaces])
    }

    proptest! {
        /// Against the plainest way to say it: repeat until nothing more stops.
        #[test]
        fn the_stopped_are_the_least_set_that_is_closed(
            arrows in prop::collection::vec((0u32..12, 0u32..12, kinds()), 0..40), off in 0u32..12,
        ) {
            let graph = graph(12, &arrows);
            let impact = graph.impact(off);
            let mut stopped = [false; 12];
            stopped[off as usize] = true;
            for _ in 0..12 {
                for (from, to, kind) in &arrows {
                    stopped[*from as usize] |= kind.carries() && stopped[*to as usize];
                }
            }
            for system in 0..12u32 {
                let shares = arrows.iter().any(|(from, to, kind)| *kind == Kind::SharesData
                    && ((*from == system && stopped[*to as usize]) || (*to == system && stopped[*from as usize])));
                let expected = match (stopped[system as usize], shares) {
                    _ if system == off => None,
                    (true, _) => Some(Effect::Stops),
                    (false, true) => Some(Effect::Degraded),
                    _ => None,
                };
                prop_assert_eq!(impact.of(system).map(|one| one.effect), expected);
                let chain = graph.chain(&impact, system);
                prop_assert_eq!(chain.len(), impact.of(system).map_or(0, |one| one.depth as usize));
            }
        }
    }
}
