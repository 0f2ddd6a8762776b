//! The indicators of which the registry knows the value: the SQL of each, and how its rows become a figure.

/// What its rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Systems,
    /// State-owned enterprises of the approved list: of the province as a whole, and read by everybody of the house. Without
    /// such a list nothing is known of them.
    Enterprises,
}

/// What one of its rows counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Itself.
    Systems,
    /// Its agency, which counts where all of its rows do.
    AgenciesOfAll,
    /// Its agency, which counts where one of its rows does; agencies without rows are in the whole.
    AgenciesOfAny,
}

/// One rate of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub code: &'static str,
    /// What it counts is known to those alone who must know the networks of its body.
    pub is_closed: bool,
}

const fn open(code: &'static str) -> Part {
    Part { code, is_closed: false }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// As the catalogue of indicators has it, so that targets measure it; `ipv6` alone is not in it yet.
    pub code: &'static str,
    pub rows: Rows,
    /// A row for each part and each system (or enterprise) that could count: `unit_id`, `part`, `system_id`, `numerator` and `denominator`
    /// (0 or 1), and `why`. `$1` is the day.
    pub sql: &'static str,
    /// The first is the indicator itself.
    pub parts: &'static [Part],
    pub counts: Counts,
    /// What would say its numerator does not stand here yet.
    pub is_waiting: bool,
}

const ONE: &[Part] = &[open("all")];
const MIGRATED: &[Part] = &[open("all"), open("eligible"), open("assessed"), open("classified"), open("converted")];
/// The plan's words are of enterprises; who counts the cloud of the province among them reads the second.
const DOMESTIC: &[Part] = &[open("all"), open("with_province")];
const DATABASES: &[Part] = &[open("all"), open("any_centre")];
const LEVELS: &[Part] = &[open("all"), open("late")];
const IPV6: &[Part] = &[open("systems"), Part { code: "networks", is_closed: true }, open("public")];

const fn systems(code: &'static str, sql: &'static str, parts: &'static [Part]) -> Definition {
    Definition { code, rows: Rows::Systems, sql, parts, counts: Counts::Systems, is_waiting: false }
}

/// What plans say of state-owned enterprises in one breath with agencies, as a rate of its own.
pub const ENTERPRISES: &str = "cloud.domestic_enterprises";
/// The indicator beside which it stands.
pub const AGENCIES_DOMESTIC: &str = "cloud.domestic_agencies";

pub static ALL: [Definition; 9] = [
    Definition {
        counts: Counts::AgenciesOfAll,
        ..systems("cloud.new_first", include_str!("../../figures/cloud_new_first.sql"), ONE)
    },
    systems("cloud.migrated", include_str!("../../figures/cloud_migrated.sql"), MIGRATED),
    Definition {
        counts: Counts::AgenciesOfAny,
        ..systems(AGENCIES_DOMESTIC, include_str!("../../figures/cloud_domestic_agencies.sql"), DOMESTIC)
    },
    Definition {
        rows: Rows::Enterprises,
        ..systems(ENTERPRISES, include_str!("../../figures/cloud_domestic_enterprises.sql"), ONE)
    },
    systems("cloud.databases", include_str!("../../figures/cloud_databases.sql"), DATABASES),
    systems("platform.deployed", include_str!("../../figures/platform_deployed.sql"), ONE),
    Definition {
        is_waiting: true,
        ..systems("exchange.connected", include_str!("../../figures/exchange_connected.sql"), ONE)
    },
    systems("level.approved", include_str!("../../figures/level_approved.sql"), LEVELS),
    systems("ipv6", include_str!("../../figures/ipv6.sql"), IPV6),
];

pub fn all() -> &'static [Definition] {
    &ALL
}

pub fn named(code: &str) -> Option<&'static Definition> {
    ALL.iter().find(|one| one.code == code)
}

impl Definition {
    /// The end of the keys of its words: `cloud-new-first`.
    pub fn key(&self) -> String {
        self.code.replace(['.', '_'], "-")
    }

    /// One of its parts; the first where none is named.
    pub fn part(&self, code: &str) -> Option<Part> {
        if code.is_empty() {
            self.parts.first().copied()
        } else {
            self.parts.iter().copied().find(|one| one.code == code)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_its_own_code_and_its_parts_stand_in_its_text() {
        let codes: BTreeSet<&str> = ALL.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for one in &ALL {
            for part in one.parts {
                assert!(one.sql.contains(&format!("'{}'", part.code)), "{}: {}", one.code, part.code);
            }
            assert_eq!(one.part("").map(|part| part.code), one.parts.first().map(|part| part.code));
            assert_eq!(one.part("none"), None);
        }
    }
}
