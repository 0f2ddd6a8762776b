//! An account's second factor as it is kept, and whether one is asked for.

use kernel::{AccountId, Actor, Ctx, Problem};

use crate::{
    Directory, Entrance, SecondFactor,
    store::{self, sign_in::SignInRow},
};

pub(in crate::usecase) async fn role_asks(
    directory: &Directory,
    entrance: &Entrance,
    ctx: &Ctx,
    row: &SignInRow,
) -> Result<bool, Problem> {
    if row.invented || entrance.second_factor == SecondFactor::Optional {
        return Ok(false);
    }
    let posts =
        store::person::posts(&directory.db().read(), directory.roles(), row.person(), &ctx.today().to_string()).await?;
    Ok(posts.iter().any(|post| post.role.needs_second_factor()))
}

pub(in crate::usecase) async fn load(directory: &Directory, account: AccountId) -> Result<SignInRow, Problem> {
    let row = store::sign_in::get(&directory.db().read(), account).await?;
    row.filter(|row| !row.disabled).ok_or_else(Problem::not_found)
}

pub(in crate::usecase) fn half_stranger(ctx: &Ctx, row: &SignInRow) -> bool {
    !matches!(ctx.actor, Actor::Person { account, .. } if account == row.account())
}
