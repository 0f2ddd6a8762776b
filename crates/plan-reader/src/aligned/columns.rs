//! Which column each word of a line stands in: words begin where the lines above say that a column begins, and a gap
//! parts two columns.

use super::line::{Line, is_before_figure, is_label};
use crate::{field, who};

/// A word that begins a column may stand this far (letters) from where the column began on the line above.
const NEAR: f64 = 1.0;
/// Behind a single blank it may stand this far.
const EXACT: f64 = 5.0;
/// What is set to the middle counts as this much further off; columns do not jump further from line to line.
const MIDDLE: f64 = 3.0;
const LEAP: f64 = 8.0;
/// Further off it begins no column.
const FAR: f64 = 12.0;
/// Beginnings this close (letters) are of one column.
const TOGETHER: f64 = 2.0;
pub const NEVER: f64 = 1e9;
/// What is no number stands badly in the column of the numbers.
const STRANGE: f64 = 6.0;
/// A cell that goes on must have begun.
const OWED: f64 = 2.0;
/// No cell ends between "Năm" and "2028".
const PARTED: f64 = 2.0;
/// Of two places that fit alike a cell begins at the one with a capital or a figure.
const SMALL: f64 = 0.1;
/// A cell that names bodies begins with one.
const NAMELESS: f64 = 1.5;
/// So many words are enough of a name to know that it begins.
const OF_NAME: usize = 8;
/// Lines with more words are no rows.
const MOST_WORDS: usize = 200;

#[derive(Debug, Clone)]
pub struct Columns {
    /// Gaps at least this wide part two texts.
    pub wide: f64,
    /// Whether a column may begin behind a narrower gap: places are counted in letters, and letters are of many widths.
    pub rounded: bool,
    /// The first column holds one number a row, and nothing else.
    pub numbered: bool,
    /// Which columns name bodies.
    pub named: Vec<bool>,
    /// Where each column began last, and the middle of what stood in it.
    starts: Vec<f64>,
    middles: Vec<f64>,
}

/// The columns of the words of a line, and how badly they fit.
pub struct Placed {
    pub columns: Vec<usize>,
    pub cost: f64,
    /// Columns that begin behind a gap, and those behind a single blank; the first word is none of them.
    pub parted: Vec<usize>,
    pub touching: Vec<usize>,
    /// No other way to part the words costs nearly as little, as far as this was tried.
    pub is_sure: bool,
}

impl Placed {
    pub fn of(line: &Line, columns: Vec<usize>, cost: f64, wide: f64) -> Self {
        let (mut parted, mut touching) = (Vec::new(), Vec::new());
        for at in (1..columns.len()).filter(|at| columns[*at] != columns[at - 1]) {
            if line.gap(at) >= wide { parted.push(columns[at]) } else { touching.push(columns[at]) }
        }
        Self { columns, cost, parted, touching, is_sure: true }
    }

    /// Whether blanks part several cells, and all of them: what is set to the middle may stand anywhere in its column.
    pub fn is_parted(&self) -> bool {
        self.touching.is_empty() && self.parted.len() > 1
    }
}

impl Columns {
    /// A column for each piece of the line.
    pub fn of(line: &Line, wide: f64, rounded: bool) -> Self {
        let pieces = line.pieces(wide);
        let mut columns = Self { wide, rounded, numbered: false, named: vec![], starts: vec![], middles: vec![] };
        for (nth, at) in pieces.iter().enumerate() {
            let end = pieces.get(nth + 1).map_or(line.words.len(), |next| *next);
            columns.starts.push(line.words[*at].x0);
            columns.middles.push(f64::midpoint(line.words[*at].x0, line.words[end - 1].x1));
        }
        columns
    }

