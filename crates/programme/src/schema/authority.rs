//! Where rights come from: who confirmed a plan, who owns a regime, and by whose hand what happened.

use db::Change;

pub fn authority(change: &mut Change) {
    change.extend("programme_plan", |t| {
        // None until the body in whose name it stands has said something: `confirmed` or `refused`.
        t.opt_text("confirmation");
        // The body whose authority the plan carries.
        t.opt_uuid("confirmed_by");
        t.opt_integer("confirmed_at");
        t.opt_text("confirmation_note");
    });
    change.index("programme_plan", &["issuer_id", "confirmation"]);
    // What a plan would give beyond its authority, as JSON: given once it is confirmed.
    change.table("programme_held", |t| {
        t.id();
        t.uuid("plan_id");
        t.uuid("task_id");
        t.uuid("unit_id");
        t.text("body");
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_held", &["plan_id", "id"]);
    change.index("programme_held", &["task_id"]);
    // None: the regime belongs to the top of the tree.
    change.extend("programme_regime", |t| t.opt_uuid("owner_id"));
    // `hand` is the account behind an act, by a page or a token: two acts that need two people compare it.
    for table in ["programme_entry", "programme_evidence"] {
        change.extend(table, |t| {
            t.opt_text("hand");
            // The body that acted for the part's own body.
            t.opt_uuid("acted_by");
        });
    }
    change.extend("programme_question", |t| t.opt_text("hand"));
    change.extend("programme_extension", |t| t.opt_text("hand"));
    change.extend("programme_report", |t| {
        // Who wrote it and who took each step, as JSON.
        t.opt_text("hands");
        // The day on which it was issued here, whatever day the paper bears.
        t.opt_text("sent_on");
    });
}

/// What was written after a word was given: into a confirmed plan; and by whose hand a difficulty was raised.
pub fn confirmed(change: &mut Change) {
    // Since when the plan says something that its confirmation did not see.
    change.extend("programme_plan", |t| t.opt_integer("changed_at"));
    change.extend("programme_difficulty", |t| t.opt_text("hand"));
}
