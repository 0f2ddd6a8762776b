//! Tables without drawn lines: under a head of at least three titles the words of a column stand under its title, and
//! nothing stands between two columns.

use super::{
    grid::{Table, written},
    page::{Word, lines, text},
};
use crate::{
    marker::{self, Level},
    paragraph::is_shouting,
    table,
};

/// A gap of two blanks (shares of the size of the letters); one blank is narrower, also in a justified line.
const WIDE: f64 = 0.95;
/// Lines of a head, at most.
const HEAD: usize = 6;
/// So many lines under a head show where its columns end.
const SHOWN: usize = 14;

type Line<'a> = Vec<&'a Word>;

/// Where the columns of a table part, and where their words begin; a table may go on over the page.
#[derive(Debug, Clone)]
pub struct Columns {
    /// One fewer than columns.
    parted: Vec<f64>,
    starts: Vec<f64>,
    titles: Vec<String>,
}

/// The tables of a page, from top to bottom, and the words outside of them. `open`: the columns of a table that went on
/// to the end of the page before; those of this page's, in turn.
pub fn tables(words: Vec<Word>, open: &mut Option<Columns>) -> (Vec<Table>, Vec<Word>) {
    let all = lines(&words);
    let (mut out, mut rest) = (Vec::new(), Vec::new());
    let before = open.take();
    let mut at = 0;
    while at < all.len() {
        let again = before.as_ref().filter(|_| out.is_empty()).and_then(|columns| columns.again(&all[at..]));
        let goes_on = || before.clone().filter(|columns| at == 0 && columns.end(&all, 0) > 0);
        let found = again.or_else(|| Columns::under(&all[at..])).or_else(|| goes_on().map(|columns| (columns, 0)));
        let Some((columns, head)) = found else {
            rest.extend(all[at].iter().map(|word| (*word).clone()));
            at += 1;
            continue;
        };
        let end = columns.end(&all, at + head);
        out.push(columns.table(&all[at..end], head));
        *open = (end == all.len()).then_some(columns);
        at = end;
    }
    (out, rest)
}

fn gap(before: &Word, word: &Word) -> f64 {
    word.x0 - before.x1
}

/// The line cut at its wide gaps.
fn pieces<'a>(line: &[&'a Word]) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::new();
    for word in line {
        match out.last_mut().filter(|piece| piece.last().is_some_and(|last| gap(last, word) < WIDE * word.size)) {
            Some(piece) => piece.push(word),
            None => out.push(vec![word]),
        }
    }
    out
}

/// "1", "II.", "(3)", "a)", "2.1".
fn is_label(text: &str) -> bool {
    let bare = text.trim_start_matches('(').trim_end_matches(['.', ')', ',']);
    let step = |part: &str| {
        let roman = !part.is_empty() && part.chars().all(|c| "IVXLC".contains(c));
        roman || part.parse::<u16>().is_ok() || (part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
    };
    bare.len() <= 8 && bare.split('.').all(step)
}

/// A column of the head: its words over each other.
struct Title<'a> {
    x0: f64,
    x1: f64,
    pieces: Vec<Line<'a>>,
}

fn titles<'a>(head: &[Line<'a>]) -> Vec<Title<'a>> {
    let mut out: Vec<Title<'a>> = Vec::new();
    for piece in head.iter().flat_map(|line| pieces(line)) {
        let (x0, x1) = (piece[0].x0, piece[piece.len() - 1].x1);
        match out.iter_mut().find(|title| title.x0 < x1 && x0 < title.x1) {
            Some(title) => {
                (title.x0, title.x1) = (title.x0.min(x0), title.x1.max(x1));
                title.pieces.push(piece);
            }
            None => out.push(Title { x0, x1, pieces: vec![piece] }),
        }
    }
    out.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    out
}

