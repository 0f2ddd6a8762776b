//! What is said of systems for their cost.

use db::Change;

use crate::model::cost::Cost;

pub fn costs(change: &mut Change) {
    change.table("registry_cost", |t| {
        t.id();
        t.uuid("system_id");
        for number in ["cpu", "memory_gb", "storage_gb", "servers", "admin_days", "cloud_admin_days"] {
            t.opt_integer(number);
        }
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_cost", &["system_id"]);
    change.mirrors(Cost::FACTS);
    change.undoes("registry_cost");
}
