//! Text that keeps the look of its pages by blanks, as `pdftotext -layout` writes it: each letter has a place.

use crate::layout::{Page, Word};

/// The place of a letter, in points; the pages look much as they were printed.
const LETTER: f64 = 5.0;
const LINE: f64 = 14.0;
const SIZE: f64 = 10.0;
const TAB: usize = 8;

/// A run of blanks that sets texts apart; two also stand behind a full stop.
const APART: usize = 3;

/// Whether texts stand side by side in it: on several lines something begins at the same place behind a wide gap.
pub fn is_laid_out(text: &str) -> bool {
    let mut places: Vec<usize> =
        text.lines().filter(|line| line.matches('\t').count() < 2).filter_map(second).collect();
    places.sort_unstable();
    places.chunk_by(|a, b| a.abs_diff(*b) <= 1).any(|same| same.len() >= 3)
        || (text.contains('\u{c}') && !places.is_empty())
}

/// Where the second text of a line begins; the mark of a list is none.
fn second(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let words = words(line);
    let wide = |pair: &[(usize, &str)]| pair[1].0 - pair[0].0 - pair[0].1.chars().count() >= APART;
    let at = words.windows(2).position(wide)?;
    let is_mark = at == 0 && words[0].1.chars().count() <= 3 && words.len() > 1 && !words[1..].windows(2).any(wide);
    (!is_mark).then_some(words[at + 1].0)
}

/// The words of a line and the columns in which they begin.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let (mut column, mut open) = (0, None);
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            if let Some((start, from)) = open.take() {
                out.push((start, &line[from..at]));
            }
            column = if c == '\t' { (column / TAB + 1) * TAB } else { column + 1 };
        } else {
            open = open.or(Some((column, at)));
            column += 1;
        }
    }
    if let Some((start, from)) = open {
        out.push((start, &line[from..]));
    }
    out
}

pub fn pages(text: &str) -> Vec<Page> {
    text.split('\u{c}').map(page).collect()
}

fn page(text: &str) -> Page {
    let mut page = Page { height: LINE, recognised: false, ragged: true, words: Vec::new(), rules: Vec::new() };
    for line in text.lines() {
        let y = page.height;
        page.height += LINE;
        page.words.extend(words(line).into_iter().map(|(column, text)| {
            let x0 = places(column);
            let x1 = x0 + places(text.chars().count());
            Word { x0, x1, y, size: SIZE, text: text.to_owned(), sure: 1.0 }
        }));
    }
    page
}

fn places(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * LETTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_side_by_side_are_told_from_running_ones() {
        let beside = "  ỦY BAN       CỘNG HÒA\n  TỈNH MẪU     Độc lập\n  Số: 1        Ngày 2\n";
        assert!(is_laid_out(beside));
        assert!(is_laid_out("ỦY BAN     CỘNG HÒA\nthân\n\u{c}trang hai\n"));
        let running =
            "1.   Làm việc\n2.   Làm việc\n3.   Làm việc\n-    Sở A.  Sở B.\n-    Sở C.  Sở D.\n-    Sở E.  Sở F.\n";
        assert!(!is_laid_out(running));
        assert!(!is_laid_out("TT\tViệc   một\tAi\n1\tLàm   gì\tSở\n2\tLàm   gì\tSở\n"));
    }

    #[test]
    fn letters_have_their_places() {
        assert_eq!(words("  Sở\tA  bé"), [(2, "Sở"), (8, "A"), (11, "bé")]);
    }
}
