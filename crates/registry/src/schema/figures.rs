//! Frozen lists, milestones of platforms, and the values of each day.

use db::Change;

use crate::model::figures::{Baseline, BaselineItem, Figure, Milestone};

pub fn baselines(change: &mut Change) {
    change.table("registry_baseline", |t| {
        t.id();
        t.uuid("unit_id");
        t.opt_text("plan");
        t.opt_uuid("plan_id");
        t.text("as_of");
        t.opt_texts(&["approved_on", "approved_by"]);
        t.rev();
    });
    change.unique("registry_baseline", &["unit_id"]);
    change.table("registry_baseline_item", |t| {
        t.id();
        t.uuid("baseline_id");
        t.uuid("system_id");
        t.boolean("is_counted");
        t.boolean("is_eligible");
        t.opt_texts(&["reason", "ground", "decided_by"]);
        t.rev();
        t.refers("baseline_id", "registry_baseline");
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_baseline_item", &["system_id"]);
    change.index("registry_baseline_item", &["baseline_id"]);
    change.table("registry_baseline_change", |t| {
        t.id();
        t.uuid("baseline_id");
        t.uuid("system_id");
        t.texts(&["on_day", "by_whom", "reason"]);
        t.boolean("is_counted");
        t.boolean("is_eligible");
        t.opt_text("ground");
        t.boolean("is_after");
        t.refers("baseline_id", "registry_baseline");
        t.refers("system_id", "registry_system");
    });
    change.index("registry_baseline_change", &["baseline_id", "id"]);
    change.table("registry_milestone", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["due_on", "source"]);
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_milestone", &["system_id"]);
    for facts in [Baseline::FACTS, BaselineItem::FACTS, Milestone::FACTS] {
        change.mirrors(facts);
    }
    let kept = ["registry_baseline", "registry_baseline_item", "registry_baseline_change", "registry_milestone"];
    change.undoes_each(&kept);
    change.seals("registry_baseline", &["id"], &["unit_id", "as_of", "approved_on", "approved_by"]);
    change.seals("registry_baseline_item", &["id"], &["system_id", "is_counted", "is_eligible", "decided_by"]);
    change.seals("registry_milestone", &["id"], &["system_id", "due_on", "source"]);
}

/// A row holds until the next of the same indicator, part and owner.
pub fn figures(change: &mut Change) {
    change.table("registry_figure", |t| {
        t.id();
        t.texts(&["indicator", "part"]);
        t.uuid("unit_id");
        t.text("on_day");
        t.integer("numerator");
        t.integer("denominator");
    });
    change.unique("registry_figure", &["indicator", "part", "unit_id", "on_day"]);
    change.mirrors(Figure::FACTS);
    // What is shared by the province, in the order of names.
    change.mend(
        "CREATE INDEX registry_system_catalogue ON registry_system (name_sort, id) \
         WHERE is_shared = 'yes' AND kind IN ('platform', 'database')",
    );
}
