//! A person's name: changed, or taken away for good. The ledger knows people by their number only, so its chain stands.

use std::sync::Arc;

use db::Entry;
use kernel::{AccountId, Authorizer, Ctx, Erasing, Erasure, PersonId, Problem, Role, text::check_name};

use super::{close::shut, erased::is_erased, power};
use crate::{Directory, Error, model::name, store};

/// What stands where the name stood.
pub const ERASED: &str = "(đã xóa theo yêu cầu)";

/// Gives a person another name. Undone by giving the former one back.
pub async fn rename(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    person: PersonId,
    (name, rev): (&str, i64),
) -> Result<(), Problem> {
    let name = checked_name(name)?;
    let conn = directory.db().read();
    store::person::get(&conn, person).await?.ok_or_else(Problem::not_found)?;
    power::gives_to(directory, authorizer, ctx, &conn, person).await?;
    if store::account::of(&conn, person).await?.is_some_and(|row| is_erased(&row)) {
        return Err(Error::Erased.into());
    }
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::person::rename(&tx, person, name, rev).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new("person.rename", person));
            Ok(())
        })
        .await
}

pub(crate) fn checked_name(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::Empty("name")),
        1..=120 if check_name("name", text).is_err() => Err(Error::NameWrong),
        1..=120 if !name::is_latin(text) => Err(Error::NameScript("name")),
        1..=120 => Ok(text),
        _ => Err(Error::NameWrong),
    }
}

/// Removes what the program keeps of a person: name, login, password, ties, tokens, sessions, invitations, addresses, and
/// ends the posts. Only the system administrator may; it cannot be undone. What was signed and issued stays as it was.
pub async fn erase(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    ports: &[Arc<dyn Erasing>],
    (person, reason): (PersonId, &str),
) -> Result<(), Problem> {
    power::person_at_hand(ctx)?;
    power::whole_house(directory, authorizer, ctx)?;
    ctx.must_be_fresh()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Empty("reason").into());
    }
    let conn = directory.db().read();
    let known = &store::person::get(&conn, person).await?.ok_or_else(Problem::not_found)?;
    let account = store::account::of(&conn, person).await?;
    if account.as_ref().is_some_and(is_erased) {
        return Err(Error::Erased.into());
    }
    let account = account.map(|row| AccountId::from_uuid(row.id));
    let posts = store::person::posts(&conn, directory.roles(), person, &ctx.today().to_string()).await?;
    let root = directory.tree().root().map(|unit| unit.id);
    let root = root.filter(|_| posts.iter().any(|post| post.role == Role::SYSTEM_ADMIN));
    let alone = store::person::namesakes(&conn, &known.name).await? == 1;
    if let Some(root) = root.filter(|_| !ctx.actor.is_trusted())
        && store::person::holders(&conn, root, Role::SYSTEM_ADMIN, &ctx.today().to_string()).await? <= 1
    {
        return Err(power::last_administrator());
    }
    let reason = &name::without(reason, &known.name, ERASED);
    // The other domains first: only here is the name still known, and each may be asked twice.
    let erasure = Erasure { person, name: alone.then(|| known.name.clone()) };
    for port in ports {
        port.erase(ctx, &erasure).await?;
    }
    let last = &ctx.today().yesterday().map_err(Problem::internal)?.to_string();
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            store::person::posts_end(&tx, person, last).await?;
            store::invitation::remove_of(&tx, person).await?;
            if let Some(account) = account {
                shut(&tx, account).await?;
                store::account::erase(&tx, account).await?;
            }
            if !store::person::rename(&tx, person, ERASED, known.rev).await? {
                return Err(Problem::stale());
            }
            tx.ledger(Entry::new("person.erase", person).reason(reason.as_str()));
            match root {
                Some(root) => power::administered(&tx, root).await,
                None => Ok(()),
            }
        })
        .await
}
