//! Systems, how they stand to each other, who uses them, and their owners' yearly word.

use db::Change;

use crate::model::Confirmation;

/// What nobody has said yes to, or not for the longest time, first.
pub fn orders(change: &mut Change) {
    change.mend("CREATE INDEX registry_system_confirmed_order ON registry_system ((COALESCE(confirmed_on, '')), id)");
}

pub fn systems(change: &mut Change) {
    change.table("registry_system", |t| {
        t.id();
        t.uuid("owner_id");
        t.opt_uuid("operator_id");
        t.texts(&["name", "kind", "state", "hosting", "personal_data", "fold", "name_sort", "name_key"]);
        t.opt_texts(&["code", "address", "purpose", "confirmed_on"]);
        t.opt_integer("since");
        t.rev();
    });
    change.unique("registry_system", &["owner_id", "name_key"]);
    change.index("registry_system", &["name_sort", "id"]);
    let filters = ["owner_id", "operator_id", "kind", "state", "hosting", "personal_data", "confirmed_on"];
    change.index_each("registry_system", &filters, &["name_sort", "id"]);
    change.table("registry_relation", |t| {
        t.id();
        t.uuid("from_id");
        t.uuid("to_id");
        t.text("kind");
        t.refers("from_id", "registry_system");
        t.refers("to_id", "registry_system");
    });
    change.unique("registry_relation", &["from_id", "to_id", "kind"]);
    change.index("registry_relation", &["to_id"]);
    change.table("registry_use", |t| {
        t.id();
        t.uuid("system_id");
        t.uuid("unit_id");
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_use", &["system_id", "unit_id"]);
    change.index("registry_use", &["unit_id"]);
    change.table("registry_confirmation", |t| {
        t.id();
        t.uuid("unit_id");
        t.integer("year");
        t.text("on_day");
        t.integer("systems");
        t.rev();
    });
    change.unique("registry_confirmation", &["unit_id", "year"]);
    change.mirrors(Confirmation::FACTS);
    change.undoes_each(&["registry_system", "registry_relation", "registry_use", "registry_confirmation"]);
    change.seals("registry_system", &["id"], &["owner_id", "state"]);
    change.seals("registry_confirmation", &["id"], &["unit_id", "year", "on_day", "systems"]);
}
