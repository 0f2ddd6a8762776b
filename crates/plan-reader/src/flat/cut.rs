//! Where one cell ends and the next begins: the best way to cut the words of a row over its columns.

use super::{
    row::{Row, Word},
    score::{NEVER, Open, Scorer, join},
};
use crate::table::Column;

/// Ways that are kept for each piece of a row before they are compared as a whole.
const KEPT: usize = 60;
/// Longer rows are given up: their words go to the first column, for a person to part.
const MAX_WORDS: usize = 400;
/// A second row without a number in the same words.
const AGAIN: f64 = -6.0;

/// Cells by column (without the number), as words.
type Cells = Vec<Vec<Word>>;

/// The cells of each row, its number first. A row that hides another one without a number gives two.
pub fn cells(columns: &[Column], rows: &[Row]) -> Vec<Vec<Vec<String>>> {
    let spaced = rows.iter().flat_map(|row| row.pieces.iter().flatten()).filter(|word| word.starts == Some(1)).count()
        > rows.len();
    let mut scorer = Scorer::new(columns.get(1..).unwrap_or_default().to_vec(), spaced);
    // Rows in one piece teach how wide the columns are and how their cells read; then all rows are cut.
    for _ in 0..2 {
        let clear: Vec<Cells> = rows
            .iter()
            .filter(|row| !row.is_group && row.pieces.len() == 1)
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
        return vec![labelled(&row.label, &cells)];
    }
    let labels = std::iter::once(row.label.as_str()).chain(std::iter::repeat(""));
    found.iter().zip(labels).map(|(cells, label)| labelled(label, cells)).collect()
}

/// The best cells of a row on one page; two rows where a second one without a number follows.
fn whole(scorer: &Scorer, piece: &[Word]) -> Vec<Cells> {
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

/// The best cells of a row over several pages: every column goes on where the page before left it.
fn broken(scorer: &Scorer, pieces: &[Vec<Word>]) -> Vec<Cells> {
    let last = pieces.len() - 1;
    let mut kept: Vec<(f64, f64, Cells)> = vec![(0.0, 0.0, vec![Vec::new(); scorer.columns.len()])];
    for (at, piece) in pieces.iter().enumerate() {
        let open = Open { start: at > 0, end: at < last };
        let mut next = Vec::new();
        for way in ways(scorer, piece, open, KEPT) {
            for (_, before, cells) in &kept {
                let mut cells = cells.clone();
                for (column, from, to) in &way.cuts {
                    // A cell goes on with a line of its own, also where that line holds other cells before it.
                    let first = Word { starts: piece[*from].starts.or(Some(1)), ..piece[*from].clone() };
                    cells[*column].push(first);
                    cells[*column].extend_from_slice(&piece[from + 1..*to]);
                }
                let cuts = before + way.at_cuts;
                let open = Open { start: false, end: at < last };
                let sense: f64 = (0..cells.len())
                    .map(|column| {
                        if cells[column].is_empty() {
                            scorer.missing(column)
                        } else {
                            scorer.cell(column, &cells[column], open)
                        }
                    })
                    .sum();
                next.push((cuts + sense, cuts, cells));
            }
        }
        next.sort_by(|a, b| b.0.total_cmp(&a.0));
        next.truncate(KEPT);
        kept = next;
    }
    kept.into_iter().next().map(|(_, _, cells)| vec![cells]).unwrap_or_default()
}

#[derive(Debug, Clone)]
struct Way {
    score: f64,
    /// What the places of the cuts are worth, without what the cells say.
    at_cuts: f64,
    /// Column, first word, end.
    cuts: Vec<(usize, usize, usize)>,
}

/// The best ways to cut a piece, best first. Dynamic programming over (word, column of the cell that ends there).
fn ways(scorer: &Scorer, piece: &[Word], open: Open, count: usize) -> Vec<Way> {
    let columns = scorer.columns.len();
    let broken = open != Open::default();
    let places = places(piece, broken);
    let mut best: Vec<Vec<Vec<Way>>> = vec![vec![Vec::new(); columns]; places.len()];
    let start = Way { score: 0.0, at_cuts: 0.0, cuts: vec![] };
    for end in 1..places.len() {
        for begin in 0..end {
            let (from, to) = (places[begin], places[end]);
            for column in 0..columns {
                let words = &piece[from..to];
                if too_long(scorer.columns[column], words) {
                    continue;
                }
                let sense = scorer.cell(column, words, open);
                if sense <= NEVER / 2.0 {
                    continue;
                }
                let cut = if begin == 0 { 0.0 } else { scorer.cut(&piece[from]) };
                let skipped = |from: usize, to: usize| {
                    if broken { 0.0 } else { (from..to).map(|column| scorer.missing(column)).sum() }
                };
                let (here, before) = best.split_at_mut(end);
                let kept = &mut before[0][column];
                let mut add = |way: &Way, missing: f64| {
                    let score = way.score + sense + cut + missing;
                    if kept.len() == count && kept.last().is_some_and(|last| last.score >= score) {
                        return;
                    }
                    let mut cuts = way.cuts.clone();
                    cuts.push((column, from, to));
                    let place = kept.partition_point(|other| other.score >= score);
                    kept.insert(place, Way { score, at_cuts: way.at_cuts + cut, cuts });
                    kept.truncate(count);
                };
                if begin == 0 {
                    add(&start, skipped(0, column));
                    continue;
                }
                for (before, ways) in here[begin][..column].iter().enumerate() {
                    for way in ways {
                        add(way, skipped(before + 1, column));
                    }
                }
                if column == 0 && !broken {
                    for (before, ways) in here[begin].iter().enumerate().skip(1) {
                        for way in ways {
                            add(way, AGAIN + skipped(before + 1, columns));
                        }
                    }
                }
            }
        }
    }
    let mut ends: Vec<Way> = Vec::new();
    for (column, ways) in best.pop().unwrap_or_default().into_iter().enumerate() {
        let missing: f64 = if broken { 0.0 } else { (column + 1..columns).map(|column| scorer.missing(column)).sum() };
        ends.extend(ways.into_iter().map(|way| Way { score: way.score + missing, ..way }));
    }
    ends.sort_by(|a, b| b.score.total_cmp(&a.score));
    ends.truncate(count);
    ends
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

fn too_long(column: Column, words: &[Word]) -> bool {
    words.len()
        > match column {
            Column::Text | Column::Target => MAX_WORDS,
            Column::Lead | Column::Coordinating | Column::Implementers => 70,
            Column::Result => 80,
            Column::Time => 16,
            Column::Value | Column::Year(_) | Column::Unit => 8,
            Column::Number | Column::Ignored => 40,
        }
}
