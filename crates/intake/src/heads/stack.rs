//! Heads over several rows: what stands above several columns is part of the head of each.

use std::ops::Range;

use crate::{
    Grid,
    fold::{fold, lower},
};

/// The head of one column.
pub(super) struct Head {
    /// All its words from above down.
    pub said: String,
    /// Ways to read it, folded and with marks: all of it, without what is in brackets, its lowest row alone.
    pub readings: Vec<(String, String)>,
}

pub(super) fn heads(grid: &Grid, rows: Range<usize>, width: usize) -> Vec<Head> {
    let mut parts: Vec<Vec<&str>> = vec![Vec::new(); width];
    for row in rows.clone() {
        let is_lowest = row + 1 == rows.end;
        let mut group = "";
        for (column, part) in parts.iter_mut().enumerate() {
            let own = grid.cell(row, column).words().trim();
            if !own.is_empty() {
                group = own;
            }
            let hangs_over = own.is_empty() && !is_lowest && is_filled_below(grid, row + 1..rows.end, column);
            let said = if hangs_over { group } else { own };
            if !said.is_empty() && part.last() != Some(&said) {
                part.push(said);
            }
        }
    }
    parts.iter().map(|parts| head(parts)).collect()
}

/// Whether the lowest row parts what stands above it: somewhere it says something under a head that hangs over, or under none.
/// What says something under heads alone is data, whatever words are in it.
pub(super) fn is_parted(grid: &Grid, rows: Range<usize>) -> bool {
    let is_blank = |row: usize, column: usize| grid.own(row, column).words().trim().is_empty();
    let Some(lowest) = rows.clone().last().filter(|lowest| *lowest > rows.start) else { return true };
    (0..grid.width()).any(|column| !is_blank(lowest, column) && (rows.start..lowest).all(|row| is_blank(row, column)))
}

fn is_filled_below(grid: &Grid, rows: Range<usize>, column: usize) -> bool {
    rows.into_iter().any(|row| !grid.own(row, column).words().trim().is_empty())
}

fn head(parts: &[&str]) -> Head {
    let said = parts.join(" ");
    let mut readings: Vec<(String, String)> = Vec::new();
    for text in [said.clone(), without_brackets(&said), without_brackets(parts.last().unwrap_or(&""))] {
        let reading = (fold(&text), lower(&text));
        if !reading.0.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    Head { said: said.split_whitespace().collect::<Vec<_>>().join(" "), readings }
}

/// "Thời hạn (ngày)" speaks of a term.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    outside.collect()
}
