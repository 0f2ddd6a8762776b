//! How well some words fit a column: by what such a cell says, by the width of the column, and by what the clear rows
//! of the same table taught.

use std::cell::{OnceCell, RefCell};

use rustc_hash::FxHashMap;

use super::{
    piece::{Piece, join},
    row::{Open, Word},
    sense::{clashes, ending, how_much, is_joint, sentence, when},
};
use crate::{bodies, table::Column};

#[derive(Default)]
pub struct Scorer {
    pub columns: Vec<Column>,
    /// Letters that a line of the column holds.
    widths: Vec<Option<usize>>,
    bodies: FxHashMap<String, u32>,
    /// The same in order, and letter by letter from their ends.
    sorted: Vec<String>,
    backward: Vec<Vec<u8>>,
    /// Cells that stand in one column again and again: how often in each.
    cells: FxHashMap<String, Vec<u32>>,
    /// Blank lines part the lines of a cell: a line without one before it begins a cell.
    spaced: bool,
    /// What was read before. The same words are looked at in every round.
    times: RefCell<FxHashMap<String, f64>>,
}

/// What can be no cell.
pub const NEVER: f64 = -100.0;
/// Cells that stand again and again have fewer bytes.
const REPEATED: usize = 200;
/// More texts are not remembered.
const REMEMBERED: usize = 50_000;

/// What words are worth in whatever column they stand: by their end, and as names of bodies where these stand.
pub struct InAny<'s> {
    ending: f64,
    /// How often they stand in each column.
    seen: Option<&'s [u32]>,
    bodies: OnceCell<f64>,
}

/// Names of a cell that clash with what is before them: how many so far, the next to look at, and where the last one ends.
#[derive(Clone, Copy, Default)]
struct Clash {
    count: u32,
    next: Option<usize>,
    behind: usize,
}

/// Words of a piece as one cell, read one after another.
pub struct Cell<'p> {
    piece: &'p Piece<'p, 'p>,
    /// Its first word, and the one behind its last.
    from: usize,
    to: usize,
    /// Brackets that were opened and not closed.
    open: isize,
    /// Sentences that begin with a small letter: each is the rest of another cell.
    small: u32,
    /// Letters of the line that is being read.
    length: usize,
    /// What the lines before it are worth in each column.
    lines: Vec<f64>,
    clash: std::cell::Cell<Clash>,
    /// Whether it begins with a body, once enough was read.
    is_body: std::cell::Cell<Option<bool>>,
}

impl<'p> Cell<'p> {
    fn start(&self) -> usize {
        self.piece.known.get(self.from).map_or(0, |word| word.start)
    }

    fn text(&self) -> &'p str {
        let end = self.to.checked_sub(1).and_then(|last| self.piece.known.get(last)).map_or(0, |word| word.end);
        self.piece.text.get(self.start()..end).unwrap_or_default()
    }

    /// Reads the next word.
    pub fn push(&mut self, scorer: &Scorer) {
        let (Some(word), Some(known)) = (self.piece.words.get(self.to), self.piece.known.get(self.to)) else { return };
        if self.from == self.to {
            self.length = known.letters;
        } else if word.starts.is_some() {
            let doubled = if scorer.spaced && word.starts == Some(0) { 5.0 } else { 0.0 };
            for (line, width) in self.lines.iter_mut().zip(&scorer.widths) {
                let is_short = width.is_some_and(|width| (self.length + 1 + known.letters) * 5 < width * 4);
                *line += too_wide(self.length, *width) - doubled - if is_short { 2.5 } else { 0.0 };
            }
            self.length = known.letters;
        } else {
            self.length += 1 + known.letters;
        }
        self.small += u32::from(known.small && self.from < self.to);
        self.open += known.brackets;
        self.to += 1;
        if known.start - self.start() < bodies::TELLING {
            self.is_body.set(None);
        }
    }

    /// How many names clash with what is before them, none inside of another one: looked at when it is asked.
    fn clashing(&self) -> u32 {
        let (start, names) = (self.start(), self.piece.names());
        let end = start + self.text().len();
        let mut clash = self.clash.get();
        let next = clash.next.unwrap_or_else(|| names.partition_point(|name| name.start < start));
        let new = names.iter().skip(next).take_while(|name| name.end <= end);
        clash.next = Some(next);
        for name in new {
            clash.next = clash.next.map(|next| next + 1);
            if name.start >= clash.behind {
                let before = self.piece.text.get(start..name.start).unwrap_or_default();
                clash.count += u32::from(clashes(before));
                clash.behind = name.end;
            }
        }
        self.clash.set(clash);
        clash.count
    }

    fn is_body(&self) -> bool {
        self.is_body.get().unwrap_or_else(|| {
            let is_body = bodies::is_body(self.text());
            self.is_body.set(Some(is_body));
            is_body
        })
    }

    /// What these words are worth as a cell of the column.
    pub fn worth(&self, scorer: &Scorer, column: usize, open: Open, any: &InAny) -> f64 {
        let shape = self.lines[column] + too_wide(self.length, scorer.widths[column]);
        shape + scorer.sense(column, self, open, any)
    }

    pub fn in_any<'s>(&self, scorer: &'s Scorer, open: Open) -> InAny<'s> {
        let text = self.text();
        // Long texts are not remembered, and hashing them costs more than all else here.
        let seen = Some(&scorer.cells).filter(|cells| text.len() < REPEATED && !cells.is_empty());
        let seen = seen.and_then(|cells| cells.get(text)).map(Vec::as_slice);
        let known = self.to.checked_sub(1).and_then(|last| self.piece.known.get(last));
        let joint = known.filter(|known| self.start() <= known.run).map(|known| self.piece.is_joint(known));
        let is_joint = joint.unwrap_or_else(|| is_joint(text));
        InAny { ending: ending(text, is_joint, self.open, open), seen, bodies: OnceCell::new() }
    }
}

