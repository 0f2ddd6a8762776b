//! On whose desk a report lies: who of a body takes its next step, and who does where the body has no such post.

use kernel::{AccountId, Actor, Colleague, Role, UnitId};

use crate::plans::model::hands::Hands;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    Write,
    Check,
    Approve,
    Issue,
    TakeIn,
    Receive,
}

impl Desk {
    /// Whose step it is by custom.
    fn custom(self) -> &'static [Role] {
        match self {
            Self::Write => &[Role::OFFICER, Role::HEAD, Role::PROGRAMME],
            Self::Check => &[Role::HEAD],
            Self::Approve => &[Role::LEADER],
            Self::Issue | Self::TakeIn => &[Role::CLERK],
            Self::Receive => &[Role::PROGRAMME, Role::LEADER],
        }
    }

    /// Who does it where nobody of the body has such a post.
    fn instead(self) -> &'static [Role] {
        match self {
            Self::Check => &[Role::PROGRAMME, Role::LEADER, Role::UNIT_ADMIN],
            Self::Issue => &[Role::OFFICER, Role::HEAD, Role::PROGRAMME],
            Self::Write | Self::Approve | Self::TakeIn | Self::Receive => &[],
        }
    }

    /// Where somebody has the post nobody else takes the step.
    fn is_reserved(self) -> bool {
        matches!(self, Self::Check | Self::Issue | Self::TakeIn)
    }

    /// Nobody does it to what they wrote themselves.
    fn is_for_another(self) -> bool {
        matches!(self, Self::Check | Self::Approve | Self::Receive)
    }

    /// The action that it needs.
    pub(crate) fn right(self) -> &'static str {
        match self {
            Self::Write => "report.write",
            Self::Check => "report.check",
            Self::Approve => "report.approve",
            Self::Issue => "report.issue",
            Self::TakeIn => "report.take_in",
            Self::Receive => "report.receive",
        }
    }

    /// The end of the keys of its words.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Check => "check",
            Self::Approve => "approve",
            Self::Issue => "issue",
            Self::TakeIn => "take-in",
            Self::Receive => "receive",
        }
    }
}

/// A desk of one body, and whom of it the report waits for.
#[derive(Debug, Clone)]
pub struct Turn {
    pub desk: Desk,
    pub unit: UnitId,
    pub people: Vec<Colleague>,
    /// The body has nobody with the post that this step has by custom.
    pub is_instead: bool,
    /// Nobody else of the body may, so its writer does.
    pub is_alone: bool,
}

fn holds(one: &Colleague, unit: UnitId, roles: &[Role]) -> bool {
    one.posts.iter().any(|post| post.unit == unit && roles.contains(&post.role))
}

impl Turn {
    pub fn new(desk: Desk, unit: UnitId, everybody: &[Colleague], hands: &Hands) -> Self {
        let of = |roles: &[Role], with_writers: bool| -> Vec<Colleague> {
            let may = |one: &&Colleague| holds(one, unit, roles) && (with_writers || !hands.wrote_it(one.account));
            everybody.iter().filter(may).cloned().collect()
        };
        let with_writers = !desk.is_for_another();
        let (custom, instead) = (of(desk.custom(), with_writers), of(desk.instead(), with_writers));
        let is_instead = custom.is_empty();
        let people = if is_instead { instead } else { custom };
        let is_alone = people.is_empty() && !with_writers;
        Self { desk, unit, people, is_instead, is_alone }
    }

    fn has(&self, account: Option<AccountId>) -> bool {
        account.is_some_and(|account| self.people.iter().any(|one| one.account == account))
    }

    /// Why somebody who has the right does not take this step; none where they may.
    pub fn refusal(&self, actor: &Actor, hands: &Hands) -> Option<&'static str> {
        if actor.is_trusted() {
            return None;
        }
        let is_own = self.desk.is_for_another() && hands.is_writer(actor);
        let is_another = self.desk.is_reserved() && !self.is_instead && !self.has(actor.account());
        match self.desk {
            Desk::Receive if is_own => Some("four-eyes-receive"),
            Desk::Check if is_own && !self.is_alone => Some("four-eyes-report"),
            Desk::Approve if is_own && !self.is_alone => Some("four-eyes-approve"),
            Desk::Check if is_another => Some("desk-check"),
            Desk::Issue if is_another => Some("desk-issue"),
            Desk::TakeIn if is_another => Some("desk-take-in"),
            _ => None,
        }
    }

    /// Names of whom it waits for, as far as a line holds them, and how many more there are.
    pub fn names(&self) -> (Vec<&str>, usize) {
        const SHOWN: usize = 3;
        (self.people.iter().take(SHOWN).map(|one| one.name.as_str()).collect(), self.people.len().saturating_sub(SHOWN))
    }
}

