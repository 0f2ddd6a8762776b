//! What a row may be.

use crate::Broken;

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
