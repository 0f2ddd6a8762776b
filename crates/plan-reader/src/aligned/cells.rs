//! The cells of rows, put together from their lines.

use crate::paragraph::{filled, glue_to};

/// A line with this much room behind it, and the next word, was ended on purpose.
const SPARE: f64 = 3.0;

/// A line of a cell.
pub struct Piece {
    pub text: String,
    pub width: f64,
    /// Of its first word.
    pub first: f64,
}

/// The cells, line after line. A line that had room for the next word was ended on purpose.
pub fn written(rows: &[Vec<Vec<Piece>>], count: usize) -> Vec<Vec<String>> {
    let mut widths = vec![0.0_f64; count];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.iter().map(|piece| piece.width).fold(*width, f64::max);
        }
    }
    let cell = |(cell, width): (&Vec<Piece>, &f64)| {
        let mut out = String::new();
        let mut room = 0.0;
        for piece in cell {
            if !out.is_empty() {
                let parted = piece.first + SPARE < room && !piece.text.starts_with(char::is_lowercase);
                out.push_str(if parted { "\n" } else { glue_to(&out, &piece.text) });
            }
            out.push_str(&piece.text);
            room = width - piece.width;
        }
        out
    };
    let row = |row: &Vec<Vec<Piece>>| {
        let cells = row.iter().zip(&widths).map(cell).enumerate();
        cells.map(|(at, cell)| if at > 0 { filled(&cell).to_owned() } else { cell }).collect()
    };
    rows.iter().map(row).collect()
}
