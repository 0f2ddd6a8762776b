//! A report's own sheet that came back: what was filled in, or every cell that says nothing usable, by its name.
//!
//! A cell that was emptied is no answer: nothing that the report says already goes without anybody saying so.

use std::collections::{HashMap, HashSet};

use intake::{Broken, Cell, Grid};
use kernel::text::fold;
use uuid::Uuid;
use webkit::{cell_name, export};

use crate::{
    ids::TargetId,
    plans::model::read_target::{milli, written},
    reporting::model::content::{Content, Measured, Work},
    targets::{model::rollup::Measure, usecase::value_set::Entered},
};

pub(super) const FIRST_ROW: u32 = 3;
pub(super) const STATUSES: [(&str, &str); 3] =
    [("ước", "estimate"), ("sơ bộ", "preliminary"), ("chính thức", "official")];
pub(super) const NOTHING: &str = "không phát sinh";

/// One cell that was not understood, in the words of who fills the sheet: `E7`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CellProblem {
    pub cell: String,
    pub code: &'static str,
    pub text: String,
}

/// The columns that are filled in.
const WORDS: usize = 4;
const NUMERATOR: usize = 5;
const DENOMINATOR: usize = 6;
const VALUE: usize = 7;
const STATUS: usize = 8;
/// What no report measures: beyond it a figure is not kept exactly.
const LARGEST: f64 = 1.0e12;

/// The revision that the sheet was made from, and what it says beyond what the report says already.
#[derive(Debug, Default)]
pub(super) struct Filled {
    pub rev: i64,
    pub works: Vec<(Uuid, String, bool)>,
    pub values: Vec<(TargetId, Entered)>,
}

/// Reads a filled sheet; all its faults at once.
pub(super) fn read(grid: &Grid, report: &str, content: &Content) -> Result<Filled, Vec<CellProblem>> {
    let mut sheet = Sheet { grid, filled: Filled::default(), faults: Vec::new() };
    if sheet.text(0, 0) != report {
        sheet.fault(0, 0, "other-report");
        return Err(sheet.faults);
    }
    sheet.filled.rev = sheet.text(1, 0).parse().unwrap_or(0);
    let works: HashMap<Uuid, &Work> = content.works.iter().map(|work| (work.id, work)).collect();
    let values: HashMap<Uuid, &Measured> = content.values.iter().map(|value| (value.id, value)).collect();
    let mut seen = HashSet::new();
    for row in FIRST_ROW as usize..grid.height() {
        let name = sheet.text(row, 0);
        let id = name.split_once(' ').and_then(|(kind, id)| Some((kind, id.parse::<Uuid>().ok()?)));
        let is_first = id.is_none_or(|(_, id)| seen.insert(id));
        match id {
            Some(_) if !is_first => sheet.fault_of(row, 0, "row-twice", sheet.text(row, 1)),
            Some(("work", id)) if works.contains_key(&id) => sheet.work(row, works[&id]),
            Some(("value", id)) if values.contains_key(&id) => sheet.value(row, values[&id]),
            // Only a row that says something is one too many.
            None if (0..=STATUS).all(|column| grid.own(row, column).is_empty()) => {}
            _ => sheet.fault_of(row, 0, "row-unknown", sheet.text(row, 1)),
        }
    }
    if sheet.faults.is_empty() { Ok(sheet.filled) } else { Err(sheet.faults) }
}

/// As it comes back when nobody touched it.
fn kept(text: &str) -> String {
    Cell::text(&export::cell(text)).shown()
}

struct Sheet<'a> {
    grid: &'a Grid,
    filled: Filled,
    faults: Vec<CellProblem>,
}

