//! What is answered and decided of systems, by which rules, and in which waves they move.

use db::Change;

use crate::model::{assessment::Assessment, wave::WaveItem};

pub fn assessments(change: &mut Change) {
    change.table("registry_assessment", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["questionnaire", "answers", "facts", "rules", "strategy", "ground", "reasons", "review"]);
        t.integer("answered");
        t.boolean("eligible");
        t.integer("score");
        t.opt_integer("effort");
        t.opt_texts(&["overruled", "reason", "reviewed_by"]);
        t.opt_integer("reviewed_at");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_assessment", &["system_id"]);
    // Whose answers may be taken over.
    change.index("registry_assessment", &["answered", "id"]);
    change.mirrors(Assessment::FACTS);
    change.undoes("registry_assessment");
    change.seals("registry_assessment", &["id"], &["system_id", "review", "overruled", "reviewed_by"]);
    change.index_each("registry_system", &["strategy"], &["name_sort", "id"]);
}

/// When a system may be cut over.
pub fn move_days(change: &mut Change) {
    change.extend("registry_assessment", |t| t.opt_texts(&["earliest", "closed_days"]));
}

/// A classification writes the way of each system. Where no index has the column and the page has room, PostgreSQL writes
/// the new version of a row beside the old one; else it writes every index of the table anew, which takes fifteen times as
/// long. Who filters the register by a way walks its order, or reads the table.
pub fn in_place(change: &mut Change) {
    change.mend_postgres("DROP INDEX IF EXISTS registry_system_strategy_name_sort_id_idx");
    change.mend_postgres("ALTER TABLE registry_system SET (fillfactor = 45)");
    // The plan is read whole, or by its systems: nobody looks for a wave.
    change.mend("DROP INDEX IF EXISTS registry_wave_item_wave_turn_idx");
}

/// By which terms the waves were placed.
pub fn planned_by(change: &mut Change) {
    change.extend("registry_wave_plan", |t| t.opt_text("planned_by"));
}

pub fn rules(change: &mut Change) {
    change.table("registry_rules", |t| {
        t.id();
        t.texts(&["kind", "state", "edition", "body"]);
        t.opt_texts(&["note", "since"]);
        t.text("brought_by");
        t.integer("brought_at");
        t.rev();
    });
    change.unique_where("registry_rules", &["kind"], "state = 'in_force'");
    change.index("registry_rules", &["kind", "id"]);
    change.undoes("registry_rules");
    change.seals("registry_rules", &["id"], &["kind", "state", "body", "since"]);
}

pub fn waves(change: &mut Change) {
    change.table("registry_wave_plan", |t| {
        t.id();
        t.texts(&["scope", "start_on", "blackouts"]);
        for number in ["days", "most_systems", "most_effort", "most_waves", "free_days", "usual_effort"] {
            t.integer(number);
        }
        t.opt_text("planned_on");
        t.rev();
    });
    change.unique("registry_wave_plan", &["scope"]);
    change.table("registry_wave_item", |t| {
        t.id();
        t.uuid("system_id");
        t.opt_integer("wave");
        t.integer("turn");
        t.boolean("by_hand");
        t.text("why");
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_wave_item", &["system_id"]);
    change.index("registry_wave_item", &["wave", "turn"]);
    change.mirrors(WaveItem::FACTS);
    change.undoes_each(&["registry_wave_plan", "registry_wave_item"]);
}
