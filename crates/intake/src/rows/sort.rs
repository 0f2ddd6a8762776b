//! Each row to its kind: first by how it is built, then by its figures and words.

use super::{
    asked::Asked,
    line::{Line, Row, RowDoubt},
    shape::{self, Order, Shape},
    sums::{Above, Sum},
    words::{self, Called},
};
use crate::{Cell, Column, Found, Grid};

pub(super) fn lines<'a>(grid: &Grid, found: &Found<'a>, columns: &[Column<'a>]) -> Vec<Line<'a>> {
    let asked = Asked { grid, found, columns };
    let shapes = shapes(grid, found);
    let mut sorter = Sorter {
        asked,
        last: last(&shapes, asked),
        is_numbered: is_numbered(&shapes),
        is_named: shapes.iter().flatten().any(|shape| shape.figures.len() < shape.said(found.order).count()),
        shapes,
        begin: found.rows.end,
        left: ROOM,
        out: Vec::new(),
        totals: Vec::new(),
    };
    (0..grid.height()).for_each(|row| sorter.add(row));
    sorter.out
}

/// Rows that are looked at for sums, over all: a sheet of nothing but totals ends too.
const ROOM: usize = 5_000_000;
/// In larger tables only what may be a total is added up.
const SMALL: usize = 1_000;

/// The shapes of rows that may be data; nothing for those that surely are none.
fn shapes(grid: &Grid, found: &Found<'_>) -> Vec<Option<Shape>> {
    let mut may_be_numbers = true;
    let (heads, count) = (shape::heads(grid, found), found.columns.len() + found.unknown.len());
    let one = |row: usize| {
        let shape = Shape::of(grid, row, found.order);
        if shape.filled.is_empty() {
            return None;
        }
        let is_head = row < found.rows.end || shape::is_head_again(grid, row, &heads);
        let is_numbers = !is_head && may_be_numbers && shape::is_numbers(grid, row, &shape, count);
        may_be_numbers = is_head || is_numbers;
        (!is_head && !is_numbers).then_some(shape)
    };
    (0..grid.height()).map(one).collect()
}

/// The last row that looks like one of the table: below it stand notes and signatures.
fn last(shapes: &[Option<Shape>], asked: Asked<'_, '_>) -> usize {
    let (is_numbered, columns) = (is_numbered(shapes), &asked.found.columns);
    let is_known = |shape: &Shape| {
        let known = shape.filled.iter().filter(|column| columns.values().any(|known| known == *column)).count();
        let is_whole = known > 0 && asked.required().all(|(_, column)| shape.filled.contains(&column));
        is_whole || shape.order == Order::Number && known > 0 || !is_numbered && known * 2 >= columns.len()
    };
    shapes.iter().rposition(|shape| shape.as_ref().is_some_and(is_known)).unwrap_or(0)
}

/// Whether most rows have a running number.
fn is_numbered(shapes: &[Option<Shape>]) -> bool {
    let shapes = || shapes.iter().flatten().filter(|shape| shape.filled.len() > 1);
    shapes().filter(|shape| shape.order != Order::None).count() * 2 > shapes().count()
}

struct Sorter<'a, 's> {
    asked: Asked<'a, 's>,
    shapes: Vec<Option<Shape>>,
    last: usize,
    is_numbered: bool,
    /// Some row says more than figures.
    is_named: bool,
    /// Where the group of the next row begins.
    begin: usize,
    left: usize,
    out: Vec<Line<'a>>,
    totals: Vec<usize>,
}

impl<'a> Sorter<'a, '_> {
    fn add(&mut self, row: usize) {
        let group = self.group();
        let sum = self.sum(row);
        let (is, doubt) = self.kind(row, sum);
        let is_said = matches!(is, Row::Data | Row::Refused(_));
        let carried = if is_said { self.asked.carried(row, self.above()) } else { Vec::new() };
        if is == Row::Total {
            self.totals.push(row);
        }
        if matches!(is, Row::Total | Row::Group(_)) {
            self.begin = row + 1;
        }
        self.out.push(Line { row, number: self.asked.grid.line(row), is, group, doubt, carried });
    }

    fn kind(&self, row: usize, sum: Sum) -> (Row<'a>, Option<RowDoubt>) {
        let Some(shape) = &self.shapes[row] else {
            let is_blank = (0..self.asked.grid.width()).all(|column| self.asked.grid.own(row, column).is_empty());
            return (if is_blank { Row::Blank } else { Row::Note }, None);
        };
        if let Some(total) = self.total(row, shape, sum) {
            return total;
        }
        if let Some(group) = self.named(row, shape, sum) {
            return (group, None);
        }
        if row > self.last && shape.figures.is_empty() && shape.order == Order::None && !self.missing(row).is_empty() {
            return (Row::Note, None);
        }
        let may_be = sum == Sum::Adds && shape.figures.len() > 1 || shape.called == Called::Surely;
        (self.asked.verdict(row, self.missing(row)), may_be.then_some(RowDoubt::MayBeTotal))
    }

    fn sum(&mut self, row: usize) -> Sum {
        let Some(shape) = &self.shapes[row] else { return Sum::Unknown };
        let is_likely = shape.called != Called::No || shape.order == Order::Roman || self.is_apart(row, shape);
        let cost = self.shapes.len();
        if cost > self.left || cost > SMALL && !is_likely {
            return Sum::Unknown;
        }
        self.left -= cost;
        let first = self.asked.found.rows.end.min(row);
        Above { shapes: &self.shapes, totals: &self.totals, begin: self.begin.min(row), first }.of(row)
    }

    /// By its words, or where its figures add up and it stands apart from those that are numbered or named.
    fn total(&self, row: usize, shape: &Shape, sum: Sum) -> Option<(Row<'a>, Option<RowDoubt>)> {
        let unequal = if let Sum::Differs(column) = sum { Some(RowDoubt::Unequal { column }) } else { None };
        match (shape.called, sum) {
            (Called::Surely, Sum::Adds) => Some((Row::Total, None)),
            // Numbered as the others and as whole as they are, it is called so and is none.
            (Called::Surely, _) if self.texts(row, shape) < 2 && !self.is_one_of_them(row, shape) => {
                Some((Row::Total, unequal))
            }
            (Called::Maybe, Sum::Adds) if shape.order != Order::Number => Some((Row::Total, None)),
            (Called::No, Sum::Adds) if self.is_apart(row, shape) => Some((Row::Total, None)),
            _ => None,
        }
    }

    /// Neither numbered nor named as other rows are.
    fn is_apart(&self, row: usize, shape: &Shape) -> bool {
        let is_nameless = || self.is_named && self.texts(row, shape) == 0;
        shape.order == Order::None && (self.is_numbered || is_nameless())
    }

    fn is_one_of_them(&self, row: usize, shape: &Shape) -> bool {
        shape.order == Order::Number && !shape.figures.is_empty() && self.missing(row).is_empty()
    }

    fn texts(&self, row: usize, shape: &Shape) -> usize {
        let is_text = |column: &usize| {
            let cell = self.asked.grid.own(row, *column);
            matches!(cell, Cell::Text(_) | Cell::Date(_)) && cell.figure().is_none()
        };
        shape.said(self.asked.found.order).filter(is_text).count()
    }

    /// A row that says one thing, which holds of the rows below it, perhaps with their sums.
    fn named(&self, row: usize, shape: &Shape, sum: Sum) -> Option<Row<'a>> {
        let said: Vec<usize> = shape.said(self.asked.found.order).collect();
        let missing = !self.missing(row).is_empty();
        let at = said.first().or(shape.filled.first())?;
        let whole = self.asked.grid.own(row, *at).words();
        let text = words::without_number(whole);
        let is_lone = said.len() <= 1 && missing && self.stands_out(row, *at, text.len() < whole.trim().len());
        let is_above = shape.order == Order::Roman && self.texts(row, shape) <= 1 && (missing || sum == Sum::Adds);
        match (words::is_wordy(text) && (is_lone || is_above), row > self.last) {
            (false, _) => None,
            (true, true) => Some(Row::Note),
            (true, false) => Some(Row::Group(text.to_owned())),
        }
    }

    /// Whether a row of one text is more than a row of which the rest is missing.
    fn stands_out(&self, row: usize, column: usize, begins_with_number: bool) -> bool {
        let Some(shape) = &self.shapes[row] else { return false };
        let text = self.asked.grid.own(row, column).words();
        let above = format!("{}.", shape.label);
        let is_above_next =
            self.shapes.iter().skip(row + 1).flatten().next().is_some_and(|next| next.label.starts_with(&above));
        match shape.order {
            Order::Roman => true,
            Order::Number => is_above_next,
            Order::None => {
                let is_merged = self.asked.grid.goes_on(row, column + 1);
                let is_loud = text == text.to_uppercase() && words::is_wordy(text);
                self.is_numbered
                    || begins_with_number
                    || is_merged
                    || is_loud
                    || text.ends_with(':')
                    || !self.asked.is_required(column)
            }
        }
    }

    fn missing(&self, row: usize) -> Vec<&'a str> {
        self.asked.missing(row, self.above())
    }

    /// The row above in the same group.
    fn above(&self) -> Option<&Line<'a>> {
        let mut lines = self.out.iter().rev().take_while(|line| line.row >= self.begin);
        lines.find(|line| matches!(line.is, Row::Data | Row::Refused(_)))
    }

    /// The row that names the group in which the next row stands.
    fn group(&self) -> Option<usize> {
        let line = self.out.last()?;
        match line.is {
            Row::Group(_) => Some(line.row),
            Row::Total => None,
            _ => line.group,
        }
    }
}
