//! Which columns the ledger covers: where rights come from, what was done and when, what proves it, what was reported.

use db::Change;

pub fn seals(change: &mut Change) {
    change.seals("programme_plan", &["id"], &["follower_id", "issuer_id", "confirmation", "confirmed_by"]);
    change.seals("programme_plan_role", &["plan_id", "unit_id", "role"], &["plan_id", "unit_id", "role"]);
    let part = ["task_id", "unit_id", "due_on", "done_on", "stopped_on", "stop_kind", "accepted_on"];
    change.seals("programme_part", &["id"], &part);
    let evidence = ["part_id", "kind", "label", "number", "day", "link", "file_name", "blob_hash", "removed_at"];
    change.seals("programme_evidence", &["id"], &evidence);
    let value = ["target_id", "unit_id", "period", "numerator_milli", "denominator_milli", "value_milli", "status"];
    change.seals("programme_value", &["id"], &value);
    change.seals("programme_value", &["id"], &["evidence", "source", "replaced_at"]);
    let report = ["unit_id", "owner_id", "label", "consolidated", "state", "is_nothing", "version", "replaces_id"];
    change.seals("programme_report", &["id"], &report);
    let issued = ["number", "issued_on", "issued_at", "file_name", "blob_hash", "sealed"];
    change.seals("programme_report", &["id"], &issued);
    change.seals("programme_report_line", &["report_id", "kind", "subject_id"], &["sealed"]);
}

/// What plans say, the documents that they stand on, and what the public sees.
pub fn documents(change: &mut Change) {
    change.seals_more("programme_plan", &["state", "number", "issued_on", "text", "blob_hash"]);
    change.seals("programme_task", &["id"], &["plan_id", "text", "time_raw", "result"]);
    let goal = ["plan_id", "text", "value_milli", "unit", "comparator", "from_year", "to_year", "stretch_milli"];
    change.seals("programme_target", &["id"], &goal);
    change.seals("programme_public", &["plan_id"], &["plan_id", "since"]);
}
