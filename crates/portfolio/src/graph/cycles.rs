//! Systems that stand on each other in a ring go only together.

use std::collections::VecDeque;

use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
};

use super::model::Graph;

/// Systems 0..n parted into groups of those that reach each other over `arrows`; most are alone. A group comes after
/// every group that it points at; inside a group systems are in order.
pub fn groups(systems: u32, arrows: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut graph = DiGraph::<(), (), u32>::with_capacity(systems as usize, 0);
    for _ in 0..systems {
        graph.add_node(());
    }
    for (from, to) in arrows.filter(|(from, to)| from != to && *from < systems && *to < systems) {
        graph.add_edge(NodeIndex::from(from), NodeIndex::from(to), ());
    }
    // Not Tarjan's, which recurses: a chain of 20,000 would end the stack.
    let found = kosaraju_scc(&graph).into_iter();
    let plain = |group: Vec<NodeIndex<u32>>| {
        let mut out: Vec<u32> = group.into_iter().filter_map(|node| u32::try_from(node.index()).ok()).collect();
        out.sort_unstable();
        out
    };
    found.map(plain).collect()
}

impl Graph {
    /// The groups of more than one, in the order of their first system.
    pub fn cycles(&self) -> Vec<Vec<u32>> {
        let mut out: Vec<_> =
            groups(self.systems(), self.carrying()).into_iter().filter(|group| group.len() > 1).collect();
        out.sort_unstable();
        out
    }
}

/// One shortest way from a system back to itself: how to show a person why a group is one.
/// `next` says what one points at.
pub fn ring(system: u32, next: impl Fn(u32) -> Vec<u32>) -> Vec<u32> {
    let mut before = std::collections::BTreeMap::new();
    let mut open = VecDeque::from([system]);
    while let Some(at) = open.pop_front() {
        for to in next(at).into_iter().filter(|to| *to != at) {
            if to == system {
                let mut out = vec![at];
                while let Some(back) = out.last().filter(|last| **last != system).and_then(|last| before.get(last)) {
                    out.push(*back);
                }
                out.reverse();
                return out;
            }
            before.entry(to).or_insert_with(|| {
                open.push_back(to);
                at
            });
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::model::{Kind, Relation};
    use super::*;

    fn graph(systems: u32, arrows: &[(u32, u32, Kind)]) -> Graph {
        let relations = arrows.iter().map(|(from, to, kind)| Relation { from: *from, to: *to, kind: *kind }).collect();
        Graph::new(systems, relations).unwrap()
    }

    #[test]
    fn rings_are_found_and_sharing_makes_none() {
        use Kind::*;
        let graph = graph(
            7,
            &[
                (0, 1, RunsOn),
                (1, 2, DependsOn),
                (2, 0, Stores),
                (3, 4, SharesData),
                (4, 3, SharesData),
                (5, 6, DependsOn),
                (6, 5, RunsOn),
                (3, 3, DependsOn),
                (5, 0, Replaces),
            ],
        );
        assert_eq!(graph.cycles(), [vec![0, 1, 2], vec![5, 6]]);
        assert_eq!(ring(0, |at| graph.stands_on(at)), [0, 1, 2]);
        assert!(ring(3, |at| graph.stands_on(at)).is_empty());
    }

    #[test]
    fn what_is_pointed_at_comes_first() {
        let groups = groups(4, [(0, 1), (1, 2), (2, 1), (2, 3)].into_iter());
        assert_eq!(groups, [vec![3], vec![1, 2], vec![0]]);
    }

    #[test]
    fn a_long_chain_does_not_end_the_stack() {
        let long = 200_000;
        assert_eq!(groups(long, (1..long).map(|at| (at, at - 1))).len(), long as usize);
    }
}
