//! Figures that are alone in a cell of a table.

use super::{
    model::{Doubt, Figure, Unit},
    of,
    scan::{Place, Read, figures},
};
use crate::{
    time::{Time, pieces},
    token::Tokens,
};

/// What the words behind the number of a cell may be long and still be its unit, in bytes.
const LONGEST_UNIT: usize = 60;

/// The figure of a cell that holds one and little else: "≥ 95%", "Tối thiểu 3 hệ thống", "1.200", "40 - 50".
pub fn of_cell(text: &str) -> Option<Figure> {
    let tokens = Tokens::of(text);
    if pieces(&tokens)
        .iter()
        .any(|time| matches!(time.found.time, Time::Day { .. } | Time::Month { .. } | Time::Quarter { .. }))
    {
        return None;
    }
    let mut found = figures(&tokens, &[], Place::Cell).into_iter();
    let read = found.next().filter(|_| found.next().is_none())?;
    let rest = read.tokens.end..tokens.len();
    let before = (0..read.tokens.start).all(|at| is_nothing(&tokens, at));
    if !before {
        return None;
    }
    let end = rest.clone().find(|at| matches!(tokens.sign(*at), Some('(' | ';'))).unwrap_or(tokens.len());
    if (rest.start..end).all(|at| is_nothing(&tokens, at)) {
        return Some(read.figure);
    }
    with_longer_unit(&tokens, read, end)
}

/// What may stand around a figure: signs, and words that only lead to it.
fn is_nothing(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    (word.is_empty() && tokens.digits(at).is_empty())
        || matches!(word, "phấn" | "đấu" | "đạt" | "tỷ" | "lệ" | "từ" | "số" | "lượng")
}

/// A unit that a sentence would not know the end of: "3 hệ thống dùng chung của tỉnh".
fn with_longer_unit(tokens: &Tokens, read: Read, end: usize) -> Option<Figure> {
    let begun = read.figure.unit.as_ref().filter(|unit| !unit.is_before && !unit.text.starts_with('%'))?;
    let only_words = (read.tokens.end..end).all(|at| tokens.digits(at).is_empty());
    let rest = tokens.written(read.tokens.end..end).trim_end_matches(['.', ',', ' ']);
    let text = format!("{} {rest}", begun.text);
    let unit = Unit { text, is_known: false, ..begun.clone() };
    let span = read.figure.span.start..tokens.span(read.tokens.end..end).end;
    (only_words && unit.text.len() <= LONGEST_UNIT).then(|| Figure { unit: Some(unit), span, ..read.figure.clone() })
}

/// The figure of a cell whose unit stands in a column of its own ("Đơn vị tính": "%").
pub fn with_unit_column(cell: &str, column: &str) -> Option<Figure> {
    let figure = of_cell(cell)?;
    let Some(column) = unit_of(column) else { return Some(figure) };
    let same = figure.unit.as_ref().is_none_or(|own| own.text.to_lowercase() == column.text.to_lowercase());
    let doubt = if same { figure.doubt } else { Some(Doubt::OtherUnit) };
    let unit = if same { Some(column) } else { figure.unit };
    Some(Figure { unit, doubt, ..figure })
}

fn unit_of(column: &str) -> Option<Unit> {
    let text = column.trim().trim_matches(['(', ')']).trim();
    let tokens = Tokens::of(text);
    let scale = of::behind(&tokens, 0).map_or(1.0, |(unit, _)| unit.scale);
    let has_letter = text.chars().any(|char| char.is_alphabetic() || matches!(char, '%' | '‰'));
    has_letter.then(|| Unit { text: text.to_owned(), scale, is_before: false, is_known: true })
}
