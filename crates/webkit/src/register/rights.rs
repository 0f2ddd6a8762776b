//! A rule as the WHERE of a list.

use std::fmt::Write as _;

use db::Where;
use kernel::{Compartment, Ground, Held, Rule, Scope, UnitId};

/// How the grounds of a rule are read from the columns of a list.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// The unit whose matter a row is.
    pub unit: Related,
    pub follows: &'static [Related],
    pub involved: &'static [Related],
    /// The column of the compartment that a row lies in, empty for most; none where rows lie in none.
    pub compartment: Option<&'static str>,
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

    /// One of `units` stands in this relation to the row.
    fn held(self, units: &[UnitId], reach: &Scope, is_sqlite: bool, list: &mut Where) -> String {
        let units = list.list(self.standing(units, reach).iter().map(UnitId::uuid));
        self.condition(&units, is_sqlite)
    }

    /// Whether the row has such a unit at all.
    fn is_there(self) -> String {
        match self {
            Self::Column(column) | Self::Among(column, _) => format!("{column} IS NOT NULL"),
            Self::Today(related) => related.is_there(),
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

/// Adds to a list's conditions that one of the rule's grounds holds, over what the posts that count reach, and that no
/// row lies in a compartment that is closed to them.
pub fn permitted(
    rule: &Rule,
    grounds: &Grounds,
    compartments: &[Compartment],
    reach: impl Fn(Held) -> Scope,
    is_sqlite: bool,
    list: &mut Where,
) {
    permitted_among(rule, grounds, compartments, reach, (is_sqlite, false), list);
}

/// The same; `is_few` says that the list is cut down otherwise too, whoever looks at it.
pub(super) fn permitted_among(
    rule: &Rule,
    grounds: &Grounds,
    compartments: &[Compartment],
    reach: impl Fn(Held) -> Scope,
    (is_sqlite, is_few): (bool, bool),
    list: &mut Where,
) {
    let is_all = |ground: &Ground| match ground {
        Ground::Everyone => true,
        Ground::Below(_) | Ground::InvolvedBelow(_) => reach(ground.held()).everything,
        Ground::Follows(_) | Ground::Involved(_) => false,
    };
    let is_all = rule.grounds.iter().any(is_all);
    need_to_know(grounds, compartments, &reach, (is_sqlite, is_few || !is_all), list);
    if is_all {
        return;
    }
    let mut any = Vec::new();
    for ground in rule.grounds {
        let reach = reach(ground.held());
        let (related, units) = match ground {
            Ground::Everyone => continue,
            Ground::Below(_) => (std::slice::from_ref(&grounds.unit), &reach.subtree),
            Ground::InvolvedBelow(_) => (grounds.involved, &reach.subtree),
            Ground::Follows(_) => (grounds.follows, &reach.own),
            Ground::Involved(_) => (grounds.involved, &reach.own),
        };
        any.extend(related.iter().map(|related| related.held(units, &reach, is_sqlite, list)));
    }
    list.and(if any.is_empty() { "1 = 0".into() } else { any.join(" OR ") }.as_str());
}

fn need_to_know(
    grounds: &Grounds,
    all: &[Compartment],
    reach: &impl Fn(Held) -> Scope,
    (is_sqlite, is_few): (bool, bool),
    list: &mut Where,
) {
    let Some(column) = grounds.compartment else { return };
    // Nearly all rows lie in none. SQLite does not know it, and would read these by their index for the few of some units, or
    // for those of a filter.
    let column = if is_sqlite && is_few { format!("+{column}") } else { column.to_owned() };
    let mut open = format!("{column} IS NULL");
    for one in all {
        let reach = reach(Held::Of(one.open_to));
        let over = if reach.everything {
            grounds.unit.is_there()
        } else {
            grounds.unit.held(&reach.subtree, &reach, is_sqlite, list)
        };
        let _ = write!(open, " OR ({column} = '{}' AND {over})", one.name);
    }
    list.and(&open);
}

#[cfg(test)]
mod tests {
    use kernel::Role;

    use super::*;

    const RULE: Rule = Rule { action: "case.read", kind: "Case", grounds: &[Ground::Everyone] };
    const GROUNDS: Grounds =
        Grounds { unit: Related::Column("unit_id"), follows: &[], involved: &[], compartment: Some("compartment") };

    fn of(compartments: &[Compartment], reach: impl Fn(Held) -> Scope) -> String {
        let mut list = Where::default();
        permitted(&RULE, &GROUNDS, compartments, reach, true, &mut list);
        list.sql()
    }

    /// Also where the rule lets everybody see everything.
    #[test]
    fn a_list_leaves_out_what_lies_in_a_closed_compartment() {
        let security = [Compartment { name: "security", open_to: &[Role::OFFICER] }];
        assert_eq!(of(&[], |_| Scope::default()).trim(), "WHERE (compartment IS NULL)");
        let nobody = of(&security, |_| Scope::default());
        assert!(nobody.contains("compartment = 'security' AND unit_id IN (NULL)"), "{nobody}");
        let whole = Scope { everything: true, ..Scope::default() };
        let officers = of(&security, |held| if held.counts(Role::OFFICER) { whole.clone() } else { Scope::default() });
        assert!(officers.contains("compartment = 'security' AND unit_id IS NOT NULL"), "{officers}");
    }

    /// Of the few rows of some units SQLite is not led to the many that lie in no compartment.
    #[test]
    fn the_index_of_a_compartment_is_no_way_to_the_rows_of_some_units() {
        const OF_UNITS: Rule = Rule { grounds: &[Ground::Below(Held::Any)], ..RULE };
        let of = |is_sqlite| {
            let mut list = Where::default();
            permitted(&OF_UNITS, &GROUNDS, &[], |_| Scope::default(), is_sqlite, &mut list);
            list.sql()
        };
        assert!(of(true).contains("(+compartment IS NULL)"), "{}", of(true));
        assert!(of(false).contains("(compartment IS NULL)"), "{}", of(false));
    }

    #[test]
    fn nor_to_those_of_a_filter_for_whom_sees_all() {
        let of = |is_few| {
            let mut list = Where::default();
            permitted_among(&RULE, &GROUNDS, &[], |_| Scope::default(), (true, is_few), &mut list);
            list.sql()
        };
        assert!(of(true).contains("(+compartment IS NULL)"), "{}", of(true));
        assert!(of(false).contains("(compartment IS NULL)"), "{}", of(false));
    }
}
