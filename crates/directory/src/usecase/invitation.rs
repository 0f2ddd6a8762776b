//! A post for somebody of another unit waits for their word: nobody is put to work, or shown to others, by strangers.

use crate::ids::InvitationId;
use db::{Entry, Tx};
use kernel::{
    AccountId, Actor, Authorizer, Ctx, PersonId, PostId, Problem, Role, UnitId, Waiting, Waits, ctx::vietnam,
    ids::kinds,
};
use serde_json::json;

use super::{
    invite::LIFE_MICROS,
    people::{begin, finish},
    power::{self, may_give, may_take},
};
use crate::{
    Directory, Entrance, Error,
    store::{self, invitation::InvitationRow, person::NewPost},
};

/// What waits for the acting person's word.
pub async fn mine(directory: &Directory, ctx: &Ctx) -> Result<Vec<InvitationRow>, Problem> {
    let (_, person) = power::acting(ctx)?;
    let rows = store::invitation::of(&directory.db().read(), person, ctx.now().as_microsecond()).await?;
    Ok(rows.into_iter().filter(|row| !ctx.is_ahead(row.until - LIFE_MICROS)).collect())
}

#[async_trait::async_trait]
impl Waiting for Directory {
    async fn waiting(&self, ctx: &Ctx) -> Result<Vec<Waits>, Problem> {
        // Programs answer no invitation.
        if !matches!(ctx.actor, Actor::Person { .. }) {
            return Ok(vec![]);
        }
        let tree = self.tree();
        let waits = |row: &InvitationRow| {
            let unit = tree.unit(UnitId::from_uuid(row.unit_id)).map(|unit| unit.name.clone()).unwrap_or_default();
            let until = jiff::Timestamp::from_microsecond(row.until).map_err(Problem::internal)?;
            Ok(Waits {
                kind: "invitation",
                words: if row.title.is_empty() { unit } else { format!("{unit}: {}", row.title) },
                until: vietnam(until),
                href: "/account#invitations".into(),
            })
        };
        mine(self, ctx).await?.iter().map(waits).collect()
    }
}

/// Takes the post, from today, or declines it; true when one has to sign in again for it. Undone by ending the post, or by
/// another invitation.
pub async fn answer(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    entrance: &Entrance,
    ctx: &Ctx,
    id: InvitationId,
    accepts: bool,
) -> Result<bool, Problem> {
    let (_, person) = power::acting(ctx)?;
    let (row, role) = &waiting(directory, ctx, id).await?;
    if row.person_id.map(PersonId::from_uuid) != Some(person) {
        return Err(Problem::not_found());
    }
    let unit = UnitId::from_uuid(row.unit_id);
    if accepts {
        power::in_force(directory, ctx, unit)?;
    }
    let post = &NewPost {
        id: ctx.new_id::<kinds::Post>(),
        person,
        unit,
        role: *role,
        title: &row.title,
        valid_from: ctx.today().to_string(),
        valid_to: row.valid_to.clone(),
        stands_in_for: row.stands_in_for.map(PostId::from_uuid),
    };
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            if accepts {
                still_given(directory, &tx, authorizer, row, post).await?;
            }
            let (state, action) = if accepts { ("accepted", "post.accept") } else { ("declined", "post.decline") };
            if !store::invitation::state_set(&tx, id, state, ctx.now().as_microsecond()).await? {
                return Err(Error::InvitationEnded.into());
            }
            if let Some(old) = row.hands_over.filter(|_| accepts) {
                finish(&tx, PostId::from_uuid(old)).await?;
            }
            let anew = accepts && begin(&tx, entrance, post).await?;
            tx.ledger(Entry::new(action, id).unit(unit).detail(json!({ "role": row.role })));
            Ok(anew)
        })
        .await
}

/// Whoever asked could give the post today as well: what they may not give any more, nobody takes from them. Of invitations
/// of earlier versions nobody knows who asked, so they are made anew.
async fn still_given(
    directory: &Directory,
    tx: &Tx,
    authorizer: &dyn Authorizer,
    row: &InvitationRow,
    post: &NewPost<'_>,
) -> Result<(), Problem> {
    let Some(inviter) = row.invited_by.map(AccountId::from_uuid) else { return Err(Error::InvitationVoid.into()) };
    let Some(actor) = power::as_of_today(directory, tx, tx.ctx(), inviter).await? else {
        return Err(Error::InvitationVoid.into());
    };
    // They proved who they are when they asked.
    let inviting = tx.ctx().with_actor(actor).with_fresh(true);
    may_give(authorizer, &inviting, post.unit, post.role).map_err(|problem| match problem.code {
        "forbidden" => Problem::from(Error::InvitationVoid),
        _ => problem,
    })
}

/// Takes an invitation back before it is answered.
pub async fn withdraw(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: InvitationId,
) -> Result<(), Problem> {
    let (row, role) = waiting(directory, ctx, id).await?;
    let unit = UnitId::from_uuid(row.unit_id);
    may_take(authorizer, ctx, unit, role)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            if !store::invitation::state_set(&tx, id, "withdrawn", ctx.now().as_microsecond()).await? {
                return Err(Error::InvitationEnded.into());
            }
            tx.ledger(Entry::new("post.withdraw", id).unit(unit));
            Ok(())
        })
        .await
}

async fn waiting(directory: &Directory, ctx: &Ctx, id: InvitationId) -> Result<(InvitationRow, Role), Problem> {
    let row = store::invitation::waiting(&directory.db().read(), id, ctx.now().as_microsecond()).await?;
    let row = row.filter(|row| !ctx.is_ahead(row.until - LIFE_MICROS)).ok_or(Error::InvitationEnded)?;
    let role = directory.role(&row.role)?;
    Ok((row, role))
}
