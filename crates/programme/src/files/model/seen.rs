//! Who took something in: until it is read and cleared, it is there for that account alone.

use kernel::{Actor, Ctx};
use uuid::Uuid;

/// The account that acts, in a browser or through a token; none for the program itself and its console.
pub fn account(ctx: &Ctx) -> Option<Uuid> {
    match &ctx.actor {
        Actor::Person { account, .. } | Actor::Token { account, .. } => Some(account.uuid()),
        Actor::Anonymous | Actor::System(_) | Actor::Cli(_) | Actor::Outside { .. } => None,
    }
}

/// Whether the actor may see what `taken_by` took in before anybody has looked at it.
pub fn is_own(ctx: &Ctx, taken_by: Option<Uuid>) -> bool {
    ctx.actor.is_trusted() || taken_by.is_some() && taken_by == account(ctx)
}
