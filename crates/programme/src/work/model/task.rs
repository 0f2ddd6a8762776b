//! Who may see a task.

use kernel::{Ground, Held, Rule};

/// A part is seen by its body and those above it, by who follows the plan, and by who helps with the task.
pub const READ: Rule = Rule {
    action: "task.read",
    kind: "Task",
    grounds: &[Ground::Below(Held::Any), Ground::Follows(Held::Any), Ground::Involved(Held::Any)],
};
