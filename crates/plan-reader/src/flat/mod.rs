//! Tables that lost their columns: text taken out of a PDF gives the cells of a row one after another, line by line,
//! with the header of every page between them. Headers and row numbers are found here; [`cut`] finds the cells.

mod cut;
mod label;
mod piece;
mod row;
mod score;
mod sense;
mod ways;

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Span,
    marker::{self, Level},
    paragraph::Paragraph,
    table::{self, Column},
};
use label::{Labels, Taken};
use row::{Row, Word};

/// A line of the table, without blank ones.
#[derive(Debug, Clone)]
struct Line {
    words: Vec<String>,
    span: Span,
    /// Blank lines above it.
    gap: usize,
}

impl Line {
    fn is_number(&self) -> bool {
        self.words.len() == 1 && self.words[0].chars().all(|c| c.is_ascii_digit())
    }
}

/// Replaces the lines of such tables by one paragraph a row. Lines are as they stand in the text, blank ones included.
pub fn tables(lines: Vec<Paragraph>) -> Vec<Paragraph> {
    if !lines.iter().any(|line| begins_header(&line.text)) {
        return lines;
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match Header::at(&lines, at) {
            Some(header) => {
                let end = header.end_of_table(&lines);
                out.extend(header.table(&lines[at..end]));
                at = end;
            }
            None => {
                out.push(lines[at].clone());
                at += 1;
            }
        }
    }
    out
}

fn begins_header(text: &str) -> bool {
    ["TT", "STT", "Số TT"]
        .iter()
        .any(|start| text.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Lines of a header, blank ones included.
const LONGEST: usize = 40;

fn full_lines(lines: &[Paragraph]) -> Vec<(usize, &Paragraph)> {
    lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()).collect()
}

struct Header {
    titles: Vec<String>,
    columns: Vec<Column>,
    words: Vec<String>,
    span: Span,
    start: usize,
}

static TITLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|\s)(?:(?:Số )?TT|STT|Tên (?:nhiệm vụ|chỉ tiêu)|Chỉ tiêu|Mục tiêu|Nhiệm vụ|Nội dung|Công việc|Giải pháp|Hoạt động|Kết quả|Sản phẩm|Giá trị|(?:Cơ quan|Đơn vị)(?:\s*[,/]\s*(?:cơ quan|đơn vị))?\s+(?:chủ trì|phối hợp|thực hiện|đầu mối|tính)|Chủ trì|Phối hợp|Thời gian|Thời hạn|Tiến độ|Lộ trình|Ghi chú)(?:\s|$|,)",
    )
    .ok()
});