/// Lines must be as long as the column is wide, and no longer.
fn too_wide(length: usize, width: Option<usize>) -> f64 {
    if width.is_some_and(|width| length > width + width / 8 + 1) { -4.0 } else { 0.0 }
}

impl Scorer {
    pub fn new(columns: Vec<Column>, spaced: bool) -> Self {
        Self { widths: vec![None; columns.len()], columns, spaced, ..Self::default() }
    }

    /// A cut before this word.
    pub fn cut(&self, word: &Word) -> f64 {
        match word.starts {
            Some(0) if self.spaced => 3.0,
            Some(_) => 0.0,
            None => -2.5,
        }
    }

    pub fn missing(&self, column: usize) -> f64 {
        match self.columns[column] {
            Column::Text | Column::Target => -30.0,
            Column::Lead | Column::Both => -7.0,
            Column::Value => -6.0,
            Column::Result | Column::Time | Column::Implementers => -4.0,
            Column::Coordinating => -3.0,
            Column::Number | Column::Unit | Column::Year(_) | Column::Part | Column::Ignored => -1.0,
        }
    }

    /// A cell that begins with this word of a piece, if one may.
    pub fn begin<'p>(&self, piece: &'p Piece<'p, 'p>, from: usize, open: Open) -> Option<Cell<'p>> {
        let first = piece.words.get(from)?;
        let goes_on = first.text.starts_with(|c: char| c.is_lowercase() || ",;.)".contains(c));
        if goes_on && !open.start {
            return None;
        }
        Some(Cell {
            piece,
            from,
            to: from,
            open: 0,
            small: 0,
            length: 0,
            lines: vec![0.0; self.columns.len()],
            clash: std::cell::Cell::default(),
            is_body: std::cell::Cell::new(None),
        })
    }

    pub fn cell(&self, column: usize, words: &[Word], open: Open) -> f64 {
        let piece = Piece::of(words);
        let Some(mut cell) = self.begin(&piece, 0, open) else { return NEVER };
        for _ in words {
            cell.push(self);
        }
        cell.worth(self, column, open, &cell.in_any(self, open))
    }

    fn sense(&self, column: usize, cell: &Cell, open: Open, any: &InAny) -> f64 {
        let seen = any.seen.and_then(|seen| seen.get(column)).copied().unwrap_or(0);
        let is_rest = |body: f64| if cell.is_body() && !open.start { body } else { 0.0 };
        f64::from(seen.min(4)) * 1.5
            + any.ending
            + match self.columns[column] {
                Column::Text | Column::Target => {
                    sentence(cell.text(), cell.to - cell.from, cell.small, cell.is_body(), open)
                }
                Column::Lead | Column::Coordinating | Column::Both | Column::Implementers => {
                    *any.bodies.get_or_init(|| self.bodies(cell, open))
                }
                Column::Result => is_rest(-3.0),
                Column::Time => self.time(cell.text(), open),
                Column::Value | Column::Year(_) => how_much(cell.text()),
                Column::Number | Column::Unit | Column::Part | Column::Ignored if cell.text().len() > 60 => -3.0,
                Column::Number | Column::Unit | Column::Part | Column::Ignored => 0.0,
            }
    }

    fn time(&self, text: &str, open: Open) -> f64 {
        if open != Open::default() {
            return when(text, open);
        }
        if let Some(known) = self.times.borrow().get(text) {
            return *known;
        }
        let score = when(text, open);
        let mut times = self.times.borrow_mut();
        if times.len() < REMEMBERED {
            times.insert(text.to_owned(), score);
        }
        score
    }

    /// As a list of bodies: by its form, and by those that are known.
    fn bodies(&self, cell: &Cell, open: Open) -> f64 {
        let begins = if open.start || cell.is_body() { 1.0 } else { -6.0 };
        let start = cell.start();
        let mut parts =
            cell.piece.parting().parts(&cell.piece.text, start..start + cell.text().len()).enumerate().peekable();
        let mut known = 0.0;
        while let Some((at, body)) = parts.next() {
            let open = Open { start: open.start && at == 0, end: open.end && parts.peek().is_none() };
            let is_long = body.bytes().filter(|byte| *byte == b' ').count() >= 14;
            known -= if is_long { 3.0 } else { 0.0 };
            known += match self.bodies.get(body) {
                Some(seen) => f64::from((*seen).min(3)),
                None if self.bodies.is_empty() => 0.0,
                None if open != Open::default() => self.part_of_known(body, open),
                None => -0.5,
            };
        }
        begins - 5.0 * f64::from(cell.clashing()) + known
    }

    /// What a page break left of a body that is known whole.
    fn part_of_known(&self, part: &str, open: Open) -> f64 {
        let begins = || {
            let at = self.sorted.partition_point(|body| body.as_str() < part);
            self.sorted.get(at).is_some_and(|body| body.starts_with(part))
        };
        let ends = || {
            let part: Vec<u8> = part.bytes().rev().collect();
            let at = self.backward.partition_point(|body| *body < part);
            self.backward.get(at).is_some_and(|body| body.starts_with(&part))
        };
        if open.start && ends() || open.end && begins() { 2.0 } else { -2.0 }
    }

    /// Takes the cells of a row as examples.
    pub fn learn(&mut self, rows: &[Vec<Vec<Word>>]) {
        let mut longest: Vec<Vec<usize>> = vec![Vec::new(); self.columns.len()];
        self.bodies.clear();
        self.cells.clear();
        for row in rows {
            for (column, words) in row.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
                longest[column].extend(lengths(words).into_iter().max());
                let text = join(words);
                if matches!(
                    self.columns[column],
                    Column::Lead | Column::Coordinating | Column::Both | Column::Implementers
                ) {
                    for body in bodies::split(&text) {
                        *self.bodies.entry(body).or_default() += 1;
                    }
                }
                if text.len() < REPEATED {
                    let seen = self.cells.entry(text).or_insert_with(|| vec![0; self.columns.len()]);
                    seen[column] += 1;
                }
            }
        }
        self.cells.values_mut().flatten().for_each(|seen| *seen = if *seen > 1 { *seen } else { 0 });
        self.cells.retain(|_, seen| seen.iter().any(|seen| *seen > 0));
        self.sorted = self.bodies.keys().cloned().collect();
        self.sorted.sort_unstable();
        self.backward = self.bodies.keys().map(|body| body.bytes().rev().collect()).collect();
        self.backward.sort_unstable();
        self.widths = longest
            .into_iter()
            .map(|mut lengths| {
                lengths.sort_unstable();
                (lengths.len() >= 3).then(|| lengths[lengths.len() * 9 / 10])
            })
            .collect();
    }
}

fn lengths(words: &[Word]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let letters = word.text.chars().count();
        match out.last_mut().filter(|_| at > 0 && word.starts.is_none()) {
            Some(last) => *last += 1 + letters,
            None => out.push(letters),
        }
    }
    out
}
