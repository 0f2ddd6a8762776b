//! Figures as plans write them: "trên 2.000 ha", "từ 60 đến 70 %", "12.345 tỷ đồng", "cấp độ 3", "02/03 xã".
//!
//! [`scan`] finds every figure of a text, with its comparator, unit and, where the sentence says it, the time it is for.
//! What only looks like a figure is left out: marks of lists, times, numbers of documents, articles and telephones.

mod amount;
mod cell;
mod comparator;
mod model;
mod of;
mod place;
mod scan;
mod when;

pub use cell::{of_cell, with_unit_column};
pub use model::{Comparator, Doubt, Figure, Unit, Value};

use crate::{spelled, time, token::Tokens};

/// Every figure that a text (in NFC) states, in its order; none overlaps another. Spans are bytes of the text.
pub fn scan(text: &str) -> Vec<Figure> {
    let tokens = Tokens::of(text);
    // Without a figure nothing depends on the times.
    let begins = |at: usize| !tokens.digits(at).is_empty() || spelled::begins(&tokens, at);
    if (0..tokens.len()).any(begins) { walk(&tokens).0 } else { vec![] }
}

/// The figures of a text and its times, as [`scan`] and [`time::scan`] find them, in one walk.
pub fn with_times(text: &str) -> (Vec<Figure>, Vec<time::Found>) {
    let tokens = Tokens::of(text);
    walk(&tokens)
}

fn walk(tokens: &Tokens) -> (Vec<Figure>, Vec<time::Found>) {
    let times = time::pieces(tokens);
    let mut found = scan::figures(tokens, &times, scan::Place::Text);
    when::tell(tokens, &times, &mut found);
    let figures = found.into_iter().map(|read| read.figure).collect();
    (figures, times.into_iter().map(|piece| piece.found).collect())
}
