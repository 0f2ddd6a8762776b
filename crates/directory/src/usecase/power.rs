//! Who may act on a person: whoever is above everything that person is today, and never by there being nothing. Whatever
//! gives a post, an account or a way in asks here.

use db::{Reader, Tx};
use kernel::{
    AccountId, Actor, Authorizer, Calling, Ctx, PersonId, Post, Problem, ProblemKind, Resource, Role, UnitId,
};

use crate::{Directory, Error, store};

/// What gives power or a way in is done by a person: whoever finds a token would else make themselves what they like, and
/// stay it when the token has ended. The console is trusted by the operating system.
pub(crate) fn person_at_hand(ctx: &Ctx) -> Result<(), Problem> {
    if matches!(ctx.actor, Actor::Token { .. }) {
        return Err(Problem::new(ProblemKind::Forbidden, "token-gives-nothing"));
    }
    Ok(())
}

/// Posts of a unit are kept by its administrator; the system administrator's post only by another one, or a unit's
/// administrator at the top of the tree could make themselves master of the house.
fn keeps(authorizer: &dyn Authorizer, ctx: &Ctx, unit: UnitId, role: Role) -> Result<(), Problem> {
    let action = if role == Role::SYSTEM_ADMIN { "unit.edit" } else { "person.edit" };
    authorizer.check(ctx, action, &Resource::unit(unit))
}

/// Whoever keeps such posts gives them, being there; one that is worth stealing, having proved it just now.
pub(crate) fn may_give(authorizer: &dyn Authorizer, ctx: &Ctx, unit: UnitId, role: Role) -> Result<(), Problem> {
    person_at_hand(ctx)?;
    keeps(authorizer, ctx, unit, role)?;
    if role.needs_second_factor() { ctx.must_be_fresh() } else { Ok(()) }
}

/// Taking a post away, which a personnel system may too, but for those of administrators.
pub(crate) fn may_take(authorizer: &dyn Authorizer, ctx: &Ctx, unit: UnitId, role: Role) -> Result<(), Problem> {
    keeps(authorizer, ctx, unit, role)?;
    if role.administers() { ctx.must_be_fresh() } else { Ok(()) }
}

/// Nobody is put to work in a unit that has ended.
pub(crate) fn in_force(directory: &Directory, ctx: &Ctx, unit: UnitId) -> Result<(), Error> {
    match directory.tree().unit(unit) {
        Some(unit) if unit.in_force(ctx.today()) => Ok(()),
        _ => Err(Error::UnitEnded),
    }
}

/// The system administrator of the whole house, or the console.
pub(crate) fn whole_house(directory: &Directory, authorizer: &dyn Authorizer, ctx: &Ctx) -> Result<(), Problem> {
    if ctx.actor.is_trusted() {
        return Ok(());
    }
    let root = directory.tree().root().map(|unit| unit.id).ok_or_else(Problem::forbidden)?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(root))
}

/// Above every post of today, as if each were to be taken: for looking at a person and for taking from them.
pub(crate) async fn over(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    conn: &Reader,
    person: PersonId,
) -> Result<(), Problem> {
    over_all(directory, authorizer, ctx, may_take, &posts(directory, conn, ctx, person).await?)
}

/// The same as if each were to be given: for giving them anything, a way in or another name.
pub(crate) async fn gives_to(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    conn: &Reader,
    person: PersonId,
) -> Result<(), Problem> {
    person_at_hand(ctx)?;
    over_all(directory, authorizer, ctx, may_give, &posts(directory, conn, ctx, person).await?)
}

async fn posts(directory: &Directory, conn: &Reader, ctx: &Ctx, person: PersonId) -> Result<Vec<Post>, Problem> {
    Ok(store::person::posts(conn, directory.roles(), person, &ctx.today().to_string()).await?)
}

/// Somebody without a post belongs to no unit's administrator: they were something yesterday and will be something
/// tomorrow.
fn over_all(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    may: fn(&dyn Authorizer, &Ctx, UnitId, Role) -> Result<(), Problem>,
    posts: &[Post],
) -> Result<(), Problem> {
    if posts.is_empty() {
        return whole_house(directory, authorizer, ctx);
    }
    posts.iter().try_for_each(|post| may(authorizer, ctx, post.unit, post.role))
}

/// An account as it acts today, at a session or not; none where it is closed.
pub(crate) async fn as_of_today(
    directory: &Directory,
    conn: &Reader,
    ctx: &Ctx,
    account: AccountId,
) -> Result<Option<Actor>, Problem> {
    let row = store::account::get(conn, account).await?.filter(|row| !row.disabled);
    let Some(person) = row.map(|row| PersonId::from_uuid(row.person_id)) else { return Ok(None) };
    Ok(Some(Actor::Person { account, person, posts: posts(directory, conn, ctx, person).await? }))
}

/// An ordinary worker today: nobody who leads or administers, and nobody without a post.
pub(crate) async fn ordinary(
    directory: &Directory,
    conn: &Reader,
    ctx: &Ctx,
    person: PersonId,
) -> Result<bool, Problem> {
    let posts = posts(directory, conn, ctx, person).await?;
    Ok(!posts.is_empty() && posts.iter().all(|post| post.role.calling() == Calling::Works))
}

/// Somebody who can come in administers the house after this act too. Asked at the end of an act that takes a post or an
/// account away, with the lock of [`store::unit::lock`] held. The console may: it can make another.
pub(crate) async fn administered(tx: &Tx, root: UnitId) -> Result<(), Problem> {
    if tx.ctx().actor.is_trusted() {
        return Ok(());
    }
    let day = tx.ctx().today().to_string();
    match store::person::holders(tx, root, Role::SYSTEM_ADMIN, &day).await? {
        0 => Err(last_administrator()),
        _ => Ok(()),
    }
}

pub(crate) fn last_administrator() -> Problem {
    Problem::new(ProblemKind::Conflict, "last-administrator")
}

/// The acting person; tokens and the console are nobody in particular.
pub(crate) fn acting(ctx: &Ctx) -> Result<(AccountId, PersonId), Problem> {
    match ctx.actor {
        Actor::Person { account, person, .. } => Ok((account, person)),
        _ => Err(Problem::forbidden()),
    }
}
