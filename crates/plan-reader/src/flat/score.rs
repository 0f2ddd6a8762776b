//! How well some words fit a column: by what such a cell says, by the width of the column, and by what the clear rows
//! of the same table taught.

use std::{cell::RefCell, rc::Rc};

use rustc_hash::FxHashMap;

use super::{
    row::{Open, Word},
    sense::{ending, how_much, sentence, unparted, when},
};
use crate::{bodies, paragraph, table::Column};

/// The bodies that a text names, and what its form is worth as a list of bodies.
struct Listed {
    bodies: Vec<String>,
    score: f64,
}

#[derive(Default)]
pub struct Scorer {
    pub columns: Vec<Column>,
    /// Letters that a line of the column holds.
    widths: Vec<Option<usize>>,
    bodies: FxHashMap<String, u32>,
    /// Of each column: cells that stand in it again and again.
    cells: Vec<FxHashMap<String, u32>>,
    /// Blank lines part the lines of a cell: a line without one before it begins a cell.
    spaced: bool,
    /// What was read before, by whether its start is open. The same words are looked at in every round.
    lists: RefCell<FxHashMap<String, [Option<Rc<Listed>>; 2]>>,
    times: RefCell<FxHashMap<String, f64>>,
}

/// What can be no cell.
pub const NEVER: f64 = -100.0;
/// More texts are not remembered.
const REMEMBERED: usize = 50_000;

/// Words as one cell, read one after another.
pub struct Cell {
    text: String,
    words: usize,
    /// Brackets that were opened and not closed.
    open: isize,
    /// Sentences that begin with a small letter: each is the rest of another cell.
    small: u32,
    /// Letters of the line that is being read.
    length: usize,
    /// What the lines before it are worth in each column.
    lines: Vec<f64>,
}

impl Cell {
    pub fn push(&mut self, scorer: &Scorer, word: &Word) {
        let letters = word.text.chars().count();
        if self.text.is_empty() {
            self.length = letters;
        } else if word.starts.is_some() {
            let doubled = if scorer.spaced && word.starts == Some(0) { 5.0 } else { 0.0 };
            for (line, width) in self.lines.iter_mut().zip(&scorer.widths) {
                let is_short = width.is_some_and(|width| (self.length + 1 + letters) * 5 < width * 4);
                *line += too_wide(self.length, *width) - doubled - if is_short { 2.5 } else { 0.0 };
            }
            self.length = letters;
        } else {
            self.length += 1 + letters;
        }
        let ends =
            self.text.strip_suffix('.').is_some_and(|text| text.ends_with(|c: char| c.is_alphanumeric() || c == ')'));
        self.small += u32::from(ends && word.text.starts_with(char::is_lowercase));
        self.open += word.text.bytes().map(|byte| isize::from(byte == b'(') - isize::from(byte == b')')).sum::<isize>();
        self.words += 1;
        append(&mut self.text, word);
    }

    /// What these words are worth as a cell of the column.
    pub fn worth(&self, scorer: &Scorer, column: usize, open: Open) -> f64 {
        let shape = self.lines[column] + too_wide(self.length, scorer.widths[column]);
        shape + scorer.sense(column, self, open)
    }
}

/// Lines must be as long as the column is wide, and no longer.
fn too_wide(length: usize, width: Option<usize>) -> f64 {
    if width.is_some_and(|width| length > width + width / 8 + 1) { -4.0 } else { 0.0 }
}

