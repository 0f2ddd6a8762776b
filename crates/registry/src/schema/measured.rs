//! What was asked later: what the lake needs to count the same again, and the place of new systems in the architecture.

use db::Change;

use crate::model::Use;

pub fn measured(change: &mut Change) {
    change.mirrors(Use::FACTS);
}

/// Whether a system deviates from the province's architecture.
pub fn architecture(change: &mut Change) {
    change.extend("registry_system", |t| t.opt_text("deviates"));
    change.mend("UPDATE registry_system SET deviates = 'unknown'");
}
