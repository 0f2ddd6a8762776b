//! Kept files beside what is said in words. Need to know where they are of controls: told to no lake.

use db::Change;

pub fn proofs(change: &mut Change) {
    change.table("registry_proof", |t| {
        t.id();
        t.uuid("system_id");
        // Neither of them: of where the system stands.
        t.opt_uuid("step_id");
        t.opt_uuid("control_id");
        t.texts(&["file_name", "look", "brought_by"]);
        t.blob("blob_hash");
        t.integer("at");
        t.opt_integer("removed_at");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    for column in ["system_id", "step_id", "control_id", "look"] {
        change.index("registry_proof", &[column, "id"]);
    }
    change.undoes("registry_proof");
    change.seals("registry_proof", &["id"], &["system_id", "blob_hash"]);
}
