//! Tables of the work on parts and targets: what was done, what proves it, what hinders it, who was asked.

use db::Change;

pub fn work(change: &mut Change) {
    parts(change);
    progress(change);
    difficulties(change);
    questions(change);
    values(change);
}

fn parts(change: &mut Change) {
    change.extend("programme_part", |t| {
        t.opt_integer("percent");
        t.opt_text("stop_kind");
        t.opt_text("accepted_on");
        // How the due day came about: "within" with the moment it counts from and its working days, "before", "by".
        t.opt_text("clock");
        t.opt_text("clock_from");
        t.opt_integer("clock_days");
    });
    change.index("programme_part", &["clock"]);
    change.extend("programme_target", |t| {
        t.opt_text("rollup");
        t.opt_integer("threshold_milli");
    });
}

fn progress(change: &mut Change) {
    change.table("programme_entry", |t| {
        t.id();
        t.uuid("part_id");
        t.text("kind");
        t.integer("at");
        t.text("actor");
        t.opt_integer("percent");
        t.text("text");
        // The part's fields as they were, so that the act can be undone.
        t.text("before");
        t.opt_integer("undone_at");
        t.refers("part_id", "programme_part");
    });
    change.index("programme_entry", &["part_id", "id"]);
    change.table("programme_evidence", |t| {
        t.id();
        t.uuid("part_id");
        t.text("kind");
        t.text("label");
        t.opt_text("number");
        t.opt_text("day");
        t.opt_text("link");
        t.opt_text("file_name");
        t.opt_text("blob_hash");
        t.integer("at");
        t.text("actor");
        t.opt_integer("removed_at");
        t.refers("part_id", "programme_part");
    });
    change.index("programme_evidence", &["part_id", "id"]);
    change.table("programme_step", |t| {
        t.id();
        t.uuid("part_id");
        t.text("text");
        t.text("owner");
        t.opt_text("due_on");
        t.opt_text("done_on");
        t.rev();
        t.refers("part_id", "programme_part");
    });
    change.index("programme_step", &["part_id", "id"]);
    change.table("programme_due", |t| {
        t.id();
        t.uuid("part_id");
        t.integer("at");
        t.opt_text("old_due");
        t.opt_text("new_due");
        t.text("why");
        t.refers("part_id", "programme_part");
    });
    change.index("programme_due", &["part_id", "id"]);
    change.table("programme_extension", |t| {
        t.id();
        t.uuid("part_id");
        t.text("asked_due");
        t.text("reason");
        t.integer("asked_at");
        t.text("state");
        t.opt_text("answer");
        t.opt_integer("answered_at");
        t.rev();
        t.refers("part_id", "programme_part");
    });
    change.index("programme_extension", &["part_id", "id"]);
    change.index("programme_extension", &["state"]);
}

fn difficulties(change: &mut Change) {
    change.table("programme_route", |t| {
        t.uuid("plan_id");
        t.integer("position");
        t.uuid("unit_id");
        t.opt_uuid("via_id");
        t.boolean("if_exceeds");
        t.integer("days");
        t.text("source");
        t.primary(&["plan_id", "position"]);
        t.refers("plan_id", "programme_plan");
    });
    change.table("programme_difficulty", |t| {
        t.id();
        t.uuid("plan_id");
        t.opt_uuid("part_id");
        t.opt_uuid("target_id");
        t.uuid("unit_id");
        t.text("text");
        t.text("proposal");
        t.integer("raised_at");
        t.text("actor");
        t.text("state");
        t.opt_uuid("holder_id");
        t.opt_text("due_on");
        t.opt_text("answer");
        t.opt_integer("answered_at");
        t.rev();
        t.refers("plan_id", "programme_plan");
    });
    change.index("programme_difficulty", &["holder_id", "state", "due_on"]);
    change.index("programme_difficulty", &["plan_id", "state"]);
    change.index("programme_difficulty", &["part_id"]);
    change.index("programme_difficulty", &["unit_id", "state"]);
    change.table("programme_hop", |t| {
        t.uuid("difficulty_id");
        t.integer("position");
        t.uuid("unit_id");
        t.opt_uuid("via_id");
        t.integer("received_at");
        t.text("due_on");
        t.opt_integer("left_at");
        t.opt_text("outcome");
        t.text("text");
        t.primary(&["difficulty_id", "position"]);
        t.refers("difficulty_id", "programme_difficulty");
    });
    change.table("programme_letter", |t| {
        t.id();
        t.text("kind");
        t.text("subject");
        t.opt_uuid("plan_id");
        t.uuid("from_id");
        t.text("to_ids");
        t.text("about");
        t.text("body");
        t.text("state");
        t.opt_text("number");
        t.opt_text("issued_on");
        t.integer("drafted_at");
        t.rev();
    });
    change.index("programme_letter", &["subject", "kind"]);
    change.index("programme_letter", &["from_id", "state"]);
}

/// A question to one body or many: about a line ("giải trình") or at large.
fn questions(change: &mut Change) {
    change.table("programme_question", |t| {
        t.id();
        t.opt_uuid("plan_id");
        t.opt_uuid("part_id");
        t.uuid("asked_by");
        t.text("actor");
        t.text("text");
        t.opt_text("due_on");
        t.integer("asked_at");
        t.opt_integer("closed_at");
        t.rev();
    });
    change.index("programme_question", &["part_id"]);
    change.index("programme_question", &["asked_by", "id"]);
    change.table("programme_answer", |t| {
        t.uuid("question_id");
        t.uuid("unit_id");
        t.opt_text("text");
        t.opt_integer("answered_at");
        t.opt_text("actor");
        t.primary(&["question_id", "unit_id"]);
        t.refers("question_id", "programme_question");
    });
    change.index("programme_answer", &["unit_id", "answered_at"]);
}

fn values(change: &mut Change) {
    // Who reports on a target, and who answers for it.
    change.table("programme_target_body", |t| {
        t.uuid("target_id");
        t.uuid("unit_id");
        t.text("role");
        t.primary(&["target_id", "unit_id", "role"]);
        t.refers("target_id", "programme_target");
    });
    change.index("programme_target_body", &["unit_id", "role"]);
    change.table("programme_value", |t| {
        t.id();
        t.uuid("target_id");
        t.uuid("unit_id");
        t.text("period");
        t.opt_integer("numerator_milli");
        t.opt_integer("denominator_milli");
        t.integer("value_milli");
        t.text("status");
        t.text("evidence");
        t.text("source");
        t.integer("at");
        t.text("actor");
        t.opt_integer("replaced_at");
        t.refers("target_id", "programme_target");
    });
    change.index("programme_value", &["target_id", "period", "unit_id"]);
    change.index("programme_value", &["unit_id", "period"]);
    change.table("programme_trajectory", |t| {
        t.uuid("target_id");
        t.integer("year");
        t.integer("value_milli");
        t.primary(&["target_id", "year"]);
        t.refers("target_id", "programme_target");
    });
}
