//! RTF, as many programs write it and call it `.doc`: a font, paragraphs and tables, every letter beyond ASCII by number.

use std::fmt::Write;

use super::word_table::widths;
use crate::piece::{Head, HeadForm, Piece, Style, Table};

pub fn rtf(pieces: &[Piece]) -> Vec<u8> {
    let mut out = String::from(
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\n\\paperw11906\\paperh16838\\margl1701\\margr1134\\f0\\fs26\n",
    );
    for piece in pieces {
        match piece {
            Piece::Head(of) => head(&mut out, of),
            Piece::Line(style, text) => line(&mut out, *style, text),
            Piece::Table(of) => table(&mut out, of),
        }
    }
    out.push('}');
    out.into_bytes()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut units = [0; 2];
    for letter in text.chars() {
        match letter {
            '\\' | '{' | '}' => out.extend(['\\', letter]),
            '\t' => out.push_str("\\tab "),
            ' '..='~' => out.push(letter),
            _ => {
                for unit in letter.encode_utf16(&mut units) {
                    // Writing to a string does not fail.
                    let _ = write!(out, "\\u{}?", i16::from_ne_bytes(unit.to_ne_bytes()));
                }
            }
        }
    }
    out
}

fn line(out: &mut String, style: Style, text: &str) {
    let look = match style {
        Style::Kind | Style::Title => "\\qc\\b",
        Style::Chapter | Style::Heading => "\\ql\\b",
        Style::Plain | Style::Item | Style::Label => "\\qj\\fi720\\sb120",
        Style::Foot => "\\ql",
    };
    out.push_str(&format!("\\pard{look} {}\\b0\\par\n", escaped(text)));
}

fn head(out: &mut String, head: &Head) {
    let Head { form, left, right, number, place_and_day, about } = head;
    let below = [vec![number.clone()], about.clone()].concat();
    if *form == HeadForm::Bare {
        below.iter().chain([place_and_day]).for_each(|text| line(out, Style::Foot, text));
        return;
    }
    let cell = |lines: &[String]| lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\\par ");
    let widths = [3_700, 5_370];
    row(out, &[cell(left), cell(right)], &widths, false);
    row(out, &[cell(&below), escaped(place_and_day)], &widths, false);
    out.push_str("\\pard\\par\n");
}

fn table(out: &mut String, table: &Table) {
    let widths = widths(table);
    let escape = |cells: &[String]| cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>();
    row(out, &escape(&table.head), &widths, true);
    if table.counted {
        let counted: Vec<String> = (0..table.head.len()).map(|at| format!("({})", at + 1)).collect();
        row(out, &counted, &widths, true);
    }
    table.rows.iter().for_each(|cells| row(out, &escape(cells), &widths, true));
    out.push_str("\\pard\\par\n");
}

fn row(out: &mut String, cells: &[String], widths: &[usize], is_drawn: bool) {
    let lines = ["t", "l", "b", "r"].map(|side| format!("\\clbrdr{side}\\brdrs\\brdrw10")).concat();
    let mut right = 0;
    out.push_str("\\trowd\\trgaph108");
    for width in widths {
        right += width;
        out.push_str(&format!("{}\\cellx{right}", if is_drawn { lines.as_str() } else { "" }));
    }
    out.push('\n');
    for cell in cells {
        out.push_str(&format!("\\pard\\intbl {cell}\\cell\n"));
    }
    out.push_str("\\row\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_are_written_by_number() {
        assert_eq!(escaped("Sở {a}"), "S\\u7903? \\{a\\}");
        let text = String::from_utf8(rtf(&[Piece::Line(Style::Plain, "a\\b".into())])).unwrap();
        assert!(text.starts_with("{\\rtf1") && text.contains("a\\\\b\\b0\\par") && text.ends_with('}'));
    }
}