/// The titles of a header that was written one after another.
fn titles(text: &str) -> Vec<String> {
    let Some(pattern) = TITLES.as_ref() else { return vec![] };
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(found) = pattern.find_at(text, from) {
        starts.push(found.start() + found.as_str().len() - found.as_str().trim_start().len());
        from = found.end().max(from + 1) - 1;
        while !text.is_char_boundary(from) {
            from += 1;
        }
        if from >= text.len() {
            break;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim().to_owned()).collect()
}

impl Header {
    /// A header that begins at this line: its titles, up to the first number.
    fn at(lines: &[Paragraph], start: usize) -> Option<Self> {
        if !begins_header(&lines[start].text) || lines[start].cells().is_some() {
            return None;
        }
        let mut words: Vec<String> = Vec::new();
        let mut span = lines[start].span;
        for line in &lines[start..lines.len().min(start + LONGEST)] {
            let more: Vec<&str> = line.text.split_whitespace().collect();
            if !words.is_empty() && Labels::default().take(&more).is_some() {
                break;
            }
            words.extend(more.into_iter().map(str::to_owned));
            span = if line.text.is_empty() { span } else { span.to(line.span) };
        }
        let titles = titles(&words.join(" "));
        let cells: Vec<&str> = titles.iter().map(String::as_str).collect();
        let numbered = cells.first().is_some_and(|first| begins_header(first));
        if !numbered || cells.len() < 3 || !table::is_header(&cells) {
            return None;
        }
        Some(Self { columns: table::columns(&cells), titles, words, span, start })
    }

    fn end_of_table(&self, lines: &[Paragraph]) -> usize {
        let ends = |at: &usize| {
            let text = lines[*at].text.as_str();
            let part = marker::marker(text).is_some_and(|(mark, _)| mark.level == Level::Part);
            let capitals = text.contains(' ')
                && !text.contains(|c: char| c.is_ascii_lowercase())
                && text.chars().filter(|c| c.is_alphabetic()).count() > 8
                && text == text.to_uppercase();
            part || capitals
                || text.starts_with("Nơi nhận")
                || (begins_header(text)
                    && self.repeated(&full_lines(&lines[*at..lines.len().min(at + LONGEST)])).is_none()
                    && Self::at(lines, *at).is_some())
        };
        (self.start + 1..lines.len()).find(ends).unwrap_or(lines.len())
    }

    fn table(&self, lines: &[Paragraph]) -> Vec<Paragraph> {
        let pages = self.pages(lines);
        let rows = Self::rows(&pages);
        let cells = cut::cells(&self.columns, &rows);
        let paragraph = |cells: &[String], span| Paragraph { text: cells.join("\t"), span, after_blank: true };
        let mut out = vec![paragraph(&self.titles, self.span)];
        for (row, cells) in rows.iter().zip(cells) {
            out.extend(cells.iter().map(|cells| paragraph(cells, row.span)));
        }
        out
    }

    /// The lines of each page, without headers and page numbers.
    fn pages(&self, lines: &[Paragraph]) -> Vec<Vec<Line>> {
        let mut pages: Vec<Vec<Line>> = vec![Vec::new()];
        let mut skip = 0;
        let full = full_lines(lines);
        for (nth, (at, line)) in full.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if let Some(length) = self.repeated(&full[nth..]) {
                skip = length - 1;
                if let Some(page) = pages.last_mut().filter(|page| page.last().is_some_and(Line::is_number)) {
                    page.pop();
                }
                pages.push(Vec::new());
                continue;
            }
            let words = line.text.split_whitespace().map(str::to_owned).collect();
            let gap = nth.checked_sub(1).map_or(0, |before| at - full[before].0 - 1);
            if let Some(page) = pages.last_mut() {
                page.push(Line { words, span: line.span, gap });
            }
        }
        pages
    }

    /// How many lines the header takes here, if it stands here again.
    fn repeated(&self, lines: &[(usize, &Paragraph)]) -> Option<usize> {
        let mut left = self.words.as_slice();
        for (taken, (_, line)) in lines.iter().enumerate() {
            for word in line.text.split_whitespace() {
                left = left.split_first().filter(|(first, _)| *first == word)?.1;
            }
            if left.is_empty() {
                return Some(taken + 1);
            }
        }
        None
    }

    fn rows(pages: &[Vec<Line>]) -> Vec<Row<'_>> {
        let mut labels = Labels::default();
        let mut rows: Vec<Row<'_>> = Vec::new();
        for page in pages {
            if let Some(row) = rows.last_mut() {
                row.pieces.push(Vec::new());
            }
            for line in page {
                let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
                let mut rest = line.words.as_slice();
                if let Some(taken) = labels.take(&words) {
                    rest = &rest[1..];
                    if let (Some(above), Taken::Child) = (rows.last_mut(), taken) {
                        above.is_group = true;
                    }
                    let (label, is_group) = (words[0], taken == Taken::Group);
                    rows.push(Row { label, pieces: vec![Vec::new()], span: line.span, is_group });
                }
                let Some(row) = rows.last_mut() else { continue };
                row.span = row.span.to(line.span);
                let Some(piece) = row.pieces.last_mut() else { continue };
                let first = std::iter::once(Some(line.gap)).chain(std::iter::repeat(None));
                piece.extend(rest.iter().zip(first).map(|(text, starts)| Word { text, starts }));
            }
        }
        for row in &mut rows {
            row.pieces.retain(|piece| !piece.is_empty());
        }
        rows
    }
}
