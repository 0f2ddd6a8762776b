//! What a reader of the first amendments, counts and letters found wanting.

use db::Change;

/// A task counts every act that touches it, also those on its bodies that another task or a confirmation brings.
pub fn task_rev(change: &mut Change) {
    change.extend("programme_task", |t| t.opt_integer("rev"));
    // Who has a form open goes on where they were.
    change.mend(
        "UPDATE programme_task SET rev = (SELECT COUNT(*) + COUNT(c.undone_at) FROM programme_change c WHERE c.task_id = programme_task.id) \
         WHERE EXISTS (SELECT 1 FROM programme_change c WHERE c.task_id = programme_task.id)",
    );
}

/// Parts that went elsewhere are counted no more: the indexes from which is counted know which they are.
pub fn counted(change: &mut Change) {
    change.mend("DROP INDEX IF EXISTS programme_part_board");
    change.mend(
        "CREATE INDEX programme_part_board ON programme_part \
         (unit_id, due_on, done_on, accepted_on, stopped_on, start_on, stop_kind)",
    );
    change.mend("DROP INDEX IF EXISTS programme_part_accepted");
    change.mend(
        "CREATE INDEX programme_part_accepted ON programme_part (sort_due, id, due_on, done_on, accepted_on, stop_kind) \
         WHERE accepted_on IS NOT NULL",
    );
}

/// What decides since when a plan waits stands beside an act, and what it left is read only to take it back. Acts of before
/// are read as they are: there are no more of them.
pub fn waits(change: &mut Change) {
    change.extend("programme_change", |t| t.opt_text("waits"));
}

/// A line in the history of a part knows the act on the whole task that wrote it. Of before, that
/// of the same hand in the seconds before it.
pub fn entry_of(change: &mut Change) {
    change.extend("programme_entry", |t| t.opt_uuid("change_id"));
    change.mend(
        "UPDATE programme_entry SET change_id = (SELECT c.id FROM programme_change c JOIN programme_part p ON p.task_id = c.task_id \
          WHERE p.id = programme_entry.part_id AND c.kind = programme_entry.kind AND c.actor = programme_entry.actor \
          AND c.at <= programme_entry.at AND c.at > programme_entry.at - 10000000 ORDER BY c.at DESC, c.id LIMIT 1) \
         WHERE kind IN ('pause', 'end', 'resume')",
    );
}

/// That a letter went to a body lets it read the letter, and that it has it is a proof.
pub fn letters_sealed(change: &mut Change) {
    let sealed = ["letter_id", "unit_id", "received_at", "received_by"];
    change.seals("programme_letter_to", &["id"], &sealed);
}

/// Words that an officer wrote into a draft are not drafted over. Of before nobody knows who changed it last: what was
/// changed is the officer's.
pub fn letter_edited(change: &mut Change) {
    change.extend("programme_letter", |t| t.opt_integer("edited_at"));
    change.mend("UPDATE programme_letter SET edited_at = drafted_at WHERE state = 'draft' AND rev > 1");
}
