//! Posts: concurrent ones, standing in, handing over, ending.

use crate::ids::InvitationId;
use db::{Entry, Tx};
use jiff::civil::Date;
use kernel::{Authorizer, Ctx, PersonId, PostId, Problem, Resource, Role, UnitId, ids::kinds, text::check_name};
use serde_json::json;

use super::{
    invite::invite,
    power::{self, in_force, may_give, may_take},
    second_factor,
    tell::tell,
};
use crate::{
    Directory, Entrance, Error,
    model::login::Login,
    store::{
        self,
        invitation::InvitationRow,
        person::{NewPost, PersonRow, PostRow},
    },
};

/// Days for which somebody may stand in for another at most.
pub const LONGEST_STAND_IN: i64 = 180;

/// What a list of people is cut down to: words of their names, and a unit with all below it.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub words: &'a str,
    pub unit: Option<UnitId>,
}

impl<'a> Wanted<'a> {
    pub fn words(words: &'a str) -> Self {
        Self { words, unit: None }
    }
}

/// People of the units that the actor administers, so many at most.
pub async fn list(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    wanted: Wanted<'_>,
    most: u64,
) -> Result<Vec<PersonRow>, Problem> {
    let tree = directory.tree();
    let below = wanted.unit.map(|unit| tree.subtree(unit));
    let scope = authorizer.scope(ctx);
    let mine: Vec<UnitId> = scope
        .subtree
        .into_iter()
        .filter(|id| authorizer.check(ctx, "person.edit", &Resource::unit(*id)).is_ok())
        .collect();
    let everybody = ctx.actor.is_trusted() || tree.root().is_some_and(|root| mine.contains(&root.id));
    let units = match below {
        Some(below) => Some(below.into_iter().filter(|id| everybody || mine.contains(id)).collect()),
        None if everybody => None,
        None => Some(mine),
    };
    let conn = directory.db().read();
    Ok(store::person::list(&conn, units.as_deref(), wanted.words, most).await?)
}

/// Who is to have a post.
#[derive(Debug, Clone, Copy)]
pub enum Taker<'a> {
    Person(PersonId),
    /// As typed: whether such an account exists is told only to who administers everybody.
    Login(&'a str),
}

#[derive(Debug, Clone, Copy)]
pub struct PostInput<'a> {
    pub taker: Taker<'a>,
    pub unit: UnitId,
    pub role: Role,
    pub title: &'a str,
    pub valid_to: Option<Date>,
    /// The post whose holder is stood in for (ủy quyền).
    pub stands_in_for: Option<PostId>,
}

/// What became of it: people of one's own get the post, others are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    Post(PostId),
    /// The same, and its holder has to sign in again: the post asks for a second factor.
    Anew(PostId),
    Invited(InvitationId),
}

impl Given {
    fn post(id: PostId, anew: bool) -> Self {
        if anew { Self::Anew(id) } else { Self::Post(id) }
    }
}

/// The person, where the actor is above them; else they are asked, under the login that was typed.
async fn own_person(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    taker: Taker<'_>,
) -> Result<(Option<PersonId>, Option<PersonId>, String), Problem> {
    // Who is asked is shown by the login that was typed.
    if let Taker::Login(login) = taker
        && Login::parse(login).is_none()
    {
        return Err(Error::LoginWrong.into());
    }
    let conn = directory.db().read();
    let row = match taker {
        Taker::Person(person) => store::account::of(&conn, person).await?,
        Taker::Login(login) => store::account::by_login(&conn, &login.trim().to_lowercase()).await?,
    };
    let row = row.filter(|row| !row.disabled);
    let typed = match taker {
        Taker::Person(_) => row.as_ref().map(|row| row.login.clone()).ok_or(Error::AccountClosed)?,
        Taker::Login(login) => login.trim().to_lowercase().chars().take(64).collect(),
    };
    let person = row.map(|row| PersonId::from_uuid(row.person_id));
    if person.is_none() && power::whole_house(directory, authorizer, ctx).is_ok() {
        return Err(Problem::bad_input("unknown-login").with("login", typed));
    }
    let own = match person {
        None => false,
        Some(person) => match power::gives_to(directory, authorizer, ctx, &conn, person).await {
            Ok(()) => true,
            Err(problem) if problem.code == "forbidden" => false,
            Err(problem) => return Err(problem),
        },
    };
    Ok((person.filter(|_| own), person, typed))
}

