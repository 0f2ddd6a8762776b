//! Who acts.

use kernel::{Actor, Ctx, PersonId, Problem};

/// The person who acts; tokens and the console have no notices.
pub fn person(ctx: &Ctx) -> Result<PersonId, Problem> {
    match ctx.actor {
        Actor::Person { person, .. } => Ok(person),
        _ => Err(Problem::forbidden()),
    }
}
