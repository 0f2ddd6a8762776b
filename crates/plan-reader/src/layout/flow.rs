//! Running text: lines to paragraphs by their ends, their beginnings and the space above them.

use super::page::{Page, Word, lines, text};
use crate::{
    bracket,
    marker::{self, Level},
    paragraph::{counts, glue, is_marked, is_shouting},
    sheet::{Origin, Sheet},
};

/// Between two words, as a share of the letters' size.
const BLANK: f64 = 0.25;
/// Lines this close (points) begin at one place.
const SAME: f64 = 1.0;
/// Words that would have reached this close to the edge may not have fitted.
const SLACK: f64 = 0.1;

struct Line {
    text: String,
    x0: f64,
    x1: f64,
    /// The width of its first word.
    first: f64,
    y: f64,
    size: f64,
    sure: f64,
}

/// The edges of the running text of a page, and the gap between its lines.
struct Measure {
    left: f64,
    right: f64,
    gap: f64,
    /// Where more than one line begins, from the left: no line does so that is set to the middle.
    edges: Vec<f64>,
}

impl Measure {
    fn of(lines: &[Line]) -> Self {
        let right = lines.iter().map(|line| line.x1).fold(0.0, f64::max);
        let left = lines.iter().map(|line| line.x0).fold(f64::MAX, f64::min);
        let mut starts: Vec<f64> = lines.iter().map(|line| line.x0).collect();
        starts.sort_by(f64::total_cmp);
        let shared = starts.chunk_by(|a, b| b - a < SAME).filter(|near| near.len() > 1);
        Self { left, right, gap: usual_gap(lines), edges: shared.map(|near| near[0]).collect() }
    }

    /// A line in the middle between the edges.
    fn centres(&self, line: &Line) -> bool {
        let inset = line.x0 - self.left;
        let first = self.edges.partition_point(|edge| *edge <= line.x0 - SAME);
        let shared = self.edges.get(first).is_some_and(|edge| *edge < line.x0 + SAME);
        !shared && (inset - (self.right - line.x1)).abs() < 2.0 * line.size && inset > 2.0 * line.size
    }
}

/// The line at the foot of a page, and the edges beside it: its sentence may go on over the page.
pub struct Foot {
    line: Line,
    measure: Measure,
}

impl Foot {
    /// Whether this line at the head of the next page goes on with it.
    fn goes_on(&self, line: &Line, measure: &Measure) -> bool {
        let last = &self.line.text;
        let ended = last.ends_with(['.', ';', ':', '!', '?', '/']) || is_shouting(last) || is_shouting(&line.text);
        let alike = (line.size - self.line.size).abs() < 0.1 * line.size && line.x0 < measure.left + line.size;
        let wide = self.line.x1 - self.line.x0 > 0.5 * (self.measure.right - self.measure.left);
        !ended && alike && wide && !has_room(&self.line, line, self.measure.right) && !begins_item(last, &line.text)
    }
}

/// `foot`: the last line of the page before, where nothing else stands between.
pub fn paragraphs(words: &[Word], page: &Page, sheet: &mut Sheet, number: Option<u32>, foot: &mut Option<Foot>) {
    let lines: Vec<Line> = columns(words).into_iter().filter(|line| !is_page_number(line, page)).collect();
    let measure = Measure::of(&lines);
    let mut goes_on = false;
    let mut open = String::new();
    let mut sure: f64 = 1.0;
    for (at, line) in lines.iter().enumerate() {
        if at == 0 {
            goes_on = foot.take().is_some_and(|foot| foot.goes_on(line, &measure));
        } else if parts(&lines[..at], line, &measure)
            || line.text.starts_with(char::is_uppercase) && bracket::closes(&open)
        {
            push(sheet, &std::mem::take(&mut open), Origin { page: number, sure }, std::mem::take(&mut goes_on));
            sure = 1.0;
        }
        sure = sure.min(line.sure);
        if !open.is_empty() {
            open.push_str(glue(&open));
        }
        open.push_str(&line.text);
    }
    push(sheet, &open, Origin { page: number, sure }, goes_on);
    if let Some(line) = lines.into_iter().next_back() {
        *foot = Some(Foot { line, measure }).filter(|_| !page.recognised);
    }
}

/// `goes_on`: with the paragraph before.
fn push(sheet: &mut Sheet, text: &str, origin: Origin, goes_on: bool) {
    let before = sheet.paragraphs.len();
    sheet.paragraph(text, origin);
    if !goes_on || before == 0 || sheet.paragraphs.len() == before {
        return;
    }
    let apart = sheet.paragraphs.get(before - 1).is_some_and(|last| last.is_full() || last.cells().is_some());
    if let Some(paragraph) = sheet.paragraphs.pop_if(|_| !apart)
        && let Some(last) = sheet.paragraphs.last_mut()
    {
        last.append(&paragraph);
    }
}

/// From base line to base line, as a share of the letters' size.
fn gap(before: &Line, line: &Line) -> f64 {
    (line.y - before.y) / line.size.max(1.0)
}

