//! What is said of systems for their cost, and for the label of platforms.

use db::Change;

use crate::model::{
    cost::Cost,
    label::{Label, LabelLine},
};

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

pub fn labels(change: &mut Change) {
    change.table("registry_label", |t| {
        t.id();
        t.uuid("system_id");
        t.opt_text("published_on");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_label", &["system_id"]);
    change.table("registry_label_line", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["requirement", "state", "on_day"]);
        t.opt_text("evidence");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_label_line", &["system_id", "requirement"]);
    for facts in [Label::FACTS, LabelLine::FACTS] {
        change.mirrors(facts);
    }
    change.undoes_each(&["registry_label", "registry_label_line"]);
}

/// Who says what stands in a label, and who makes it public.
pub fn label_hands(change: &mut Change) {
    change.extend("registry_label", |t| t.opt_text("published_by"));
    change.extend("registry_label_line", |t| t.opt_texts(&["state_by", "evidence_by"]));
}
