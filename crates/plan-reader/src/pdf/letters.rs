//! Letters to words by where they stand: in which order, and in which font, a file draws them says nothing. A letter that
//! a font lacks comes from another one, often after the whole line.

use unicode_normalization::char::is_combining_mark;

use super::marks::Letter;
use crate::layout::Word;

/// Wider apart than this share of their size letters are of two words.
const GAP: f64 = 0.18;
/// Over each other more than this they are of two texts.
const OVER: f64 = 0.5;
/// The same letter this near is drawn twice, to look bold.
const TWICE: f64 = 0.12;

pub fn words(letters: Vec<Letter>) -> Vec<Word> {
    let mut sorted = whole(letters);
    sorted.sort_by(|a, b| a.start.y.total_cmp(&b.start.y));
    let mut out = Vec::new();
    let mut line: Vec<Letter> = Vec::new();
    for letter in sorted {
        if line.first().is_some_and(|first| letter.start.y - first.start.y >= 0.3 * first.size) {
            close(std::mem::take(&mut line), &mut out);
        }
        line.push(letter);
    }
    close(line, &mut out);
    out
}

/// Marks that combine go to the letter before them, wherever they are drawn.
fn whole(letters: Vec<Letter>) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        let combines = letter.text.chars().all(is_combining_mark);
        match out.last_mut().filter(|last| combines && last.start.distance(letter.start) < 1.5 * last.size) {
            Some(last) => last.text.push_str(&letter.text),
            None => out.push(letter),
        }
    }
    out
}

/// The words of one line.
fn close(mut line: Vec<Letter>, out: &mut Vec<Word>) {
    line.sort_by(|a, b| left(a).total_cmp(&left(b)));
    let mut open: Option<Word> = None;
    let mut last: Option<Letter> = None;
    for letter in line {
        if letter.text.chars().all(char::is_whitespace) {
            out.extend(open.take());
            continue;
        }
        let twice = |last: &Letter| last.text == letter.text && left(&letter) - left(last) < TWICE * letter.size;
        if last.as_ref().is_some_and(twice) && open.is_some() {
            continue;
        }
        let (x0, x1) = (left(&letter), letter.start.x.max(letter.end.x));
        match open.as_mut().filter(|word| follows(word, x0)) {
            Some(word) => {
                word.text.push_str(&letter.text);
                word.x1 = word.x1.max(x1);
            }
            None => {
                let word = Word { x0, x1, y: letter.start.y, size: letter.size, text: letter.text.clone(), sure: 1.0 };
                out.extend(open.replace(word));
            }
        }
        last = Some(letter);
    }
    out.extend(open);
}

fn left(letter: &Letter) -> f64 {
    letter.start.x.min(letter.end.x)
}

fn follows(word: &Word, x0: f64) -> bool {
    (-OVER * word.size..GAP * word.size).contains(&(x0 - word.x1))
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Point;

    use super::*;

    fn letter(text: &str, x: f64) -> Letter {
        Letter { text: text.into(), start: Point::new(x, 50.0), end: Point::new(x + 5.0, 50.0), size: 10.0, turn: 0 }
    }

    fn read(letters: &[(&str, f64)]) -> Vec<String> {
        words(letters.iter().map(|(text, x)| letter(text, *x)).collect()).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_letter_of_another_font_stands_in_its_word() {
        let drawn =
            [("T", 0.0), ("h", 5.0), ("n", 20.0), ("g", 25.0), (" ", 30.0), ("2", 32.0), ("ư", 10.0), ("ơ", 15.0)];
        assert_eq!(read(&drawn), ["Thương", "2"]);
    }

    #[test]
    fn blanks_and_gaps_part_words() {
        assert_eq!(read(&[("a", 0.0), (" ", 5.0), ("b", 5.5), ("c", 13.0)]), ["a", "b", "c"]);
        assert_eq!(read(&[("a", 0.0), ("b", 6.0)]), ["ab"]);
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        assert_eq!(read(&[("l", 0.0), ("l", 5.0), ("l", 0.5), ("l", 5.5)]), ["ll"]);
        assert_eq!(read(&[("a", 0.0), ("b", 5.0), ("\u{301}", 1.0)]), ["ab\u{301}"]);
    }
}
