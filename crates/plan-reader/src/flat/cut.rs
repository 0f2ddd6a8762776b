//! Where one cell ends and the next begins: the best way to cut the words of a row over its columns.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::{
    piece::join,
    row::{MAX_WORDS, Open, Row, Word},
    score::Scorer,
    ways::{Way, ways},
};
use crate::table::Column;

/// Ways that are kept for each piece of a row before they are compared as a whole.
const KEPT: usize = 60;

/// Cells by column (without the number), as words.
type Cells<'a> = Vec<Vec<Word<'a>>>;

/// The cells of each row, its number first. A row that hides another one without a number gives two.
pub fn cells(columns: &[Column], rows: &[Row]) -> Vec<Vec<Vec<String>>> {
    let spaced = rows.iter().flat_map(|row| row.pieces.iter().flatten()).filter(|word| word.starts == Some(1)).count()
        > rows.len();
    let mut scorer = Scorer::new(columns.get(1..).unwrap_or_default().to_vec(), spaced);
    // Rows in one piece teach how wide the columns are and how their cells read; then all rows are cut.
    for _ in 0..2 {
        let clear: Vec<Cells> = rows
            .iter()
            .filter(|row| !row.is_group && row.pieces.len() == 1 && row.pieces[0].len() <= MAX_WORDS)
            .flat_map(|row| whole(&scorer, &row.pieces[0]))
            .collect();
        scorer.learn(&clear);
    }
    rows.iter().map(|row| row_cells(&scorer, row)).collect()
}

fn row_cells(scorer: &Scorer, row: &Row) -> Vec<Vec<String>> {
    let words = row.pieces.iter().map(Vec::len).sum::<usize>();
    let found = match &row.pieces[..] {
        // A number alone has no words.
        _ if row.is_group || !(1..=MAX_WORDS).contains(&words) => Vec::new(),
        [piece] => whole(scorer, piece),
        pieces => broken(scorer, pieces),
    };
    let labelled = |label: &str, cells: &Cells| {
        std::iter::once(label.to_owned()).chain(cells.iter().map(|words| join(words))).collect::<Vec<String>>()
    };
    if found.is_empty() {
        let mut cells = vec![Vec::new(); scorer.columns.len()];
        let text =
            scorer.columns.iter().position(|column| matches!(column, Column::Text | Column::Target)).unwrap_or(0);
        cells[text] = row.pieces.concat();
        return vec![labelled(row.label, &cells)];
    }
    let labels = std::iter::once(row.label).chain(std::iter::repeat(""));
    found.iter().zip(labels).map(|(cells, label)| labelled(label, cells)).collect()
}

/// The best cells of a row on one page; two rows where a second one without a number follows.
fn whole<'a>(scorer: &Scorer, piece: &[Word<'a>]) -> Vec<Cells<'a>> {
    let Some(way) = ways(scorer, piece, Open::default(), 1).into_iter().next() else { return vec![] };
    let mut rows: Vec<Cells> = Vec::new();
    for (column, from, to) in way.cuts {
        if rows.last().is_none_or(|row| row[column..].iter().any(|cell| !cell.is_empty())) {
            rows.push(vec![Vec::new(); scorer.columns.len()]);
        }
        if let Some(row) = rows.last_mut() {
            row[column] = piece[from..to].to_vec();
        }
    }
    rows
}

/// Cells that were begun on former pages, each made once however many ways lead to it.
struct Pool<'a> {
    cells: Vec<Vec<Word<'a>>>,
}

/// The cell of no words.
const NONE: usize = 0;

