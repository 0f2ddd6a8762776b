//! The cells of one sheet with what is merged in it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{Cell, CsvRow};

/// A merged part of the grid: first and last row and column, from 0, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

/// Cells that merged parts may fill, over all.
const MOST_FILLED: usize = 600_000;

/// Rows as long as they are filled.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    rows: Vec<Vec<Cell>>,
    /// The number of each row as the file counts, from 1.
    lines: Vec<usize>,
    width: usize,
    /// Cells that stand in a merged part beside its first: where that is.
    merged: HashMap<(usize, usize), (usize, usize)>,
}

static EMPTY: Cell = Cell::Empty;

impl Grid {
    /// The rows of a sheet of which the first stands in this line.
    pub fn new(rows: Vec<Vec<Cell>>, first_line: usize) -> Self {
        let lines = (first_line..).take(rows.len()).collect();
        Self::of(rows, lines)
    }

    /// The rows of a CSV.
    pub fn of_csv(rows: &[CsvRow]) -> Self {
        let cells = |row: &CsvRow| row.cells.iter().map(|cell| Cell::text(cell)).collect();
        Self::of(rows.iter().map(cells).collect(), rows.iter().map(|row| row.line).collect())
    }

    fn of(rows: Vec<Vec<Cell>>, lines: Vec<usize>) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        Self { rows, lines, width, merged: HashMap::new() }
    }

    /// With merged parts: each of their cells says what the first says. What is right of all that is filled stays out. Areas that
    /// lie over each other cost no less than those beside each other, and all together no more than the room there is.
    #[must_use]
    pub fn with_merged(mut self, areas: &[Area]) -> Self {
        let mut room = MOST_FILLED;
        for area in areas {
            let (below, beside) = (area.bottom.saturating_add(1), area.right.saturating_add(1));
            let columns = area.left..beside.min(self.width);
            if columns.is_empty() {
                continue;
            }
            let rows = area.top..below.min(self.rows.len());
            let cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
            for cell in cells.take(room) {
                room -= 1;
                if cell != (area.top, area.left) {
                    self.merged.insert(cell, (area.top, area.left));
                }
            }
        }
        self
    }

    pub fn height(&self) -> usize {
        self.rows.len()
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of a row as the file counts.
    pub fn line(&self, row: usize) -> usize {
        self.lines.get(row).copied().unwrap_or(row + 1)
    }

    /// What stands there, or in the first cell of the merged part that it is in.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        let (row, column) = self.merged.get(&(row, column)).copied().unwrap_or((row, column));
        self.own(row, column)
    }

    /// What stands there, or above it in the merged part: what is merged across rows holds of each, a title across
    /// columns is no value of them.
    pub fn down(&self, row: usize, column: usize) -> &Cell {
        let first = self.merged.get(&(row, column)).copied();
        self.own(first.filter(|(_, left)| *left == column).map_or(row, |(top, _)| top), column)
    }

    /// All that a row says.
    pub fn text(&self, row: usize) -> String {
        let cells = self.rows.get(row).map(Vec::as_slice).unwrap_or_default().iter();
        cells.map(Cell::shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What is filled, row by row, each with the line of the file and its column.
    pub fn filled(&self) -> impl Iterator<Item = (usize, usize, &Cell)> {
        self.rows.iter().zip(&self.lines).flat_map(|(cells, line)| {
            cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(column, cell)| (*line, column, cell))
        })
    }

    /// What stands in that very cell.
    pub fn own(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&EMPTY)
    }

    /// Whether the cell is in the same merged part as the one to its left.
    pub(crate) fn goes_on(&self, row: usize, column: usize) -> bool {
        let first = |column: usize| self.merged.get(&(row, column)).copied();
        column > 0 && first(column).is_some_and(|at| at == (row, column - 1) || first(column - 1) == Some(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_merged_part_say_what_its_first_says() {
        let rows = vec![vec![Cell::text("a"), Cell::text("Sở Y tế"), Cell::Empty], vec![Cell::text("b")]];
        let grid = Grid::new(rows, 3).with_merged(&[Area { top: 0, left: 1, bottom: 1, right: 9 }]);
        assert_eq!([grid.cell(1, 1), grid.cell(1, 2), grid.cell(0, 2)], [&Cell::text("Sở Y tế"); 3]);
        assert_eq!((grid.down(1, 1), grid.down(1, 2)), (&Cell::text("Sở Y tế"), &Cell::Empty));
        assert_eq!((grid.own(1, 1), grid.cell(1, 3)), (&Cell::Empty, &Cell::Empty));
        assert_eq!((grid.line(1), grid.width(), grid.height()), (4, 3, 2));
        assert_eq!(grid.text(0), "a · Sở Y tế");
        assert_eq!(grid.filled().map(|(line, column, _)| (line, column)).collect::<Vec<_>>(), [(3, 0), (3, 1), (4, 0)]);
        assert!(grid.goes_on(0, 2) && grid.goes_on(1, 2) && !grid.goes_on(0, 1));
    }

    #[test]
    fn merged_parts_of_a_hostile_file_end() {
        let all = Area { top: 0, left: 0, bottom: usize::MAX, right: usize::MAX };
        assert_eq!(Grid::new(vec![vec![Cell::Empty; 3]; 2], 1).with_merged(&[all, all]).merged.len(), 5);
        // Many areas over each other: as many steps as there are cells that a sheet may fill, and no more.
        let wide = Grid::new(vec![vec![Cell::Empty; 15]; 20_000], 1).with_merged(&vec![all; 20_000]);
        assert_eq!(wide.merged.len(), 299_999);
        // Rows cost nothing where an area lies right of all that is filled.
        let outside = Area { left: 9, ..all };
        let long = Grid::new(vec![vec![Cell::Empty]; 200_000], 1).with_merged(&vec![outside; 200_000]);
        assert!(long.merged.is_empty());
        let turned = Area { top: 5, left: 3, bottom: 1, right: 0 };
        assert_eq!(Grid::new(vec![], 1).with_merged(&[turned]).height(), 0);
    }
}
