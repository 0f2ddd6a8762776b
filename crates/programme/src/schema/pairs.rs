//! What people say of which item of a plan is which of the plan above it.

use db::Change;

pub fn pairs(change: &mut Change) {
    change.table("programme_pair", |t| {
        t.uuid("child_id");
        t.uuid("item_id");
        t.uuid("twin_id");
        t.uuid("above_id");
        // task or target
        t.text("kind");
        // same or apart
        t.text("says");
        t.text("actor");
        t.integer("at");
        t.primary(&["child_id", "item_id", "twin_id"]);
        t.refers("child_id", "programme_plan");
        t.refers("above_id", "programme_plan");
    });
    change.index("programme_pair", &["above_id"]);
}

/// What was said before revisions were counted was said once. What is taken back stays as `none`, so that no revision is
/// there twice.
pub fn revisions(change: &mut Change) {
    change.extend("programme_pair", |t| t.opt_integer("rev"));
}
