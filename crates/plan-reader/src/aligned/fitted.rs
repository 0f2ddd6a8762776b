//! The columns of the words of a line where it is known how wide the columns are: each column's words are weighed
//! together, and a line that might as well be parted elsewhere is not sure.

use super::{
    columns::{Columns, NEVER, Placed},
    fit::{OfLine, Widths},
    line::Line,
};

/// Lines with more words are no rows, and take long to weigh; so do many words in many columns.
const MOST: usize = 80;
const MOST_PLACES: usize = 720;
/// Another way that costs less than this more is as good.
const MARGIN: f64 = 0.4;
/// A line that fits its columns worse is asked about: words may be pressed together.
const MISFIT: f64 = 1.5;
/// So many words at the end of a column may be of the empty one beside it.
const ASTRAY: usize = 3;

/// The words of one column.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: usize,
    last: usize,
    column: usize,
}

struct Weigher<'a> {
    columns: &'a Columns,
    widths: OfLine<'a>,
    line: &'a Line,
    /// For each word and column: what it costs to begin there, and to go on there, added up over the words before.
    begins: Vec<Vec<f64>>,
    stays: Vec<Vec<f64>>,
}

/// As [`Columns::place_above`].
pub fn place(columns: &Columns, widths: &Widths, line: &Line, lines: &[Line]) -> Placed {
    let words = line.words.len();
    if words == 0 || words > MOST || words * columns.count() > MOST_PLACES {
        return columns.place_above(line, lines);
    }
    let weigher = Weigher::new(columns, widths, line, lines);
    let owed = columns.owed(line, lines);
    let skipped = |columns: std::ops::Range<usize>| owed.get(columns).unwrap_or_default().iter().sum::<f64>();
    let count = columns.count();
    // For each last word and column the best cost, and where the column began behind which other one.
    let mut best: Vec<Vec<(f64, usize, usize)>> = Vec::with_capacity(words);
    // For each first word and column the best cost of what stands before.
    let mut enter: Vec<Vec<(f64, usize)>> = vec![(0..count).map(|column| (skipped(0..column), column)).collect()];
    for last in 0..words {
        let of = |column: usize| {
            let ways = (0..=last).map(|start| {
                let (cost, before) = enter[start][column];
                (cost + weigher.cost(Part { start, last, column }), start, before)
            });
            ways.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((NEVER, 0, column))
        };
        let row: Vec<(f64, usize, usize)> = (0..count).map(of).collect();
        let next = |column: usize| {
            let ways = (0..column).map(|before| (row[before].0 + skipped(before + 1..column), before));
            ways.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((NEVER, column))
        };
        enter.push((0..count).map(next).collect());
        best.push(row);
    }
    let total = |column: usize| best[words - 1][column].0 + skipped(column + 1..count);
    let Some(mut column) = (0..count).min_by(|a, b| total(*a).total_cmp(&total(*b))) else {
        return columns.place_above(line, lines);
    };
    let cost = total(column);
    let (mut parts, mut end) = (Vec::new(), words);
    while let Some(last) = end.checked_sub(1) {
        let (_, start, before) = best[last][column];
        parts.push(Part { start, last, column });
        (end, column) = (start, before);
    }
    parts.reverse();
    let (misfit, doubt) = parts
        .iter()
        .map(|part| weigher.misfit(*part))
        .fold((0.0, 0.0), |(sum, doubts), (cost, doubt)| (sum + cost, doubts + doubt));
    let is_sure = doubt < MISFIT && weigher.margin(&parts) >= MARGIN;
    let columns: Vec<usize> =
        parts.iter().flat_map(|part| std::iter::repeat_n(part.column, part.last + 1 - part.start)).collect();
    Placed { is_sure, ..Placed::of(line, columns, cost - misfit, weigher.columns.wide) }
}

impl<'a> Weigher<'a> {
    fn new(columns: &'a Columns, widths: &'a Widths, line: &'a Line, lines: &[Line]) -> Self {
        let (below, middles) = (columns.below(lines), columns.piece_middles(line));
        let (labelled, nameless) = (columns.is_labelled(line), columns.nameless(line));
        let (mut begins, mut stays) = (Vec::new(), Vec::new());
        for (at, middle) in middles.iter().enumerate() {
            let begin = |column: usize| {
                let known = column.checked_sub(1).is_some_and(|before| widths.is_known(before));
                columns.begins(line, at, column, (*middle, below[column]), known)
                    + columns.unlike(line, at, column, (labelled, nameless[at]))
            };
            begins.push((0..columns.count()).map(begin).collect());
            let before: Option<&Vec<f64>> = stays.last();
            let stay = |column: usize| {
                let next = below.get(column + 1).copied().flatten();
                before.map_or(0.0, |before| {
                    before[column] + columns.stays(line, at, column, (next, widths.is_known(column)))
                })
            };
            stays.push((0..columns.count()).map(stay).collect());
        }
        Self { columns, widths: widths.of(line), line, begins, stays }
    }

