//! By whose hand a thing was done. Work and its acceptance, a report and its check need two people.

use std::collections::BTreeMap;

use kernel::{AccountId, Actor, UnitId};
use serde::{Deserialize, Serialize};

/// The account behind an act: the same whether a person came by the pages or by a token of theirs.
pub fn hand(actor: &Actor) -> String {
    match actor {
        Actor::Person { account, .. } | Actor::Token { account, .. } => account.to_string(),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => actor.pseudonym(),
    }
}

/// Is what bears this mark the actor's own doing? Rows of before hands were kept are known by their pseudonym.
pub fn is_own(actor: &Actor, kept: Option<&str>, pseudonym: &str) -> bool {
    !actor.is_trusted() && kept.map_or_else(|| actor.pseudonym() == pseudonym, |kept| kept == hand(actor))
}

/// Did the actor do what bears this mark? Who did a thing takes it back; the console stands in for anybody.
pub fn is_taker(actor: &Actor, kept: Option<&str>, pseudonym: &str) -> bool {
    actor.is_trusted() || is_own(actor, kept, pseudonym)
}

/// Who wrote a report and who took each of its steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hands {
    pub writers: Vec<String>,
    /// The state that a step led to, and who took it.
    pub steps: BTreeMap<String, String>,
    /// Checked by its writer, because nobody else of the body may.
    pub is_checked_alone: bool,
    /// The same of its approval.
    pub is_approved_alone: bool,
    /// The units that wrote or handed it in for the body whose report it is, each once.
    pub behalf: Vec<UnitId>,
}

impl Hands {
    pub fn read(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    pub fn wrote(&mut self, actor: &Actor) {
        self.wrote_too(hand(actor));
    }

    /// The same of a hand that is known by its mark alone.
    pub fn wrote_too(&mut self, hand: String) {
        if !self.writers.contains(&hand) {
            self.writers.push(hand);
        }
    }

    /// It was written by a unit for another body; by the body itself there is nothing to say.
    pub fn wrote_for(&mut self, by: Option<UnitId>) {
        self.behalf.extend(by.filter(|by| !self.behalf.contains(by)));
    }

    pub fn took(&mut self, state: &str, actor: &Actor) {
        self.steps.insert(state.to_owned(), hand(actor));
    }

    /// Did the actor take the step that led to this state?
    pub fn is_taker(&self, state: &str, actor: &Actor) -> bool {
        actor.is_trusted() || self.steps.get(state).is_some_and(|taker| *taker == hand(actor))
    }

    pub fn wrote_it(&self, account: AccountId) -> bool {
        self.writers.contains(&account.to_string())
    }

    pub fn is_writer(&self, actor: &Actor) -> bool {
        !actor.is_trusted() && self.writers.contains(&hand(actor))
    }
}

#[cfg(test)]
mod tests {
    use kernel::{PersonId, ids::TokenId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_token_is_its_owners_hand() {
        let (account, other) = (AccountId::from_uuid(Uuid::from_u128(1)), AccountId::from_uuid(Uuid::from_u128(2)));
        let person = PersonId::from_uuid(Uuid::from_u128(3));
        let token =
            Actor::Token { token: TokenId::from_uuid(Uuid::from_u128(4)), account, posts: vec![], read_only: false };
        let same = Actor::Person { account, person, posts: vec![] };
        let another = Actor::Person { account: other, person, posts: vec![] };
        let mut hands = Hands::default();
        hands.wrote(&token);
        hands.took("checking", &token);
        assert!(hands.is_writer(&same) && hands.is_taker("checking", &same));
        assert!(!hands.is_writer(&another) && !hands.is_taker("checking", &another));
        assert!(!hands.is_taker("approving", &same), "nobody took that step");
        assert!(hands.is_taker("approving", &Actor::System("test")), "the console is trusted");
        assert!(is_taker(&same, Some(&hand(&token)), "") && !is_taker(&another, Some(&hand(&token)), ""));
        assert!(is_taker(&Actor::System("test"), Some(&hand(&token)), ""));
        hands.wrote_for(None);
        let unit = UnitId::from_uuid(Uuid::from_u128(5));
        hands.wrote_for(Some(unit));
        hands.wrote_for(Some(unit));
        assert_eq!(hands.behalf, [unit]);
        assert_eq!(Hands::read(Some(&serde_json::to_string(&hands).unwrap())), hands);
    }
}
