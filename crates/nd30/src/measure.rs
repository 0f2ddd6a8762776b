//! How wide words are in Times New Roman, and so how wide the columns of a table must be.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{Cell, Column, Table};

/// Thousandths of the size, from A to Z and from a to z.
const USUAL: [u16; 52] = [
    722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944,
    722, 722, 611, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278,
    500, 500, 722, 500, 500, 444,
];
const BOLD: [u16; 52] = [
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000,
    722, 722, 667, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333,
    556, 500, 722, 500, 500, 444,
];

fn letter(c: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &USUAL };
    match c {
        'A'..='Z' => table[usize::from(c as u8 - b'A')],
        'a'..='z' => table[26 + usize::from(c as u8 - b'a')],
        'Đ' => table[3],
        'đ' => table[26 + 3],
        ' ' | '\u{a0}' | '.' | ',' => 250,
        '/' | ':' | ';' => 278,
        '(' | ')' | '-' => 333,
        '%' => 833,
        '…' => 1000,
        '&' => 778,
        c if c.is_ascii() => 500,
        _ => 722,
    }
}

/// The width of a line of text, in points at a size in points.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters.map(|c| f64::from(letter(c, bold))).sum::<f64>() * size / 1000.0
}

/// Left and right of the words of a cell, with what a screen or a printer rounds away.
const PADDING: f64 = 13.0;
const SIZES: [f64; 4] = [12.0, 11.0, 10.0, 9.0];
/// A single word takes no more of the sheet; nobody writes one so long but in an address.
const LONGEST: f64 = 0.4;
/// Lines that the head of a column takes, where the sheet has room.
const HEAD_LINES: f64 = 3.0;

/// What sentences need of the space, and which part of what is over a short cell may take.
const SENTENCES: f64 = 0.35;
const CHEAP: f64 = 0.2;

/// How a table is set between the margins: the size of its letters, and the width of each column, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub size: f64,
    pub widths: Vec<f64>,
}

struct Need {
    /// The longest word: less would cut it.
    least: f64,
    /// The head in a few lines.
    good: f64,
    /// The longest cell in one line.
    whole: f64,
    /// A usual cell in one line.
    usual: f64,
    /// What is over goes to words; figures and numbers stay beside their lines.
    grows: bool,
}

/// Columns by what stands in them, so that no word is cut.
pub fn columns(table: &Table, space: f64) -> Columns {
    let fits = |size: &f64| needs(table, *size, space).iter().map(|need| need.least).sum::<f64>() <= space;
    let size = SIZES.into_iter().find(fits).unwrap_or(9.0);
    Columns { size, widths: shared(&needs(table, size, space), space) }
}

fn needs(table: &Table, size: f64, space: f64) -> Vec<Need> {
    let of = |(at, head): (usize, &String)| {
        let need = need(head, table.rows.iter().filter_map(|row| row.get(at)), size, space);
        Need { grows: table.column(at) == Column::Words, ..need }
    };
    table.head.iter().enumerate().map(of).collect()
}

fn need<'a>(head: &str, cells: impl Iterator<Item = &'a Cell>, size: f64, space: f64) -> Need {
    let word = |text: &str, bold| {
        let widths = text.split([' ', '\n', '\t']).map(|word| width(word, size, bold));
        (widths.fold(0.0, f64::max) + PADDING).min(space * LONGEST)
    };
    let mut least = word(head, true);
    let (mut whole, mut sum, mut count) = (0.0_f64, 0.0, 0.0);
    for cell in cells {
        let line: f64 = cell.iter().map(|run| width(&run.text, size, run.bold)).sum::<f64>() + PADDING;
        least = cell.iter().map(|run| word(&run.text, run.bold)).fold(least, f64::max);
        if line > PADDING {
            (whole, sum, count) = (whole.max(line), sum + line, count + 1.0);
        }
    }
    let good = (width(head, size, true) / HEAD_LINES * 1.2 + PADDING).max(least);
    Need { least, good, whole: whole.max(good), usual: sum / f64::max(count, 1.0), grows: true }
}