/// The desk of its own body on which a report lies; what is sent lies with the receiver, first with its records clerk.
pub fn desk_of(state: &str) -> Option<Desk> {
    match state {
        "draft" | "returned" => Some(Desk::Write),
        "checking" => Some(Desk::Check),
        "approving" => Some(Desk::Approve),
        "approved" => Some(Desk::Issue),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Post};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const DESKS: [Desk; 6] = [Desk::Write, Desk::Check, Desk::Approve, Desk::Issue, Desk::TakeIn, Desk::Receive];
    const ROLES: [Role; 6] = [Role::LEADER, Role::HEAD, Role::OFFICER, Role::CLERK, Role::PROGRAMME, Role::UNIT_ADMIN];

    fn unit(n: u128) -> UnitId {
        Id::from_uuid(Uuid::from_u128(n))
    }

    fn one(n: u128, posts: &[(u128, Role)]) -> Colleague {
        let posts = posts.iter().map(|(of, role)| Post { unit: unit(*of), role: *role }).collect();
        Colleague {
            person: Id::from_uuid(Uuid::from_u128(n)),
            account: Id::from_uuid(Uuid::from_u128(n)),
            name: format!("Người {n}"),
            posts,
        }
    }

    fn actor(of: &Colleague) -> Actor {
        Actor::Person { account: of.account, person: of.person, posts: of.posts.clone() }
    }

    #[test]
    fn a_house_without_the_post_falls_back_to_who_does_it_and_one_with_it_does_not() {
        let (officer, chair) = (one(1, &[(1, Role::OFFICER)]), one(2, &[(1, Role::LEADER)]));
        let (clerk, head) = (one(3, &[(1, Role::CLERK)]), one(4, &[(1, Role::HEAD)]));
        let hands = Hands::default();
        let without = [officer.clone(), chair.clone(), one(5, &[(2, Role::CLERK), (2, Role::HEAD)])];
        let issue = Turn::new(Desk::Issue, unit(1), &without, &hands);
        assert!(issue.is_instead && issue.refusal(&actor(&officer), &hands).is_none());
        assert_eq!(issue.names(), (vec!["Người 1"], 0), "the clerk of another body is nobody here");
        assert!(Turn::new(Desk::Check, unit(1), &without, &hands).refusal(&actor(&chair), &hands).is_none());
        let with = [officer.clone(), chair.clone(), clerk.clone(), head.clone()];
        let issue = Turn::new(Desk::Issue, unit(1), &with, &hands);
        assert_eq!(issue.refusal(&actor(&officer), &hands), Some("desk-issue"));
        assert!(!issue.is_instead && issue.refusal(&actor(&clerk), &hands).is_none());
        let check = Turn::new(Desk::Check, unit(1), &with, &hands);
        assert_eq!(check.refusal(&actor(&chair), &hands), Some("desk-check"), "the chair approves, the head checks");
        assert!(check.refusal(&actor(&head), &hands).is_none());
    }

    #[test]
    fn a_head_who_wrote_it_leaves_the_check_to_others() {
        let (head, chair) = (one(4, &[(1, Role::HEAD)]), one(2, &[(1, Role::LEADER)]));
        let mut hands = Hands::default();
        hands.wrote(&actor(&head));
        let check = Turn::new(Desk::Check, unit(1), &[head.clone(), chair.clone()], &hands);
        assert!(check.is_instead && check.refusal(&actor(&chair), &hands).is_none());
        assert_eq!(check.refusal(&actor(&head), &hands), Some("four-eyes-report"));
        let alone = Turn::new(Desk::Check, unit(1), std::slice::from_ref(&head), &hands);
        assert!(alone.is_alone && alone.refusal(&actor(&head), &hands).is_none());
    }

    proptest! {
        /// Whoever is in a house, a report is never stuck for want of a post, and whom it waits for may take its step.
        #[test]
        fn whom_a_report_waits_for_is_never_refused(
            posts in prop::collection::vec((0usize..6, 1u128..3), 1..6), writer in 0usize..6, desk in 0usize..6,
        ) {
            let people: Vec<Colleague> =
                (1u128..).zip(&posts).map(|(n, (role, of))| one(n, &[(*of, ROLES[*role])])).collect();
            let mut hands = Hands::default();
            if let Some(writer) = people.get(writer) {
                hands.wrote(&actor(writer));
            }
            let turn = Turn::new(DESKS[desk], unit(1), &people, &hands);
            for one in &turn.people {
                prop_assert!(turn.refusal(&actor(one), &hands).is_none(), "{one:?}");
                prop_assert!(one.posts.iter().any(|post| post.unit == unit(1)));
            }
            // Two hands: who wrote it is refused as long as somebody else may.
            for one in people.iter().filter(|one| hands.wrote_it(one.account) && !turn.people.is_empty()) {
                let is_refused = turn.refusal(&actor(one), &hands).is_some();
                prop_assert!(!DESKS[desk].is_for_another() || is_refused);
            }
        }
    }
}
