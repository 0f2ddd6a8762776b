//! What the caller asks of a row, and whether it is there.

use super::line::{Line, Row, Why};
use crate::{Cell, Column, Found, Grid};

#[derive(Clone, Copy)]
pub(super) struct Asked<'a, 's> {
    pub grid: &'s Grid,
    pub found: &'s Found<'a>,
    pub columns: &'s [Column<'a>],
}

impl<'a> Asked<'a, '_> {
    fn cell(&self, row: usize, key: &str) -> &Cell {
        self.found.cell(self.grid, row, key)
    }

    /// Whether this is the column of a required key.
    pub(super) fn is_required(&self, column: usize) -> bool {
        self.required().any(|(_, known)| known == column)
    }

    /// Required keys that have a column.
    pub(super) fn required(&self) -> impl Iterator<Item = (&'a str, usize)> {
        let required = self.columns.iter().filter(|column| column.is_required);
        required.filter_map(|column| Some((column.key, *self.found.columns.get(column.key)?)))
    }

    /// Required keys of which nothing is said here, nor above where that counts.
    pub(super) fn missing(&self, row: usize, above: Option<&Line<'a>>) -> Vec<&'a str> {
        let carried = self.carried(row, above);
        let keys = self.required().map(|(key, _)| key).filter(|key| self.cell(row, key).is_empty());
        keys.filter(|key| carried.iter().all(|(known, _)| known != key)).collect()
    }

    /// Keys that a row leaves to the row above, with the row that says them.
    pub(super) fn carried(&self, row: usize, above: Option<&Line<'a>>) -> Vec<(&'a str, usize)> {
        let Some(above) = above else { return Vec::new() };
        let from =
            |key: &'a str| above.carried.iter().find(|(known, _)| *known == key).map_or(above.row, |(_, row)| *row);
        let keys = self.columns.iter().filter(|column| column.is_carried).map(|column| column.key);
        let empty = keys.filter(|key| self.cell(row, key).is_empty()).map(|key| (key, from(key)));
        empty.filter(|(key, from)| !self.cell(*from, key).is_empty()).collect()
    }

    /// Data, or why not.
    pub(super) fn verdict(&self, row: usize, missing: Vec<&'a str>) -> Row<'a> {
        let broken = self.columns.iter().find_map(|column| match self.cell(row, column.key) {
            Cell::Error(cell) => Some(Why::Broken { key: column.key, cell: *cell }),
            _ => None,
        });
        match (broken, missing.is_empty()) {
            (Some(why), _) => Row::Refused(why),
            (None, true) => Row::Data,
            (None, false) => Row::Refused(Why::Missing(missing)),
        }
    }
}
