//! What each row of a table is. Every row of the grid gets exactly one line in the answer.

mod asked;
mod shape;
mod sort;
mod sums;
mod words;

use crate::{Broken, Cell, Column, Found, Grid};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row<'a> {
    Data,
    /// Holds of the rows below: its words without their number.
    Group(String),
    Total,
    Blank,
    /// Titles, heads, the row of numbers below them, what stands under the table.
    Note,
    Refused(Why<'a>),
}

/// Why a row cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why<'a> {
    /// Required cells that are empty, perhaps cleared.
    Missing(Vec<&'a str>),
    Broken {
        key: &'a str,
        cell: Broken,
    },
}

/// What a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowDoubt {
    /// It calls itself a total, but this column does not add up.
    Unequal { column: usize },
    /// Its figures are the sums of other rows, but it is numbered or named like a row of its own.
    MayBeTotal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Of the grid.
    pub row: usize,
    /// As the file counts, from 1.
    pub number: usize,
    pub is: Row<'a>,
    /// The row of the grid that names its group.
    pub group: Option<usize>,
    pub doubt: Option<RowDoubt>,
    /// Keys that are said by a row above.
    pub carried: Vec<(&'a str, usize)>,
}

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