    /// The same, with one for the number that the line begins with, however close the next word stands.
    pub fn labelled(line: &Line, wide: f64) -> Self {
        let rest = Self::of(&Line { words: line.words[1..].to_vec() }, wide, true);
        let number = line.words.first().map_or(0.0, |word| word.x0);
        let middle = line.words.first().map_or(0.0, |word| f64::midpoint(word.x0, word.x1));
        let starts = std::iter::once(number).chain(rest.starts.iter().copied()).collect();
        let middles = std::iter::once(middle).chain(rest.middles.iter().copied()).collect();
        Self { starts, middles, ..rest }
    }

    /// Where pieces of these lines begin, more than one at each place.
    pub fn together(lines: &[Line], wide: f64, rounded: bool) -> Option<Self> {
        let starts = lines.iter().flat_map(|line| line.pieces(wide).into_iter().map(|at| line.words[at].x0));
        let mut starts: Vec<f64> = starts.collect();
        starts.sort_by(f64::total_cmp);
        let near = starts.chunk_by(|a, b| b - a <= TOGETHER).filter(|near| near.len() > 1);
        let starts: Vec<f64> = near.map(|near| near[near.len() / 2]).collect();
        Some(Self::at(starts, wide, rounded)).filter(|columns| columns.count() > 1)
    }

    pub fn at(starts: Vec<f64>, wide: f64, rounded: bool) -> Self {
        Self { wide, rounded, numbered: false, named: vec![], middles: vec![f64::MAX; starts.len()], starts }
    }

    pub fn count(&self) -> usize {
        self.starts.len()
    }

    pub fn start(&self, column: usize) -> f64 {
        self.starts.get(column).copied().unwrap_or(f64::MAX)
    }

    /// Where columns begin on the lines below, behind a gap: the lines of a cell stand below each other, and what is
    /// pressed against its neighbour on one line stands free on the next.
    pub fn below(&self, lines: &[Line]) -> Vec<Option<f64>> {
        let mut out = vec![None; self.count()];
        if !self.rounded {
            return out;
        }
        for line in lines {
            for x in line.pieces(self.wide).into_iter().map(|at| line.words[at].x0) {
                let off = |column: &usize| (x - self.starts[*column]).abs();
                let near = (0..self.count()).min_by(|a, b| off(a).total_cmp(&off(b)));
                if let Some(column) = near.filter(|column| off(column) <= EXACT) {
                    out[column].get_or_insert(x);
                }
            }
        }
        out
    }

    /// The best way to give the words of a line to the columns, from left to right.
    pub fn place(&self, line: &Line) -> Placed {
        self.place_above(line, &[])
    }

    /// The same for a line that stands above these.
    pub fn place_above(&self, line: &Line, lines: &[Line]) -> Placed {
        let below = self.below(lines);
        let owed = self.owed(line, lines);
        let skipped = |columns: std::ops::Range<usize>| owed.get(columns).unwrap_or_default().iter().sum::<f64>();
        let (count, words) = (self.count(), line.words.len());
        let middles = self.piece_middles(line);
        let (labelled, nameless) = (self.is_labelled(line), self.nameless(line));
        let mut costs = vec![NEVER; count];
        let mut before: Vec<Vec<usize>> = Vec::with_capacity(words);
        for (at, middle) in middles.iter().enumerate().take(words) {
            let mut next = vec![NEVER; count];
            let mut from = vec![0; count];
            for column in 0..count {
                let begin = self.begins(line, at, column, (*middle, below[column]), false)
                    + self.unlike(line, at, column, (labelled, nameless[at]));
                let mut offer = |cost: f64, column_before: usize| {
                    if cost < next[column] {
                        (next[column], from[column]) = (cost, column_before);
                    }
                };
                if at == 0 {
                    offer(begin + skipped(0..column), column);
                    continue;
                }
                let next = below.get(column + 1).copied().flatten();
                offer(costs[column] + self.stays(line, at, column, (next, false)), column);
                for (earlier, cost) in costs[..column].iter().enumerate() {
                    offer(cost + begin + skipped(earlier + 1..column), earlier);
                }
            }
            before.push(from);
            costs = next;
        }
        let (mut column, mut cost) = (0, if words == 0 { 0.0 } else { NEVER });
        for (at, end) in costs.iter().enumerate() {
            let end = end + skipped(at + 1..count);
            if end < cost {
                (column, cost) = (at, end);
            }
        }
        let mut columns = vec![0; words];
        for at in (0..words).rev() {
            columns[at] = column;
            column = before[at][column];
        }
        Placed::of(line, columns, cost, self.wide)
    }

