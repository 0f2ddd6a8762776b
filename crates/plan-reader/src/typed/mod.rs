//! Text that keeps its layout by blanks, as `pdftotext -layout` writes it: tables become rows, texts side by side stand
//! under each other. All other lines stay as they are.

mod beside;
mod broken;
mod pages;

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

use crate::{
    Span,
    aligned::{self, Line, Word},
    paragraph::glue_to,
    unclear::Unclear,
};

/// A text without columns of blanks.
pub struct Unfolded {
    pub text: String,
    /// Lines that are rows of tables, with their cells; a line break in a cell parts two things.
    pub rows: BTreeMap<usize, String>,
    /// What must be compared with the original, in the text.
    pub doubts: Vec<Unclear>,
}

pub fn unfolded(text: String) -> Unfolded {
    let text = broken::mended(&text).unwrap_or(text);
    let (has_table, has_beside) = (has_table(&text), beside::may_be_in(&text));
    if !has_table && !has_beside {
        return Unfolded { text, rows: BTreeMap::new(), doubts: vec![] };
    }
    let raw: Vec<&str> = text.split_inclusive('\n').collect();
    let lines: Vec<Line> = raw.iter().map(|line| line_of(line)).collect();
    let mut out = Out::default();
    let blocks = beside::blocks(&raw, &lines);
    let tables = if has_table { pages::tables(&raw, lines) } else { vec![] };
    let mut at = 0;
    let mut blocks = blocks.into_iter().peekable();
    let mut tables = tables.into_iter().peekable();
    while at < raw.len() {
        if let Some(table) = tables.next_if(|table| table.lines.start == at) {
            at = table.lines.end;
            out.table(table);
        } else if let Some(block) = blocks.next_if(|block| block.lines.start == at) {
            at = block.lines.end;
            out.lines.extend(block.columns.join(&String::new()).into_iter().map(Text::Own));
        } else {
            out.lines.push(Text::Raw(raw[at]));
            at += 1;
        }
        while tables.next_if(|table| table.lines.start < at).is_some() {}
        while blocks.next_if(|block| block.lines.start < at).is_some() {}
    }
    if out.lines.len() == raw.len() && out.lines.iter().all(|line| matches!(line, Text::Raw(_))) {
        return Unfolded { text, rows: BTreeMap::new(), doubts: vec![] };
    }
    out.written()
}

/// A line that may be the head of such a table: a byte scan, for most texts have none.
fn has_table(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        line.contains("  ") && !line.contains('\t') && aligned::may_begin(line)
    })
}

/// The words of a line at their places, in letters.
fn line_of(raw: &str) -> Line {
    let mut words: Vec<Word> = Vec::new();
    let (mut place, mut open) = (0.0, false);
    for c in raw.chars() {
        if c.is_whitespace() {
            open = false;
            place += f64::from(u8::from(c != '\u{c}'));
            continue;
        }
        let wide = f64::from(u8::from(!is_combining_mark(c)));
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.text.push(c);
                word.x1 += wide;
            }
            None => words.push(Word { x0: place, x1: place + wide, text: c.to_string() }),
        }
        place += wide;
        open = true;
    }
    Line { words }
}

enum Text<'a> {
    Raw(&'a str),
    Own(String),
    Row(Row),
}

struct Row {
    cells: Vec<String>,
    /// Its cells may hold words of their neighbours.
    is_doubtful: bool,
    /// The last row that was read, and others seem to follow.
    is_cut: bool,
}

#[derive(Default)]
struct Out<'a> {
    lines: Vec<Text<'a>>,
}

impl Out<'_> {
    /// A row that the end of a page cut goes on where it was.
    fn table(&mut self, table: aligned::Found) {
        let rows = table.rows.into_iter().zip(table.doubtful);
        let mut rows = rows.map(|(cells, is_doubtful)| Row { cells, is_doubtful, is_cut: false });
        let above = self.last_row().filter(|_| table.in_row);
        if let Some((row, next)) = above.and_then(|row| Some((row, rows.next()?))) {
            row.is_doubtful |= next.is_doubtful;
            for (cell, more) in row.cells.iter_mut().zip(next.cells) {
                if !more.is_empty() {
                    let glue = if cell.is_empty() { "" } else { glue_to(cell, &more) };
                    cell.push_str(glue);
                    cell.push_str(&more);
                }
            }
        }
        self.lines.extend(rows.map(Text::Row));
        // It may be the one of the page before.
        if let Some(last) = self.last_row().filter(|_| table.is_cut) {
            last.is_cut = true;
        }
    }

    fn last_row(&mut self) -> Option<&mut Row> {
        self.lines.iter_mut().rev().find_map(|line| if let Text::Row(row) = line { Some(row) } else { None })
    }

    fn written(self) -> Unfolded {
        let mut text = String::new();
        let (mut rows, mut doubts) = (BTreeMap::new(), Vec::new());
        for (at, line) in self.lines.into_iter().enumerate() {
            let start = text.len();
            match line {
                Text::Raw(raw) => text.push_str(raw),
                Text::Own(own) => text.push_str(&(own + "\n")),
                Text::Row(Row { cells, is_doubtful, is_cut }) => {
                    let row = cells.join("\t");
                    text.push_str(&(row.replace('\n', " ") + "\n"));
                    rows.insert(at, row);
                    let span = Span::new(start, text.len() - 1);
                    doubts.extend(is_doubtful.then_some(Unclear::Row(span)));
                    doubts.extend(is_cut.then_some(Unclear::Rest(span)));
                }
            }
        }
        Unfolded { text, rows, doubts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_ends_on_the_next_page_is_asked_about_where_others_seem_to_follow() {
        let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let found = |row, in_row| aligned::Found {
            lines: 0..1,
            in_row,
            rows: vec![row],
            doubtful: vec![false],
            is_cut: in_row,
        };
        let mut out = Out::default();
        out.table(found(cells(["1", "Thả cá", "Sở Y tế"]), false));
        out.lines.push(Text::Raw("\n"));
        out.table(found(cells(["", "xuống hồ", ""]), true));
        let unfolded = out.written();
        assert_eq!(unfolded.text, "1\tThả cá xuống hồ\tSở Y tế\n\n");
        assert_eq!(unfolded.doubts, [Unclear::Rest(Span::new(0, unfolded.text.len() - 2))]);
    }
}
