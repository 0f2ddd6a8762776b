//! Adds, changes and dissolves units. A dissolved unit keeps its row and names its successor.

use db::{Entry, Tx};
use kernel::{Authorizer, Code as _, Ctx, Problem, Resource, UnitId};
use serde_json::json;
use webkit::{Answers, Core, Record as _};

use super::unit_bounds::within;
use crate::{
    Directory, Error,
    model::{twins::Twins, unit::Unit, whole},
    store,
};

pub async fn unit_add(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    unit: Unit,
) -> Result<Unit, Problem> {
    let parent = unit.parent.or_else(|| directory.tree().root().map(|unit| unit.id)).ok_or(Error::Empty("parent"))?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(parent))?;
    let unit = &Unit { parent: Some(parent), ..unit };
    within(directory, authorizer, ctx, None, unit)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            once(&Twins::among(&store::unit::all(&tx).await?), None, unit)?;
            store::unit::insert(&tx, unit).await?;
            recorded(&tx, unit, "unit.add").await
        })
        .await?;
    directory.reload().await?;
    Ok(unit.clone())
}

/// Saves over revision `rev`. Name, codes, place in the tree, days and successor may change, what is not sent stays; the row
/// stays too.
pub async fn unit_edit(core: &Core, ctx: &Ctx, id: UnitId, rev: i64, sent: &Answers) -> Result<Unit, Problem> {
    let (directory, authorizer) = (core.get::<Directory>()?, core.authorizer());
    let old = &directory.tree().unit(id).cloned().ok_or_else(Problem::not_found)?;
    authorizer.check(ctx, "unit.edit", &Resource::unit(id))?;
    Problem::stale_unless(old.rev == rev)?;
    let unit = &Unit::from_answers(core, ctx, sent, Some(old))?;
    within(directory, authorizer, ctx, Some(old), unit)?;
    directory
        .db()
        .write(ctx, |tx| async move {
            store::unit::lock(&tx).await?;
            once(&Twins::among(&store::unit::all(&tx).await?), Some(old), unit)?;
            if !store::unit::update(&tx, unit).await? {
                return Err(Problem::stale());
            }
            recorded(&tx, unit, "unit.edit").await
        })
        .await?;
    directory.reload().await?;
    directory.tree().unit(id).cloned().ok_or_else(Problem::not_found)
}

/// Of one name beside each other there is one unit in force, and of one code one at all. Twins of earlier versions may stay
/// as they are.
pub(crate) fn once(twins: &Twins<'_>, old: Option<&Unit>, unit: &Unit) -> Result<(), Error> {
    let place = |unit: &Unit| (unit.parent, unit.name.clone(), unit.valid_from, unit.valid_to);
    let moved = old.map(place) != Some(place(unit));
    if let Some(other) = twins.namesake(unit).filter(|_| moved) {
        return Err(Error::NameHeld(other.name.clone()));
    }
    let coded = old.is_none_or(|old| old.code != unit.code);
    match twins.of_same_code(unit).filter(|_| coded) {
        Some(other) => Err(Error::CodeTaken(other.name.clone())),
        None => Ok(()),
    }
}

async fn recorded(tx: &Tx, unit: &Unit, action: &'static str) -> Result<(), Problem> {
    still_whole(tx).await?;
    store::unit::stamp_bump(tx).await?;
    tx.ledger(Entry::new(action, unit.id).unit(unit.id).detail(json!({
        "name": unit.name, "kind": unit.kind.code(), "code": unit.code, "valid_to": unit.valid_to.map(|day| day.to_string()),
        "successor": unit.successor.map(|id| id.to_string()),
    })));
    Ok(())
}

/// The units as this act leaves them make one tree. Asked inside the act, with the stamp's row locked: two acts that are
/// harmless each can be a circle together.
pub(crate) async fn still_whole(tx: &Tx) -> Result<(), Problem> {
    is_whole(&store::unit::all(tx).await?)
}

/// The same of units that were read.
pub(crate) fn is_whole(units: &[Unit]) -> Result<(), Problem> {
    whole::fault(units).map_or(Ok(()), |fault| Err(fault.into()))
}
