//! What each row of a table is. Every row of the grid gets exactly one line in the answer.

use super::{
    line::{Line, Row},
    sort,
};
use crate::{Cell, Column, Found, Grid};

/// A table that was read.
#[derive(Debug)]
pub struct Read<'a, 'g> {
    pub grid: &'g Grid,
    pub found: &'g Found<'a>,
    pub lines: Vec<Line<'a>>,
}

impl<'a, 'g> Read<'a, 'g> {
    /// The rows of a grid under the heads that were found in it.
    pub fn rows(grid: &'g Grid, found: &'g Found<'a>, columns: &[Column<'a>]) -> Self {
        Self { grid, found, lines: sort::lines(grid, found, columns) }
    }

    pub fn data(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| line.is == Row::Data)
    }

    /// What a line says of a key, be it by a row above.
    pub fn cell(&self, line: &Line<'_>, key: &str) -> &'g Cell {
        let carried = line.carried.iter().find(|(known, _)| *known == key);
        self.found.cell(self.grid, carried.map_or(line.row, |(_, row)| *row), key)
    }
}

#[cfg(test)]
mod tests;
