//! Open rule tables: rules as data, over named facts, that answer every case and never contradict themselves.
//!
//! Rules have ranks. The highest rank of which a rule fires decides, and all rules of one rank that fire together say
//! the same: so an officer reads a rule by itself, in any order, and every reason that counted is shown. A test of
//! something unknown never holds, but for the test whether it is known; nothing is negated as a whole. A `Draft`
//! becomes a `Table` only when a search over the facts finds neither a gap nor a contradiction.

mod alike;
mod check;
mod compile;
mod condition;
mod decide;
mod draft;
mod edit;
mod facts;
mod fault;
mod search;
#[cfg(test)]
mod tests;
mod text;
mod told;
mod value;

pub use alike::Agreement;
pub use check::MOST_STEPS;
pub(crate) use compile::{condition, facts as compile_facts};
pub(crate) use condition::{Condition, Seen};
pub use decide::{Decision, Decisive, OtherTable, Verdict};
pub use draft::{Answer, Draft, Part, Rule, Table};
pub use edit::{Line, Lines, Op, Step};
pub use facts::Facts;
pub use fault::{Checked, Defect, Example, Fault, Warning};
pub(crate) use search::{Exhausted, Search};
pub use text::{AnswerText, ConditionText, FactKind, FactText, PartText, RuleText, TableText};
pub use told::{FactTold, Reason, Told};
pub use value::{FactFault, Given, Value};
pub(crate) use value::{given, put, written};
