//! How well some words fit a column: by what such a cell says, by the width of the column, and by what the clear rows
//! of the same table taught.

use std::{cell::RefCell, collections::HashMap, sync::LazyLock};

use regex::Regex;

use super::row::Word;
use crate::{bodies, paragraph, table::Column, time};

/// Which ends of a cell a page break left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Open {
    pub start: bool,
    pub end: bool,
}

#[derive(Default)]
pub struct Scorer {
    pub columns: Vec<Column>,
    /// Letters that a line of the column holds.
    widths: Vec<Option<usize>>,
    bodies: HashMap<String, u32>,
    cells: HashMap<(usize, String), u32>,
    /// Blank lines part the lines of a cell: a line without one before it begins a cell.
    spaced: bool,
    known: RefCell<HashMap<(usize, String, Open), f64>>,
}

/// What can be no cell.
pub const NEVER: f64 = -100.0;

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
            Column::Lead => -7.0,
            Column::Value => -6.0,
            Column::Result | Column::Time | Column::Implementers => -4.0,
            Column::Coordinating => -3.0,
            Column::Number | Column::Unit | Column::Year(_) | Column::Ignored => -1.0,
        }
    }

    pub fn cell(&self, column: usize, words: &[Word], open: Open) -> f64 {
        let text = join(words);
        let begins = text.starts_with(|c: char| c.is_lowercase() || ",;.)".contains(c));
        if begins && !open.start {
            return NEVER;
        }
        self.shape(column, words) + self.sense(column, text, open)
    }

    /// Lines must be as long as the column is wide, and no longer.
    fn shape(&self, column: usize, words: &[Word]) -> f64 {
        let mut score = 0.0;
        let mut length = 0;
        for (at, word) in words.iter().enumerate() {
            let letters = word.text.chars().count();
            if word.starts.is_some() || at == 0 {
                if at > 0 {
                    if self.spaced && word.starts == Some(0) {
                        score -= 5.0;
                    }
                    if self.widths[column].is_some_and(|width| (length + 1 + letters) * 5 < width * 4) {
                        score -= 2.5;
                    }
                }
                length = letters;
            } else {
                length += 1 + letters;
            }
            let line_ends = words.get(at + 1).is_none_or(|next| next.starts.is_some());
            if line_ends && self.widths[column].is_some_and(|width| length > width + width / 8 + 1) {
                score -= 4.0;
            }
        }
        score
    }

    fn sense(&self, column: usize, text: String, open: Open) -> f64 {
        let key = (column, text, open);
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let (_, text, _) = &key;
        let seen = self.cells.get(&(column, text.clone())).copied().unwrap_or(0);
        let score = f64::from(seen.min(4)) * 1.5
            + ending(text, open)
            + match self.columns[column] {
                Column::Text | Column::Target => sentence(text, open),
                Column::Lead | Column::Coordinating | Column::Implementers => self.bodies(text, open),
                Column::Result => {
                    if bodies::is_body(text) && !open.start {
                        -3.0
                    } else {
                        0.0
                    }
                }
                Column::Time => when(text, open),
                Column::Value | Column::Year(_) => how_much(text),
                Column::Number | Column::Unit | Column::Ignored => {
                    if text.len() > 60 {
                        -3.0
                    } else {
                        0.0
                    }
                }
            };
        self.known.borrow_mut().insert(key, score);
        score
    }

    fn bodies(&self, text: &str, open: Open) -> f64 {
        let mut score = if open.start || bodies::is_body(text) { 1.0 } else { -6.0 };
        score -= 5.0 * f64::from(unparted(text));
        let bodies = bodies::split(text);
        for (at, body) in bodies.iter().enumerate() {
            let words = body.split(' ').count();
            score += if words > 14 { -3.0 } else { 0.0 };
            let open = Open { start: open.start && at == 0, end: open.end && at + 1 == bodies.len() };
            score += match self.bodies.get(body) {
                Some(seen) => f64::from((*seen).min(3)),
                None if self.bodies.is_empty() => 0.0,
                None if open != Open::default() => self.part_of_known(body, open),
                None => -0.5,
            };
        }
        score
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
        self.cells.clear();
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
                    *self.cells.entry((column, text)).or_default() += 1;
                }
            }
        }
        self.cells.retain(|_, seen| *seen > 1);
        self.widths = longest
            .into_iter()
            .map(|mut lengths| {
                lengths.sort_unstable();
                (lengths.len() >= 3).then(|| lengths[lengths.len() * 9 / 10])
            })
            .collect();
        self.known.borrow_mut().clear();
    }
}

