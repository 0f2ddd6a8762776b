//! What was asked later: what the lake needs to count the same again, the place of new systems in the architecture, and how
//! long systems were down.

use db::Change;

use crate::model::{Use, availability::Availability};

pub fn measured(change: &mut Change) {
    change.mirrors(Use::FACTS);
    change.extend("registry_system", |t| t.opt_text("deviates"));
    change.mend("UPDATE registry_system SET deviates = 'unknown'");
    change.table("registry_availability", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["month", "source"]);
        t.integer("minutes_down");
        t.integer("minutes_planned");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_availability", &["system_id", "month"]);
    change.mirrors(Availability::FACTS);
    change.undoes("registry_availability");
    change.seals("registry_availability", &["id"], &["system_id", "month", "minutes_down", "minutes_planned"]);
}
