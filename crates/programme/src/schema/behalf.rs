//! Which body acted for another one, beside what was written in that one's name.

use db::Change;

pub fn behalf(change: &mut Change) {
    for table in ["programme_extension", "programme_difficulty", "programme_answer"] {
        change.extend(table, |t| t.opt_uuid("acted_by"));
    }
}

/// The same of values of targets.
pub fn values(change: &mut Change) {
    change.extend("programme_value", |t| t.opt_uuid("acted_by"));
}

/// The account that gave an answer: nobody takes back what somebody else said.
pub fn answered(change: &mut Change) {
    change.extend("programme_answer", |t| t.opt_text("hand"));
}
