//! Whether what a page says is its text: a scan may bear the stamp of a digital signature, and the letters of a font may
//! be called by wrong names.

use intake::{Charset, OldFont, is_syllable};

use super::{letters, marks::Marks, turn};
use crate::layout::{Page, Word};

/// A picture over more of the page than this may be the page.
const MOST: f64 = 0.5;
/// Letters that stand on a scan: a mark of who received it, and the words of a signature with its certificate.
const MARK: usize = 150;
const STAMP: usize = 600;
const STAMPS: [&str; 7] = ["ký bởi", "người ký", "thời gian ký", "ngày ký", "ký số", "signed by", "signature valid"];
/// Drawn shapes of a page whose letters are shapes.
const SHAPES: usize = 200;
/// Fewer words tell nothing.
const ENOUGH: usize = 20;
/// The share of words that are Vietnamese in any document of an office, short forms and names of programs included.
const WELL: f64 = 0.6;
/// A syllable has seven letters at most: where more words than this are longer, the text is in another tongue.
const LONG: f64 = 0.08;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Text,
    Empty,
    /// Somebody must recognise it.
    None,
}

/// The page, with no words where they are not its text.
pub fn page(marks: Marks) -> (Page, Sense) {
    let (covered, unsaid, shapes) = (marks.covered, marks.unsaid, marks.shapes);
    let marks = turn::upright(marks);
    let height = marks.bounds.height();
    let mut words = named(letters::words(marks.letters));
    let sense = sense(&words, covered, unsaid, shapes);
    if sense != Sense::Text {
        words.clear();
    }
    (Page { height, recognised: false, words, rules: marks.rules }, sense)
}

fn sense(words: &[Word], covered: f64, unsaid: usize, shapes: usize) -> Sense {
    let letters: usize = words.iter().map(|word| word.text.chars().count()).sum();
    match () {
        () if letters == 0 && covered < 0.1 && unsaid < ENOUGH && shapes < SHAPES => Sense::Empty,
        () if letters == 0 || is_on_picture(words, letters, covered) || is_broken(words, letters, unsaid) => {
            Sense::None
        }
        () => Sense::Text,
    }
}

fn is_on_picture(words: &[Word], letters: usize, covered: f64) -> bool {
    if covered < MOST || letters > STAMP {
        return false;
    }
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ").to_lowercase();
    letters <= MARK || STAMPS.iter().any(|words| text.contains(words))
}

/// Letters without names, or words that are of no language.
fn is_broken(words: &[Word], letters: usize, unsaid: usize) -> bool {
    if unsaid > ENOUGH && unsaid * 4 > letters {
        return true;
    }
    let (mut all, mut well, mut long) = (0_u32, 0_u32, 0_u32);
    for word in words.iter().flat_map(|word| word.text.split(['-', '/', '(', ')', ',', '.', ';', ':'])) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        all += 1;
        well += u32::from(is_syllable(word) || is_short_form(word));
        long += u32::from(word.chars().count() > 7 && word.chars().all(char::is_alphabetic));
    }
    let enough = usize::try_from(all).is_ok_and(|all| all >= ENOUGH);
    enough && f64::from(well) < WELL * f64::from(all) && f64::from(long) <= LONG * f64::from(all)
}

/// UBND, KH, 12a, II: capitals, or a figure with a letter.
fn is_short_form(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = word.chars().all(char::is_alphanumeric);
    plain && (letters == 1 || (letters <= 6 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())))
}

/// Words in an old font as the letters that it draws.
fn named(mut words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(|word| word.text.contains(|c| matches!(c, '\u{a1}'..='\u{ff}'))) {
        return words;
    }
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let font = match intake::decode(text.as_bytes()).charset {
        Charset::Tcvn3 => OldFont::Tcvn3,
        Charset::Vni => OldFont::Vni,
        _ => return words,
    };
    for word in &mut words {
        word.text = font.convert(&word.text);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        let word = |text: &str| Word { x0: 0.0, x1: 0.0, y: 0.0, size: 10.0, text: text.into(), sure: 1.0 };
        text.split(' ').map(word).collect()
    }

    const TEXT: &str = "Ủy ban nhân dân tỉnh Mẫu giao Sở KH&CN chủ trì, phối hợp với VNPT-CA vận hành hệ thống LGSP theo Quyết định số 12/QĐ-UBND ngày 05/01/2026; báo cáo kết quả.";

    #[test]
    fn text_is_told_from_letters_that_say_nothing() {
        let of = |text: &str| sense(&words(text), 0.0, 0, 0);
        assert_eq!(of(TEXT), Sense::Text);
        let shifted: String =
            TEXT.chars().map(|c| if c.is_ascii_alphabetic() { char::from(c as u8 - 29) } else { c }).collect();
        assert_eq!(of(&shifted), Sense::None, "{shifted}");
        let lost: String = TEXT.chars().filter(char::is_ascii).collect();
        assert_eq!(of(&lost), Sense::None, "{lost}");
        let english = "The committee shall publish every decision within fifteen days and the department reviews all applications for public investment before the deadline.";
        assert_eq!(of(english), Sense::Text);
        assert_eq!(sense(&words(TEXT), 0.0, 60, 0), Sense::None, "letters without names");
    }

    #[test]
    fn a_stamp_on_a_scan_is_not_its_text() {
        let stamp =
            format!("Ký bởi: Ủy ban nhân dân tỉnh Mẫu {} Thời gian ký: 05.01.2026", "Cơ quan: Tỉnh Mẫu ".repeat(8));
        assert_eq!(sense(&words(&stamp), 0.9, 0, 0), Sense::None);
        assert_eq!(sense(&words(&stamp), 0.2, 0, 0), Sense::Text, "a page of text that was signed");
        assert_eq!(sense(&words(&TEXT.repeat(5)), 1.0, 0, 0), Sense::Text, "a scan with its text under it");
        assert_eq!(sense(&[], 0.0, 0, 0), Sense::Empty);
        assert_eq!(sense(&[], 0.0, 0, 900), Sense::None, "letters that are drawn");
    }

    #[test]
    fn words_of_old_fonts_get_their_letters() {
        let text = "Uû ban nh©n d©n tØnh giao Së Néi vô chñ tr×, hoµn thµnh kÕ ho¹ch";
        let read: Vec<String> = named(words(text)).into_iter().map(|word| word.text).collect();
        assert_eq!(read.join(" "), "Uỷ ban nhân dân tỉnh giao Sở Nội vụ chủ trì, hoàn thành kế hoạch");
    }
}
