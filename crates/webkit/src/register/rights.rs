//! A rule as the WHERE of a list.

use db::Where;
use kernel::{Ground, Held, Rule, Scope, UnitId};

/// How the grounds of a rule are read from the columns of a list.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// The unit whose matter a row is.
    pub unit: Related,
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
    /// The same of what such a unit is today: for a body that was merged away its successor answers.
    Today(&'static Self),
}

impl Related {
    /// The units that stand in the row where one of `units` is the one that counts.
    fn standing(self, units: &[UnitId], reach: &Scope) -> Vec<UnitId> {
        match self {
            Self::Column(_) | Self::Among(..) => units.to_vec(),
            Self::Today(_) => reach.today(units),
        }
    }

    fn condition(self, units: &str, is_sqlite: bool) -> String {
        match self {
            Self::Column(column) => format!("{column} IN ({units})"),
            Self::Among(column, select) if is_sqlite => format!("{column} IN ({})", select.replace("{units}", units)),
            // Known before the scan, so that each side of an OR can use its own index.
            Self::Among(column, select) => format!("{column} = ANY(ARRAY({}))", select.replace("{units}", units)),
            Self::Today(related) => related.condition(units, is_sqlite),
        }
    }
}

/// Adds to a list's conditions that one of the rule's grounds holds, over what the posts that count reach.
pub fn permitted(rule: &Rule, grounds: &Grounds, reach: impl Fn(Held) -> Scope, is_sqlite: bool, list: &mut Where) {
    let mut any = Vec::new();
    for ground in rule.grounds {
        let reach = reach(ground.held());
        let (related, units) = match ground {
            Ground::Everyone => return,
            Ground::Below(_) if reach.everything => return,
            Ground::Below(_) => (std::slice::from_ref(&grounds.unit), &reach.subtree),
            Ground::Follows(_) => (grounds.follows, &reach.own),
            Ground::Involved(_) => (grounds.involved, &reach.own),
        };
        for related in related {
            let units = list.list(related.standing(units, &reach).iter().map(UnitId::uuid));
            any.push(related.condition(&units, is_sqlite));
        }
    }
    list.and(if any.is_empty() { "1 = 0".into() } else { any.join(" OR ") }.as_str());
}