pub fn join(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        let blank = if word.starts.is_some() { paragraph::glue(&out) } else { " " };
        out.push_str(if out.is_empty() { "" } else { blank });
        out.push_str(&word.text);
    }
    out
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

fn ending(text: &str, open: Open) -> f64 {
    let last = text.rsplit(' ').next().unwrap_or_default();
    match () {
        () if open.end => 0.0,
        () if paragraph::JOINTS.contains(&last) => -5.0,
        () if text.ends_with(',') => -4.0,
        () if text.ends_with(';') => -1.5,
        () if text.matches('(').count() != text.matches(')').count() => -3.0,
        () => 0.0,
    }
}

fn sentence(text: &str, open: Open) -> f64 {
    let words = text.split(' ').count();
    let short = if words < 4 && !open.start && !open.end { -4.0 } else { 0.0 };
    let body = if bodies::is_body(text) && !open.start { -1.5 } else { 0.0 };
    let end = if text.ends_with(['.', ';']) { 1.5 } else { 0.0 };
    // A sentence that begins with a small letter is the rest of another cell.
    static SMALL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N})]\.\s+\p{Ll}").ok());
    let small = SMALL.as_ref().map_or(0, |small| small.find_iter(text).count());
    short + body + end - if small > 0 { 3.0 } else { 0.0 }
}

fn when(text: &str, open: Open) -> f64 {
    static BEGINS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:Năm|Tháng|Quý|Trước|Đến|Từ|Giai đoạn|Thường xuyên|Liên tục|Hằng|Hàng|Định kỳ|Sau|Ngay|Khi|Theo|Trong|Hoàn thành|\d)").ok()
    });
    let begins = BEGINS.as_ref().is_some_and(|begins| begins.is_match(text));
    let short = text.chars().count() <= 70;
    match () {
        () if open.start || open.end => {
            if short {
                0.0
            } else {
                -6.0
            }
        }
        () if begins && short && time::parse(text).kind.is_some() => 5.0,
        () if begins && short => -2.0,
        () => -8.0,
    }
}

fn how_much(text: &str) -> f64 {
    let said = matches!(text.trim_end_matches(['.', ';']), "Đạt" | "Có" | "Hoàn thành" | "Không");
    if said || grammar::number::of_cell(text).is_some() { 5.0 } else { -8.0 }
}

/// Names of bodies that stand behind another one without anything between them.
fn unparted(text: &str) -> u32 {
    static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:Sở \p{Lu}|Công an|Văn phòng|UBND|Ủy ban|HĐND|Hội đồng|Các \p{Ll}|Bộ \p{Lu}|Ban \p{Lu}|Mặt trận|Bảo hiểm|Trung tâm \p{Lu}|Báo \p{Lu}|Đài \p{Lu}|Thanh tra|Doanh nghiệp|Báo cáo|Kế hoạch|Quyết định|Văn bản|Hệ thống|Danh mục|Năm \d|Tháng \d)").ok()
    });
    let Some(names) = NAMES.as_ref() else { return 0 };
    let clash = names.find_iter(text).filter(|found| {
        let before = text[..found.start()].trim_end();
        let free = before.is_empty() || before.ends_with([',', ';', ':', '(', '-', '–']);
        let last = before.rsplit(' ').next().unwrap_or_default();
        let part_of_name = matches!(last, "và" | "phòng" | "cùng" | "của" | "thuộc" | "là" | "Đảng" | "trực" | "với");
        !free && !part_of_name
    });
    u32::try_from(clash.count()).unwrap_or(u32::MAX)
}
