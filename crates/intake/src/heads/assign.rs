//! The pairing of keys and columns that fits best as a whole (Kuhn 1955, with potentials).

use super::name::Score;

/// For each row of scores the column that it gets, each column once. Nothing is paired for a score of 0.
pub(super) fn best(scores: &[Vec<Score>]) -> Vec<Option<usize>> {
    let columns = scores.first().map_or(0, Vec::len);
    // Each row has a column of its own that stands for none.
    let width = columns + scores.len();
    let cost = |row: usize, column: usize| scores[row].get(column).map_or(0, |score| -score);
    let mut state = State { of_column: vec![None; width], rows: vec![0; scores.len()], columns: vec![0; width] };
    for row in 0..scores.len() {
        state.add(row, &cost);
    }
    let mut out = vec![None; scores.len()];
    for (column, row) in state.of_column.into_iter().enumerate().take(columns) {
        if let Some(row) = row.filter(|row| scores[*row][column] > 0) {
            out[row] = Some(column);
        }
    }
    out
}

struct State {
    of_column: Vec<Option<usize>>,
    rows: Vec<Score>,
    columns: Vec<Score>,
}

impl State {
    /// Pairs one more row by the cheapest way of moving those that are paired.
    fn add(&mut self, row: usize, cost: &impl Fn(usize, usize) -> Score) {
        let width = self.columns.len();
        let (mut least, mut from, mut done) = (vec![Score::MAX; width], vec![None; width], vec![false; width]);
        let (mut at, mut now) = (None, row);
        let free = loop {
            let mut next: Option<(Score, usize)> = None;
            for column in (0..width).filter(|column| !done[*column]) {
                let slack = cost(now, column) - self.rows[now] - self.columns[column];
                if slack < least[column] {
                    (least[column], from[column]) = (slack, at);
                }
                if next.is_none_or(|(best, _)| least[column] < best) {
                    next = Some((least[column], column));
                }
            }
            let Some((step, column)) = next else { return };
            self.shift(row, step, &done, &mut least);
            done[column] = true;
            at = Some(column);
            match self.of_column[column] {
                Some(taken) => now = taken,
                None => break column,
            }
        };
        self.turn(free, &from, row);
    }

    fn shift(&mut self, row: usize, step: Score, done: &[bool], least: &mut [Score]) {
        self.rows[row] += step;
        for column in 0..done.len() {
            match (done[column], self.of_column[column]) {
                (true, Some(taken)) => {
                    self.rows[taken] += step;
                    self.columns[column] -= step;
                }
                (true, None) => {}
                (false, _) => least[column] -= step,
            }
        }
    }

    fn turn(&mut self, free: usize, from: &[Option<usize>], row: usize) {
        let mut column = free;
        while let Some(before) = from[column] {
            self.of_column[column] = self.of_column[before];
            column = before;
        }
        self.of_column[column] = Some(row);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sum(scores: &[Vec<Score>], pairs: &[Option<usize>]) -> Score {
        pairs.iter().enumerate().map(|(row, column)| column.map_or(0, |column| scores[row][column])).sum()
    }

    /// All pairings tried.
    fn most(scores: &[Vec<Score>], taken: &mut Vec<usize>) -> Score {
        let Some((first, rest)) = scores.split_first() else { return 0 };
        let mut best = most(rest, taken);
        for (column, score) in first.iter().enumerate() {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.max(score + most(rest, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn a_column_goes_to_whom_it_serves_best() {
        assert_eq!(best(&[vec![9, 8], vec![9, 0]]), [Some(1), Some(0)]);
        assert_eq!(best(&[vec![0, 0], vec![5, 0]]), [None, Some(0)]);
        assert_eq!(best(&[]), []);
    }

    proptest! {
        #[test]
        fn no_other_pairing_is_better(scores in proptest::collection::vec(proptest::collection::vec(0..20_i64, 4), 0..5)) {
            let pairs = best(&scores);
            let used: Vec<usize> = pairs.iter().flatten().copied().collect();
            prop_assert!(used.iter().enumerate().all(|(n, column)| !used[..n].contains(column)));
            prop_assert_eq!(sum(&scores, &pairs), most(&scores, &mut vec![]));
        }
    }
}
