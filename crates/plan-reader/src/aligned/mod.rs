//! Tables without drawn lines, in text that keeps its layout by blanks and in PDF files: under a head whose titles the
//! reader knows, every line keeps the gaps between the columns. Where one does not, nothing is read as a table.

mod cells;
mod columns;
mod fit;
mod fitted;
mod head;
mod line;
mod rows;
mod year;

use columns::Columns;
use fit::Fit;
use head::Head;
pub use head::may_begin;
pub use line::{Line, Word};
use rows::{Form, Rows};

use crate::table::Column;

/// A table that goes on over the page.
#[derive(Debug, Clone)]
pub struct Open {
    columns: Columns,
    kinds: Vec<Column>,
    titles: Vec<String>,
    /// How wide its columns were found to be.
    fit: Fit,
}

/// A table, or its part on one page.
#[derive(Debug)]
pub struct Found {
    /// The lines that it takes.
    pub lines: std::ops::Range<usize>,
    /// The first row goes on with the last one of the page before.
    pub in_row: bool,
    pub rows: Vec<Vec<String>>,
    /// Rows whose cells may hold words of their neighbours.
    pub doubtful: Vec<bool>,
    /// Lines that look like further rows follow, and were not read.
    pub is_cut: bool,
}

impl Found {
    fn head(lines: std::ops::Range<usize>, titles: Vec<String>) -> Self {
        Self { lines, in_row: false, rows: vec![titles], doubtful: vec![false], is_cut: false }
    }
}

/// Whether the head of a table in text begins with this line.
pub fn is_head(lines: &[Line], at: usize, wide: f64) -> bool {
    !head::at(lines, at, wide, true).is_empty()
}

/// The tables of a page. Gaps of `wide` letters and more part two texts; `rounded`: places are counted in letters.
pub fn tables(lines: &[Line], wide: f64, rounded: bool, open: &mut Option<Open>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut before = open.take();
    let lines = lines.get(..without_number(lines)).unwrap_or_default();
    let full = |line: &Line| !(line.is_blank() || before.is_some() && is_number(line));
    let first = lines.iter().position(full).unwrap_or(lines.len());
    let mut at = if before.is_some() { first } else { 0 };
    while at < lines.len() {
        let after = if at == first { before.take() } else { None };
        let Some((table, found)) = begun(lines, at, wide, rounded, after) else {
            at += 1;
            continue;
        };
        at = found.lines.end;
        let rest = lines.get(at..).unwrap_or_default();
        *open = rest.iter().all(Line::is_blank).then_some(table);
        out.push(found);
    }
    out
}

/// The table that begins at this line, under its head or going on from the page before.
fn begun(lines: &[Line], at: usize, wide: f64, rounded: bool, after: Option<Open>) -> Option<(Open, Found)> {
    if let Some(found) = headed(lines, at, wide, rounded, after.as_ref()) {
        return Some(found);
    }
    let mut open = after?;
    let (columns, is_clear) = head::again(lines, at, &open.columns);
    let said = vec![true; open.kinds.len()];
    let form = Form { kinds: &open.kinds, said: &said, widths: rounded.then(|| open.fit.widths()) };
    let Rows { cells, mut doubtful, is_cut, columns, end, in_row, fit, .. } =
        Rows::read(lines, at, columns, &form, true)?;
    open.fit.join(&fit);
    open.columns = columns;
    if let Some(first) = doubtful.first_mut().filter(|_| in_row && !is_clear) {
        // Nothing on this page says which column it is that goes on.
        *first = true;
    }
    let found = Found { lines: at..end, in_row, rows: cells, doubtful, is_cut };
    Some((open, found))
}

/// Lines that tell which of several ways to part the columns is the best.
const TRIED: usize = 60;

/// The table under the head that begins with this line: of all ways to part its columns that hold the most lines, the
/// one that fits them best.
fn headed(lines: &[Line], at: usize, wide: f64, rounded: bool, after: Option<&Open>) -> Option<(Open, Found)> {
    let mut best: Option<(Head, Rows)> = None;
    let mut alone: Option<Head> = None;
    for head in head::at(lines, at, wide, rounded) {
        let (columns, rest) = (head.columns.clone(), lines.get(head.lines.end..)?);
        if rest.iter().all(Line::is_blank) {
            // Its rows stand on the next page.
            let fewer = |other: &Head| other.known() < head.known();
            if alone.as_ref().is_none_or(fewer) {
                alone = Some(head);
            }
            continue;
        }
        let goes_on = after.is_some_and(|open| open.titles == head.titles);
        let shown = lines.get(..lines.len().min(head.lines.end + TRIED))?;
        let rows = Rows::read(shown, head.lines.end, columns, &Form::of(&head, None), goes_on);
        let Some(rows) = rows else { continue };
        let better = |(other_head, other): &(Head, Rows)| is_better((&head, &rows), (other_head, other));
        if best.as_ref().is_none_or(better) {
            best = Some((head, rows));
        }
    }
    if let Some(head) = alone {
        let (columns, kinds, titles) = (head.columns, head.kinds, head.titles.clone());
        let table = Open { columns, kinds, titles, fit: Fit::default() };
        return Some((table, Found::head(head.lines, head.titles)));
    }
    let (head, ..) = best?;
    let goes_on = after.is_some_and(|open| open.titles == head.titles);
    let before = after.filter(|_| goes_on).map(|open| &open.fit);
    let rows = read(lines, &head, before, goes_on)?;
    let mut all = if goes_on { vec![] } else { vec![head.titles.clone()] };
    let mut doubtful = vec![false; all.len()];
    all.extend(rows.cells);
    doubtful.extend(rows.doubtful);
    let table = Open { columns: rows.columns, kinds: head.kinds, titles: head.titles, fit: rows.fit };
    let lines = head.lines.start..rows.end;
    Some((table, Found { lines, in_row: rows.in_row, rows: all, doubtful, is_cut: rows.is_cut }))
}

/// The rows, and again by what they told of how wide the columns are.
fn read(lines: &[Line], head: &Head, before: Option<&Fit>, goes_on: bool) -> Option<Rows> {
    let with = |widths| Rows::read(lines, head.lines.end, head.columns.clone(), &Form::of(head, widths), goes_on);
    let rows = with(None)?;
    if !head.columns.rounded {
        return Some(rows);
    }
    let mut fit = before.cloned().unwrap_or_default();
    fit.join(&rows.fit);
    let again = with(Some(fit.widths())).filter(|again| again.end >= rows.end);
    Some(Rows { fit, ..again.unwrap_or(rows) })
}

/// Of two that end alike the one whose titles say more; else the one whose rows say more.
fn is_better((head, rows): (&Head, &Rows), (other_head, other): (&Head, &Rows)) -> bool {
    let (known, less) = (head.known(), other_head.known());
    let alike = rows.end == other.end && rows.unsaid == other.unsaid;
    if alike && known != less { known > less } else { rows.is_better(other) }
}

/// A number alone, as of a page.
fn is_number(line: &Line) -> bool {
    let text = line.text();
    let bare = text.trim_matches(|c: char| "-– ".contains(c));
    !bare.is_empty() && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_digit())
}

/// The end of the page without its number, which stands below a blank line.
fn without_number(lines: &[Line]) -> usize {
    let last = lines.iter().rposition(|line| !line.is_blank()).unwrap_or(0);
    let alone = last.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(Line::is_blank);
    if alone && lines.get(last).is_some_and(is_number) { last } else { lines.len() }
}
