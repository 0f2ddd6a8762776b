//! Tables of what leaders see.

use db::Change;

pub fn charge(change: &mut Change) {
    // The leader in charge of a body, as the office writes the name.
    change.table("programme_charge", |t| {
        t.uuid("unit_id");
        t.text("leader");
        t.primary(&["unit_id"]);
    });
    change.index("programme_charge", &["leader"]);
    // The part whose body brought a helper in; none where the plan names it.
    change.extend("programme_helper", |t| t.opt_uuid("part_id"));
    // 1 where the due day follows the duty's rule, and so the calendar; none where a person set it.
    change.extend("programme_period", |t| t.opt_integer("due_by_rule"));
    // What falls due on a day.
    change.index("programme_part", &["due_on"]);
}
