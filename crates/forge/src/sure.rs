//! Whether what the reader calls sure is right: its tasks by how sure it is of them.

use std::{collections::BTreeMap, fmt::Write};

use plan_reader::SURE;

/// One task that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Percent, as the reader says.
    pub confidence: u8,
    /// Somebody gave this task.
    pub is_task: bool,
    /// And who leads, who helps and by when are what was said.
    pub is_right: bool,
    /// A person is asked about it.
    pub is_asked: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step {
    pub rows: usize,
    pub tasks: usize,
    pub right: usize,
    pub asked: usize,
}

/// Rows of many documents, by how sure the reader is of each.
#[derive(Debug, Clone, Default)]
pub struct Sure(BTreeMap<u8, Step>);

impl Sure {
    pub fn add(&mut self, rows: &[Row]) {
        for row in rows {
            let step = self.0.entry(row.confidence).or_default();
            step.rows += 1;
            step.tasks += usize::from(row.is_task);
            step.right += usize::from(row.is_right);
            step.asked += usize::from(row.is_asked);
        }
    }

    fn sum(&self, holds: impl Fn(u8) -> bool) -> Step {
        let steps = self.0.iter().filter(|(confidence, _)| holds(**confidence));
        steps.fold(Step::default(), |sum, (_, step)| Step {
            rows: sum.rows + step.rows,
            tasks: sum.tasks + step.tasks,
            right: sum.right + step.right,
            asked: sum.asked + step.asked,
        })
    }

    /// Those that the reader is sure of.
    pub fn sure(&self) -> Step {
        self.sum(|confidence| confidence >= SURE)
    }

    /// The others: a person must be asked about each.
    pub fn unsure(&self) -> Step {
        self.sum(|confidence| confidence < SURE)
    }

    pub fn told(&self) -> String {
        let mut out = String::from(
            "| confidence | tasks read | given by somebody | right with all fields | asked about |\n|---|---|---|---|---|\n",
        );
        for (confidence, step) in &self.0 {
            row(&mut out, &format!("{confidence} %"), *step);
        }
        row(&mut out, &format!("sure ({SURE} % and more)"), self.sure());
        row(&mut out, "not sure", self.unsure());
        out
    }
}

impl Step {
    #[expect(clippy::cast_precision_loss, reason = "counts of at most millions")]
    pub fn share(part: usize, whole: usize) -> f64 {
        if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
    }
}

fn row(out: &mut String, name: &str, step: Step) {
    let of = |part: usize| format!("{part} ({:.1} %)", 100.0 * Step::share(part, step.rows));
    // Writing to a string does not fail.
    let _ = writeln!(out, "| {name} | {} | {} | {} | {} |", step.rows, of(step.tasks), of(step.right), of(step.asked));
}
