//! Which column of a foreign table is which, by whole words of its heads.
//!
//! Every run of up to three rows near the top is tried as the heads, where each row parts what stands above it; columns and keys
//! are paired so that together they fit best, each once. The run that fits best is it.

use std::{collections::BTreeMap, ops::Range};

use super::{
    assign,
    name::{self, Known, Name, Score},
    stack::{self, Head},
};
use crate::{Cell, Grid, fold::fold};

/// Heads stand within the first rows, below titles.
const WITHIN: usize = 30;
/// Rows that heads may take.
const DEEP: usize = 3;
/// What another row of heads must bring more.
const ROW: Score = 50;
/// Columns that are looked at.
const MOST_COLUMNS: usize = 512;

/// What a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    pub key: &'a str,
    pub names: &'a [Name<'a>],
    /// A row that leaves it empty is refused.
    pub is_required: bool,
    /// Said once for the rows below: an empty cell says what the row above says.
    pub is_carried: bool,
}

/// What a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadDoubt<'a> {
    /// Another column's head fits as well.
    Twice { key: &'a str, used: usize, other: usize },
    /// The head has more words than are known.
    Weak { key: &'a str, column: usize },
}

/// Where the heads stand and what they say.
#[derive(Debug, Clone, Default)]
pub struct Found<'a> {
    /// Of the grid; empty where there are no heads.
    pub rows: Range<usize>,
    pub columns: BTreeMap<&'a str, usize>,
    /// Columns whose heads nobody knows, with their words.
    pub unknown: Vec<(usize, String)>,
    /// Required keys without a column.
    pub missing: Vec<&'a str>,
    pub doubts: Vec<HeadDoubt<'a>>,
    /// The column of running numbers.
    pub(crate) order: Option<usize>,
}

impl Found<'_> {
    /// What a row says of this key.
    pub fn cell<'g>(&self, grid: &'g Grid, row: usize, key: &str) -> &'g Cell {
        static EMPTY: Cell = Cell::Empty;
        self.columns.get(key).map_or(&EMPTY, |column| grid.down(row, *column))
    }
}

/// Finds the heads of tables.
#[derive(Debug, Clone, Copy)]
pub struct Heads;

impl Heads {
    /// The heads of a sheet; titles may stand above them.
    pub fn find<'a>(grid: &Grid, columns: &[Column<'a>]) -> Found<'a> {
        let known: Vec<Known> = columns.iter().map(|column| Known::of(column.names)).collect();
        let mut best: Option<Fit> = None;
        for top in 0..grid.height().min(WITHIN) {
            for depth in 1..=DEEP.min(grid.height() - top) {
                if !stack::is_parted(grid, top..top + depth) {
                    break;
                }
                let fit = Fit::of(grid, top..top + depth, &known);
                if best.as_ref().is_none_or(|best| fit.total > best.total) {
                    best = Some(fit);
                }
            }
        }
        let Some(fit) = best else { return Found { missing: required(columns).collect(), ..Found::default() } };
        let found = fit.found(columns);
        let is_whole = found.missing.is_empty() && required(columns).next().is_some();
        if is_whole || found.columns.len() >= columns.len().min(2) {
            return found;
        }
        Found { missing: found.missing, ..Found::default() }
    }
}

fn required<'a>(columns: &[Column<'a>]) -> impl Iterator<Item = &'a str> {
    columns.iter().filter(|column| column.is_required).map(|column| column.key)
}

/// One run of rows taken for the heads.
struct Fit {
    rows: Range<usize>,
    heads: Vec<Head>,
    scores: Vec<Vec<Score>>,
    /// The column of each key.
    pairs: Vec<Option<usize>>,
    total: Score,
}

impl Fit {
    fn of(grid: &Grid, rows: Range<usize>, known: &[Known]) -> Self {
        let heads: Vec<Head> = stack::heads(grid, rows.clone(), grid.width().min(MOST_COLUMNS));
        let scores: Vec<Vec<Score>> =
            known.iter().map(|known| heads.iter().map(|head| known.score(head)).collect()).collect();
        let pairs = assign::best(&scores);
        let of_pair = |(key, column): (usize, &Option<usize>)| column.map_or(0, |column| scores[key][column]);
        let sum: Score = pairs.iter().enumerate().map(of_pair).sum();
        let more = Score::try_from(rows.len() - 1).unwrap_or(0);
        Self { total: sum - more * ROW, rows, heads, scores, pairs }
    }

    fn found<'a>(&self, columns: &[Column<'a>]) -> Found<'a> {
        let pairs: BTreeMap<&str, usize> =
            columns.iter().zip(&self.pairs).filter_map(|(column, at)| Some((column.key, (*at)?))).collect();
        let is_free = |at: &usize| !self.pairs.contains(&Some(*at));
        let unknown = (0..self.heads.len()).filter(is_free).filter_map(|at| {
            let said = &self.heads[at].said;
            (!said.is_empty()).then(|| (at, said.clone()))
        });
        let is_order = |head: &Head| ["stt", "tt", "so tt", "so thu tu", "no"].contains(&fold(&head.said).as_str());
        Found {
            rows: self.rows.clone(),
            unknown: unknown.collect(),
            missing: required(columns).filter(|key| !pairs.contains_key(key)).collect(),
            doubts: columns.iter().zip(0..).filter_map(|(column, key)| self.doubt(column.key, key)).collect(),
            order: self.heads.iter().position(is_order),
            columns: pairs,
        }
    }

    fn doubt<'a>(&self, name: &'a str, key: usize) -> Option<HeadDoubt<'a>> {
        let (used, scores) = (self.pairs[key]?, &self.scores[key]);
        let is_as_good = |at: &usize| scores[*at] >= scores[used] && !self.pairs.contains(&Some(*at));
        let other = (0..scores.len()).find(is_as_good);
        let is_weak = scores[used] < name::SURE;
        other
            .map(|other| HeadDoubt::Twice { key: name, used, other })
            .or_else(|| is_weak.then_some(HeadDoubt::Weak { key: name, column: used }))
    }
}

#[cfg(test)]
mod tests;
