//! Relations as data, and the graph over them.

use serde::{Deserialize, Serialize};

use super::adjacency::Adjacency;

/// How one system stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    RunsOn,
    DependsOn,
    SharesData,
    /// Keeps its data in the other.
    Stores,
    Replaces,
}

impl Kind {
    /// Whether `from` stops where `to` is off.
    pub fn carries(self) -> bool {
        matches!(self, Kind::RunsOn | Kind::DependsOn | Kind::Stores)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Relation {
    pub from: u32,
    pub to: u32,
    pub kind: Kind,
}

/// A relation that names a system that there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange(pub Relation);

/// Systems 0..n and their relations, laid out so that a question costs what it touches.
#[derive(Debug, Clone)]
pub struct Graph {
    systems: u32,
    relations: Vec<Relation>,
    /// From a system to what it stands on.
    pub(super) needs: Adjacency,
    /// From a system to what stands on it.
    pub(super) carries: Adjacency,
    /// Both ways: who says "shares with" first is chance.
    pub(super) shares: Adjacency,
}

impl Graph {
    /// Relations of a system to itself say nothing and are left out of every answer.
    pub fn new(systems: u32, relations: Vec<Relation>) -> Result<Self, OutOfRange> {
        if let Some(bad) = relations.iter().find(|one| one.from >= systems || one.to >= systems) {
            return Err(OutOfRange(*bad));
        }
        let (mut needs, mut carries, mut shares) = (Vec::new(), Vec::new(), Vec::new());
        for (at, one) in (0u32..).zip(&relations).filter(|(_, one)| one.from != one.to) {
            if one.kind.carries() {
                needs.push((one.from, one.to, at));
                carries.push((one.to, one.from, at));
            } else if one.kind == Kind::SharesData {
                shares.push((one.from, one.to, at));
                shares.push((one.to, one.from, at));
            }
        }
        let lay = |arrows: &[_]| Adjacency::new(systems, arrows);
        Ok(Self { systems, needs: lay(&needs), carries: lay(&carries), shares: lay(&shares), relations })
    }

    pub fn systems(&self) -> u32 {
        self.systems
    }

    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// Pairs of which the first stops where the second is off: what moves of both, the second moves first.
    pub fn carrying(&self) -> impl Iterator<Item = (u32, u32)> {
        self.relations.iter().filter(|one| one.kind.carries()).map(|one| (one.from, one.to))
    }

    /// How many other systems this one shares data with: one of the plans' own criteria.
    pub fn sharers(&self, system: u32) -> usize {
        distinct(self.shares.of(system))
    }

    /// How many stand on this one directly.
    pub fn carried(&self, system: u32) -> usize {
        distinct(self.carries.of(system))
    }

    /// Which other systems one stands on directly.
    pub fn stands_on(&self, system: u32) -> Vec<u32> {
        let mut out: Vec<u32> = self.needs.of(system).iter().map(|(to, _)| *to).collect();
        out.dedup();
        out
    }
}

/// Neighbours are sorted, so equal ones lie beside each other.
fn distinct(neighbours: &[(u32, u32)]) -> usize {
    neighbours.chunk_by(|one, other| one.0 == other.0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_to_nobody_is_refused() {
        let bad = Relation { from: 0, to: 2, kind: Kind::RunsOn };
        assert_eq!(Graph::new(2, vec![bad]).err(), Some(OutOfRange(bad)));
    }

    #[test]
    fn neighbours_are_counted_once_and_never_oneself() {
        let of = |from, to, kind| Relation { from, to, kind };
        let graph = Graph::new(
            4,
            vec![
                of(0, 1, Kind::SharesData),
                of(1, 0, Kind::SharesData),
                of(0, 0, Kind::SharesData),
                of(2, 0, Kind::SharesData),
                of(1, 0, Kind::RunsOn),
                of(1, 0, Kind::DependsOn),
                of(3, 0, Kind::Replaces),
            ],
        )
        .unwrap();
        assert_eq!((graph.sharers(0), graph.sharers(1), graph.sharers(3)), (2, 1, 0));
        assert_eq!((graph.carried(0), graph.stands_on(1)), (1, vec![0]));
    }
}
