//! Where the boxes of a map stand: what stands on something above it, layer by layer, with few crossing lines.

/// Boxes beside one another; a layer with more takes several rows.
pub const WIDEST: usize = 9;

/// The place of a box: its row from above, and how far right it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub row: usize,
    pub column: usize,
}

/// The layer of each of `count` boxes, 0 for what stands on nothing: one above the highest on which it stands. An edge is
/// `(what stands, on what)`; one that closes a ring is left out.
pub fn layers(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let below = grouped(count, edges.iter().copied());
    let (mut marks, mut layer) = (vec![Mark::New; count], vec![0; count]);
    for start in 0..count {
        if marks[start] != Mark::New {
            continue;
        }
        // By hand and not by calls: a chain may be as long as the list.
        let mut path = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((node, next)) = path.pop() {
            if let Some(on) = below[node].get(next).copied() {
                path.push((node, next + 1));
                match marks[on] {
                    Mark::New => {
                        marks[on] = Mark::Open;
                        path.push((on, 0));
                    }
                    Mark::Done => layer[node] = layer[node].max(layer[on] + 1),
                    Mark::Open => {}
                }
                continue;
            }
            marks[node] = Mark::Done;
            if let Some((above, _)) = path.last() {
                layer[*above] = layer[*above].max(layer[node] + 1);
            }
        }
    }
    layer
}

/// The place of each box: layers from above, each in the order in which its lines cross least, as two sweeps find it.
pub fn places(count: usize, edges: &[(usize, usize)]) -> Vec<Place> {
    let layer = layers(count, edges);
    let highest = layer.iter().copied().max().unwrap_or(0);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); highest + 1];
    for (node, of) in layer.iter().enumerate() {
        rows[highest - of].push(node);
    }
    let both = grouped(count, edges.iter().copied().chain(edges.iter().map(|(one, other)| (*other, *one))));
    let mut place = vec![0_usize; count];
    let note = |row: &[usize], place: &mut Vec<usize>| {
        for (at, node) in row.iter().enumerate() {
            place[*node] = at;
        }
    };
    for row in &rows {
        note(row, &mut place);
    }
    for sweep in 0..2 {
        let order: Vec<usize> = if sweep == 0 { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for at in order {
            let mean = |node: &usize| {
                let near: Vec<usize> = both[*node].iter().map(|other| place[*other]).collect();
                // A thousandth is fine enough; who has no lines stays where it is.
                if near.is_empty() { place[*node] * 1000 } else { near.iter().sum::<usize>() * 1000 / near.len() }
            };
            let mut row = std::mem::take(&mut rows[at]);
            row.sort_by_cached_key(mean);
            note(&row, &mut place);
            rows[at] = row;
        }
    }
    let mut out = vec![Place { row: 0, column: 0 }; count];
    let mut top = 0;
    for row in rows {
        for some in row.chunks(WIDEST) {
            for (column, node) in some.iter().enumerate() {
                out[*node] = Place { row: top, column };
            }
            top += 1;
        }
    }
    out
}

/// To whom each one has an edge.
fn grouped(count: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); count];
    for (one, other) in edges {
        if one != other {
            out[one].push(other);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_stands_on_something_is_above_it() {
        // 0 on 1 on 2; 3 on 2; 4 alone.
        let edges = [(0, 1), (1, 2), (3, 2)];
        assert_eq!(layers(5, &edges), [2, 1, 0, 1, 0]);
        let places = places(5, &edges);
        assert!(places[0].row < places[1].row && places[1].row < places[2].row && places[3].row == places[1].row);
    }

    #[test]
    fn a_ring_ends_and_every_box_has_a_place_of_its_own() {
        let edges: Vec<(usize, usize)> = (0..40).map(|n| (n, (n + 1) % 40)).chain((0..40).map(|n| (n, n))).collect();
        let places = places(60, &edges);
        let all: BTreeSet<(usize, usize)> = places.iter().map(|place| (place.row, place.column)).collect();
        assert_eq!(all.len(), 60);
        assert!(places.iter().all(|place| place.column < WIDEST));
        assert!(super::places(0, &[]).is_empty());
    }

    #[test]
    fn a_long_chain_does_not_grow_the_stack() {
        let edges: Vec<(usize, usize)> = (1..50_000).map(|n| (n - 1, n)).collect();
        assert_eq!(layers(50_000, &edges)[0], 49_999);
    }
}
