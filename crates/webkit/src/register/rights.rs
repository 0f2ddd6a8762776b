//! A rule as the WHERE of a list.

use db::Where;
use kernel::{Ground, Held, Rule, Scope};

/// How the grounds of a rule are read from the columns of a list.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// The column of the unit whose matter a row is.
    pub unit: &'static str,
    pub follows: &'static [Related],
    pub involved: &'static [Related],
}

/// Units in some relation to a row.
#[derive(Debug, Clone, Copy)]
pub enum Related {
    /// A column holds such a unit.
    Column(&'static str),
    /// A column is among what a select over `{units}` gives.
    Among(&'static str, &'static str),
}

impl Related {
    fn condition(self, units: &str, is_sqlite: bool) -> String {
        match self {
            Self::Column(column) => format!("{column} IN ({units})"),
            Self::Among(column, select) if is_sqlite => format!("{column} IN ({})", select.replace("{units}", units)),
            // Known before the scan, so that each side of an OR can use its own index.
            Self::Among(column, select) => format!("{column} = ANY(ARRAY({}))", select.replace("{units}", units)),
        }
    }
}

/// Adds to a list's conditions that one of the rule's grounds holds, over what the posts that count reach.
pub fn permitted(rule: &Rule, grounds: &Grounds, reach: impl Fn(Held) -> Scope, is_sqlite: bool, list: &mut Where) {
    let mut any = Vec::new();
    let of = [Related::Column(grounds.unit)];
    for ground in rule.grounds {
        let reach = reach(ground.held());
        let (related, units) = match ground {
            Ground::Everyone => return,
            Ground::Below(_) | Ground::InvolvedBelow(_) if reach.everything => return,
            Ground::Below(_) => (of.as_slice(), &reach.subtree),
            Ground::InvolvedBelow(_) => (grounds.involved, &reach.subtree),
            Ground::Follows(_) => (grounds.follows, &reach.own),
            Ground::Involved(_) => (grounds.involved, &reach.own),
        };
        let units = list.list(units.iter().map(|unit| unit.uuid()));
        any.extend(related.iter().map(|related| related.condition(&units, is_sqlite)));
    }
    list.and(if any.is_empty() { "1 = 0".into() } else { any.join(" OR ") }.as_str());
}
