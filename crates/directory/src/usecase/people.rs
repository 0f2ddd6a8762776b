//! Posts: concurrent ones, standing in, handing over, ending.

use db::Entry;
use jiff::civil::Date;
use kernel::{Authorizer, Ctx, PersonId, PostId, Problem, Resource, Role, UnitId, ids::kinds};
use serde_json::json;

use crate::{
    Directory, Error,
    store::{
        self,
        person::{NewPost, PersonRow},
    },
};

/// Posts of a unit are given by its administrator; the system administrator's post only by another one, or a unit's
/// administrator at the top of the tree could make themselves master of the house.
pub(crate) fn may_give(authorizer: &dyn Authorizer, ctx: &Ctx, unit: UnitId, role: Role) -> Result<(), Problem> {
    let action = if role == Role::SystemAdmin { "unit.edit" } else { "person.edit" };
    authorizer.check(ctx, action, &Resource::unit(unit))?;
    if role.administers() { ctx.must_be_fresh() } else { Ok(()) }
}

/// People of the units that the actor administers.
pub async fn list(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    words: &str,
) -> Result<Vec<PersonRow>, Problem> {
    let tree = directory.tree();
    let scope = authorizer.scope(ctx);
    let mine: Vec<UnitId> = scope
        .subtree
        .into_iter()
        .filter(|id| authorizer.check(ctx, "person.edit", &Resource::unit(*id)).is_ok())
        .collect();
    let everybody = ctx.actor.is_trusted() || tree.root().is_some_and(|root| mine.contains(&root.id));
    let conn = directory.db().read();
    Ok(store::person::list(&conn, if everybody { None } else { Some(&mine) }, words).await?)
}

#[derive(Debug, Clone, Copy)]
pub struct PostInput<'a> {
    pub person: PersonId,
    pub unit: UnitId,
    pub role: Role,
    pub title: &'a str,
    pub valid_to: Option<Date>,
    /// The post whose holder is stood in for (ủy quyền).
    pub stands_in_for: Option<PostId>,
}

/// Gives a person one more post (kiêm nhiệm), or lets them stand in for a while.
pub async fn post_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    input: PostInput<'_>,
) -> Result<PostId, Problem> {
    may_give(authorizer, ctx, input.unit, input.role)?;
    if input.valid_to.is_some_and(|last| last < ctx.today()) {
        return Err(Error::EndBeforeStart.into());
    }
    let id = ctx.new_id::<kinds::Post>();
    let post = &NewPost {
        id,
        person: input.person,
        unit: input.unit,
        role: input.role,
        title: input.title,
        valid_from: ctx.today().to_string(),
        valid_to: input.valid_to.map(|day| day.to_string()),
        stands_in_for: input.stands_in_for,
    };
    directory
        .db()
        .write(ctx, |tx| async move {
            store::person::post_insert(&tx, post).await?;
            tx.ledger(
                Entry::new("post.add", id)
                    .unit(post.unit)
                    .detail(json!({ "person": post.person.to_string(), "role": post.role.code() })),
            );
            Ok(())
        })
        .await?;
    Ok(id)
}

/// Ends a post with yesterday as its last day. Undone by giving the post again.
pub async fn post_end(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: PostId,
) -> Result<(), Problem> {
    let row = store::person::post_get(&directory.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let unit = UnitId::from_uuid(row.unit_id);
    let role = Role::parse(&row.role).ok_or_else(|| Problem::internal("unknown role"))?;
    may_give(authorizer, ctx, unit, role)?;
    let last = &ctx.today().yesterday().map_err(Problem::internal)?.to_string();
    directory
        .db()
        .write(ctx, |tx| async move {
            store::person::post_end(&tx, id, last).await?;
            tx.ledger(Entry::new("post.end", id).unit(unit));
            Ok(())
        })
        .await
}

/// Hands a post over (bàn giao): the old holder's ends, the new holder's begins, in one act.
pub async fn hand_over(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    id: PostId,
    to: PersonId,
) -> Result<PostId, Problem> {
    let row = &store::person::post_get(&directory.db().read(), id).await?.ok_or_else(Problem::not_found)?;
    let unit = UnitId::from_uuid(row.unit_id);
    let role = Role::parse(&row.role).ok_or_else(|| Problem::internal("unknown role"))?;
    may_give(authorizer, ctx, unit, role)?;
    let (new, last) = (ctx.new_id::<kinds::Post>(), &ctx.today().yesterday().map_err(Problem::internal)?.to_string());
    directory
        .db()
        .write(ctx, |tx| async move {
            store::person::post_end(&tx, id, last).await?;
            let valid_from = tx.ctx().today().to_string();
            let post = NewPost {
                id: new,
                person: to,
                unit,
                role,
                title: &row.title,
                valid_from,
                valid_to: None,
                stands_in_for: None,
            };
            store::person::post_insert(&tx, &post).await?;
            tx.ledger(
                Entry::new("post.hand_over", id)
                    .unit(unit)
                    .detail(json!({ "to": to.to_string(), "post": new.to_string() })),
            );
            Ok(())
        })
        .await?;
    Ok(new)
}