/// Gives a person one more post (kiêm nhiệm), or lets them stand in for a while. Somebody of another unit is asked first.
pub async fn post_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    entrance: &Entrance,
    ctx: &Ctx,
    input: PostInput<'_>,
) -> Result<Given, Problem> {
    may_give(authorizer, ctx, input.unit, input.role)?;
    check_name("title", input.title)?;
    let (own, known, login) = own_person(directory, authorizer, ctx, input.taker).await?;
    checked(directory, ctx, &input, known).await?;
    let valid_to = input.valid_to.map(|day| day.to_string());
    let Some(person) = own else {
        let row = InvitationRow {
            id: ctx.new_id::<crate::ids::Invitation>().uuid(),
            login,
            person_id: known.map(|id| id.uuid()),
            unit_id: input.unit.uuid(),
            role: input.role.code().into(),
            title: input.title.trim().into(),
            valid_to,
            stands_in_for: input.stands_in_for.map(|id| id.uuid()),
            hands_over: None,
            until: 0,
            invited_by: None,
        };
        return invite(directory, ctx, row).await.map(Given::Invited);
    };
    let id = ctx.new_id::<kinds::Post>();
    let post = &NewPost {
        id,
        person,
        unit: input.unit,
        role: input.role,
        title: input.title.trim(),
        valid_from: ctx.today().to_string(),
        valid_to,
        stands_in_for: input.stands_in_for,
    };
    let anew = directory
        .db()
        .write(ctx, |tx| async move {
            let anew = begin(&tx, entrance, post).await?;
            tx.ledger(
                Entry::new("post.add", id)
                    .unit(post.unit)
                    .detail(json!({ "person": post.person.to_string(), "role": post.role.code() })),
            );
            Ok(anew)
        })
        .await?;
    Ok(Given::post(id, anew))
}

/// A unit in force, a day that is not past, and for standing in: somebody who is there, and not for ever.
async fn checked(
    directory: &Directory,
    ctx: &Ctx,
    input: &PostInput<'_>,
    taker: Option<PersonId>,
) -> Result<(), Problem> {
    let today = ctx.today();
    if input.valid_to.is_some_and(|last| last < today) {
        return Err(Error::EndBeforeStart.into());
    }
    in_force(directory, ctx, input.unit)?;
    let Some(post) = input.stands_in_for else { return Ok(()) };
    let longest = today.saturating_add(jiff::Span::new().days(LONGEST_STAND_IN));
    if input.valid_to.is_none_or(|last| last > longest) {
        return Err(Error::StandInTooLong.into());
    }
    stood_in_for(&directory.db().read(), today, post, taker).await?;
    Ok(())
}

/// Only a post that somebody else holds today, and not one that itself stands in for another. Returns its holder.
async fn stood_in_for(
    conn: &db::Reader,
    today: Date,
    post: PostId,
    taker: Option<PersonId>,
) -> Result<PersonId, Problem> {
    let row = store::person::post_get(conn, post).await?.ok_or_else(Problem::not_found)?;
    let holder = PersonId::from_uuid(row.person_id);
    if taker == Some(holder) {
        return Err(Error::StandInForOneself.into());
    }
    if has_ended(&row, today) {
        return Err(Error::PostEnded.into());
    }
    if row.stands_in_for.is_some() {
        return Err(Error::StandInOfStandIn.into());
    }
    Ok(holder)
}

fn has_ended(row: &PostRow, today: Date) -> bool {
    row.valid_to.as_ref().is_some_and(|last| *last < today.to_string())
}

