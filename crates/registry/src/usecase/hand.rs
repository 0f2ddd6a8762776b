//! By whose hand a thing is done: to run something and to accept it takes two people, by page or by token.

use kernel::{Actor, PersonId};

/// The account behind an act, else what the ledger knows the actor by.
pub fn hand(actor: &Actor) -> String {
    actor.account().map_or_else(|| actor.pseudonym(), |account| account.to_string())
}

/// The person, where one acts in person.
pub fn person(actor: &Actor) -> Option<PersonId> {
    match actor {
        Actor::Person { person, .. } => Some(*person),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Token { .. } | Actor::Outside { .. } => None,
    }
}
