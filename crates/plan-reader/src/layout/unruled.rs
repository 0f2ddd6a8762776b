//! Tables without drawn lines: what stands on the page as lines of letters, for [`aligned`].

use super::{
    grid::Table,
    page::{Page, Word, lines},
};
use crate::aligned::{self, Line, Open};

/// The width of a letter, as a share of its size.
const LETTER: f64 = 0.5;
/// A gap of so many letters parts two texts: cells keep more from each other, and the blanks of a line are narrower.
const WIDE: f64 = 1.3;
/// Lines further apart than this share of their size have a blank one between them.
const APART: f64 = 2.2;

/// The tables of a page and the words outside of them. `open`: a table that the page before left open.
pub fn tables(page: &Page, words: Vec<Word>, open: &mut Option<Open>) -> (Vec<Table>, Vec<Word>) {
    if page.recognised || words.is_empty() {
        *open = None;
        return (vec![], words);
    }
    let all = lines(&words);
    let letter = LETTER * usual_size(&words);
    let mut typed: Vec<Line> = Vec::with_capacity(all.len());
    let mut from: Vec<usize> = Vec::with_capacity(all.len());
    for (at, line) in all.iter().enumerate() {
        let apart = at.checked_sub(1).is_some_and(|above| line[0].y - all[above][0].y > APART * line[0].size);
        if apart {
            typed.push(Line::default());
            from.push(at);
        }
        typed.push(Line { words: line.iter().map(|word| letters(word, letter)).collect() });
        from.push(at);
    }
    let found = aligned::tables(&typed, WIDE, false, open);
    let (mut out, mut taken) = (Vec::new(), vec![false; all.len()]);
    for table in found {
        let (first, last) = (from[table.lines.start], from[table.lines.end - 1]);
        taken[first..=last].fill(true);
        let aligned::Found { rows, doubtful, is_cut, .. } = table;
        let (top, sure) = (all[first][0].y - all[first][0].size, vec![1.0; rows.len()]);
        out.push(Table { top, rows, sure, doubtful, is_cut });
    }
    let outside = all.iter().zip(taken).filter(|(_, taken)| !taken).flat_map(|(line, _)| line.iter());
    let outside = outside.map(|word| (*word).clone()).collect();
    (out, outside)
}

fn letters(word: &Word, letter: f64) -> aligned::Word {
    aligned::Word { x0: word.x0 / letter, x1: word.x1 / letter, text: word.text.clone() }
}

/// Places of a page are counted in letters of one size: that of most of its words.
fn usual_size(words: &[Word]) -> f64 {
    let mut sizes: Vec<f64> = words.iter().map(|word| word.size).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0)
}
