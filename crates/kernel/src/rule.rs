//! Rules that are said once: Cedar decides by them about one thing, lists select by them in SQL.

use std::fmt::Write as _;

use crate::Role;

/// Which of a person's posts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Any post.
    Any,
    /// A post with one of these roles.
    Of(&'static [Role]),
}

impl Held {
    pub fn counts(self, role: Role) -> bool {
        match self {
            Self::Any => true,
            Self::Of(roles) => roles.contains(&role),
        }
    }

    /// The principal's sets of units, as Cedar knows them.
    pub fn sets(self) -> Vec<String> {
        match self {
            Self::Any => vec!["own".into()],
            Self::Of(roles) => roles.iter().map(|role| role.units()).collect(),
        }
    }
}

/// Why somebody may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Whoever has signed in.
    Everyone,
    /// The thing is a matter of a unit of such a post, or of one below it.
    Below(Held),
    /// A unit of such a post follows it.
    Follows(Held),
    /// A unit of such a post takes part in it.
    Involved(Held),
    /// A unit of such a post takes part in it, or one below that unit.
    InvolvedBelow(Held),
}

impl Ground {
    pub fn held(self) -> Held {
        match self {
            Self::Everyone => Held::Any,
            Self::Below(held) | Self::Follows(held) | Self::Involved(held) | Self::InvolvedBelow(held) => held,
        }
    }

    fn cedar(self) -> String {
        let any = |says: &dyn Fn(&str) -> String| {
            self.held().sets().iter().map(|set| says(set)).collect::<Vec<_>>().join(" || ")
        };
        match self {
            Self::Everyone => "true".into(),
            Self::Below(_) => {
                format!("(resource has unit && ({}))", any(&|set| format!("resource.unit in principal.{set}")))
            }
            Self::Follows(_) => any(&|set| format!("resource.followedBy.containsAny(principal.{set})")),
            Self::Involved(_) => any(&|set| format!("resource.involved.containsAny(principal.{set})")),
            // Who takes part in the thing stands above it, in a request for such an action.
            Self::InvolvedBelow(_) => any(&|set| format!("resource in principal.{set}")),
        }
    }
}

/// Who may do an action to things of a kind: whoever one of the grounds holds for.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub action: &'static str,
    /// The Cedar type of the things.
    pub kind: &'static str,
    pub grounds: &'static [Ground],
}

impl Rule {
    /// Whether it asks above whom in the tree those stand who take part.
    pub fn asks_above_involved(&self) -> bool {
        self.grounds.iter().any(|ground| matches!(ground, Ground::InvolvedBelow(_)))
    }

    /// The rule as a policy.
    pub fn cedar(&self) -> String {
        let mut out = format!("permit (principal, action == Action::\"{}\", resource)\nwhen {{ ", self.action);
        for (at, ground) in self.grounds.iter().enumerate() {
            let _ = write!(out, "{}{}", if at == 0 { "" } else { " || " }, ground.cedar());
        }
        out + " };\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_policy() {
        let grounds = &[
            Ground::Below(Held::Of(&[Role::OFFICER, Role::LEADER])),
            Ground::Involved(Held::Any),
            Ground::InvolvedBelow(Held::Of(&[Role::OFFICER])),
        ];
        let rule = Rule { action: "thing.edit", kind: "Thing", grounds };
        assert_eq!(
            rule.cedar(),
            "permit (principal, action == Action::\"thing.edit\", resource)\nwhen { (resource has unit && \
             (resource.unit in principal.officerOf || resource.unit in principal.leaderOf)) || \
             resource.involved.containsAny(principal.own) || resource in principal.officerOf };\n"
        );
    }
}
