//! How wide the lines of a text are.

use std::collections::BTreeMap;

use crate::{
    edge::Edge,
    marker,
    paragraph::{Paragraph, is_shouting},
};

/// A heading has no more letters.
pub const LONG: usize = 60;

pub fn is_longer(paragraph: &Paragraph, letters: usize) -> bool {
    paragraph.text.chars().nth(letters).is_some()
}

/// The width at which the lines of running text were wrapped, in letters, and whether most lines fill it; none where a line
/// is a paragraph.
pub fn wrapped_at(lines: &[Paragraph], edges: &[Edge]) -> Option<(usize, bool)> {
    let (broken, filled) = (broken_at(lines, edges), filled_at(lines, edges));
    broken.max(filled).map(|width| (width, filled.is_some()))
}

/// Lines that go on in the next one, with a small letter or because no sentence ends so, end near one width.
fn broken_at(lines: &[Paragraph], edges: &[Edge]) -> Option<usize> {
    let goes_on = |pair: &[Paragraph]| {
        let plain = pair.iter().all(|line| line.cells().is_none() && !line.text.is_empty());
        let small = pair[1].text.starts_with(char::is_lowercase);
        plain
            && (small
                || is_longer(&pair[0], LONG) && !is_shouting(&pair[0].text) && !pair[0].text.ends_with([',', '/']))
            && !marker::begins(&pair[1].text)
            && !pair[0].text.ends_with(['.', ';', ':'])
    };
    let ends = lines.windows(2).zip(edges).filter(|(pair, _)| goes_on(pair)).map(|(_, edge)| edge.end);
    let lengths: Vec<usize> = ends.collect();
    // A title may be cut shorter than the lines that were wrapped, and a line or two longer.
    let all = running(lines, edges);
    let mut counted = BTreeMap::<usize, usize>::new();
    for length in &lengths {
        *counted.entry(*length).or_default() += 1;
    }
    let near = |width: usize| counted.range(width * 9 / 10..=width).map(|(_, count)| count).sum::<usize>();
    let width = counted.keys().copied().max_by_key(|width| (near(*width), *width))?;
    let longer = all.iter().filter(|length| **length > width).count();
    let most = near(width) * 10 >= lengths.len() * 6 && longer <= 2.max(all.len() / 20);
    (near(width) >= 3 && most && (40..=160).contains(&width)).then_some(width)
}

/// Most lines of a long text are as long as the longest.
fn filled_at(lines: &[Paragraph], edges: &[Edge]) -> Option<usize> {
    let mut lengths = running(lines, edges);
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 19 / 20)?;
    let full = lengths.iter().filter(|length| **length * 10 >= width * 8).count();
    (lengths.len() >= 8 && (40..=140).contains(&width) && full * 3 >= lengths.len()).then_some(width)
}

/// Where the lines that are no rows end.
fn running(lines: &[Paragraph], edges: &[Edge]) -> Vec<usize> {
    let lines = lines.iter().zip(edges).filter(|(line, _)| !line.text.is_empty() && line.cells().is_none());
    lines.map(|(_, edge)| edge.end).collect()
}