/// Begins a post inside an open act, where the person does not hold it already and whom it stands in for still does, and
/// is told. True when they have to sign in again for it.
pub(crate) async fn begin(tx: &Tx, entrance: &Entrance, post: &NewPost<'_>) -> Result<bool, Problem> {
    power::person_at_hand(tx.ctx())?;
    store::unit::lock(tx).await?;
    if store::person::holds(tx, post).await? {
        return Err(Error::PostHeld.into());
    }
    if let Some(other) = post.stands_in_for {
        let holder = stood_in_for(tx, tx.ctx().today(), other, Some(post.person)).await?;
        tell(tx, holder, "stood-in-for").await?;
    }
    store::person::post_insert(tx, post).await?;
    second_factor::asked_by(tx, entrance, post).await
}

/// Ends a post with yesterday as its last day. Undone by giving the post again.
pub async fn post_end(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: PostId,
) -> Result<(), Problem> {
    let row = &store::person::post_get(&directory.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let unit = UnitId::from_uuid(row.unit_id);
    // One that no module declares any more ends as the most powerful does.
    let role = directory.roles().find(&row.role).unwrap_or(Role::SYSTEM_ADMIN);
    may_take(authorizer, ctx, unit, role)?;
    let root = directory.tree().root().map(|unit| unit.id).filter(|_| role == Role::SYSTEM_ADMIN);
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            finish(&tx, id).await?;
            unmoved(&tx, id, row).await?;
            tx.ledger(Entry::new("post.end", id).unit(unit));
            match root {
                Some(root) => power::administered(&tx, root).await,
                None => Ok(()),
            }
        })
        .await
}

/// The end itself, inside an open act. A post ends once: a second end would only move the first.
pub(crate) async fn finish(tx: &Tx, id: PostId) -> Result<(), Problem> {
    let last = tx.ctx().today().yesterday().map_err(Problem::internal)?.to_string();
    if store::person::post_end(tx, id, &last).await? { Ok(()) } else { Err(Error::PostEnded.into()) }
}

/// The post is of the unit and the role for which the act was allowed: it may have been corrected meanwhile.
async fn unmoved(tx: &Tx, id: PostId, row: &PostRow) -> Result<(), Problem> {
    let now = store::person::post_get(tx, id).await?.ok_or_else(Problem::not_found)?;
    Problem::stale_unless(now.unit_id == row.unit_id && now.role == row.role)
}

/// Hands a post over (bàn giao): the old holder's ends, the new holder's begins, in one act. Somebody of another unit is
/// asked first, and until then the old holder keeps it.
pub async fn hand_over(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    entrance: &Entrance,
    ctx: &Ctx,
    id: PostId,
    to: Taker<'_>,
) -> Result<Given, Problem> {
    let row = &store::person::post_get(&directory.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let (unit, role) = (UnitId::from_uuid(row.unit_id), directory.role(&row.role)?);
    may_give(authorizer, ctx, unit, role)?;
    if has_ended(row, ctx.today()) {
        return Err(Error::PostEnded.into());
    }
    in_force(directory, ctx, unit)?;
    let (own, known, login) = own_person(directory, authorizer, ctx, to).await?;
    let Some(person) = own else {
        let row = InvitationRow {
            id: ctx.new_id::<crate::ids::Invitation>().uuid(),
            login,
            person_id: known.map(|id| id.uuid()),
            unit_id: row.unit_id,
            role: row.role.clone(),
            title: row.title.clone(),
            valid_to: row.valid_to.clone(),
            stands_in_for: row.stands_in_for,
            hands_over: Some(id.uuid()),
            until: 0,
            invited_by: None,
        };
        return invite(directory, ctx, row).await.map(Given::Invited);
    };
    let new = ctx.new_id::<kinds::Post>();
    let post = &NewPost {
        id: new,
        person,
        unit,
        role,
        title: &row.title,
        valid_from: ctx.today().to_string(),
        valid_to: row.valid_to.clone(),
        stands_in_for: row.stands_in_for.map(PostId::from_uuid),
    };
    let anew = directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            finish(&tx, id).await?;
            unmoved(&tx, id, row).await?;
            let anew = begin(&tx, entrance, post).await?;
            tx.ledger(
                Entry::new("post.hand_over", id)
                    .unit(unit)
                    .detail(json!({ "to": person.to_string(), "post": new.to_string() })),
            );
            Ok(anew)
        })
        .await?;
    Ok(Given::post(new, anew))
}
