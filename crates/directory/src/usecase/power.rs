//! Who may act on a person: whoever is above everything that person is today, and never by there being nothing.

use db::{Conn, Tx};
use kernel::{Actor, Authorizer, Ctx, PersonId, Problem, ProblemKind, Resource, Role, UnitId};

use super::people::may_give;
use crate::{Directory, store};

/// The system administrator of the whole house, or the console.
pub(crate) fn whole_house(directory: &Directory, authorizer: &dyn Authorizer, ctx: &Ctx) -> Result<(), Problem> {
    if ctx.actor.is_trusted() {
        return Ok(());
    }
    let root = directory.tree().root().map(|unit| unit.id).ok_or_else(Problem::forbidden)?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(root))
}

/// Above every post of today, as if each were to be given. Somebody without a post belongs to no unit's administrator:
/// they were something yesterday and will be something tomorrow.
pub(crate) async fn over(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    conn: &Conn,
    person: PersonId,
) -> Result<(), Problem> {
    let posts = store::person::posts(conn, person, &ctx.today().to_string()).await?;
    if posts.is_empty() {
        return whole_house(directory, authorizer, ctx);
    }
    posts.iter().try_for_each(|post| may_give(authorizer, ctx, post.unit, post.role))
}

/// An ordinary worker today: nobody who leads or administers, and nobody without a post.
pub(crate) async fn ordinary(conn: &Conn, ctx: &Ctx, person: PersonId) -> Result<bool, Problem> {
    let posts = store::person::posts(conn, person, &ctx.today().to_string()).await?;
    Ok(!posts.is_empty() && posts.iter().all(|post| matches!(post.role, Role::Officer | Role::Programme)))
}

/// Somebody who can come in administers the house after this act too. Asked at the end of an act that takes a post or an
/// account away, with the lock of [`store::unit::lock`] held. The console may: it can make another.
pub(crate) async fn administered(tx: &Tx, root: UnitId) -> Result<(), Problem> {
    if tx.ctx().actor.is_trusted() {
        return Ok(());
    }
    let day = tx.ctx().today().to_string();
    match store::person::holders(tx, root, Role::SystemAdmin, &day).await? {
        0 => Err(last_administrator()),
        _ => Ok(()),
    }
}

pub(crate) fn last_administrator() -> Problem {
    Problem::new(ProblemKind::Conflict, "last-administrator")
}

/// The acting person; tokens and the console are nobody in particular.
pub(crate) fn acting(ctx: &Ctx) -> Result<(kernel::AccountId, PersonId), Problem> {
    match ctx.actor {
        Actor::Person { account, person, .. } => Ok((account, person)),
        _ => Err(Problem::forbidden()),
    }
}
