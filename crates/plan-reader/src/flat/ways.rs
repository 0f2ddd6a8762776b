//! The best ways to cut the words of a piece over the columns: dynamic programming over (word, column of the cell that ends
//! there).

use super::{
    piece::Piece,
    row::{MAX_WORDS, Open, Word},
    score::{NEVER, Scorer},
};
use crate::table::Column;

/// A second row without a number in the same words.
const AGAIN: f64 = -6.0;

#[derive(Debug, Clone)]
pub struct Way {
    /// What the places of the cuts are worth, without what the cells say.
    pub at_cuts: f64,
    /// Column, first word, end.
    pub cuts: Vec<(usize, usize, usize)>,
}

/// A way up to a cell; the way before it is told by its place among all steps.
#[derive(Debug, Clone, Copy)]
struct Step {
    score: f64,
    at_cuts: f64,
    cell: (usize, usize, usize),
    before: Option<usize>,
}

/// What leads to a cell: its worth with what is left out before the cell, and its last step.
#[derive(Debug, Clone, Copy)]
struct Before {
    score: f64,
    at_cuts: f64,
    step: Option<usize>,
}

/// The best ways to cut a piece, best first.
pub fn ways(scorer: &Scorer, words: &[Word], open: Open, count: usize) -> Vec<Way> {
    let is_broken = open != Open::default();
    let places = places(words, is_broken);
    let best = vec![vec![Vec::new(); scorer.columns.len()]; places.len()];
    let (piece, columns) = (Piece::of(words), scorer.columns.len());
    let mut search = Search { scorer, piece: &piece, columns, open, is_broken, count, steps: Vec::new(), best };
    for begin in 0..places.len() {
        search.cells(begin, &places);
    }
    search.ends()
}

struct Search<'s> {
    scorer: &'s Scorer,
    piece: &'s Piece<'s, 's>,
    columns: usize,
    open: Open,
    is_broken: bool,
    count: usize,
    steps: Vec<Step>,
    /// Of each place and column the best steps whose cell ends there, best first.
    best: Vec<Vec<Vec<usize>>>,
}

impl Search<'_> {
    /// All ways whose last cell begins here: those that end here are known.
    fn cells(&mut self, begin: usize, places: &[usize]) {
        let before: Vec<Vec<Before>> = (0..self.columns).map(|column| self.before(begin, column)).collect();
        let from = places[begin];
        let Some(mut cell) = self.scorer.begin(self.piece, from, self.open) else { return };
        if before.iter().all(Vec::is_empty) {
            return;
        }
        let cut = if begin == 0 { 0.0 } else { self.piece.words.get(from).map_or(0.0, |word| self.scorer.cut(word)) };
        for end in begin + 1..places.len() {
            let words = places[end] - from;
            if words > MAX_WORDS {
                break;
            }
            (places[end - 1]..places[end]).for_each(|_| cell.push(self.scorer));
            let any = cell.in_any(self.scorer, self.open);
            for (column, before) in before.iter().enumerate().filter(|(_, before)| !before.is_empty()) {
                if words > longest(self.scorer.columns[column]) {
                    continue;
                }
                let sense = cell.worth(self.scorer, column, self.open, &any);
                if sense > NEVER / 2.0 {
                    self.keep_all(end, (column, from, places[end]), sense + cut, cut, before);
                }
            }
        }
    }

    fn keep_all(&mut self, end: usize, cell: (usize, usize, usize), here: f64, cut: f64, before: &[Before]) {
        for Before { score, at_cuts, step } in before {
            let step = Step { score: score + here, at_cuts: at_cuts + cut, cell, before: *step };
            if !self.keep(end, step) {
                break;
            }
        }
    }

    /// What leads to a cell of the column that begins here, best first.
    fn before(&self, begin: usize, column: usize) -> Vec<Before> {
        if begin == 0 {
            return vec![Before { score: self.skipped(0, column), at_cuts: 0.0, step: None }];
        }
        let again = if column == 0 && !self.is_broken { self.columns } else { 0 };
        let mut out: Vec<Before> = Vec::new();
        for before in (0..column).chain(1..again) {
            let missing = if before < column {
                self.skipped(before + 1, column)
            } else {
                AGAIN + self.skipped(before + 1, self.columns)
            };
            out.extend(self.best[begin][before].iter().map(|step| {
                let Step { score, at_cuts, .. } = self.steps[*step];
                Before { score: score + missing, at_cuts, step: Some(*step) }
            }));
        }
        out.sort_by(|a, b| b.score.total_cmp(&a.score));
        out.truncate(self.count);
        out
    }

    /// Whether the step is among the best; none that is worth less is then.
    fn keep(&mut self, end: usize, step: Step) -> bool {
        let (steps, kept) = (&mut self.steps, &mut self.best[end][step.cell.0]);
        if kept.len() == self.count && kept.last().is_some_and(|last| steps[*last].score >= step.score) {
            return false;
        }
        let place = kept.partition_point(|other| steps[*other].score >= step.score);
        kept.insert(place, steps.len());
        kept.truncate(self.count);
        steps.push(step);
        true
    }

    fn skipped(&self, from: usize, to: usize) -> f64 {
        if self.is_broken { 0.0 } else { (from..to).map(|column| self.scorer.missing(column)).sum() }
    }

    fn ends(mut self) -> Vec<Way> {
        let ends = self.best.pop().unwrap_or_default();
        let mut ends: Vec<(f64, usize)> = ends
            .into_iter()
            .enumerate()
            .flat_map(|(column, steps)| {
                let missing = self.skipped(column + 1, self.columns);
                steps.into_iter().map(move |step| (missing, step))
            })
            .map(|(missing, step)| (self.steps[step].score + missing, step))
            .collect();
        ends.sort_by(|a, b| b.0.total_cmp(&a.0));
        ends.truncate(self.count);
        ends.into_iter().map(|(_, step)| self.way(step)).collect()
    }

    fn way(&self, last: usize) -> Way {
        let back = std::iter::successors(Some(last), |step| self.steps[*step].before);
        let mut cuts: Vec<_> = back.map(|step| self.steps[step].cell).collect();
        cuts.reverse();
        Way { at_cuts: self.steps[last].at_cuts, cuts }
    }
}

/// Words before which a cell may begin: each line, and inside of lines capitals; in a short rest of a page any word.
fn places(piece: &[Word], broken: bool) -> Vec<usize> {
    let any = broken && piece.len() <= 90;
    let may = |(at, word): (usize, &Word)| {
        let begins =
            word.starts.is_some() || any || word.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        begins.then_some(at)
    };
    let mut places: Vec<usize> = piece.iter().enumerate().filter_map(may).collect();
    if places.first() != Some(&0) {
        places.insert(0, 0);
    }
    places.push(piece.len());
    places
}

/// Words of a cell at most.
fn longest(column: Column) -> usize {
    match column {
        Column::Text | Column::Target => MAX_WORDS,
        Column::Lead | Column::Coordinating | Column::Both | Column::Implementers => 70,
        Column::Result => 80,
        Column::Time => 16,
        Column::Value | Column::Year(_) | Column::Unit | Column::Part => 8,
        Column::Number | Column::Ignored => 40,
    }
}
