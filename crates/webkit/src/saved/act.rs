//! Keeping a view, naming it anew, letting it go: each is its holder's alone.

use db::{Entry, Words};
use kernel::{Actor, Ctx, PersonId, Problem, ProblemKind};
use serde_json::json;

use super::{
    places::{Lists, Place},
    store::{self, OfView, ViewId, ViewRow},
};
use crate::Core;

/// Of one person, over all lists.
pub(super) const MOST: usize = 30;
/// In letters; a name stands on a chip.
const LONGEST_NAME: usize = 60;
/// In bytes; no list has so many filters.
const LONGEST_QUERY: usize = 2000;

/// Whose views these are: of a person. A program has its addresses elsewhere.
pub(super) fn holder(ctx: &Ctx) -> Option<PersonId> {
    match &ctx.actor {
        Actor::Person { person, .. } => Some(*person),
        _ => None,
    }
}

pub(super) fn place(core: &Core, ctx: &Ctx, path: &str) -> Result<Place, Problem> {
    let place = core.get::<Lists>()?.at(path).ok_or_else(|| Problem::bad_input("view-of-nothing"))?;
    core.authorizer().check_route(ctx, place.action())?;
    Ok(place)
}

fn named(text: &str) -> Result<Words, Problem> {
    let name = Words::some(text).ok_or_else(|| Problem::bad_input("view-nameless").field("name", "view-nameless"))?;
    if name.chars().count() > LONGEST_NAME {
        return Err(Problem::bad_input("view-name-long").with("most", LONGEST_NAME).field("name", "view-name-long"));
    }
    Ok(name)
}

/// What is asked of this list and of no other address: keys that it knows, written anew.
fn asked(place: Place, query: &str) -> Result<String, Problem> {
    let (known, unknown) = place.understood(query);
    if let Some((key, _)) = unknown.first() {
        return Err(Problem::bad_input("unknown-filter").with("name", key));
    }
    let query = place.kept(known);
    if query.len() > LONGEST_QUERY { Err(Problem::bad_input("query-too-long")) } else { Ok(query) }
}

fn seen(view: Option<ViewRow>) -> Result<ViewRow, Problem> {
    view.ok_or_else(Problem::not_found)
}

pub(super) async fn view_get(core: &Core, ctx: &Ctx, id: ViewId) -> Result<ViewRow, Problem> {
    let person = holder(ctx).ok_or_else(Problem::not_found)?;
    seen(store::get(&core.db().read(), person, id).await?)
}

/// Keeps a view of a list under a new name.
pub(super) async fn view_add(
    core: &Core,
    ctx: &Ctx,
    register: &str,
    name: &str,
    query: &str,
) -> Result<ViewRow, Problem> {
    let person = holder(ctx).ok_or_else(Problem::forbidden)?;
    let place = place(core, ctx, register)?;
    let (register, name, query) = (place.path().to_owned(), named(name)?, asked(place, query)?);
    let view = &ViewRow { id: ctx.new_id::<OfView>().uuid(), register, name, query, rev: 1 };
    core.db()
        .write(ctx, |tx| async move {
            // Whoever keeps two at once counts one after the other.
            store::hold(&tx, person).await?;
            if store::of(&tx, person).await?.len() >= MOST {
                return Err(Problem::new(ProblemKind::Conflict, "views-many").with("most", MOST));
            }
            store::insert(&tx, person, view).await?;
            tx.ledger(Entry::new("view.add", view.id()).detail(json!({ "register": view.register })));
            Ok(view.clone())
        })
        .await
}

/// Gives a view another name, or lets it show something else of its list; what is not said stays.
pub(super) async fn view_edit(
    core: &Core,
    ctx: &Ctx,
    (id, rev): (ViewId, i64),
    name: Option<&str>,
    query: Option<&str>,
) -> Result<ViewRow, Problem> {
    let person = holder(ctx).ok_or_else(Problem::not_found)?;
    let name = &name.map(named).transpose()?;
    core.db()
        .write(ctx, |tx| async move {
            let view = seen(store::get(&tx, person, id).await?)?;
            let query = query.map(|query| asked(place(core, ctx, &view.register)?, query)).transpose()?;
            let name = name.clone().unwrap_or_else(|| view.name.clone());
            let query = query.unwrap_or_else(|| view.query.clone());
            let view = ViewRow { name, query, rev, ..view };
            Problem::stale_unless(store::save(&tx, &view).await?)?;
            tx.ledger(Entry::new("view.edit", id).detail(json!({ "register": view.register })));
            Ok(ViewRow { rev: rev + 1, ..view })
        })
        .await
}

pub(super) async fn view_remove(core: &Core, ctx: &Ctx, id: ViewId) -> Result<ViewRow, Problem> {
    let person = holder(ctx).ok_or_else(Problem::not_found)?;
    core.db()
        .write(ctx, |tx| async move {
            let view = seen(store::get(&tx, person, id).await?)?;
            store::delete(&tx, id).await?;
            tx.ledger(Entry::new("view.remove", id).detail(json!({ "register": view.register })));
            Ok(view)
        })
        .await
}