impl Scorer {
    pub fn new(columns: Vec<Column>, spaced: bool) -> Self {
        let cells = vec![FxHashMap::default(); columns.len()];
        Self { widths: vec![None; columns.len()], cells, columns, spaced, ..Self::default() }
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
            Column::Lead => -7.0,
            Column::Value => -6.0,
            Column::Result | Column::Time | Column::Implementers => -4.0,
            Column::Coordinating => -3.0,
            Column::Number | Column::Unit | Column::Year(_) | Column::Ignored => -1.0,
        }
    }

    /// A cell that begins with this word, if one may.
    pub fn begin(&self, first: &Word, open: Open) -> Option<Cell> {
        let goes_on = first.text.starts_with(|c: char| c.is_lowercase() || ",;.)".contains(c));
        let lines = || vec![0.0; self.columns.len()];
        let empty = || Cell { text: String::new(), words: 0, open: 0, small: 0, length: 0, lines: lines() };
        (open.start || !goes_on).then(empty)
    }

    pub fn cell(&self, column: usize, words: &[Word], open: Open) -> f64 {
        let Some(mut cell) = words.first().and_then(|first| self.begin(first, open)) else { return NEVER };
        for word in words {
            cell.push(self, word);
        }
        cell.worth(self, column, open)
    }

    fn sense(&self, column: usize, cell: &Cell, open: Open) -> f64 {
        let text = cell.text.as_str();
        let seen = self.cells[column].get(text).copied().unwrap_or(0);
        f64::from(seen.min(4)) * 1.5
            + ending(text, cell.open, open)
            + match self.columns[column] {
                Column::Text | Column::Target => sentence(text, cell.words, cell.small, open),
                Column::Lead | Column::Coordinating | Column::Implementers => self.bodies(text, open),
                Column::Result => {
                    if bodies::is_body(text) && !open.start {
                        -3.0
                    } else {
                        0.0
                    }
                }
                Column::Time => self.time(text, open),
                Column::Value | Column::Year(_) => how_much(text),
                Column::Number | Column::Unit | Column::Ignored => {
                    if text.len() > 60 {
                        -3.0
                    } else {
                        0.0
                    }
                }
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

    fn listed(&self, text: &str, is_open: bool) -> Rc<Listed> {
        let known = self.lists.borrow().get(text).and_then(|known| known[usize::from(is_open)].clone());
        known.unwrap_or_else(|| {
            let bodies = bodies::split(text);
            let long = bodies.iter().filter(|body| body.split(' ').count() > 14).count();
            let begins = if is_open || bodies::is_body(text) { 1.0 } else { -6.0 };
            let score = begins - 5.0 * f64::from(unparted(text)) - 3.0 * f64::from(u32::try_from(long).unwrap_or(0));
            let listed = Rc::new(Listed { bodies, score });
            let mut lists = self.lists.borrow_mut();
            if lists.len() < REMEMBERED {
                lists.entry(text.to_owned()).or_default()[usize::from(is_open)] = Some(Rc::clone(&listed));
            }
            listed
        })
    }

    fn bodies(&self, text: &str, open: Open) -> f64 {
        let listed = self.listed(text, open.start);
        let bodies = &listed.bodies;
        let known = bodies.iter().enumerate().map(|(at, body)| {
            let open = Open { start: open.start && at == 0, end: open.end && at + 1 == bodies.len() };
            match self.bodies.get(body) {
                Some(seen) => f64::from((*seen).min(3)),
                None if self.bodies.is_empty() => 0.0,
                None if open != Open::default() => self.part_of_known(body, open),
                None => -0.5,
            }
        });
        listed.score + known.sum::<f64>()
    }

    /// What a page break left of a body that is known whole.
    fn part_of_known(&self, part: &str, open: Open) -> f64 {
        let known =
            self.bodies.keys().any(|body| (open.start && body.ends_with(part)) || (open.end && body.starts_with(part)));
        if known { 2.0 } else { -2.0 }
    }

    /// Takes the cells of a row as examples.
    pub fn learn(&mut self, rows: &[Vec<Vec<Word>>]) {
        let mut longest: Vec<Vec<usize>> = vec![Vec::new(); self.columns.len()];
        self.bodies.clear();
        self.cells.iter_mut().for_each(FxHashMap::clear);
        for row in rows {
            for (column, words) in row.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
                longest[column].extend(lengths(words).into_iter().max());
                let text = join(words);
                if matches!(self.columns[column], Column::Lead | Column::Coordinating | Column::Implementers) {
                    for body in bodies::split(&text) {
                        *self.bodies.entry(body).or_default() += 1;
                    }
                }
                if text.len() < 200 {
                    *self.cells[column].entry(text).or_default() += 1;
                }
            }
        }
        self.cells.iter_mut().for_each(|cells| cells.retain(|_, seen| *seen > 1));
        self.widths = longest
            .into_iter()
            .map(|mut lengths| {
                lengths.sort_unstable();
                (lengths.len() >= 3).then(|| lengths[lengths.len() * 9 / 10])
            })
            .collect();
    }
}

pub fn join(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        append(&mut out, word);
    }
    out
}

fn append(out: &mut String, word: &Word) {
    let blank = if word.starts.is_some() { paragraph::glue(out) } else { " " };
    out.push_str(if out.is_empty() { "" } else { blank });
    out.push_str(word.text);
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
