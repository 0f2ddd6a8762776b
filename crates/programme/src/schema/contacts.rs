//! Whom to call about a part.

use db::Change;

/// Under the id of the part. Names and telephones stand nowhere else, so that they can be erased.
pub fn contacts(change: &mut Change) {
    change.table("programme_contact", |t| {
        t.id();
        // A colleague with an account; else what was typed.
        t.opt_uuid("person_id");
        t.text("name");
        t.text("phone");
        t.rev();
    });
    change.index("programme_contact", &["person_id"]);
    change.undoes("programme_contact");
}
