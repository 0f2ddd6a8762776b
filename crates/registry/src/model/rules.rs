//! Editions of what decides: the rule table of strategies, and the weights of priority.

use db::Words;
use derive::{Code, Row};

kernel::id!(OfRuleSet RuleSetId "rules");

/// Which of the two files it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "rules-kind")]
pub enum RulesKind {
    Strategy,
    Priority,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Code)]
#[code(key = "rules-state")]
pub enum RulesState {
    /// Changed rule by rule: it may have gaps, and decides nothing.
    Draft,
    #[code(look = "run")]
    Proposed,
    #[code(look = "done")]
    InForce,
    Replaced,
}

/// An edition that somebody brought; where none is in force, those that the program brings are.
#[derive(Debug, Clone, Row)]
#[row(table = "registry_rules", taken = "rules-meanwhile")]
pub struct RuleSet {
    pub id: RuleSetId,
    pub kind: RulesKind,
    pub state: RulesState,
    /// How it calls itself: id and version.
    pub edition: String,
    /// The whole file, as JSON.
    pub body: String,
    /// Why it was brought.
    pub note: Option<Words>,
    /// Since when it decides.
    pub since: Option<jiff::civil::Date>,
    /// Pseudonym, as in the ledger.
    pub brought_by: String,
    /// Microseconds.
    pub brought_at: i64,
    pub rev: i64,
}

/// The version after one that somebody wrote; the first, where that is no number.
pub fn next_version(version: &str) -> String {
    version.trim().parse::<u64>().unwrap_or(0).saturating_add(1).to_string()
}

/// The first version after this one under which no edition of that id is known.
pub fn free_version(id: &str, version: &str, known: &[String]) -> String {
    let mut free = next_version(version);
    while known.contains(&format!("{id} {free}")) {
        let next = next_version(&free);
        if next == free {
            break;
        }
        free = next;
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_version_is_one_that_no_edition_has() {
        let known = ["rules 2", "rules 3", "other 4"].map(str::to_owned);
        assert_eq!(free_version("rules", "1", &known), "4");
        assert_eq!(free_version("other", "1", &known), "2");
        let largest = u64::MAX.to_string();
        assert_eq!(free_version("rules", &largest, &[format!("rules {largest}")]), largest);
    }

    #[test]
    fn any_version_has_one_after_it() {
        let largest = u64::MAX.to_string();
        for (version, next) in [("1", "2"), (" 9 ", "10"), ("2-vi", "1"), (largest.as_str(), largest.as_str())] {
            assert_eq!(next_version(version), next, "{version}");
        }
    }
}