impl Sheet<'_> {
    fn text(&self, row: usize, column: usize) -> String {
        self.grid.own(row, column).shown()
    }

    fn fault(&mut self, row: usize, column: usize, code: &'static str) {
        self.fault_of(row, column, code, self.text(row, column));
    }

    fn fault_of(&mut self, row: usize, column: usize, code: &'static str, text: String) {
        self.faults.push(CellProblem { cell: cell_name(column, self.grid.line(row)), code, text });
    }

    /// Whether a cell holds what nobody can use, which is said then.
    fn is_broken(&mut self, row: usize, column: usize) -> bool {
        let Cell::Error(broken) = self.grid.own(row, column) else { return false };
        let code = match broken {
            Broken::NoResult => "cell-not-computed",
            Broken::Fault => "cell-in-error",
        };
        self.fault_of(row, column, code, String::new());
        true
    }

    fn work(&mut self, row: usize, old: &Work) {
        if self.is_broken(row, WORDS) {
            return;
        }
        let words = self.text(row, WORDS);
        let nothing = fold(&words) == fold(NOTHING);
        let said = if old.nothing { NOTHING.to_owned() } else { kept(&old.words) };
        if words.is_empty() && !said.is_empty() {
            self.fault_of(row, WORDS, "cell-cleared", said);
        } else if nothing != old.nothing || (!nothing && words != said) {
            self.filled.works.push((old.id, if nothing { String::new() } else { words }, nothing));
        }
    }

    /// The figure of a cell in thousandths; none where it is empty or is no figure, which is said then.
    fn number(&mut self, row: usize, column: usize, may_be_share: bool) -> Option<i64> {
        let cell = self.grid.own(row, column);
        if is_nothing(cell) {
            return None;
        }
        let Some(figure) = cell.figure().filter(|figure| figure.value.abs() < LARGEST) else {
            self.fault(row, column, "not-a-number");
            return None;
        };
        // A count is no share, and a sheet that shows it as one was formatted by mistake.
        if figure.is_percent && !may_be_share {
            self.fault(row, column, "percent-not-here");
            return None;
        }
        Some(milli(figure.value))
    }

    fn value(&mut self, row: usize, old: &Measured) {
        let before = self.faults.len();
        for column in WORDS..=STATUS {
            self.is_broken(row, column);
        }
        if self.faults.len() > before {
            return;
        }
        let is_share = old.unit.contains('%');
        let numerator = self.number(row, NUMERATOR, false);
        let denominator = self.number(row, DENOMINATOR, false);
        let value = self.number(row, VALUE, is_share);
        let words = fold(&self.text(row, STATUS));
        let status = STATUSES.iter().find(|(known, _)| fold(known) == words);
        if self.is_empty(row) {
            self.nothing_said(row, old);
            return;
        }
        if status.is_none() {
            self.fault(row, STATUS, "status-unknown");
        }
        self.parts_cleared(row, old, value);
        let Some((_, status)) = status.filter(|_| self.faults.len() == before) else { return };
        self.entered(row, old, (numerator, denominator, value), status);
    }

    /// Whether no figure is there.
    fn is_empty(&self, row: usize) -> bool {
        [NUMERATOR, DENOMINATOR, VALUE].into_iter().all(|column| is_nothing(self.grid.own(row, column)))
    }

    /// A row without figures is left alone only where there were none, and nothing is said of any.
    fn nothing_said(&mut self, row: usize, old: &Measured) {
        let had = [(NUMERATOR, old.numerator), (DENOMINATOR, old.denominator), (VALUE, old.this)];
        let said = had.into_iter().filter(|(_, value)| value.is_some());
        let cleared: Vec<(usize, String)> =
            said.map(|(column, value)| (column, value.map(written).unwrap_or_default())).collect();
        let is_evidence_new = self.text(row, WORDS) != kept(&old.evidence);
        if cleared.is_empty() && is_evidence_new {
            self.fault(row, VALUE, "value-missing");
        }
        for (column, text) in cleared {
            self.fault_of(row, column, "cell-cleared", text);
        }
    }

    /// Parts of a share that went, where no other value came in their place.
    fn parts_cleared(&mut self, row: usize, old: &Measured, value: Option<i64>) {
        let is_other_value = value.is_some() && value != old.this;
        for (column, part) in [(NUMERATOR, old.numerator), (DENOMINATOR, old.denominator)] {
            let is_cleared = part.is_some() && is_nothing(self.grid.own(row, column));
            if is_cleared && !is_other_value {
                let text = part.map(written).unwrap_or_default();
                self.fault_of(row, column, "cell-cleared", text);
            }
        }
    }

    fn entered(
        &mut self,
        row: usize,
        old: &Measured,
        (numerator, denominator, value): (Option<i64>, Option<i64>, Option<i64>),
        status: &str,
    ) {
        // With both parts the value is computed from them, and one that was typed beside them says another thing.
        let typed = value.filter(|value| old.this != Some(*value));
        let value = if numerator.is_some() || denominator.is_some() { None } else { value };
        let is_share = old.unit.contains('%');
        match Measure::new(numerator, denominator, value, is_share) {
            Ok(measure) if typed.is_some_and(|typed| typed != measure.value) => {
                self.fault(row, VALUE, "value-not-of-parts");
                return;
            }
            Ok(_) => {}
            Err(error) => {
                let code = if let crate::Error::ValueWrong(code) = error { code } else { "value-wrong" };
                self.fault(row, if value.is_some() { VALUE } else { NUMERATOR }, code);
                return;
            }
        }
        // What the sheet could not hold was not written by who filled it.
        let is_kept = self.text(row, WORDS) == kept(&old.evidence);
        let evidence = if is_kept { old.evidence.clone() } else { self.text(row, WORDS) };
        if evidence.is_empty() {
            self.fault(row, WORDS, "value-evidence");
            return;
        }
        let is_same = is_kept
            && (old.numerator, old.denominator, old.status.as_str()) == (numerator, denominator, status)
            && value.is_none_or(|value| old.this == Some(value));
        if !is_same {
            let entered =
                Entered { numerator, denominator, value, status: status.into(), evidence, ..Entered::default() };
            self.filled.values.push((TargetId::from_uuid(old.id), entered));
        }
    }
}

/// Empty, or the dash that says so.
fn is_nothing(cell: &Cell) -> bool {
    matches!(cell, Cell::Empty) || matches!(cell, Cell::Text(text) if matches!(text.as_str(), "-" | "–" | "—"))
}

#[cfg(test)]
mod tests;
