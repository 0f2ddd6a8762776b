//! The first administrator and, where there are no units yet, the province: all of it or nothing.

use kernel::{Actor, Ctx, Post, Problem, Role};

use super::{
    account::{NewAccount, create, new_ids},
    hashing, init,
    link::{Link, link},
    password,
    way::{SignedIn, Way},
};
use crate::{Directory, Error, model::secret, store};

/// What whoever holds the console's link fills in.
#[derive(Debug, Clone, Copy)]
pub struct First<'a> {
    /// The code of the province; asked for while there are no units.
    pub province: &'a str,
    pub name: &'a str,
    pub login: &'a str,
    pub password: &'a str,
    pub again: &'a str,
}

/// Sets the house up through the console's link: its units are chosen once, so nothing is stored before everything is
/// right. The post stands at the root of the tree.
pub async fn first_account(
    directory: &Directory,
    ctx: &Ctx,
    text: &str,
    first: First<'_>,
) -> Result<SignedIn, Problem> {
    if link(directory, ctx, text).await? != Link::First {
        return Err(Error::LinkEnded.into());
    }
    password::check(directory, first.password, first.again, first.login)?;
    let units = if init::needs_setup(directory) { init::units(ctx, first.province)? } else { vec![] };
    let root = units.first().map(|unit| unit.id).or_else(|| directory.tree().root().map(|unit| unit.id));
    let unit = root.ok_or_else(Problem::not_found)?;
    let new = &NewAccount { name: first.name, login: first.login, unit, role: Role::SYSTEM_ADMIN, title: "" };
    new.checked()?;
    let (used, hash, ids) = (&secret::hash(text), &hashing::hash(first.password).await?, new_ids(ctx));
    let posts = vec![Post { unit, role: new.role }];
    let signed = ctx.with_actor(Actor::Person { account: ids.1, person: ids.0, posts });
    let units = units.as_slice();
    directory
        .db()
        .write(&signed, |tx| async move {
            if !store::account::link_use(&tx, used).await? {
                return Err(Error::LinkEnded.into());
            }
            if !units.is_empty() {
                init::insert(&tx, first.province, units).await?;
            }
            create(&tx, new, ids).await?;
            store::account::set_password(&tx, ids.1, Some(hash)).await?;
            store::sign_in::password_at_set(&tx, ids.1, ctx.now().as_microsecond()).await?;
            Ok(())
        })
        .await?;
    directory.reload().await?;
    Ok(SignedIn { account: ids.1, epoch: 1, way: Way::Link })
}
