//! A head whose last title stands over a line of months or quarters: no row fills them all, so that line shows the columns.

use super::line::{Line, is_label};
use crate::table;

/// Lines below the head that may show where its first columns begin.
const SHOWN: usize = 8;

struct Piece {
    x0: f64,
    text: String,
}

fn pieces(line: &Line, wide: f64) -> Vec<Piece> {
    let starts = line.pieces(wide);
    let ends = starts.iter().skip(1).copied().chain([line.words.len()]);
    let text = |words: &[super::Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let piece = |(start, end): (&usize, usize)| {
        let words = line.words.get(*start..end)?;
        Some(Piece { x0: words.first()?.x0, text: text(words) })
    };
    starts.iter().zip(ends).filter_map(piece).collect()
}

/// The titles of a head on this line and the next, each with where its column begins.
pub fn titles(lines: &[Line], at: usize, wide: f64) -> Option<(Vec<String>, Vec<f64>)> {
    let mut parts = pieces(lines.get(at + 1)?, wide);
    let first = parts.iter().position(|piece| table::is_part(&piece.text))?;
    let more = parts.drain(..first).collect::<Vec<_>>();
    if parts.len() < 2 || !parts.iter().all(|piece| table::is_part(&piece.text)) {
        return None;
    }
    let mut titles = pieces(lines.get(at)?, wide);
    titles.retain(|title| title.x0 < parts[0].x0 - wide);
    for piece in more {
        // The lower half of a title stands below it.
        let off = |title: &&mut Piece| (title.x0 - piece.x0).abs();
        let above = titles.iter_mut().min_by(|a, b| off(a).total_cmp(&off(b)))?;
        above.text = format!("{} {}", above.text, piece.text);
    }
    let below = lines.get(at + 2..lines.len().min(at + 2 + SHOWN))?;
    let starts = |line: &Line| {
        let starts: Vec<f64> = pieces(line, wide).iter().take(titles.len()).map(|piece| piece.x0).collect();
        let is_row = line.words.first().is_some_and(|word| is_label(&word.text)) && starts.len() == titles.len();
        is_row.then_some(starts).filter(|starts| starts.last().is_some_and(|last| *last < parts[0].x0 - wide))
    };
    let mut starts = below.iter().find_map(starts)?;
    starts.extend(parts.iter().map(|part| part.x0));
    Some((titles.into_iter().chain(parts).map(|title| title.text).collect(), starts))
}