impl<'a> Pool<'a> {
    /// A cell with more words, which begin a line of their own also where that line holds other cells before them.
    fn with(&mut self, cell: usize, more: &[Word<'a>]) -> usize {
        let mut words = self.cells[cell].clone();
        let first = more.first().map(|first| Word { starts: first.starts.or(Some(1)), ..*first });
        words.extend(first.into_iter().chain(more.iter().skip(1).copied()));
        self.cells.push(words);
        self.cells.len() - 1
    }

    fn sense(&self, scorer: &Scorer, column: usize, cell: usize, open: Open) -> f64 {
        if cell == NONE { scorer.missing(column) } else { scorer.cell(column, &self.cells[cell], open) }
    }
}

/// A way through the pages up to here: its worth, that of its cuts alone, and its cells.
struct Kept {
    score: f64,
    at_cuts: f64,
    cells: Vec<usize>,
}

/// What becomes of the cells of a column, and what that is worth: many ways cut it alike, and many had the same cell.
struct Grown {
    /// Which of the different cuts each way makes, which of the different cells each way before had, and how many cells.
    cuts: Vec<usize>,
    cells: Vec<usize>,
    count: usize,
    made: Vec<Option<(usize, f64)>>,
}

impl Grown {
    fn of(column: usize, ways: &[Way], kept: &[Kept]) -> Self {
        let cuts = ways.iter().map(|way| way.cuts.iter().find(|(cut, ..)| *cut == column));
        let (cuts, different) = numbered(cuts);
        let (cells, count) = numbered(kept.iter().map(|kept| kept.cells.get(column)));
        Self { cuts, cells, count, made: vec![None; different * count] }
    }

    fn slot(&mut self, way: usize, before: usize) -> &mut Option<(usize, f64)> {
        &mut self.made[self.cuts[way] * self.count + self.cells[before]]
    }
}

/// The number of each thing among those that differ, and how many differ.
fn numbered<T: Eq + Hash>(things: impl Iterator<Item = T>) -> (Vec<usize>, usize) {
    let mut known: FxHashMap<T, usize> = FxHashMap::default();
    let numbers = things.map(|thing| {
        let fresh = known.len();
        *known.entry(thing).or_insert(fresh)
    });
    let numbers = numbers.collect();
    (numbers, known.len())
}

/// Puts a way among the best, best first; of equals the first stands first. Most are not among them.
fn keep(kept: &mut Vec<Kept>, score: f64, at_cuts: f64, cells: &[usize]) {
    let is_better = |other: &Kept| other.score.total_cmp(&score).is_ge();
    if kept.len() == KEPT && kept.last().is_some_and(is_better) {
        return;
    }
    let place = kept.partition_point(is_better);
    kept.insert(place, Kept { score, at_cuts, cells: cells.to_vec() });
    kept.truncate(KEPT);
}

/// The best cells of a row over several pages: every column goes on where the page before left it.
fn broken<'a>(scorer: &Scorer, pieces: &[Vec<Word<'a>>]) -> Vec<Cells<'a>> {
    let (last, columns) = (pieces.len() - 1, scorer.columns.len());
    let mut pool = Pool { cells: vec![Vec::new()] };
    let mut kept = vec![Kept { score: 0.0, at_cuts: 0.0, cells: vec![NONE; columns] }];
    for (at, piece) in pieces.iter().enumerate() {
        let ways = ways(scorer, piece, Open { start: at > 0, end: at < last }, KEPT);
        let open = Open { start: false, end: at < last };
        let mut grown: Vec<Grown> = (0..columns).map(|column| Grown::of(column, &ways, &kept)).collect();
        let mut next = Vec::with_capacity(KEPT + 1);
        let mut cells = vec![NONE; columns];
        for (nth, way) in ways.iter().enumerate() {
            for (before_nth, before) in kept.iter().enumerate() {
                let mut sense = 0.0;
                for (column, (cell, grown)) in cells.iter_mut().zip(&mut grown).enumerate() {
                    let (made, worth) = *grown.slot(nth, before_nth).get_or_insert_with(|| {
                        let cut = way.cuts.iter().find(|(cut, ..)| *cut == column);
                        let before = before.cells[column];
                        let made = cut.map_or(before, |(_, from, to)| pool.with(before, &piece[*from..*to]));
                        (made, pool.sense(scorer, column, made, open))
                    });
                    *cell = made;
                    sense += worth;
                }
                let at_cuts = before.at_cuts + way.at_cuts;
                keep(&mut next, at_cuts + sense, at_cuts, &cells);
            }
        }
        kept = next;
    }
    let best = kept.into_iter().next();
    best.map(|best| vec![best.cells.into_iter().map(|cell| pool.cells[cell].clone()).collect()]).unwrap_or_default()
}
