//! Migrations with their steps; level dossiers with their controls, and what was let through without one.

use db::Change;

use crate::model::{
    level::{Dossier, Overrule},
    moves::{Migration, Step},
};

pub fn moves(change: &mut Change) {
    change.table("registry_migration", |t| {
        t.id();
        t.uuid("system_id");
        t.uuid("owner_id");
        t.opt_uuid("runner_id");
        t.opt_uuid("leader_id");
        t.texts(&["name", "strategy", "from_hosting", "to_hosting", "state", "edition", "hands", "fold", "name_sort"]);
        t.opt_integer("wave");
        t.opt_texts(&["announced_on", "announcement", "window_begins", "window_ends", "window_hours"]);
        t.opt_texts(&["checksum_given", "checksum_verified", "started_on", "cut_over_on", "ended_on", "reason"]);
        t.opt_texts(&["left_hosting", "left_state"]);
        t.rev();
        t.refers("system_id", "registry_system");
    });
    // A system is on one way at a time.
    change.unique_where("registry_migration", &["system_id"], "state IN ('planned', 'running', 'cut_over')");
    change.index("registry_migration", &["system_id", "id"]);
    change.index("registry_migration", &["name_sort", "id"]);
    let filters = ["owner_id", "runner_id", "strategy", "state", "to_hosting"];
    change.index_each("registry_migration", &filters, &["name_sort", "id"]);
    change.mend(
        "CREATE INDEX registry_migration_window_order ON registry_migration \
         ((COALESCE(window_begins, '9999-12-31')), id)",
    );
    change.table("registry_migration_step", |t| {
        t.id();
        t.uuid("migration_id");
        t.integer("place");
        t.texts(&["code", "name", "part", "gate", "need", "proof", "state"]);
        t.opt_uuid("unit_id");
        t.opt_uuid("person_id");
        t.opt_texts(&["due_on", "document", "fingerprint", "note", "done_by", "done_on"]);
        t.rev();
        t.refers("migration_id", "registry_migration");
    });
    change.unique("registry_migration_step", &["migration_id", "code"]);
    change.index("registry_migration_step", &["state", "due_on", "id"]);
    for facts in [Migration::FACTS, Step::FACTS] {
        change.mirrors(facts);
    }
    change.undoes_each(&["registry_migration", "registry_migration_step"]);
    change.seals("registry_migration", &["id"], &["system_id", "state", "ended_on", "hands"]);
    change.seals("registry_migration_step", &["id"], &["migration_id", "state", "done_by", "done_on"]);
}

/// Since when a system was to operate before a migration of it was accepted.
pub fn left_days(change: &mut Change) {
    change.extend("registry_migration", |t| {
        t.opt_integer("left_since");
        t.opt_text("left_operating_since");
    });
    // Of one accepted before they were kept nobody knows; its roll-back leaves them as they are.
    change.mend(
        "UPDATE registry_migration SET left_since = (SELECT since FROM registry_system WHERE id = system_id), \
         left_operating_since = (SELECT operating_since FROM registry_system WHERE id = system_id) WHERE state = 'accepted'",
    );
}

pub fn levels(change: &mut Change) {
    change.table("registry_dossier", |t| {
        t.id();
        t.uuid("system_id");
        t.uuid("owner_id");
        t.opt_uuid("reviewer_id");
        t.texts(&["name", "rule", "edition", "facts", "state", "fold", "name_sort"]);
        t.integer("proposed");
        t.integer("level");
        t.opt_texts(&["sent_on", "returned_on", "appraised_on", "appraisal", "reason", "number", "approved_on"]);
        t.opt_texts(&["recorded_on", "operating_on", "valid_through", "checked_on", "check_note", "check_by"]);
        t.opt_texts(&["sent_by", "appraised_by"]);
        t.rev();
        t.refers("system_id", "registry_system");
    });
    // One dossier of a system is on its way at a time.
    change.unique_where("registry_dossier", &["system_id"], "state <> 'approved'");
    change.index("registry_dossier", &["system_id", "id"]);
    change.index("registry_dossier", &["name_sort", "id"]);
    let filters = ["owner_id", "reviewer_id", "state", "level", "valid_through", "check_by"];
    change.index_each("registry_dossier", &filters, &["name_sort", "id"]);
    change
        .mend("CREATE INDEX registry_dossier_check_order ON registry_dossier ((COALESCE(check_by, '9999-12-31')), id)");
    change.table("registry_dossier_control", |t| {
        t.id();
        t.uuid("dossier_id");
        t.texts(&["code", "state"]);
        t.opt_texts(&["evidence", "on_day"]);
        t.rev();
        t.refers("dossier_id", "registry_dossier");
    });
    change.unique("registry_dossier_control", &["dossier_id", "code"]);
    change.table("registry_overrule", |t| {
        t.id();
        t.uuid("system_id");
        t.uuid("owner_id");
        t.texts(&["on_day", "reason"]);
        t.refers("system_id", "registry_system");
    });
    change.index("registry_overrule", &["system_id"]);
    for facts in [Dossier::FACTS, Overrule::FACTS] {
        change.mirrors(facts);
    }
    change.undoes_each(&["registry_dossier", "registry_dossier_control", "registry_overrule"]);
    let proves = ["system_id", "state", "level", "number", "approved_on", "recorded_on", "valid_through"];
    change.seals("registry_dossier", &["id"], &proves);
    change.seals("registry_overrule", &["id"], &["system_id", "on_day"]);
}
