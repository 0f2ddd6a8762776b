//! What the administrator of a part of the house may make of its units. Whatever reaches beyond the part, by its place, its
//! kind, its names, its codes or its heir, is for who administers the whole.

use kernel::{Authorizer, Code as _, Ctx, Problem, Resource};

use super::power;
use crate::{Directory, Error, model::unit::Unit};

/// Refuses a unit as it would be (and was before, where it was) when that is not the actor's to decide.
pub(crate) fn within(
    directory: &Directory,
    authorizer: &dyn Authorizer,
    ctx: &Ctx,
    old: Option<&Unit>,
    new: &Unit,
) -> Result<(), Problem> {
    if power::whole_house(directory, authorizer, ctx).is_ok() {
        return Ok(());
    }
    let same = |of: fn(&Unit) -> String| old.is_some_and(|old| of(old) == of(new));
    // What a unit is, is said by who keeps the one above it.
    let heir = if old.map(|old| old.successor) == Some(new.successor) { None } else { new.successor };
    for unit in [old.and_then(|old| old.parent), new.parent, heir].into_iter().flatten() {
        authorizer.check(ctx, "unit.edit", &Resource::unit(unit))?;
    }
    let tree = directory.tree();
    let coded = old.map_or((&None, &None), |old| (&old.code, &old.legacy_code)) != (&new.code, &new.legacy_code);
    let grouped = !same(|unit| unit.kind.code().to_owned()) && tree.is_of_group(new.kind);
    let named = !same(|unit| format!("{}\n{}", unit.name, unit.short_name));
    let known = !tree.is_local(new) && (named || old.is_some_and(|old| tree.is_local(old)));
    if coded || grouped || known {
        return Err(Error::OfHouse.into());
    }
    match tree.known_bearer(new).filter(|_| named) {
        Some(other) => Err(Error::NameOfOther(other.name.clone()).into()),
        None => Ok(()),
    }
}
