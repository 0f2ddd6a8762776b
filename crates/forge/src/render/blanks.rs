//! Text that keeps the places of a page by blanks, as `pdftotext -layout` writes it: the letterhead in two columns, first
//! lines further in, tables without lines. A cell that fills its column touches the next one, and is pressed against it.

use crate::piece::{Head, HeadForm, Piece, Style, Table};

/// Letters of a line, and of the left half of the letterhead.
const WIDE: usize = 80;
const LEFT: usize = 36;
/// The first line of a paragraph stands so far in.
const INSET: usize = 6;
/// Lines of a page.
const PAGE: usize = 46;
/// Letters of a column: of the numbers, of the others; the text has the rest.
const NUMBER: usize = 5;
const OTHER: usize = 13;

#[derive(Default)]
struct Pages {
    out: String,
    filled: usize,
    page: usize,
}

impl Pages {
    fn push(&mut self, line: &str) {
        if self.filled >= PAGE {
            self.page += 1;
            self.filled = 0;
            self.out.push('\u{c}');
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
        self.filled += 1;
    }

    fn centred(&mut self, text: &str) {
        for line in wrapped(text, WIDE - 16, 0) {
            self.push(&middle(&line, WIDE));
        }
    }
}

pub fn blanks(pieces: &[Piece]) -> String {
    let mut pages = Pages::default();
    for piece in pieces {
        match piece {
            Piece::Head(of) => head(&mut pages, of),
            Piece::Line(Style::Kind | Style::Title, text) => pages.centred(text),
            Piece::Line(Style::Foot, text) => pages.push(text),
            Piece::Line(_, text) => {
                for (at, line) in wrapped(text, WIDE, INSET).into_iter().enumerate() {
                    let inset = if at == 0 { INSET } else { 0 };
                    pages.push(&format!("{:inset$}{line}", ""));
                }
            }
            Piece::Table(of) => table(&mut pages, of),
        }
    }
    pages.out
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Lines of a width, the first one shorter; a word that is longer has a line of its own.
fn wrapped(text: &str, width: usize, shorter: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let room = if lines.len() == 1 { width - shorter } else { width };
        match lines.last_mut() {
            Some(line) if !line.is_empty() && length(line) + 1 + length(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if line.is_empty() => line.push_str(word),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn middle(text: &str, width: usize) -> String {
    let before = width.saturating_sub(length(text)) / 2;
    format!("{:before$}{text}", "")
}

fn beside(left: &str, right: &str) -> String {
    let left = middle(left, LEFT);
    let room = (LEFT + 2).saturating_sub(length(&left));
    let right = middle(right, WIDE - LEFT - 2);
    format!("{left}{:room$}{right}", "")
}

fn head(pages: &mut Pages, head: &Head) {
    let Head { form, left, right, number, place_and_day, about } = head;
    let below = [std::slice::from_ref(number), about].concat();
    if *form == HeadForm::Bare {
        below.iter().chain([place_and_day]).for_each(|line| pages.push(line));
    } else {
        let day = std::slice::from_ref(place_and_day);
        for (left, right) in [(left.as_slice(), right.as_slice()), (&below, day)] {
            let one = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
            (0..left.len().max(right.len())).for_each(|at| pages.push(&beside(&one(left, at), &one(right, at))));
        }
    }
    pages.push("");
}

fn table(pages: &mut Pages, table: &Table) {
    let count = table.head.len();
    let is_number = |at: usize| at == 0 && table.head[0].ends_with("TT");
    let text = usize::from(is_number(0));
    let widths: Vec<usize> = (0..count)
        .map(|at| match at {
            _ if is_number(at) => NUMBER,
            _ if at == text => WIDE - NUMBER * text - OTHER * (count - 1 - text),
            _ => OTHER,
        })
        .collect();
    let counted: Vec<String> = (1..=count).map(|at| format!("({at})")).collect();
    let counted = table.counted.then_some(&counted);
    for row in [&table.head].into_iter().chain(counted).chain(&table.rows) {
        rows(pages, row, &widths);
    }
    pages.push("");
}

/// The lines of a row. What touches its neighbour stands a letter or two too far left, as letters are of many widths.
fn rows(pages: &mut Pages, cells: &[String], widths: &[usize]) {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, width - 1, 0)).collect();
    for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        // The columns of every other page stand further in.
        let mut line = " ".repeat(2 * (pages.page % 2));
        let mut start = length(&line);
        for (cell, width) in cells.iter().zip(widths) {
            let said = cell.get(at).map_or("", String::as_str);
            let end = length(&line);
            let touches = end + 2 >= start && end > 0 && !said.is_empty();
            let room = if touches { usize::from(!line.ends_with(' ')) } else { start.saturating_sub(end) };
            if !said.is_empty() {
                line.push_str(&format!("{:room$}{said}", ""));
            }
            start += width;
        }
        pages.push(&line);
    }
}
