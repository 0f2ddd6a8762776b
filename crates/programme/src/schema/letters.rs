//! Letters that urge many bodies at once: what is late stands in a list, and each body says that it has the letter.

use db::Change;

pub fn letters(change: &mut Change) {
    change.extend("programme_letter", |t| t.opt_text("lines"));
    change.table("programme_letter_to", |t| {
        t.id();
        t.uuid("letter_id");
        t.uuid("unit_id");
        t.opt_integer("received_at");
        t.opt_text("received_by");
        t.refers("letter_id", "programme_letter");
    });
    change.unique("programme_letter_to", &["letter_id", "unit_id"]);
    change.index("programme_letter_to", &["unit_id", "received_at"]);
}

/// When a draft was passed to the records clerk, who numbers and issues it.
pub fn handed(change: &mut Change) {
    change.extend("programme_letter", |t| t.opt_integer("handed_at"));
}
