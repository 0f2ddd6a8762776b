//! What the inventory knows of a system beside its name: money, users, where and how it stands; certificates, checks, risks,
//! components; what bodies' own sheets call things.

use db::Change;

use crate::model::{Certificate, System};

/// Columns that say "not known" where nobody has said anything.
const UNKNOWN: [&str; 10] = [
    "criticality",
    "state_secret",
    "ai_potential",
    "ipv6",
    "is_public",
    "backup",
    "interfaces",
    "packaging",
    "is_shared",
    "is_domestic",
];

pub fn inventory(change: &mut Change) {
    change.extend("registry_system", |t| {
        for column in UNKNOWN {
            t.opt_text(column);
        }
        for column in ["users", "cost_per_year", "level"] {
            t.opt_integer(column);
        }
        t.opt_texts(&["backup_proven_on", "support_ends_on", "operating_since", "level_until"]);
        t.opt_texts(&["hosting_proof", "architecture", "deviations", "strategy", "address_key", "compartment"]);
        t.opt_uuid("provider_id");
        // The record of the same system that stays, of one that was entered twice.
        t.opt_uuid("merged_into");
    });
    let unknown = UNKNOWN.map(|column| format!("{column} = 'unknown'")).join(", ");
    change.mend(&format!("UPDATE registry_system SET {unknown}, level = 0"));
    change.mend(
        "UPDATE registry_system SET address_key = \
         RTRIM(REPLACE(REPLACE(REPLACE(LOWER(address), 'https://', ''), 'http://', ''), 'www.', ''), '/ ') \
         WHERE address IS NOT NULL",
    );
    change.follows::<System>();
    change.mirrors(System::FACTS);
    // What stands on a provider or in a data centre, and what was merged into a record.
    change.index("registry_system", &["provider_id"]);
    change.index("registry_system", &["merged_into"]);
    // What nobody outside sees is left out of counts without a look at every row.
    change.index("registry_system", &["compartment", "owner_id"]);
    // The same system entered by two bodies.
    change.index("registry_system", &["name_key", "id"]);
    change.index("registry_system", &["address_key", "id"]);
}

/// The filters of the register, each in its order.
pub fn orders(change: &mut Change) {
    let filters = ["criticality", "state_secret", "ai_potential", "ipv6", "is_public", "is_shared", "backup"];
    change.index_each("registry_system", &filters, &["name_sort", "id"]);
}

/// Certificates that run out, and dated checks of security and of risk.
pub fn papers(change: &mut Change) {
    change.table("registry_certificate", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["kind", "number"]);
        t.opt_texts(&["issuer", "issued_on", "valid_until"]);
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_certificate", &["system_id", "kind", "number"]);
    change.index("registry_certificate", &["valid_until", "id"]);
    change.table("registry_check", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["kind", "on_day", "outcome"]);
        t.opt_texts(&["proof", "note", "next_on"]);
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.index("registry_check", &["system_id", "on_day"]);
    change.index("registry_check", &["next_on", "id"]);
    change.mirrors(Certificate::FACTS);
    change.undoes_each(&["registry_certificate", "registry_check"]);
    change.seals("registry_certificate", &["id"], &["system_id", "kind", "number", "valid_until"]);
    change.seals("registry_check", &["id"], &["system_id", "kind", "on_day", "outcome"]);
}

/// What a system is built of, as its last list of materials says. Need to know: told to nobody.
pub fn components(change: &mut Change) {
    change.table("registry_bill", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["format", "file_name", "on_day"]);
        t.integer("components");
        t.rev();
        t.refers("system_id", "registry_system");
    });
    change.unique("registry_bill", &["system_id"]);
    change.table("registry_component", |t| {
        t.id();
        t.uuid("system_id");
        t.texts(&["name", "version", "purl", "fold"]);
        t.refers("system_id", "registry_system");
    });
    change.index("registry_component", &["system_id", "id"]);
    change.index("registry_component", &["fold", "version", "id"]);
}

/// Words in names of components are found by an index; a merger leads lists over, and gives them back.
pub fn found(change: &mut Change) {
    change.search_own("registry_component");
    change.undoes("registry_bill");
}

/// Components are of the list that brought them, and are seen while it is a system's: tens of thousands of them are written
/// before it and taken away behind it, outside the acts that others wait for.
pub fn listed(change: &mut Change) {
    change.extend("registry_component", |t| t.opt_uuid("bill_id"));
    change.mend(
        "UPDATE registry_component SET bill_id = \
         (SELECT b.id FROM registry_bill AS b WHERE b.system_id = registry_component.system_id)",
    );
    change.index("registry_component", &["bill_id", "id"]);
}

/// What a contract is worth, and until when it holds.
pub fn contracts(change: &mut Change) {
    change.extend("registry_system", |t| {
        t.opt_integer("contract_value");
        t.opt_texts(&["contract_from", "contract_until"]);
    });
    change.index("registry_system", &["contract_until", "id"]);
}

/// Records of which somebody said that they are no doubles.
pub fn apart(change: &mut Change) {
    change.table("registry_apart", |t| {
        t.id();
        t.uuid("one_id");
        t.uuid("other_id");
        t.refers("one_id", "registry_system");
        t.refers("other_id", "registry_system");
    });
    change.unique("registry_apart", &["one_id", "other_id"]);
    change.index("registry_apart", &["other_id"]);
    change.undoes("registry_apart");
}

/// How a body's own sheets call the fields: asked once, remembered for that body.
pub fn heads(change: &mut Change) {
    change.table("registry_head", |t| {
        t.id();
        t.uuid("unit_id");
        t.texts(&["head", "field"]);
    });
    change.unique("registry_head", &["unit_id", "head"]);
    change.undoes("registry_head");
}