/// The gap inside of a paragraph: the smallest that is no exception.
fn usual_gap(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines.windows(2).map(|pair| gap(&pair[0], &pair[1])).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 10).copied().unwrap_or(f64::MAX)
}

/// Whether a line had room for the first word of the next one.
fn has_room(before: &Line, line: &Line, right: f64) -> bool {
    before.x1 + BLANK * line.size + line.first < right - SLACK * line.size
}

/// Whether a mark begins the line: "o" and "+" only behind what has ended, as they also stand where a line of running
/// text happens to begin; a figure only where none is awaited.
fn begins_item(before: &str, line: &str) -> bool {
    let Some((mark, _)) = marker::marker(line) else { return false };
    !counts(before, line) && (mark.level != Level::SubBullet || before.ends_with(['.', ';', ':']))
}

/// Whether a new paragraph begins with this line.
fn parts(above: &[Line], line: &Line, measure: &Measure) -> bool {
    let Some(before) = above.last() else { return false };
    let indented = line.x0 > measure.left + before.size && before.x0 < line.x0 - before.size;
    let closed = before.text.ends_with("./.") || line.text.starts_with("Nơi nhận");
    let drawn = is_drawn(&before.text) || is_drawn(&line.text);
    // A title is set to the middle line for line; a first line that stands further in may seem to be.
    let (centred, now) = (measure.centres(before), measure.centres(line));
    let title =
        above.iter().nth_back(1).is_some_and(|first| measure.centres(first) && (first.x0 - before.x0).abs() > SAME);
    gap(before, line) < 0.0
        || closed
        || drawn
        || is_marked(&before.text, &line.text)
        || gap(before, line) > 1.25 * measure.gap
        || has_room(before, line, measure.right)
        || begins_item(&before.text, &line.text)
        || (is_shouting(&before.text) && !is_shouting(&line.text))
        || (indented && !centred)
        || (now && !centred)
        || (centred && title && !now)
}

/// A line of dashes below a title.
fn is_drawn(text: &str) -> bool {
    text.len() > 4 && text.chars().all(|c| "-–—_* ".contains(c))
}

/// Lines in reading order. Where two texts stand side by side (letterhead, signatures) the left one comes first.
fn columns(words: &[Word]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    // Where the right one begins.
    let mut beside = f64::MAX;
    let reach = |beside: f64, pieces: &[Line]| pieces.iter().map(|piece| piece.x0).fold(beside, f64::min);
    for line in lines(words) {
        let mut pieces = pieces(&line);
        if pieces.len() == 2 {
            beside = reach(beside, &pieces[1..]);
            right.extend(pieces.pop());
            left.extend(pieces);
            continue;
        }
        let under = |column: &[Line]| pieces.iter().all(|piece| column.last().is_some_and(|last| piece.is_under(last)));
        if under(&right) {
            beside = reach(beside, &pieces);
            right.extend(pieces);
        } else if under(&left) && !right.is_empty() && pieces.iter().all(|piece| piece.x1 < beside) {
            left.extend(pieces);
        } else {
            out.append(&mut left);
            out.append(&mut right);
            out.extend(pieces);
            beside = f64::MAX;
        }
    }
    out.append(&mut left);
    out.append(&mut right);
    out
}

impl Line {
    /// Next in the same narrow text: near below, and set to the same edge or the same middle.
    fn is_under(&self, above: &Self) -> bool {
        let middle = |line: &Self| f64::midpoint(line.x0, line.x1);
        let near = self.y - above.y < 3.0 * above.size;
        near && ((self.x0 - above.x0).abs() < self.size || (middle(self) - middle(above)).abs() < self.size)
    }
}

/// The line cut at its wide gaps; only two pieces make columns.
fn pieces(line: &[&Word]) -> Vec<Line> {
    let wide: Vec<usize> = (1..line.len()).filter(|at| line[*at].x0 - line[at - 1].x1 > 2.5 * line[*at].size).collect();
    match wide[..] {
        // A list's own mark stands apart from its item.
        [at] if at > 1 || !is_mark(&line[0].text) => [&line[..at], &line[at..]].into_iter().filter_map(piece).collect(),
        _ => piece(line).into_iter().collect(),
    }
}

fn is_mark(word: &str) -> bool {
    word.chars().count() <= 3 && marker::marker(&format!("{word} A")).is_some()
}

fn piece(words: &[&Word]) -> Option<Line> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Line {
        text: text(words),
        x0: first.x0,
        x1: last.x1,
        first: first.x1 - first.x0,
        y: first.y,
        size: first.size,
        sure: words.iter().fold(1.0, |sure, word| word.sure.min(sure)),
    })
}

fn is_page_number(line: &Line, page: &Page) -> bool {
    let margin = line.y < 0.09 * page.height || line.y > 0.91 * page.height;
    let bare = line.text.trim_matches(|c: char| "-– ".contains(c));
    margin && bare.len() <= 4 && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests;
