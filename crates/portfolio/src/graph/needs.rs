//! What a system stands on, all the way down.

use std::collections::VecDeque;

use super::model::Graph;

/// A system that another needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Needs {
    pub system: u32,
    pub depth: u32,
    /// The relation by which it is needed: its place in `Graph::relations`.
    pub by: u32,
}

impl Graph {
    /// Everything that must run so that this one runs, nearest first.
    pub fn needs(&self, system: u32) -> Vec<Needs> {
        let mut out = Vec::new();
        if system >= self.systems() {
            return out;
        }
        let mut seen = vec![false; self.systems() as usize];
        seen[system as usize] = true;
        let mut open = VecDeque::from([(system, 0)]);
        while let Some((at, depth)) = open.pop_front() {
            for (next, by) in self.needs.of(at) {
                if !std::mem::replace(&mut seen[*next as usize], true) {
                    out.push(Needs { system: *next, depth: depth + 1, by: *by });
                    open.push_back((*next, depth + 1));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::{Kind, Relation};
    use super::*;

    proptest! {
        #[test]
        fn whom_i_need_is_who_stops_me(arrows in prop::collection::vec((0u32..10, 0u32..10), 0..30), of in 0u32..10) {
            let relations = arrows.iter().map(|(from, to)| Relation { from: *from, to: *to, kind: Kind::DependsOn });
            let graph = Graph::new(10, relations.collect()).unwrap();
            let needs = graph.needs(of);
            for other in 0..10 {
                let depth = needs.iter().find(|one| one.system == other).map(|one| one.depth);
                prop_assert_eq!(depth, graph.impact(other).of(of).map(|one| one.depth));
            }
        }
    }
}