    /// Whether the line begins with the number of a row.
    pub fn is_labelled(&self, line: &Line) -> bool {
        self.numbered && line.words.first().is_some_and(|word| is_label(&word.text))
    }

    /// What it costs a line that begins a row to leave a column empty that the next lines of the row fill: cells begin at
    /// its top.
    pub fn owed(&self, line: &Line, lines: &[Line]) -> Vec<f64> {
        let numbered = |line: &Line| line.words.first().is_some_and(|word| is_label(&word.text));
        if !(self.numbered && self.rounded && numbered(line)) {
            return vec![];
        }
        let row = lines.iter().take_while(|line| !line.is_blank() && !numbered(line)).count();
        let below = self.below(&lines[..row]);
        below.iter().map(|below| if below.is_some() { OWED } else { 0.0 }).collect()
    }

    pub fn piece_middles(&self, line: &Line) -> Vec<Option<f64>> {
        let pieces = line.pieces(self.wide);
        let mut out = vec![None; line.words.len()];
        for (nth, at) in pieces.iter().enumerate() {
            let end = pieces.get(nth + 1).map_or(line.words.len(), |next| *next);
            out[*at] = Some(f64::midpoint(line.words[*at].x0, line.words[end - 1].x1));
        }
        out
    }

    /// `known`: how wide the column before is says more than where the word stands.
    pub fn begins(
        &self,
        line: &Line,
        at: usize,
        column: usize,
        (middle, below): (Option<f64>, Option<f64>),
        known: bool,
    ) -> f64 {
        let x = line.words[at].x0;
        // A line with a number begins all its cells, each with a capital or a figure.
        let first = line.words.first().filter(|_| self.numbered && column > 0);
        let anew = first.is_some_and(|word| is_label(&word.text))
            && line.words[at].text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '-');
        let from_start = (x - self.starts[column]).abs().min(below.map_or(f64::MAX, |below| (x - below).abs()));
        if line.gap(at) < self.wide {
            // What is pressed stands too far left: room is made by leaving blanks out.
            let pressed = below.map_or(x < self.starts[column], |below| x < below.max(self.starts[column]));
            let slope = match (anew || known, pressed) {
                (true, true) => 0.3,
                (true, false) if anew => 0.9,
                (true, false) => 0.4,
                _ => 0.6,
            };
            let far = if known && pressed { FAR } else { EXACT };
            return if self.rounded && from_start <= far { 0.3 + slope * from_start } else { NEVER };
        }
        let from_middle = middle.map_or(f64::MAX, |middle| (middle - self.middles[column]).abs() + MIDDLE);
        let off = from_start.min(from_middle);
        if off > FAR { NEVER } else { (off - NEAR).max(0.0) * 0.5 }
    }

    /// For each word whether it stands behind a single blank and begins no name; of lines that begin a row.
    pub fn nameless(&self, line: &Line) -> Vec<bool> {
        let words = line.words.len();
        let asked = words <= MOST_WORDS && self.rounded && self.named.contains(&true) && self.is_labelled(line);
        (0..words).map(|at| asked && line.gap(at) < self.wide && !is_name(line, at)).collect()
    }

    /// What the word itself says against beginning here: the first column holds numbers, a row begins with capitals, and a
    /// cell that names bodies with a name.
    pub fn unlike(&self, line: &Line, at: usize, column: usize, (labelled, nameless): (bool, bool)) -> f64 {
        if !self.numbered || !self.rounded {
            return 0.0;
        }
        let word = &line.words[at].text;
        if column == 0 && !is_label(word) {
            return STRANGE;
        }
        if line.gap(at) >= self.wide {
            return 0.0;
        }
        let is_figure = word.starts_with(|c: char| c.is_ascii_digit()) || is_label(word);
        let awaited = at.checked_sub(1).is_some_and(|before| is_before_figure(&line.words[before].text));
        let apart = if is_figure && awaited { PARTED } else { 0.0 };
        let small = if labelled { 1.0 } else { SMALL };
        let strange = if nameless && self.named.get(column) == Some(&true) { NAMELESS } else { 0.0 };
        apart + strange + if word.starts_with(char::is_lowercase) { small } else { 0.0 }
    }

    /// Whether a cell that names bodies begins in the middle of one, behind a single blank.
    pub fn cuts_name(&self, line: &Line, columns: &[usize]) -> bool {
        let begins = |at: &usize| columns[*at] != columns[at - 1] && line.gap(*at) < self.wide;
        let named = |at: &usize| self.named.get(columns[*at]) == Some(&true);
        self.is_labelled(line) && (1..columns.len()).filter(begins).filter(named).any(|at| !is_name(line, at))
    }

    /// A word that goes on in the column of the word before. `next`: where the next column begins below; `known`: how wide
    /// this one is says more than its place.
    pub fn stays(&self, line: &Line, at: usize, column: usize, (next, known): (Option<f64>, bool)) -> f64 {
        let gap = line.gap(at);
        let apart = if gap >= self.wide { 0.7 * gap.min(8.0) } else { 0.0 };
        let edge = next.unwrap_or_else(|| self.start(column + 1)) - 1.0;
        if self.rounded {
            let second = if self.numbered && column == 0 { STRANGE } else { 0.0 };
            // No cell runs into the next one; letters that are narrower than most may, by a little.
            let over = if known { 0.2 } else { 0.5 };
            return second + apart + over * (line.words[at].x1 - edge).max(0.0);
        }
        let over = line.words[at].x0 - edge;
        apart + if over >= 0.0 { 0.7 + 0.5 * over } else { 0.0 }
    }

    /// Whether a word stands where the next column begins and went to the one before: no gap says which of both it is of.
    pub fn runs_over(&self, line: &Line, columns: &[usize]) -> bool {
        line.words.iter().zip(columns).any(|(word, column)| word.x0 >= self.start(column + 1) - 1.0)
    }

    /// The columns have moved to where they begin on this line; those that it leaves empty move with their neighbour.
    pub fn follow(&mut self, line: &Line, columns: &[usize]) {
        let mut moved: Vec<Option<f64>> = vec![None; self.count()];
        for (at, column) in columns.iter().enumerate() {
            if at > 0 && columns[at - 1] == *column {
                continue;
            }
            let end = (at..columns.len()).take_while(|next| columns[*next] == *column).last().unwrap_or(at);
            moved[*column] = Some(line.words[at].x0 - self.starts[*column]);
            self.middles[*column] = f64::midpoint(line.words[at].x0, line.words[end].x1);
        }
        if !self.rounded {
            // Places are exact: what is set to the middle says nothing of the next line.
            return;
        }
        let mut last = 0.0;
        for (column, by) in moved.into_iter().enumerate() {
            match by {
                Some(by) if by.abs() <= LEAP => {
                    self.starts[column] += by;
                    last = if by.abs() > NEAR { by } else { 0.0 };
                }
                Some(_) => last = 0.0,
                None => {
                    self.starts[column] += last;
                    self.middles[column] += last;
                }
            }
        }
    }
}

/// Whether the words from here on name a body ("Sở Y tế", "Chủ trì: Sở Y tế"), or say that there is none: "-nt-".
fn is_name(line: &Line, at: usize) -> bool {
    let words = line.words[at..].iter().take(OF_NAME).map(|word| word.text.as_str());
    let text = words.collect::<Vec<_>>().join(" ");
    let text = text.strip_prefix("Đề nghị ").unwrap_or(&text);
    !text.starts_with(char::is_alphabetic) || who::begins(text) || field::is_field(text)
}
