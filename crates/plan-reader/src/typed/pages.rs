//! The tables of the pages of a text. A page ends at a form feed, and may cut the head of a table in two: what it cut off
//! begins the next one.

use std::ops::Range;

use super::beside::WIDE;
use crate::aligned::{self, Found, Line, Open};

/// The first line of a head that the end of a page cut.
#[derive(Clone, Copy)]
struct Cut {
    at: usize,
    /// The last place before the lines that it goes on with: only blank lines stand between.
    to: usize,
}

/// The tables of the whole text, by its lines. A row of tabs ends what is open.
pub fn tables(raw: &[&str], mut lines: Vec<Line>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut open: Option<Open> = None;
    let mut begun: Option<Cut> = None;
    let mut pages = pages(raw).into_iter().peekable();
    while let Some(page) = pages.next() {
        if is_tabbed(raw[page.start]) {
            open = None;
            continue;
        }
        let before = begun.take();
        let start = before.map_or(page.start, |head| head.to);
        let next = pages.peek().filter(|next| raw[next.start].starts_with('\u{c}') && !is_tabbed(raw[next.start]));
        begun = next.and_then(|next| cut(&mut lines, start..page.end, next.clone()));
        begun = begun.filter(|head| !is_of_table(&lines[start..page.end], head.at - start, open.clone()));
        if let Some(head) = begun {
            lines.swap(head.at, head.to);
        }
        let end = begun.map_or(page.end, |head| head.to);
        for found in aligned::tables(&lines[start..end], WIDE, true, &mut open) {
            let head = before.filter(|_| found.lines.start == 0);
            let first = head.map_or(found.lines.start + start, |head| head.at);
            let lines = first..found.lines.end + start;
            out.push(Found { lines, ..found });
        }
    }
    out
}

fn is_tabbed(line: &str) -> bool {
    line.trim().contains('\t')
}

/// Lines of one page without tabs, and each line with tabs alone.
fn pages(raw: &[&str]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut after_tabs = true;
    for (at, line) in raw.iter().enumerate() {
        let tabs = is_tabbed(line);
        match out.last_mut().filter(|_| !tabs && !after_tabs && !line.starts_with('\u{c}')) {
            Some(page) => page.end = at + 1,
            None => out.push(at..at + 1),
        }
        after_tabs = tabs;
    }
    out
}

/// The head that a page cuts: its last line and those of the next page make one, and these hold the beginning of none.
fn cut(lines: &mut [Line], page: Range<usize>, next: Range<usize>) -> Option<Cut> {
    let full = |line: &Line| !line.is_blank();
    let at = page.start + lines[page.clone()].iter().rposition(full)?;
    let below = next.start + lines[next.clone()].iter().position(full).unwrap_or(next.len());
    if at == page.start {
        return None;
    }
    let to = below - 1;
    lines.swap(at, to);
    let is_head = aligned::is_head(&lines[to..next.end], 0, WIDE);
    lines.swap(at, to);
    let is_whole = || (0..BEGUN).any(|nth| aligned::is_head(&lines[below..next.end], nth, WIDE));
    (is_head && !is_whole()).then_some(Cut { at, to })
}

/// Lines at the top of a page with one of which a head begins: upper halves of other titles may stand above the first.
const BEGUN: usize = 3;

/// Whether a line of a page is of a table that begins above it.
fn is_of_table(page: &[Line], at: usize, mut open: Option<Open>) -> bool {
    let found = aligned::tables(page, WIDE, true, &mut open);
    found.last().is_some_and(|table| table.lines.contains(&at) && (table.lines.start < at || table.in_row))
}
