//! What is accepted is counted apart from what is only reported done: from indexes, as before.

use db::Change;

pub fn accepted(change: &mut Change) {
    // In the place of the board's first index, which does not tell the two apart.
    change.mend("DROP INDEX IF EXISTS programme_part_unit_id_due_on_done_on_stopped_on_start_on_idx");
    change.mend(
        "CREATE INDEX programme_part_board ON programme_part (unit_id, due_on, done_on, accepted_on, stopped_on, start_on)",
    );
    change.mend(
        "CREATE INDEX programme_part_accepted ON programme_part (sort_due, id, due_on, done_on, accepted_on) \
         WHERE accepted_on IS NOT NULL",
    );
}