/// What is over goes to the columns in which more is written.
fn shared(needs: &[Need], space: f64) -> Vec<f64> {
    let total = |of: fn(&Need) -> f64| needs.iter().map(of).sum::<f64>().max(1.0);
    if total(|need| need.whole) <= space {
        let over = space - total(|need| need.whole);
        let any = needs.iter().any(|need| need.grows);
        let part = |need: &Need| if need.grows || !any { need.whole } else { 0.0 };
        let all = needs.iter().map(part).sum::<f64>().max(1.0);
        return needs.iter().map(|need| need.whole + over * part(need) / all).collect();
    }
    // Heads in few lines, where that leaves room for sentences.
    let roomy = total(|need| need.good) <= space * (1.0 - SENTENCES);
    let mut widths: Vec<f64> = needs.iter().map(|need| if roomy { need.good } else { need.least }).collect();
    let mut over = space - widths.iter().sum::<f64>();
    if over <= 0.0 {
        return needs.iter().map(|need| need.least * space / total(|need| need.least)).collect();
    }
    // A short cell stays in one line where that costs little.
    for (width, need) in widths.iter_mut().zip(needs) {
        let lacks = need.whole - *width;
        if lacks > 0.0 && lacks <= over * CHEAP {
            (*width, over) = (need.whole, over - lacks);
        }
    }
    let wish = |(width, need): (&f64, &Need)| (need.usual.max(need.whole / 3.0) - width).max(0.0);
    let wishes: Vec<f64> = widths.iter().zip(needs).map(wish).collect();
    let all = wishes.iter().sum::<f64>();
    let sum = widths.iter().sum::<f64>();
    let part = |(width, wish): (&f64, &f64)| if all > 0.0 { width + over * wish / all } else { width * space / sum };
    widths.iter().zip(&wishes).map(part).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Run;

    #[test]
    fn letters_are_as_wide_as_the_font_sets_them() {
        assert!((width("Độc lập", 10.0, false) - width("Dôc lap", 10.0, false)).abs() < 0.01);
        assert!((width("AB", 10.0, false) - 13.89).abs() < 0.01);
        assert!(width("hoạch", 12.0, true) > width("hoạch", 12.0, false));
    }

    fn table(head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
        let rows = rows.into_iter().map(|row| row.into_iter().map(|text| vec![Run::new(text)]).collect()).collect();
        Table { head, rows, ..Table::default() }
    }

    #[test]
    fn the_column_of_numbers_is_narrow_and_that_of_sentences_wide() {
        let long = "Xây dựng nền tảng tích hợp, chia sẻ dữ liệu của tỉnh và kết nối với nền tảng của trung ương. ";
        let head = ["STT", "Nhiệm vụ", "Tổng số", "% kế hoạch"].map(str::to_owned).to_vec();
        let row = |n: u32| vec![n.to_string(), long.repeat(3), "64,3/77".into(), "91,7".into()];
        let set = columns(&table(head, (1..40).map(row).collect()), 453.0);
        assert!((set.size - 12.0).abs() < f64::from(f32::EPSILON), "{set:?}");
        assert!(set.widths[0] >= width("STT", 12.0, true) + 10.0 && set.widths[0] < 50.0, "{set:?}");
        assert!(set.widths[2] >= width("64,3/77", 12.0, false) + 10.0, "{set:?}");
        assert!(set.widths[1] > 240.0, "{set:?}");
    }

    proptest! {
        /// Whatever is written, the columns fill the sheet, and where the words fit at all none is cut.
        #[test]
        fn columns_fill_the_sheet_and_cut_no_word(
            head in prop::collection::vec("[a-zA-ZđĐộệữ]{1,9}( [a-zà-ỹ]{1,7}){0,4}", 1..11),
            words in prop::collection::vec("[a-zA-Zđộệữ0-9]{1,12}( [a-zà-ỹ]{1,7}){0,30}", 1..60),
            space in 400.0..760.0_f64,
        ) {
            let rows: Vec<Vec<String>> = words.chunks_exact(head.len()).map(<[String]>::to_vec).collect();
            let table = table(head, rows);
            let set = columns(&table, space);
            prop_assert!((set.widths.iter().sum::<f64>() - space).abs() < 1.0);
            let needs = needs(&table, set.size, space);
            if needs.iter().map(|need| need.least).sum::<f64>() <= space {
                for (need, width) in needs.iter().zip(&set.widths) {
                    prop_assert!(*width + 0.01 >= need.least);
                }
            }
        }
    }
}
