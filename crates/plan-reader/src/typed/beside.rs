//! Two or three texts side by side, parted by blanks: a letterhead (issuing bodies left, the motto right), and those who
//! receive a document beside who signs it.

use std::ops::Range;

use crate::{
    aligned::Line,
    head::{is_motto, kind::kind},
    marker::{self, Level},
};

/// Two blanks part two texts: a gap of two letters.
pub const WIDE: f64 = 2.0;

/// Lines in which a letterhead begins.
const TOP: usize = 30;
/// Blank lines inside of such a block, at most: a signature has its room.
const AIR: usize = 8;
const LONGEST: usize = 60;
/// Texts beside each other, at most.
const MOST: usize = 4;

/// Lines that hold columns, and the texts of each column.
pub struct Block {
    pub lines: Range<usize>,
    pub columns: Vec<Vec<String>>,
}

pub fn may_be_in(text: &str) -> bool {
    let mut lines = text.lines().enumerate();
    lines.any(|(at, line)| {
        let line = line.trim();
        line.contains("  ") && (line.starts_with("Nơi nhận") || (at < TOP && is_motto(line)))
    })
}

pub fn blocks(raw: &[&str], lines: &[Line]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match block(raw, lines, at) {
            Some(block) => {
                at = block.lines.end;
                out.push(block);
            }
            None => at += 1,
        }
    }
    out
}

/// A text between two gaps.
struct Piece {
    x0: f64,
    x1: f64,
    text: String,
}

fn pieces(line: &Line) -> Vec<Piece> {
    let starts = line.pieces(WIDE);
    let ends = starts.iter().skip(1).copied().chain([line.words.len()]);
    let piece = |(start, end): (&usize, usize)| {
        let words = &line.words[*start..end];
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Piece { x0: words[0].x0, x1: words[words.len() - 1].x1, text }
    };
    starts.iter().zip(ends).map(piece).collect()
}

/// The block whose first line with two texts is this one.
fn block(raw: &[&str], lines: &[Line], at: usize) -> Option<Block> {
    if raw[at].trim().contains('\t') || lines[at].words.len() < 2 {
        return None;
    }
    let first = pieces(&lines[at]);
    if !(2..=MOST).contains(&first.len()) {
        return None;
    }
    let is_head = at < TOP && first[1..].iter().any(|piece| is_motto(&piece.text));
    let is_foot = first[0].text.starts_with("Nơi nhận");
    if !is_head && !is_foot {
        return None;
    }
    let mut gaps: Vec<(f64, f64)> = first.windows(2).map(|pair| (pair[0].x1, pair[1].x0)).collect();
    let mut columns: Vec<Vec<String>> = first.into_iter().map(|piece| vec![piece.text]).collect();
    let (mut end, mut air) = (at + 1, 0);
    for (next, line) in lines.iter().enumerate().skip(at + 1).take(LONGEST) {
        if line.is_blank() {
            air += 1;
            continue;
        }
        let found = pieces(line);
        if found.len() > columns.len() {
            break;
        }
        let Some(placed) = placed(&found, &gaps) else { break };
        if air > AIR || raw[next].contains(['\t', '\u{c}']) || ends(&found, &placed, air > 0, is_foot) {
            break;
        }
        for (piece, column) in found.into_iter().zip(placed) {
            narrow(&mut gaps, &piece, column);
            columns[column].push(piece.text);
        }
        (end, air) = (next + 1, 0);
    }
    Some(Block { lines: at..end, columns })
}

/// The column of each piece; none where one runs over a gap.
fn placed(found: &[Piece], gaps: &[(f64, f64)]) -> Option<Vec<usize>> {
    let mut out: Vec<usize> = Vec::new();
    for piece in found {
        let middle = f64::midpoint(piece.x0, piece.x1);
        let column = gaps.iter().filter(|(left, right)| middle > f64::midpoint(*left, *right)).count();
        let over = |at: usize, (left, right): (f64, f64)| match at.cmp(&column) {
            std::cmp::Ordering::Less => piece.x0 < left + WIDE,
            _ => piece.x1 > right - WIDE,
        };
        if gaps.iter().enumerate().any(|(at, gap)| over(at, *gap)) || out.last().is_some_and(|last| *last >= column) {
            return None;
        }
        out.push(column);
    }
    Some(out)
}

fn narrow(gaps: &mut [(f64, f64)], piece: &Piece, column: usize) {
    if let Some(gap) = column.checked_sub(1).and_then(|before| gaps.get_mut(before)) {
        gap.1 = gap.1.min(piece.x0);
    }
    if let Some(gap) = gaps.get_mut(column) {
        gap.0 = gap.0.max(piece.x1);
    }
}

/// Whether one text alone on its line stands below the columns: the name of the kind, an appendix, and, behind a blank
/// line, what is no item of a list on the left.
fn ends(found: &[Piece], columns: &[usize], after_blank: bool, is_foot: bool) -> bool {
    let ([piece], [column]) = (found, columns) else { return false };
    let mark = marker::marker(&piece.text).map(|(mark, _)| mark.level);
    let part = mark == Some(Level::Part);
    let item = mark.is_some_and(|level| level >= Level::Bullet);
    kind(&piece.text).is_some() || part || (after_blank && (!is_foot || (*column == 0 && !item)))
}
