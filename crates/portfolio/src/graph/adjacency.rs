//! Neighbours of all systems in two flat arrays.

#[derive(Debug, Clone)]
pub struct Adjacency {
    starts: Vec<u32>,
    /// The neighbour, and the relation that says so.
    ends: Vec<(u32, u32)>,
}

impl Adjacency {
    /// Arrows are (from, to, relation); each system's neighbours come out in order.
    pub fn new(systems: u32, arrows: &[(u32, u32, u32)]) -> Self {
        let mut starts = vec![0u32; systems as usize + 1];
        for (from, ..) in arrows {
            starts[*from as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let (mut next, mut ends) = (starts.clone(), vec![(0, 0); arrows.len()]);
        for (from, to, relation) in arrows {
            let place = &mut next[*from as usize];
            ends[*place as usize] = (*to, *relation);
            *place += 1;
        }
        for pair in starts.windows(2) {
            ends[pair[0] as usize..pair[1] as usize].sort_unstable();
        }
        Self { starts, ends }
    }

    pub fn of(&self, system: u32) -> &[(u32, u32)] {
        let at = system as usize;
        &self.ends[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
