//! What other readings of the document hold already, and what of it they leave.

use crate::{
    Plan, Reason, Span, duty,
    narrative::{self, Asked},
    outline::{Block, Chapter, Text},
    work,
};

/// What labels, the chapters on targets and those on duties hold already.
pub struct Taken(Vec<(usize, usize)>);

impl Taken {
    /// Beginnings in order, each with the furthest end of it and those before.
    pub fn of(plan: &Plan) -> Self {
        let tasks = plan.tasks.iter().map(|task| task.source);
        let targets = plan.targets.iter().map(|target| target.source);
        let duties = plan.duties.iter().map(|duty| duty.source);
        let mut spans: Vec<(usize, usize)> =
            tasks.chain(targets).chain(duties).map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut spans {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self(spans)
    }

    pub fn holds(&self, span: Span) -> bool {
        let before = self.0.partition_point(|(start, _)| *start < span.end);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| span.start < *end)
    }

    /// Work among the duties of a block, or the last sentence behind them.
    pub fn leaves_some(&self, block: &Block) -> bool {
        let is_last = |text: &str| narrative::reason(text, Chapter::Other, Asked::Somebody) == Some(Reason::Closing);
        let is_left = |text: &Text| !self.holds(text.span) && (is_dated(block, text.text) || is_last(text.text));
        block.chapter() == Chapter::Organisation && block.texts.iter().any(is_left)
    }
}

pub fn is_dated(block: &Block, text: &str) -> bool {
    work::is_dated(text, || duty::who(block, text))
}