    /// Whether a single blank parts a word from the one before.
    fn touches(&self, at: usize) -> bool {
        at < self.line.words.len() && self.line.gap(at) < self.columns.wide
    }

    fn cost(&self, part: Part) -> f64 {
        let Part { start, last, column } = part;
        self.begins[start][column] + self.stays[last][column] - self.stays[start][column] + self.misfit(part).0
    }

    /// As far as all scales have it, and as any has it.
    fn misfit(&self, Part { start, last, column }: Part) -> (f64, f64) {
        if self.columns.numbered && column == 0 {
            return (0.0, 0.0);
        }
        self.widths.cost(column, (start, last), self.touches(last + 1))
    }

    /// How much more the next best place costs for a word that single blanks part from two columns.
    fn margin(&self, parts: &[Part]) -> f64 {
        let mut least = NEVER;
        for (nth, part) in parts.iter().enumerate() {
            let now = self.cost(*part);
            if let Some(next) = parts.get(nth + 1) {
                let both = now + self.cost(*next);
                let moved = |at: usize| {
                    self.cost(Part { last: at - 1, ..*part }) + self.cost(Part { start: at, ..*next }) - both
                };
                let at = next.start;
                if self.touches(at) && part.start < part.last && self.touches(part.last) {
                    least = least.min(moved(at - 1));
                }
                if self.touches(at) && next.start < next.last && self.touches(at + 1) {
                    least = least.min(moved(at + 1));
                }
            }
            let beside = part.column + 1;
            let is_empty = parts.get(nth + 1).map_or(self.columns.count(), |next| next.column) > beside;
            if is_empty && beside < self.columns.count() && !(self.columns.numbered && part.column == 0) {
                for at in (part.start + 1..=part.last).rev().take(ASTRAY).take_while(|at| self.touches(*at)) {
                    let before = self.cost(Part { last: at - 1, ..*part });
                    least = least.min(before + self.cost(Part { start: at, last: part.last, column: beside }) - now);
                }
            }
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aligned::{fit::Fit, line::Word};

    /// Words of one letter, parted by single blanks; the second column begins between two of them.
    fn placed(words: u8, columns: u8) -> Placed {
        let word = |at: u8| Word { x0: f64::from(at) * 2.0, x1: f64::from(at) * 2.0 + 1.0, text: "a".into() };
        let line = Line { words: (0..words).map(word).collect() };
        let starts = [0.0, 7.3].into_iter().chain((2..columns).map(|column| f64::from(column) * 6.0 + 2.0));
        place(&Columns::at(starts.collect(), 2.0, true), &Fit::default().widths(), &line, &[])
    }

    #[test]
    fn no_name_is_cut_where_columns_touch() {
        let mut x = 0.0;
        let words = "1 Rà soát cơ sở Hợp tác xã Bản Mẫu".split(' ').map(|text| {
            let x0 = x;
            x += f64::from(u8::try_from(text.chars().count()).unwrap()) + 1.0;
            Word { x0, x1: x - 1.0, text: text.into() }
        });
        let line = Line { words: words.collect() };
        // Where the column began above, the second word of the name stands here.
        let start = line.words[6].x0;
        let mut columns = Columns::at(vec![0.0, 2.0, start], 2.0, true);
        columns.numbered = true;
        let told = |columns: &Columns| place(columns, &Fit::default().widths(), &line, &[]).columns;
        assert_eq!(told(&columns)[5..7], [1, 2], "its place alone");
        columns.named = vec![false, false, true];
        assert_eq!(told(&columns)[5..7], [2, 2], "and what it names");
        assert!(columns.cuts_name(&line, &[0, 1, 1, 1, 1, 1, 2, 2, 2, 2]));
    }

    #[test]
    fn many_words_in_many_columns_are_placed_without_weighing_them() {
        assert!(!placed(30, 3).is_sure && !placed(30, 24).is_sure && !placed(80, 9).is_sure);
        assert!(placed(80, 24).is_sure && placed(81, 3).is_sure);
    }
}
