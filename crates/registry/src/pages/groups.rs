//! The fields of a system in the groups in which forms and pages show them, and which of them are asked of what.

use crate::model::SystemKind;

/// A group: the key of its words, its fields, and whether it is open before anything is said in it.
pub struct Group {
    pub title: &'static str,
    pub fields: &'static [&'static str],
    pub is_open: bool,
}

/// Whether a field is asked of such a thing: nobody backs a contract up.
pub fn is_asked(kind: SystemKind, field: &str) -> bool {
    let is_running = !matches!(kind, SystemKind::Contract | SystemKind::Provider | SystemKind::DataCentre);
    match field {
        "contract_value" | "contract_from" | "contract_until" => kind == SystemKind::Contract,
        "is_domestic" => kind.is_providing(),
        "hosting_proof" | "packaging" | "ipv6" | "backup" | "backup_proven_on" | "support_ends_on" | "users"
        | "personal_data" | "is_public" | "is_shared" | "interfaces" | "ai_potential" | "architecture" | "deviates"
        | "deviations" => is_running,
        "hosting" | "since" | "operating_since" | "cost_per_year" | "criticality" => {
            !matches!(kind, SystemKind::Contract | SystemKind::Provider)
        }
        "address" => kind != SystemKind::Contract,
        _ => true,
    }
}

pub static GROUPS: [Group; 6] = [
    Group { title: "system-group-class", fields: &["state_secret"], is_open: true },
    Group {
        title: "system-group-basic",
        fields: &["name", "owner", "operator", "code", "kind", "state", "purpose", "since", "operating_since"],
        is_open: true,
    },
    Group {
        title: "system-group-contract",
        fields: &["contract_value", "contract_from", "contract_until"],
        is_open: true,
    },
    Group {
        title: "system-group-place",
        fields: &[
            "hosting",
            "hosting_proof",
            "address",
            "packaging",
            "ipv6",
            "backup",
            "backup_proven_on",
            "support_ends_on",
            "is_domestic",
        ],
        is_open: true,
    },
    Group {
        title: "system-group-use",
        fields: &[
            "users",
            "cost_per_year",
            "criticality",
            "personal_data",
            "is_public",
            "is_shared",
            "interfaces",
            "ai_potential",
        ],
        is_open: false,
    },
    Group { title: "system-group-architecture", fields: &["architecture", "deviates", "deviations"], is_open: true },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use webkit::Record as _;

    use super::*;
    use crate::model::System;

    #[test]
    fn each_field_stands_in_one_group() {
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|group| group.fields).copied().collect();
        let fields: BTreeSet<&str> = System::FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(grouped.iter().copied().collect::<BTreeSet<_>>(), fields);
        assert_eq!(grouped.len(), fields.len(), "a field stands in two groups");
    }

    #[test]
    fn of_paper_and_of_rooms_it_is_not_asked_how_they_run() {
        let of = |kind| System::FIELDS.iter().filter(move |field| is_asked(kind, field.name));
        let has = |kind, name: &str| of(kind).any(|field| field.name == name);
        for kind in [SystemKind::Contract, SystemKind::Provider, SystemKind::DataCentre] {
            assert!(!["backup", "ipv6", "interfaces", "personal_data"].into_iter().any(|name| has(kind, name)));
            assert_eq!(has(kind, "contract_until"), kind == SystemKind::Contract);
        }
        let all = System::FIELDS.len();
        assert_eq!(of(SystemKind::Database).count(), all - 4, "all but the contract's and the provider's");
        // What must be said is asked of everything.
        for kind in <SystemKind as kernel::Code>::ALL {
            assert!(["name", "owner", "state_secret", "state", "kind"].into_iter().all(|name| has(*kind, name)));
        }
    }
}
