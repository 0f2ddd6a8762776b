//! The fields of a system in the groups in which forms and pages show them.

/// A group: the key of its words, its fields, and whether it is open before anything is said in it.
pub struct Group {
    pub title: &'static str,
    pub fields: &'static [&'static str],
    pub is_open: bool,
}

pub static GROUPS: [Group; 5] = [
    Group { title: "system-group-class", fields: &["state_secret"], is_open: true },
    Group {
        title: "system-group-basic",
        fields: &["name", "owner", "operator", "code", "kind", "state", "purpose", "since", "operating_since"],
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
}
