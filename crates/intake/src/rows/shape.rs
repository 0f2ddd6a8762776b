//! How a row is built, whatever it says: how it is numbered, what is filled, which figures it holds.

use crate::{Cell, Found, Grid, fold::fold};

use super::words::{self, Called};

/// How a row is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    None,
    /// `1`, `1.2`, `3)`.
    Number,
    /// `I`, `A`: above the numbered ones.
    Roman,
}

#[derive(Debug)]
pub(super) struct Shape {
    pub order: Order,
    /// Its number as it stands: `2.1`.
    pub label: String,
    /// Cells that say something, a merged part once.
    pub filled: Vec<usize>,
    /// Figures by column, without the running number and shares of a hundred, which nobody adds up.
    pub figures: Vec<(usize, f64)>,
    pub called: Called,
}

impl Shape {
    pub(super) fn of(grid: &Grid, row: usize, order: Option<usize>) -> Self {
        let filled: Vec<usize> = (0..grid.width()).filter(|column| !grid.own(row, *column).is_empty()).collect();
        let figure = |column: &usize| {
            let figure = grid.own(row, *column).figure().filter(|figure| !figure.is_percent)?;
            (Some(*column) != order && figure.value.is_finite()).then_some((*column, figure.value))
        };
        let first = filled.iter().map(|column| grid.own(row, *column).words()).find(|text| words::is_wordy(text));
        let label = order.map(|column| grid.down(row, column).shown()).unwrap_or_default();
        // A workbook keeps the number 1.1 as a figure.
        let label = label.trim().trim_end_matches(['.', ')']).replace(',', ".");
        Self {
            order: numbered(&label),
            figures: filled.iter().filter_map(figure).collect(),
            called: words::called(first.unwrap_or_default()),
            filled,
            label,
        }
    }

    /// The cells beside the running number.
    pub(super) fn said(&self, order: Option<usize>) -> impl Iterator<Item = usize> {
        self.filled.iter().copied().filter(move |column| Some(*column) != order)
    }
}

fn numbered(text: &str) -> Order {
    let is_numeral = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || c == '.') && text.starts_with(|c: char| c.is_ascii_digit())
    };
    match text {
        "" => Order::None,
        text if is_numeral(text) => Order::Number,
        text if text.chars().all(|c| "IVXLC".contains(c)) => Order::Roman,
        text if text.chars().count() == 1 && text.chars().all(char::is_uppercase) => Order::Roman,
        _ => Order::None,
    }
}

/// The row below the heads that numbers nearly all their columns: `(1) (2) (3)`, `A B 1 2 3=1+2`.
pub(super) fn is_numbers(grid: &Grid, row: usize, shape: &Shape, heads: usize) -> bool {
    let labels: Vec<String> = shape.filled.iter().map(|column| label(grid.own(row, *column))).collect();
    let (letters, rest): (Vec<&String>, Vec<&String>) =
        labels.iter().partition(|label| label.parse::<char>().is_ok_and(char::is_alphabetic));
    let numbers: Vec<usize> = rest.iter().filter_map(|label| number_of(label)).collect();
    let first = numbers.first().copied().unwrap_or(0);
    let is_row = numbers.iter().zip(first..).all(|(number, due)| *number == due);
    let are_letters = letters.iter().zip('a'..).all(|(letter, due)| letter.to_lowercase() == due.to_string());
    let is_whole = labels.len() > 1 && labels.len() * 4 >= heads * 3 && numbers.len() == rest.len();
    is_whole && numbers.len() > 1 && (1..=2).contains(&first) && is_row && are_letters
}

/// The number of a column, be it the sum of others.
fn number_of(label: &str) -> Option<usize> {
    let (number, sum) = label.split_once('=').unwrap_or((label, ""));
    let is_sum = sum.chars().all(|c| c.is_ascii_digit() || "+-*/x:%".contains(c));
    number.parse().ok().filter(|_| is_sum)
}

/// Without brackets and blanks.
fn label(cell: &Cell) -> String {
    cell.shown().chars().filter(|c| !c.is_whitespace() && !"()[]".contains(*c)).collect()
}

/// The rows of heads as they are known again, at the top of a printed page.
pub(super) fn heads(grid: &Grid, found: &Found<'_>) -> Vec<Vec<String>> {
    let rows = found.rows.clone().map(|row| words(grid, row).collect::<Vec<_>>());
    rows.filter(|words| words.iter().filter(|word| !word.is_empty()).count() > 1).collect()
}

/// Whether a row is one of these.
pub(super) fn is_head_again(grid: &Grid, row: usize, heads: &[Vec<String>]) -> bool {
    heads.iter().any(|head| words(grid, row).eq(head.iter().map(String::as_str)))
}

fn words(grid: &Grid, row: usize) -> impl Iterator<Item = String> {
    (0..grid.width()).map(move |column| fold(grid.own(row, column).words()))
}
