//! What was taken in and not yet looked at.

use db::Change;

pub fn cleared(change: &mut Change) {
    // The account that took the document in.
    change.extend("programme_plan", |t| t.opt_uuid("importer"));
    // Files (pictures of pages) that a job still has to look at for marks of secrecy, by what they were taken in for.
    change.table("programme_look", |t| {
        t.uuid("subject_id");
        t.text("kind");
        t.blob("blob_hash");
        t.opt_uuid("taken_by");
        t.primary(&["subject_id"]);
    });
}

/// Why a file cannot be looked at, where that will not change.
pub(super) fn looks(change: &mut Change) {
    change.extend("programme_look", |t| t.opt_text("problem"));
}
