//! The best ways to cut the words of a piece over the columns: dynamic programming over (word, column of the cell that ends
//! there).

use super::{
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

/// The best ways to cut a piece, best first.
pub fn ways(scorer: &Scorer, piece: &[Word], open: Open, count: usize) -> Vec<Way> {
    let is_broken = open != Open::default();
    let places = places(piece, is_broken);
    let mut search = Search {
        scorer,
        columns: scorer.columns.len(),
        is_broken,
        count,
        worth: worth(scorer, piece, &places, open),
        steps: Vec::new(),
        best: vec![vec![Vec::new(); scorer.columns.len()]; places.len()],
    };
    for end in 1..places.len() {
        for begin in 0..end {
            let cut = if begin == 0 { 0.0 } else { scorer.cut(&piece[places[begin]]) };
            for column in 0..search.columns {
                search.cell((begin, end, column), (places[begin], places[end]), cut);
            }
        }
    }
    search.ends()
}

struct Search<'s> {
    scorer: &'s Scorer,
    columns: usize,
    is_broken: bool,
    count: usize,
    /// Of each cell: by where it begins and ends among the places, and its column.
    worth: Worth,
    steps: Vec<Step>,
    /// Of each place and column the best steps whose cell ends there, best first.
    best: Vec<Vec<Vec<usize>>>,
}

impl Search<'_> {
    /// All ways that end with this cell.
    fn cell(&mut self, (begin, end, column): (usize, usize, usize), (from, to): (usize, usize), cut: f64) {
        let sense = self.worth.of(begin, end, column);
        if sense <= NEVER / 2.0 {
            return;
        }
        let cell = (column, from, to);
        let here = sense + cut;
        if begin == 0 {
            let score = here + self.skipped(0, column);
            self.keep(end, Step { score, at_cuts: cut, cell, before: None });
            return;
        }
        let again = if column == 0 && !self.is_broken { self.columns } else { 0 };
        for before in (0..column).chain(1..again) {
            let missing = if before < column {
                self.skipped(before + 1, column)
            } else {
                AGAIN + self.skipped(before + 1, self.columns)
            };
            for nth in 0..self.best[begin][before].len() {
                let step = self.best[begin][before][nth];
                let last = self.steps[step];
                let (score, at_cuts) = (last.score + here + missing, last.at_cuts + cut);
                self.keep(end, Step { score, at_cuts, cell, before: Some(step) });
            }
        }
    }

    fn keep(&mut self, end: usize, step: Step) {
        let (steps, kept) = (&mut self.steps, &mut self.best[end][step.cell.0]);
        if kept.len() == self.count && kept.last().is_some_and(|last| steps[*last].score >= step.score) {
            return;
        }
        let place = kept.partition_point(|other| steps[*other].score >= step.score);
        kept.insert(place, steps.len());
        kept.truncate(self.count);
        steps.push(step);
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

/// What each cell that may be is worth.
struct Worth {
    places: usize,
    columns: usize,
    all: Vec<f64>,
}

impl Worth {
    fn of(&self, begin: usize, end: usize, column: usize) -> f64 {
        self.all[(begin * self.places + end) * self.columns + column]
    }
}

fn worth(scorer: &Scorer, piece: &[Word], places: &[usize], open: Open) -> Worth {
    let columns = scorer.columns.len();
    let mut worth = Worth { places: places.len(), columns, all: vec![NEVER; places.len() * places.len() * columns] };
    for (begin, from) in places.iter().enumerate() {
        let Some(mut cell) = piece.get(*from).and_then(|first| scorer.begin(first, open)) else { continue };
        let mut read = *from;
        for (end, to) in places.iter().enumerate().skip(begin + 1) {
            if to - from > MAX_WORDS {
                break;
            }
            piece[read..*to].iter().for_each(|word| cell.push(scorer, word));
            read = *to;
            for column in (0..columns).filter(|column| to - from <= longest(scorer.columns[*column])) {
                worth.all[(begin * places.len() + end) * columns + column] = cell.worth(scorer, column, open);
            }
        }
    }
    worth
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
        Column::Lead | Column::Coordinating | Column::Implementers => 70,
        Column::Result => 80,
        Column::Time => 16,
        Column::Value | Column::Year(_) | Column::Unit => 8,
        Column::Number | Column::Ignored => 40,
    }
}
