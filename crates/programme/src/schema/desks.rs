//! What the records clerk of the receiving body enters of a report, and the order in which what came in is read.

use db::Change;

pub fn received(change: &mut Change) {
    change.extend("programme_report", |t| {
        t.opt_text("received_on");
        t.opt_text("received_number");
    });
    change.mend(
        "CREATE INDEX programme_report_arrived ON programme_report (owner_id, due_on, id) \
         WHERE state = 'issued' AND NOT consolidated",
    );
}