fn names(titles: &[Title<'_>]) -> Vec<String> {
    let said = |title: &Title<'_>| title.pieces.iter().map(|piece| text(piece)).collect::<Vec<_>>().join(" ");
    titles.iter().map(said).collect()
}

impl Columns {
    /// The columns under a head that begins with the first of these lines, and how many lines it takes: those before the
    /// first that begins with a label.
    fn under(all: &[Line<'_>]) -> Option<(Self, usize)> {
        let labelled = |line: &Line<'_>| {
            let found = pieces(line);
            found.len() > 1 && is_label(&text(&found[0]))
        };
        let length = all.iter().take(HEAD + 1).position(labelled).filter(|length| *length > 0)?;
        let found = titles(&all[..length]);
        let names = names(&found);
        let cells: Vec<&str> = names.iter().map(String::as_str).collect();
        let first = table::columns(&cells).first().copied();
        if cells.len() < 3 || first != Some(table::Column::Number) || !table::is_header(&cells) {
            return None;
        }
        let shown = &all[..all.len().min(length + SHOWN)];
        let parted: Vec<f64> = found.windows(2).map(|pair| parting(&pair[0], &pair[1], shown)).collect();
        let starts = (0..found.len()).map(|column| start(column, &parted, &shown[length..])).collect();
        Some((Self { parted, starts, titles: names }, length))
    }

    /// The same where the head stands again, on the next page: a row that was cut by its end goes on right under it.
    fn again(&self, all: &[Line<'_>]) -> Option<(Self, usize)> {
        let length = (1..=HEAD.min(all.len())).find(|length| names(&titles(&all[..*length])) == self.titles)?;
        let found = titles(&all[..length]);
        let shown = &all[..all.len().min(length + SHOWN)];
        let parted: Vec<f64> = found.windows(2).map(|pair| parting(&pair[0], &pair[1], shown)).collect();
        let starts = (0..found.len()).map(|column| start(column, &parted, &shown[length..])).collect();
        Some((Self { parted, starts, titles: self.titles.clone() }, length))
    }

    fn column(&self, word: &Word) -> usize {
        let middle = f64::midpoint(word.x0, word.x1);
        self.parted.partition_point(|x| *x <= middle)
    }

    /// Each text stands in its column. One of a line may run up to the next column, as where a page was made narrower.
    fn holds(&self, line: &[&Word]) -> bool {
        let found = pieces(line);
        let over =
            |word: &&Word| self.parted.iter().any(|x| word.x0 < x - 0.2 * word.size && word.x1 > x + 0.2 * word.size);
        let begins = |word: &Word| {
            let start = self.starts.get(self.column(word));
            start.is_some_and(|start| (word.x0 - start).abs() < 0.3 * word.size)
        };
        let (mut across, mut far) = (0, false);
        for piece in &found {
            let changes = piece.windows(2).filter(|pair| self.column(pair[0]) != self.column(pair[1]));
            let unclear = changes.clone().filter(|pair| !begins(pair[1])).count();
            far |= changes.count() > 1;
            across += unclear.max(usize::from(piece.iter().any(over)));
        }
        let alone = found.len() == 1 && line.first().is_some_and(|word| self.column(word) == 0);
        !far && across <= usize::from(!alone)
    }

    /// The column of each word of a line. Where two cells touch, the second begins with the capital that stands near the
    /// beginning of its column.
    fn assigned(&self, line: &[&Word]) -> Vec<usize> {
        let mut out = Vec::with_capacity(line.len());
        for piece in pieces(line) {
            let columns: Vec<usize> = piece.iter().map(|word| self.column(word)).collect();
            let last = columns.last().copied().unwrap_or_default();
            let is_loud = |word: &Word| word.text.starts_with(char::is_uppercase);
            let near = |word: &Word| self.starts.get(last).is_some_and(|x| (word.x0 - x).abs() <= 2.0 * word.size);
            let touches = columns.first().is_some_and(|first| *first + 1 == last);
            let begins = |at: &usize| near(piece[*at]) && is_loud(piece[*at]) && !is_loud(piece[at - 1]);
            match (1..piece.len()).find(|at| touches && begins(at)) {
                Some(at) => out.extend((0..piece.len()).map(|word| if word < at { last - 1 } else { last })),
                None => out.extend(columns),
            }
        }
        out
    }

    /// The title of a group of rows: a label, and behind it a text that runs over several columns.
    fn is_group(&self, line: &[&Word]) -> bool {
        let found = pieces(line);
        let [label, title] = &found[..] else { return false };
        let across = self.column(title[0]) != self.column(title[title.len() - 1]);
        across && is_label(&text(label)) && self.column(label[0]) == 0
    }

    /// The same where the title touches its label. Behind a table an item begins alike, but with a sign behind its label.
    fn is_group_above(&self, all: &[Line<'_>]) -> bool {
        let [line, below @ ..] = all else { return false };
        let Some(label) = line.first().filter(|word| is_label(&word.text) && self.column(word) == 0) else {
            return false;
        };
        let row = |line: &Line<'_>| pieces(line).len() > 2 && self.holds(line);
        !label.text.ends_with(['.', ')']) && below.iter().take(3).any(row)
    }

    /// The first line behind the table.
    fn end(&self, all: &[Line<'_>], from: usize) -> usize {
        let ends = |line: &Line<'_>| {
            let words = text(line);
            let part = marker::marker(&words).is_some_and(|(mark, _)| mark.level == Level::Part);
            let loud = line.len() > 2 && is_shouting(&words) && pieces(line).len() == 1;
            part || loud || words.starts_with("Nơi nhận")
        };
        let mut in_group = false;
        for (at, line) in all.iter().enumerate().skip(from) {
            let labelled = line.first().is_some_and(|word| self.column(word) == 0);
            let group = self.is_group(line) || (!self.holds(line) && self.is_group_above(&all[at..]));
            // A title of a group may take two lines.
            let fits = group || self.holds(line) || (in_group && !labelled);
            if !fits || ends(line) || (at > from && self.begins_anew(&all[at..])) {
                return at;
            }
            in_group = group || (in_group && !labelled && !self.holds(line));
        }
        all.len()
    }

    fn begins_anew(&self, all: &[Line<'_>]) -> bool {
        self.again(all).or_else(|| Self::under(all)).is_some()
    }

    fn table(&self, all: &[Line<'_>], head: usize) -> Table {
        let top = all.first().and_then(|line| line.first()).map_or(0.0, |word| word.y - word.size);
        let (mut rows, mut sure) = (Vec::new(), Vec::new());
        if head > 0 {
            sure.push(least(&all[..head]));
            rows.push(self.titles.clone());
        }
        for row in self.split(&all[head..]) {
            sure.push(least(row));
            rows.push(self.cells(row));
        }
        Table { top, rows, sure }
    }

    /// A row begins where the first column says something, or, where labels stand beside the middle of their rows, at a
    /// wider space.
    fn split<'a, 'b>(&self, all: &'b [Line<'a>]) -> Vec<&'b [Line<'a>]> {
        let labelled = |line: &Line<'_>| line.first().is_some_and(|word| self.column(word) == 0);
        let leap = |before: &Line<'_>, line: &Line<'_>| line[0].y - before[0].y;
        let usual = all.windows(2).map(|pair| leap(&pair[0], &pair[1])).fold(f64::MAX, f64::min);
        let spaced: Vec<&[Line<'a>]> = all.chunk_by(|a, b| leap(a, b) <= 1.35 * usual).collect();
        let one = |row: &&[Line<'_>]| row.iter().filter(|line| labelled(line)).count() == 1;
        let beside = spaced.iter().any(|row| row.first().is_some_and(|line| !labelled(line)));
        if spaced.len() > 1 && beside && spaced.iter().all(one) {
            return spaced;
        }
        all.chunk_by(|_, line| !labelled(line)).collect()
    }

    fn cells(&self, row: &[Line<'_>]) -> Vec<String> {
        let mut cells: Vec<Vec<Word>> = vec![Vec::new(); self.parted.len() + 1];
        let is_title = row.first().is_some_and(|line| self.is_group(line) || !self.holds(line));
        let group = is_title && row.iter().all(|line| pieces(line).len() < 3);
        let words = row.iter().flat_map(|line| line.iter().zip(self.assigned(line)));
        for (at, (word, column)) in words.enumerate() {
            cells[if group { at.min(1) } else { column }].push((*word).clone());
        }
        let width = |column: usize| {
            let ends = [column.checked_sub(1), Some(column)].map(|at| self.parted.get(at?));
            if let [Some(left), Some(right)] = ends { right - left } else { f64::MAX }
        };
        let written = |(column, words): (usize, &Vec<Word>)| written(words, width(column).min(extent(words)));
        cells.iter().enumerate().map(written).collect()
    }
}

/// How wide these words are, and a blank.
fn extent(words: &[Word]) -> f64 {
    let left = words.iter().map(|word| word.x0).fold(f64::MAX, f64::min);
    words.iter().map(|word| word.x1 - left + word.size).fold(0.0, f64::max)
}

fn least(row: &[Line<'_>]) -> f64 {
    row.iter().flatten().map(|word| word.sure).fold(1.0, f64::min)
}

/// Where two columns part: between the middles of their titles, in the widest of the places that the fewest words cover.
fn parting(left: &Title<'_>, right: &Title<'_>, shown: &[Line<'_>]) -> f64 {
    let (from, to) = (f64::midpoint(left.x0, left.x1), f64::midpoint(right.x0, right.x1));
    let steps = 64_u32;
    let place = |step: u32| from + (to - from) * f64::from(step) / f64::from(steps);
    let covers = |x: f64| shown.iter().flatten().filter(|word| word.x0 <= x && x < word.x1).count();
    let counts: Vec<(f64, usize)> = (0..=steps).map(place).map(|x| (x, covers(x))).collect();
    let fewest = counts.iter().map(|(_, count)| *count).min().unwrap_or(0);
    let runs = counts.chunk_by(|a, b| (a.1 == fewest) == (b.1 == fewest)).filter(|run| run[0].1 == fewest);
    let widest = runs.max_by_key(|run| run.len()).and_then(|run| Some((run.first()?.0, run.last()?.0)));
    widest.map_or(f64::midpoint(left.x1, right.x0), |(first, last)| f64::midpoint(first, last))
}

/// Where most of the words that begin a line of the column stand.
fn start(column: usize, parted: &[f64], shown: &[Line<'_>]) -> f64 {
    let inside = |word: &&&Word| parted.partition_point(|x| *x <= f64::midpoint(word.x0, word.x1)) == column;
    let mut starts: Vec<f64> = shown.iter().filter_map(|line| line.iter().find(inside)).map(|word| word.x0).collect();
    starts.sort_by(f64::total_cmp);
    starts.get(starts.len() / 2).copied().unwrap_or(f64::MAX)
}
