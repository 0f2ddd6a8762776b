//! Who may see a task.

use kernel::{Ground, Held, Rule};

/// What somebody answers for, and what every count on a board, a first page and an agency's page is of: the work of their
/// own bodies and those below, and of all bodies in plans that they issued or follow. Where they only help, they may read
/// it, and it is not counted as theirs.
pub const OURS: Rule =
    Rule { action: "task.read", kind: "Task", grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any)] };

/// A part is seen by its body and those above it, by who follows the plan, and by who helps with the task.
pub const READ: Rule = Rule {
    action: "task.read",
    kind: "Task",
    grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any), Ground::Involved(Held::Any)],
};
