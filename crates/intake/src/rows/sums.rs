//! Whether the figures of a row are the sums of others.

use super::shape::{Order, Shape};

/// What a row's figures have to do with those of other rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    /// No figures, or none to add up.
    Unknown,
    /// All are sums of the same rows.
    Adds,
    /// They are not; the first column that differs from what is above.
    Differs(usize),
}

/// A row that may be added up, by its place in `shapes`.
pub(super) struct Above<'a> {
    pub shapes: &'a [Option<Shape>],
    /// Rows above that are totals.
    pub totals: &'a [usize],
    /// Where the group of the row begins.
    pub begin: usize,
    /// The first row under the heads.
    pub first: usize,
}

/// Fewer rows add up by chance.
const FEW: usize = 2;

impl Above<'_> {
    /// The rows whose sums this row may be, the likeliest first.
    fn windows(&self, row: usize) -> Vec<Vec<usize>> {
        let order = |row: usize| self.shapes[row].as_ref().map(|shape| shape.order);
        let is_plain =
            |row: &usize| order(*row).is_some_and(|order| order != Order::Roman) && !self.totals.contains(row);
        let end = self.shapes.len();
        let own = order(row).unwrap_or(Order::None);
        let next = (row + 1..end).find(|below| order(*below) == Some(own)).unwrap_or(end);
        let numbered = |from: usize, to: usize, kind: Order| {
            (from..to).filter(move |row| order(*row) == Some(kind)).collect::<Vec<_>>()
        };
        vec![
            (self.begin..row).filter(is_plain).collect(),
            (self.first..row).filter(is_plain).collect(),
            self.totals.iter().copied().filter(|total| *total < row).collect(),
            numbered(self.first, row, Order::Roman),
            numbered(row + 1, next, Order::Number),
            numbered(row + 1, end, Order::Roman),
            if own == Order::None { (row + 1..end).filter(is_plain).collect() } else { Vec::new() },
        ]
    }

    pub(super) fn of(&self, row: usize) -> Sum {
        let Some(shape) = self.shapes[row].as_ref().filter(|shape| !shape.figures.is_empty()) else {
            return Sum::Unknown;
        };
        let windows = self.windows(row);
        let differing =
            |window: &Vec<usize>| shape.figures.iter().find(|(column, value)| !self.adds(window, *column, *value));
        let mut usable = windows.iter().filter(|window| self.is_usable(window, shape)).map(differing).peekable();
        match usable.peek().copied() {
            None => Sum::Unknown,
            Some(first) if usable.all(|differs| differs.is_some()) => {
                first.map_or(Sum::Adds, |(column, _)| Sum::Differs(*column))
            }
            Some(_) => Sum::Adds,
        }
    }

    /// Rows with figures where this row has them, and not noughts alone.
    fn is_usable(&self, window: &[usize], shape: &Shape) -> bool {
        let figures = |row: &&usize| self.shapes[**row].as_ref().is_some_and(|shape| !shape.figures.is_empty());
        window.iter().filter(figures).count() >= FEW && shape.figures.iter().any(|(_, value)| *value != 0.0)
    }

    fn adds(&self, window: &[usize], column: usize, value: f64) -> bool {
        let of = |row: &usize| {
            self.shapes[*row].as_ref()?.figures.iter().find(|(at, _)| *at == column).map(|(_, value)| *value)
        };
        let sum: f64 = window.iter().filter_map(of).sum();
        (sum - value).abs() <= 1e-6 * value.abs().max(1.0)
    }
}
