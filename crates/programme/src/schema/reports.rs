//! Tables of reporting: regimes, duties, periods, reports and their lines.

use db::Change;

pub fn reports(change: &mut Change) {
    change.table("programme_regime", |t| {
        t.id();
        t.text("name");
        t.text("basis");
        t.text("who");
        t.text("form");
        t.text("system");
        t.opt_text("from_on");
        t.opt_text("to_on");
        t.text("replaceable");
        t.rev();
    });
    change.table("programme_duty", |t| {
        t.id();
        t.opt_uuid("plan_id");
        t.opt_uuid("regime_id");
        t.text("name");
        t.text("section");
        t.text("period");
        t.text("cutoff");
        t.text("due");
        t.text("state");
        t.text("source");
        t.uuid("owner_id");
        t.rev();
    });
    change.index("programme_duty", &["plan_id"]);
    change.index("programme_duty", &["owner_id", "state"]);
    change.table("programme_duty_body", |t| {
        t.uuid("duty_id");
        t.uuid("unit_id");
        // "reports", "receives", or "via".
        t.text("role");
        t.primary(&["duty_id", "unit_id", "role"]);
        t.refers("duty_id", "programme_duty");
    });
    change.index("programme_duty_body", &["unit_id", "role"]);
    change.table("programme_period", |t| {
        t.id();
        t.uuid("duty_id");
        t.text("label");
        t.text("from_on");
        t.text("to_on");
        t.text("due_on");
        t.text("state");
        t.opt_uuid("job_id");
        t.integer("opened_at");
        t.opt_integer("closed_at");
        t.rev();
        t.refers("duty_id", "programme_duty");
    });
    change.unique("programme_period", &["duty_id", "label"]);
    change.index("programme_period", &["state", "due_on"]);
    change.table("programme_report", |t| {
        t.id();
        t.uuid("unit_id");
        t.uuid("owner_id");
        t.text("label");
        t.boolean("consolidated");
        t.text("from_on");
        t.text("to_on");
        t.text("due_on");
        t.text("state");
        t.text("intro");
        t.text("plans_ahead");
        t.boolean("is_nothing");
        t.integer("version");
        t.opt_uuid("replaces_id");
        t.opt_text("number");
        t.opt_text("issued_on");
        t.opt_integer("issued_at");
        t.opt_text("file_name");
        t.opt_text("blob_hash");
        t.opt_text("sealed");
        t.opt_text("remarks");
        t.integer("opened_at");
        t.rev();
    });
    change.unique("programme_report", &["unit_id", "owner_id", "label", "consolidated", "version"]);
    change.index("programme_report", &["owner_id", "label", "state"]);
    change.index("programme_report", &["unit_id", "state", "due_on"]);
    change.table("programme_report_period", |t| {
        t.uuid("report_id");
        t.uuid("period_id");
        t.primary(&["report_id", "period_id"]);
        t.refers("report_id", "programme_report");
        t.refers("period_id", "programme_period");
    });
    change.index("programme_report_period", &["period_id"]);
    // Words that a person wrote on a line of a draft; once approved, the sealed line with its figures.
    change.table("programme_report_line", |t| {
        t.uuid("report_id");
        t.text("kind");
        t.uuid("subject_id");
        t.text("words");
        t.boolean("is_nothing");
        t.opt_text("sealed");
        t.primary(&["report_id", "kind", "subject_id"]);
        t.refers("report_id", "programme_report");
    });
    change.index("programme_report_line", &["subject_id", "kind"]);
}
