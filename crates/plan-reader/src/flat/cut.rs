//! Where one cell ends and the next begins: the best way to cut the words of a row over its columns.

use rustc_hash::FxHashMap;

use super::{
    row::{MAX_WORDS, Open, Row, Word},
    score::{Scorer, join},
    ways::ways,
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
        _ if row.is_group || words > MAX_WORDS => Vec::new(),
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

/// The best cells of a row over several pages: every column goes on where the page before left it.
fn broken<'a>(scorer: &Scorer, pieces: &[Vec<Word<'a>>]) -> Vec<Cells<'a>> {
    let (last, columns) = (pieces.len() - 1, scorer.columns.len());
    let mut pool = Pool { cells: vec![Vec::new()] };
    let mut kept = vec![Kept { score: 0.0, at_cuts: 0.0, cells: vec![NONE; columns] }];
    for (at, piece) in pieces.iter().enumerate() {
        let ways = ways(scorer, piece, Open { start: at > 0, end: at < last }, KEPT);
        let open = Open { start: false, end: at < last };
        let mut grown: FxHashMap<(usize, usize, usize, usize), (usize, f64)> = FxHashMap::default();
        let mut left: FxHashMap<(usize, usize), f64> = FxHashMap::default();
        let mut next = Vec::new();
        for way in &ways {
            for before in &kept {
                let mut cells = before.cells.clone();
                let mut sense = 0.0;
                for (column, cell) in cells.iter_mut().enumerate() {
                    let cut = way.cuts.iter().find(|(cut, ..)| *cut == column);
                    sense += match cut {
                        Some((_, from, to)) => {
                            let made = grown.entry((column, *cell, *from, *to)).or_insert_with(|| {
                                let made = pool.with(*cell, &piece[*from..*to]);
                                (made, pool.sense(scorer, column, made, open))
                            });
                            *cell = made.0;
                            made.1
                        }
                        None => *left.entry((column, *cell)).or_insert_with(|| pool.sense(scorer, column, *cell, open)),
                    };
                }
                let at_cuts = before.at_cuts + way.at_cuts;
                next.push(Kept { score: at_cuts + sense, at_cuts, cells });
            }
        }
        next.sort_by(|a, b| b.score.total_cmp(&a.score));
        next.truncate(KEPT);
        kept = next;
    }
    let best = kept.into_iter().next();
    best.map(|best| vec![best.cells.into_iter().map(|cell| pool.cells[cell].clone()).collect()]).unwrap_or_default()
}
