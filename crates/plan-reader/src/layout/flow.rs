//! Running text: lines to paragraphs by their ends, their beginnings and the space above them.

use super::page::{Page, Word, lines, text};
use crate::{
    marker::{self, Level},
    paragraph::{glue, is_marked},
    sheet::{Origin, Sheet},
};

struct Line {
    text: String,
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
    sure: f64,
}

pub fn paragraphs(words: &[Word], page: &Page, sheet: &mut Sheet, number: Option<u32>) {
    let lines: Vec<Line> = columns(words).into_iter().filter(|line| !is_page_number(line, page)).collect();
    let right = lines.iter().map(|line| line.x1).fold(0.0, f64::max);
    let left = lines.iter().map(|line| line.x0).fold(f64::MAX, f64::min);
    let usual = usual_gap(&lines);
    let mut open = String::new();
    let mut sure: f64 = 1.0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        if before.is_some_and(|before| parts(before, line, usual, left, right)) {
            sheet.paragraph(&std::mem::take(&mut open), Origin { page: number, sure });
            sure = 1.0;
        }
        sure = sure.min(line.sure);
        if !open.is_empty() {
            open.push_str(glue(&open));
        }
        open.push_str(&line.text);
    }
    sheet.paragraph(&open, Origin { page: number, sure });
}

/// From base line to base line inside a paragraph: the smallest that is no exception.
fn usual_gap(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|gap| *gap > 0.0).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 10).copied().unwrap_or(f64::MAX)
}

/// Whether a new paragraph begins with this line.
fn parts(before: &Line, line: &Line, usual: f64, left: f64, right: f64) -> bool {
    let first = line.text.split(' ').next().unwrap_or_default();
    let per_letter =
        (before.x1 - before.x0) / f64::from(u32::try_from(before.text.chars().count().max(1)).unwrap_or(1));
    let room = right - before.x1 - per_letter * f64::from(u32::try_from(first.chars().count() + 2).unwrap_or(1));
    let short = room > 0.0;
    let gap = line.y - before.y;
    let indented = line.x0 > left + before.size && before.x0 < line.x0 - before.size;
    let centred =
        |line: &Line| (line.x0 - left - (right - line.x1)).abs() < 2.0 * line.size && line.x0 > left + 2.0 * line.size;
    // "o" and "+" also stand where a line of running text happens to begin.
    let marked = marker::marker(&line.text).is_some_and(|(mark, _)| mark.level != Level::SubBullet);
    let closed = before.text.ends_with("./.") || line.text.starts_with("Nơi nhận");
    gap < 0.0
        || closed
        || is_marked(&before.text, &line.text)
        || gap > 1.25 * usual
        || short
        || marked
        || (indented && !centred(before))
        || (centred(line) && !centred(before))
}

/// Lines in reading order. Where two texts stand side by side (letterhead, signatures) the left one comes first.
fn columns(words: &[Word]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    for line in lines(words) {
        let mut pieces = pieces(&line);
        if pieces.len() == 2 {
            right.extend(pieces.pop());
            left.extend(pieces);
            continue;
        }
        let under = |column: &[Line]| pieces.iter().all(|piece| column.last().is_some_and(|last| piece.is_under(last)));
        if under(&right) {
            right.extend(pieces);
        } else if under(&left) && !right.is_empty() {
            left.extend(pieces);
        } else {
            out.append(&mut left);
            out.append(&mut right);
            out.extend(pieces);
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
        [at] if at > 1 || line[0].text.chars().count() > 3 => {
            [&line[..at], &line[at..]].into_iter().filter_map(piece).collect()
        }
        _ => piece(line).into_iter().collect(),
    }
}

fn piece(words: &[&Word]) -> Option<Line> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Line {
        text: text(words),
        x0: first.x0,
        x1: last.x1,
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
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_secrecy_beside_the_right_edge_stays_a_line() {
        let word = |text: &str, x0: f64, y: f64| Word { x0, x1: 500.0, y, size: 13.0, text: text.into(), sure: 1.0 };
        let words = [
            word("rà soát bờ kè của xã và", 80.0, 100.0),
            word("TUYỆT MẬT", 430.0, 116.0),
            word("báo cáo kết quả về huyện", 80.0, 132.0),
        ];
        let page = Page { height: 800.0, recognised: false, words: vec![], rules: vec![] };
        let mut sheet = Sheet::default();
        paragraphs(&words, &page, &mut sheet, None);
        assert!(sheet.paragraphs.iter().any(|paragraph| paragraph.text == "TUYỆT MẬT"), "{:?}", sheet.paragraphs);
    }
}
