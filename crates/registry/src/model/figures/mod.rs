//! What the registry counts of itself for the plans: the frozen lists, the definitions, values and how they add up.

mod baseline;
mod definition;
mod sum;

pub use self::{
    baseline::{
        APPROVE, Baseline, BaselineChange, BaselineChangeId, BaselineId, BaselineItem, BaselineItemId, KEEP, Milestone,
        MilestoneId, SECRET,
    },
    definition::{AGENCIES_DOMESTIC, Counts, Definition, ENTERPRISES, Part, Rows, all, named},
    sum::{AGENCIES, Figure, FigureId, Sum, body_of, folded, over_days, percent, under},
};
