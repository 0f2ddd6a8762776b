//! By whose hand what can be taken back was done: nobody takes back what somebody else answered, released or confirmed.

use db::Change;

pub fn hands(change: &mut Change) {
    // The account that answered a difficulty at this stop, passed it on or withdrew it.
    change.extend("programme_hop", |t| t.opt_text("hand"));
    change.extend("programme_letter", |t| {
        // The account that released it, and the day on which it did, whatever day the paper bears.
        t.opt_text("released_hand");
        t.opt_text("released_on");
    });
    // The account that said whether the plan is its body's.
    change.extend("programme_plan", |t| t.opt_text("confirmed_hand"));
}
